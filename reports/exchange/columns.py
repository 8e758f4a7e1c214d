"""What a column of the workbook is: how its cells are read, checked, written and shown."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum

Cell = str | int | bool | Decimal | date
Value = Cell | None
"""A canonical cell: codes for choices, Decimal for numbers with decimals, None for a blank."""
Row = Mapping[str, Value]
"""A canonical row: column code -> value."""


class Kind(StrEnum):
    """How a cell is read and written; `EXACT` is a number, rate, day or code kept as notified."""

    TEXT = "text"
    IDENTIFIER = "identifier"
    EXACT = "exact"
    ENTERPRISE = "enterprise"
    NATIONAL = "national"
    CHOICE = "choice"
    INTEGER = "integer"
    YEAR = "year"
    AMOUNT = "amount"
    HOURS = "hours"
    FTE = "fte"
    SHARE = "share"
    DAY = "day"
    MONTH = "month"
    QUARTER = "quarter"
    YES_NO = "yes_no"


class Sign(StrEnum):
    """Which numbers a column takes."""

    ANY = "any"
    NOT_ZERO = "not_zero"
    NOT_NEGATIVE = "not_negative"
    POSITIVE = "positive"


DECIMALS: Mapping[Kind, tuple[int, int]] = {
    Kind.AMOUNT: (10, 2),
    Kind.HOURS: (4, 2),
    Kind.FTE: (2, 4),
}
"""Digits allowed before and after the decimal sign."""
FIRST_DAY = date(1990, 1, 1)
LAST_DAY = date(2100, 12, 31)


@dataclass(frozen=True)
class Column:
    """One column: canonical code, French header, one line of help, and what its cells hold.

    `choices` names a closed list of `reports.exchange.choices`; `refers` is the "sheet.column"
    that holds the key named here; `length` bounds texts; `earliest` is the first day accepted;
    `default` is what a blank means; `since` is the version of the workbook that brought it.
    """

    code: str
    header: str
    help: str
    kind: Kind = Kind.TEXT
    required: bool = True
    length: int = 0
    choices: str = ""
    refers: str = ""
    sign: Sign = Sign.ANY
    earliest: date = FIRST_DAY
    default: Value = None
    since: int = 1


@dataclass(frozen=True)
class Sheet:
    """One sheet: canonical code, French title, columns, natural key and who a row is about."""

    code: str
    title: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    who: str
    since: int = 1

    def column(self, code: str) -> Column:
        """The column with this canonical code.

        Raises:
            KeyError: the sheet has no such column.
        """
        for column in self.columns:
            if column.code == code:
                return column
        raise KeyError(code)


def text(code: str, header: str, note: str, length: int, *, required: bool = True) -> Column:
    """A free text of at most `length` characters."""
    return Column(code, header, note, Kind.TEXT, required, length)


def identifier(code: str, header: str, note: str, length: int, *, required: bool = True) -> Column:
    """A code or number that is never computed with: kept as text."""
    return Column(code, header, note, Kind.IDENTIFIER, required, length)


def reference(code: str, header: str, note: str, refers: str, *, required: bool = True) -> Column:
    """The key of a row of another sheet, written "sheet.column"."""
    return Column(code, header, note, Kind.IDENTIFIER, required, refers=refers)


def choice(code: str, header: str, note: str, choices: str, *, required: bool = True) -> Column:
    """One entry of a closed list, by its label or its code."""
    return Column(code, header, note, Kind.CHOICE, required, choices=choices)


def day(code: str, header: str, note: str, *, required: bool = True) -> Column:
    """A day of the calendar."""
    return Column(code, header, note, Kind.DAY, required)


def added(column: Column, since: int) -> Column:
    """The same column, which workbooks of a version before `since` do not have."""
    return replace(column, since=since)


def period(first: str, last: str) -> tuple[Column, Column]:
    """The pair of days, both included, of anything that lasts; an open end is blank."""
    return (
        day("starts_on", "Du", f"Premier jour {first} (inclus)."),
        day("ends_on", "Au", f"Dernier jour {last} (inclus) ; vide : sans fin.", required=False),
    )
