"""The minimum chart of accounts of associations: numbers and labels, as data."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Account:
    """One account; `label_nl` is None where the Dutch label was not found."""

    number: str
    label_fr: str
    label_nl: str | None
    kind: str
    status: str
    source: str
    note: str


@cache
def accounts() -> Mapping[str, Account]:
    """Accounts by number, in rising order of their digits."""
    with (HERE / "accounts.csv").open(newline="", encoding="utf-8") as file:
        found = [
            Account(
                number=row["account"],
                label_fr=row["label_fr"],
                label_nl=row["label_nl"] or None,
                kind=row["kind"],
                status=row["status"],
                source=row["source"],
                note=row["note"],
            )
            for row in csv.DictReader(file)
        ]
    return MappingProxyType({account.number: account for account in found})
