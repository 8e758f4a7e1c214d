"""The minimum chart of accounts of associations: numbers and labels, as data."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from types import MappingProxyType

from backoffice.figures.places import FigureFileError, on_line, refused_as
from backoffice.figures.reading import csv_rows, written_day

ACCOUNTS = Path(__file__).parent / "accounts.csv"


@dataclass(frozen=True)
class Account:
    """One account; `label_nl` is None where the Dutch label was not found.

    `verified` is the day someone last compared it with its source.
    """

    number: str
    label_fr: str
    label_nl: str | None
    kind: str
    status: str
    source: str
    note: str
    verified: date


@cache
def accounts() -> Mapping[str, Account]:
    """Accounts by number, in rising order of their digits."""
    with refused_as(FigureFileError, ACCOUNTS):
        found = [_account(line, row) for line, row in csv_rows(ACCOUNTS)]
    return MappingProxyType({account.number: account for account in found})


def _account(line: int, row: Mapping[str, str]) -> Account:
    with on_line(ACCOUNTS, line):
        return Account(
            number=row["account"],
            label_fr=row["label_fr"],
            label_nl=row["label_nl"] or None,
            kind=row["kind"],
            status=row["status"],
            source=row["source"],
            note=row["note"],
            verified=written_day(row["verified"]),
        )
