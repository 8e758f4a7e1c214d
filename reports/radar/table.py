"""Claims of any kind as the columns of the engine, and back."""

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from backoffice.engine.periods import Ints
from backoffice.engine.radar import Claims, Excess
from reports.radar.content import Claimant


@dataclass(frozen=True)
class Table:
    """Cells and claimants by index, and the claims on them."""

    cells: tuple[Hashable, ...]
    claimants: tuple[Claimant, ...]
    claims: Claims

    def named(self, over: Excess) -> tuple[tuple[Claimant, int | None], ...]:
        """Who claims a cell, and how much."""
        return tuple((self.claimants[index], amount) for index, amount in over.claims)


def table_of(cells: Sequence[Hashable], rows: Iterable[tuple[Hashable, Claimant, int]]) -> Table:
    """Columns from (cell, claimant, amount); each cell is one of `cells`."""
    place = {cell: index for index, cell in enumerate(cells)}
    listed = list(rows)
    claimants = tuple(sorted({claimant for _cell, claimant, _amount in listed}, key=_order))
    index = {claimant: number for number, claimant in enumerate(claimants)}
    columns = [(place[cell], index[claimant], amount) for cell, claimant, amount in listed]
    return Table(tuple(cells), claimants, Claims(*ints(columns).reshape(len(columns), 3).T))


def ints(values: Sequence[object]) -> Ints:
    """A column of integers."""
    return np.array(values, dtype=np.int64)


def _order(claimant: Claimant) -> tuple[str, int, int]:
    return claimant.reference, claimant.year, claimant.version or 0
