"""A workbook as read: its cover, its rows as canonical values, and the problems found so far."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from backoffice.engine.periods import quarter_text
from reports.exchange.columns import Column, Kind, Sheet, Value
from reports.exchange.problems import Problem
from reports.exchange.reading_cover import Cover


@dataclass
class Line:
    """One row of a sheet: its number in the spreadsheet and its canonical values.

    A cell that could not be read is absent from `values`; a blank one is None.
    """

    sheet: Sheet
    row: int
    letters: Mapping[str, str]
    values: dict[str, Value] = field(default_factory=dict)

    @property
    def who(self) -> str:
        """The worker number, piece, reference or code that the row is about."""
        return str(self.values.get(self.sheet.who) or "")

    @property
    def month(self) -> str:
        """YYYY-MM of a row of pay, else nothing."""
        found = self.values.get("month")
        return f"{found:%Y-%m}" if isinstance(found, date) else ""

    def has(self, *codes: str) -> bool:
        """Whether all these cells could be read and hold something."""
        return all(self.values.get(code) is not None for code in codes)

    def problem(
        self, code: str, column: str, message: str, todo: str, *, blocking: bool = True
    ) -> Problem:
        """A problem of one cell of this row."""
        found = self.sheet.column(column)
        value = self.values.get(column)
        return Problem(
            code,
            message,
            todo,
            who=self.who,
            month=self.month,
            field=found.header,
            sheet=self.sheet.title,
            row=self.row,
            column=self.letters.get(column, ""),
            value=shown(found, value),
            blocking=blocking,
        )


@dataclass
class Reading:
    """A workbook as read; `whole` is False when a sheet or column is missing or doubled.

    `unsaid` are the columns, by sheet, that the workbook lacks because its version had none.
    """

    cover: Cover = field(default_factory=Cover)
    lines: dict[str, list[Line]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    whole: bool = True
    unsaid: dict[str, set[str]] = field(default_factory=dict)

    def refuse(self, problem: Problem) -> None:
        """Note a problem that makes the rest of its sheet unreliable."""
        self.problems.append(problem)
        self.whole = False


def _day_shown(column: Column, day: date) -> str:
    if column.kind is Kind.QUARTER:
        return quarter_text(day)
    return f"{day:%Y-%m}" if column.kind is Kind.MONTH else f"{day:%d/%m/%Y}"


def shown(column: Column, value: Value) -> str:
    """A value as people write it; names and free texts are never repeated in a problem."""
    if value is None or column.kind in (Kind.TEXT, Kind.NATIONAL):
        return ""
    if isinstance(value, bool):
        return _("oui") if value else _("non")
    if isinstance(value, date):
        return _day_shown(column, value)
    if isinstance(value, Decimal):
        return str(value).replace(".", ",")
    return str(value)
