"""What the lists share: heads that sort, words searched, pages, exact sums of whole hundredths."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any, TypeVar

from django.db.models import (
    BigIntegerField,
    DecimalField,
    Expression,
    ExpressionWrapper,
    F,
    Max,
    Min,
    Model,
    QuerySet,
    Value,
)
from django.db.models.functions import Cast, Concat, Round

from backoffice.web.folding import Holds, fold

Row = TypeVar("Row", bound=Model)
SCALES = {"money": 100, "hours": 100, "fte": 10_000, "count": 1}
"""How many whole parts one unit of a kind of number has in a sum."""


@dataclass(frozen=True)
class Head:
    """The head of a column: `query` sorts by it, `direction` says how it is sorted now."""

    label: str
    numeric: bool = False
    query: str = ""
    direction: str = ""


def years_between(rows: QuerySet[Row], first: str, last: str) -> list[int]:
    """The years of two columns of days or years, newest first, from the first one to the last."""
    ends = rows.aggregate(first=Min(first), begun=Max(first), ended=Max(last))
    if ends["first"] is None:
        return []
    newest = max(_year(day) for day in (ends["begun"], ends["ended"]) if day is not None)
    return list(range(newest, _year(ends["first"]) - 1, -1))


def _year(day: Any) -> int:
    return day.year if isinstance(day, date) else int(day)


def holding(rows: QuerySet[Row], text: str | None, columns: Sequence[str]) -> QuerySet[Row]:
    """The rows whose columns together hold every word of a text, whatever its case and accents."""
    words = (fold(text) or "").split()
    if not words:
        return rows
    spaced: list[Any] = [part for name in columns for part in (F(name), Value(" "))]
    return rows.filter(Holds(Concat(*spaced), words))


def ordered(rows: QuerySet[Row], sort: str, by: Any, ties: Sequence[str]) -> QuerySet[Row]:
    """The rows by an expression, "-" in front for the other way; unknown values come last."""
    order = by.desc(nulls_last=True) if sort.startswith("-") else by.asc(nulls_last=True)
    return rows.order_by(order, *ties)


def scaled(column: str, scale: int) -> Expression:
    """A number of the database in whole parts of `scale`, which SQLite sums exactly."""
    parts = ExpressionWrapper(
        F(column) * scale, output_field=DecimalField(max_digits=16, decimal_places=4)
    )
    return Cast(Round(parts), BigIntegerField())


def cents(column: str) -> Expression:
    """An amount of the database as a whole number of cents."""
    return scaled(column, 100)


def whole(value: Any) -> int | None:
    """A sum of cents as the databases give it, None where there is no row."""
    return None if value is None else int(value)


def of_parts(kind: str, parts: Any) -> Any:
    """A sum of whole parts as its kind is shown: FTE exactly, the others as they are summed."""
    if parts is None or kind != "fte":
        return whole(parts)
    return Fraction(int(parts), SCALES[kind])
