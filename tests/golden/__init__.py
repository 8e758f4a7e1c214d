"""Signed cases, one a row, each with its source; they are never regenerated from the code."""

import csv
from pathlib import Path

HERE = Path(__file__).parent


def cases(name: str) -> list[dict[str, str]]:
    """The rows of a golden file."""
    with (HERE / name).open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def name_of(case: dict[str, str]) -> str:
    """A test id from the first columns of a case."""
    return "-".join(list(case.values())[:3])
