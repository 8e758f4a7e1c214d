"""Someone who tries to recompute what is hidden: exact elimination over fractions."""

from collections.abc import Hashable, Mapping, Sequence
from fractions import Fraction
from typing import TypeVar

T = TypeVar("T", bound=Hashable)
Row = dict[T, Fraction]


def echelon(rows: Sequence[Mapping[T, int | Fraction]]) -> dict[T, Row[T]]:
    """Reduced rows by pivot: no pivot stands in another row."""
    found: dict[T, Row[T]] = {}
    for given in rows:
        row = reduced(given, found)
        if row:
            pivot = next(iter(row))
            row = {key: value / row[pivot] for key, value in row.items()}
            for other, old in list(found.items()):
                if pivot in old:
                    found[other] = _minus(old, row, old[pivot])
            found[pivot] = row
    return found


def reduced(row: Mapping[T, int | Fraction], rows: Mapping[T, Row[T]]) -> Row[T]:
    """What is left of a row once the others are taken off; nothing when they give it."""
    left = {key: Fraction(value) for key, value in row.items() if value}
    for pivot in [key for key in left if key in rows]:
        left = _minus(left, rows[pivot], left[pivot])
    return left


def _minus(row: Row[T], other: Row[T], times: Fraction) -> Row[T]:
    left = dict(row)
    for key, value in other.items():
        rest = left.get(key, Fraction(0)) - times * value
        if rest:
            left[key] = rest
        else:
            left.pop(key, None)
    return left
