"""A linear programme in whole numbers, and what its prices prove of every solution.

Nothing here solves it: a solver may be as inexact as it likes, the bound below holds all the same.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from backoffice.engine.money import Cents
from backoffice.engine.periods import Ints
from backoffice.engine.scenario.award_years import Flags

WHOLE = 1_000_000
"""Parts of a column, and of an FTE, that make one."""
PRECISION = 1 << 40
"""Parts of a price that make one cent for each unit of its row."""


@dataclass(frozen=True, order=True)
class Name:
    """What a row or a column is about: its kind, then the indices that tell it from the others."""

    kind: str
    one: int
    two: int = 0
    three: int = 0


@dataclass(frozen=True)
class Programme:
    """The most of `value` x columns, where each row of factors stays within its limit.

    Attributes:
        value: cents for one whole of each column.
        most: how much of each column there may be, in parts of `WHOLE`; the least is 0.
        columns: what each column is about.
        row, column, factor: the entries of the rows; `factor` for one whole of the column.
        limit: of each row.
        rows: what each row is about.
        constant: cents to add to any solution.
    """

    value: Cents
    most: Ints
    columns: tuple[Name, ...]
    row: Ints
    column: Ints
    factor: Ints
    limit: Ints
    rows: tuple[Name, ...]
    constant: int = 0

    @cached_property
    def legal(self) -> Flags:
        """The rows that a plan must hold to be legal: contracts and posts."""
        return np.array([name.kind in {"contract", "post"} for name in self.rows], dtype=np.bool_)

    @cached_property
    def legal_entry(self) -> Flags:
        """The entries of those rows."""
        return self.legal[self.row]


@dataclass(frozen=True)
class Proof:
    """No solution is worth more than `bound` cents.

    `worth` is, by row, what one more unit of its limit brings at most; `gains`, by column, what one
    more whole of it would bring beyond what it takes from the rows. Both in parts of a cent
    (`PRECISION`).
    """

    bound: int
    worth: Sequence[int]
    gains: Sequence[int]


def proof_of(programme: Programme, prices: Sequence[int]) -> Proof:
    """What some prices prove, whatever they are: the better they are, the lower the bound.

    Each limit is paid at its price, and each column at what it is worth above the prices of what it
    takes: no solution is worth more than that sum. Python integers: nothing is rounded but the end,
    upwards.

    Args:
        programme: what is asked.
        prices: one per row, in parts of a cent (`PRECISION`) for each unit; one below 0 counts 0.
    """
    worth = np.maximum(np.array([int(price) for price in prices], dtype=object), 0)
    taken = np.zeros(len(programme.value), dtype=object)
    np.add.at(taken, programme.column, programme.factor.astype(object) * worth[programme.row])
    gains = programme.value.astype(object) * PRECISION - taken
    of_rows = int((worth * programme.limit.astype(object)).sum())
    of_columns = int((np.maximum(gains, 0) * programme.most.astype(object)).sum())
    bound = -(-(of_rows * WHOLE + of_columns) // (PRECISION * WHOLE))
    return Proof(bound + programme.constant, worth.tolist(), gains.tolist())


@dataclass
class Draft:
    """A programme being written, columns and rows in the order in which they are added."""

    constant: int = 0
    _columns: list[tuple[Ints, Ints]] = field(default_factory=list)
    _rows: list[Ints] = field(default_factory=list)
    _entries: list[tuple[Ints, Ints, Ints]] = field(default_factory=list)
    _names: tuple[list[Name], list[Name]] = field(default_factory=lambda: ([], []))

    def columns(self, value: Ints, most: Ints, names: Sequence[Name]) -> Ints:
        """Add columns and tell their places."""
        first = len(self._names[0])
        self._columns.append((value, most))
        self._names[0].extend(names)
        return np.arange(first, first + len(names), dtype=np.int64)

    def rows(self, limit: Ints, names: Sequence[Name]) -> Ints:
        """Add rows without entries and tell their places."""
        first = len(self._names[1])
        self._rows.append(limit)
        self._names[1].extend(names)
        return np.arange(first, first + len(names), dtype=np.int64)

    def entries(self, row: Ints, column: Ints, factor: Ints) -> None:
        """Add entries; those of the same place are added up."""
        kept = factor != 0
        self._entries.append((row[kept], column[kept], factor[kept]))

    def programme(self) -> Programme:
        """The programme, its entries by row then column."""
        value, most = _joined(self._columns, 2)
        row, column, factor = _joined(self._entries, 3)
        width = max(len(value), 1)
        places, group = np.unique(row * width + column, return_inverse=True)
        sums = np.zeros(len(places), dtype=np.int64)
        np.add.at(sums, group, factor)
        (limit,) = _joined([(one,) for one in self._rows], 1)
        columns, rows = (tuple(names) for names in self._names)
        where = places // width, places % width
        return Programme(value, most, columns, *where, sums, limit, rows, self.constant)


def _joined(parts: Sequence[tuple[Ints, ...]], size: int) -> list[Ints]:
    empty = np.zeros(0, dtype=np.int64)
    return [np.concatenate([empty, *(part[place] for part in parts)]) for place in range(size)]
