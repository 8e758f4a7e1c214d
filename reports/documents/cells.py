"""What a cell of a computation sheet holds, in the type that its document can format."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

from backoffice.engine import money
from backoffice.engine.claims.inputs import HEADS
from backoffice.engine.sheet import COUNT, DAY, EUR, HOURS, RATIO, Column

Cell = Decimal | Fraction | int | date | str | None

HEAD_COLUMN = "head"


def kind_of(column: Column) -> str:
    """The unit of a column, or "head" for the one that holds the place of a head."""
    if column.name == HEAD_COLUMN and column.unit == COUNT:
        return HEAD_COLUMN
    return column.unit


def content(column: Column, row: int) -> Cell:
    """One cell: EUR and hours as decimals, a ratio as an exact fraction, a day as a date.

    A day is stored as its ordinal, 0 when there is none (an invoice not paid yet); the head of an
    invoice as its place in `HEADS`.
    """
    value, kind = int(column.values[row]), kind_of(column)
    if kind in {EUR, HOURS}:
        return money.euros(value)
    if kind == RATIO:
        denominators = column.denominators
        return Fraction(value, 1 if denominators is None else int(denominators[row]))
    if kind == DAY:
        return date.fromordinal(value) if value > 0 else None
    return HEADS[value] if kind == HEAD_COLUMN else value
