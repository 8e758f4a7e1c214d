"""A computation as a sheet: named columns in order, each with its unit, rule and figures.

A figure is explained by showing its row of the sheet, step by step.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from types import MappingProxyType

import numpy as np

from backoffice.engine import money
from backoffice.engine.figures import Figure, FigureValue
from backoffice.engine.periods import Ints

EUR, HOURS, DAYS, DAY, RATIO, COUNT = "EUR", "hours", "days", "day", "ratio", "count"
_LONGEST_DECIMAL = 8


@dataclass(frozen=True)
class FigureUse:
    """One value of a figure that a computation relied on.

    `verified` is the day someone last compared it with its source; None for a term of a letter.
    """

    code: str
    label: Mapping[str, str] = field(compare=False)
    unit: str
    since: date
    text: str
    decided: date | None
    status: str
    source: str
    url: str | None = None
    article: str = ""
    verified: date | None = field(default=None, compare=False)

    @classmethod
    def of(cls, figure: Figure, value: FigureValue) -> "FigureUse":
        """The use of `value`, one of the values of `figure`."""
        return cls(
            figure.code,
            figure.label,
            figure.unit,
            value.since,
            value.text,
            value.decided,
            value.status,
            value.source.title,
            value.source.url,
            value.article,
            value.source.verified,
        )


@dataclass(frozen=True)
class Column:
    """One named step, one value a row.

    `values` are cents (EUR), hundredths (hours), days, plain integers (count) or numerators over
    `denominators` (ratio). `rule` is the formula in the names of earlier columns. `use` gives, row
    by row, the index in `uses` of the figure value that applied (-1: none). A column `aside` is
    shown but enters no amount of the claim.
    """

    name: str
    label: Mapping[str, str]
    unit: str
    values: Ints
    denominators: Ints | None = None
    rule: str = ""
    article: str = ""
    uses: tuple[FigureUse, ...] = ()
    use: Ints | None = None
    aside: bool = False

    def text(self, row: int) -> str:
        """The row as exact text: EUR and hours with two decimals, a ratio as a decimal or n/d."""
        value = int(self.values[row])
        if self.unit in {EUR, HOURS}:
            return money.text(value)
        if self.denominators is not None:
            return decimal_text(self.ratio(row))
        return str(value)

    def ratio(self, row: int) -> Fraction:
        """The row's exact value; a column without denominators counts whole units."""
        below = 1 if self.denominators is None else int(self.denominators[row])
        return Fraction(int(self.values[row]), below)

    def figure(self, row: int) -> FigureUse | None:
        """The figure value that the row relied on, if any."""
        if self.use is None:
            return self.uses[0] if self.uses else None
        index = int(self.use[row])
        return self.uses[index] if index >= 0 else None


@dataclass(frozen=True)
class Step:
    """One line of an explanation."""

    name: str
    label: Mapping[str, str]
    unit: str
    text: str
    rule: str
    article: str
    figure: FigureUse | None


@dataclass(frozen=True)
class Sheet:
    """Columns of the same length, in the order of the computation."""

    columns: tuple[Column, ...]

    def __getitem__(self, name: str) -> Column:
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(name)

    def __contains__(self, name: str) -> bool:
        return any(column.name == name for column in self.columns)

    def __len__(self) -> int:
        return len(self.columns[0].values) if self.columns else 0

    def explain(self, row: int) -> Iterator[Step]:
        """The steps that lead to the last column of one row."""
        for column in self.columns:
            yield Step(
                column.name,
                column.label,
                column.unit,
                column.text(row),
                column.rule,
                column.article,
                column.figure(row),
            )

    def total(self, name: str) -> int:
        """Exact sum of a column of amounts, in cents."""
        return money.total(self[name].values)


def labels(fr: str, nl: str) -> Mapping[str, str]:
    """A label in the two languages."""
    return MappingProxyType({"fr": fr, "nl": nl})


def decimal_text(value: Fraction) -> str:
    """Exact text of a rate: a finite decimal where there is one ("2.0399"), else "25/38"."""
    power, digits = 1, 0
    while (power * value).denominator != 1:
        power, digits = power * 10, digits + 1
        if digits > _LONGEST_DECIMAL:
            return str(value)
    whole = abs(int(power * value))
    text = f"{whole // power}.{whole % power:0{digits}d}" if digits else str(whole)
    return f"-{text}" if value < 0 else text


def uses_of(sheets: Sequence[Sheet]) -> tuple[FigureUse, ...]:
    """Every figure value that the amounts rest on, once each, by code and date."""
    found = {
        (use.code, use.since, use.text): use
        for sheet in sheets
        for column in sheet.columns
        if not column.aside
        for use in _used(column)
    }
    return tuple(found[key] for key in sorted(found))


def _used(column: Column) -> Iterator[FigureUse]:
    if column.use is None:
        yield from column.uses
        return
    for index in np.unique(column.use):
        if index >= 0:
            yield column.uses[int(index)]
