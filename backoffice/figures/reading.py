"""How the text of a data file becomes exact numbers and days."""

import csv
import re
import tomllib
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

from backoffice.figures.places import Fault

_NUMBER = re.compile(r"-?\d+(\.\d+)?(/[1-9]\d*)?", re.ASCII)
_INEXACT = re.compile(r"[a-z]", re.IGNORECASE)


def read_toml(path: Path) -> dict[str, Any]:
    """A TOML file with exact numbers; one with an exponent, or infinite, stays inexact.

    What reads an amount refuses an inexact number (`backoffice.figures.loader.exact`).
    """
    with path.open("rb") as file:
        return tomllib.load(file, parse_float=_decimal)


def csv_rows(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    """The rows of a CSV file, each with its line."""
    with path.open(newline="", encoding="utf-8") as file:
        reader = csv.DictReader(file)
        for row in reader:
            yield reader.line_num, row


def exact(written: object) -> tuple[Fraction, str]:
    """A number of a file as an exact fraction, with its text as published.

    Raises:
        Fault: a float, an infinity, a comma, or anything but a number.
    """
    if isinstance(written, bool) or not isinstance(written, (int, str, Decimal)):
        raise Fault(f"{written!r} n'est pas un nombre exact")
    text = f"{written:f}" if isinstance(written, Decimal) else str(written)
    if not _NUMBER.fullmatch(text):
        raise Fault(f"« {text} » n'est pas un nombre exact")
    whole, _, part = text.partition("/")
    return (Fraction(whole) / int(part or 1), text)


def day_of(row: Mapping[str, Any], key: str) -> date:
    """A day of a TOML table.

    Raises:
        Fault: a text, or a day with an hour.
        KeyError: it is absent.
    """
    written = row[key]
    if not isinstance(written, date) or isinstance(written, datetime):
        raise Fault(f"« {written} » n'est pas un jour", key)
    return written


def written_day(text: str) -> date:
    """A day of a CSV file, written YYYY-MM-DD.

    Raises:
        Fault: not a day of the calendar.
    """
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise Fault(f"« {text} » n'est pas un jour") from error


def _decimal(written: str) -> Decimal | float:
    """A decimal as written; an exponent or an infinity stays a float, which `exact` refuses."""
    return float(written) if _INEXACT.search(written) else Decimal(written)
