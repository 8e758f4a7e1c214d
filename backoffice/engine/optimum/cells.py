"""Where the hours of a worker-month may be charged, and what is charged there today."""

from dataclasses import dataclass

import numpy as np

from backoffice.engine import money
from backoffice.engine.optimum.programme import WHOLE
from backoffice.engine.optimum.stretches import Stretches
from backoffice.engine.payroll import Slices
from backoffice.engine.periods import Ints
from backoffice.engine.scenario.award_years import Flags


@dataclass(frozen=True)
class Cells:
    """One row per worker-month and post; shares are of the contract, in parts of `WHOLE`.

    Attributes:
        pay: row of the worker-month; `post`: row of the posts; `year`: award-year.
        most: the largest share allowed, 0 where the worker may not be charged there.
        held: the share of today, on average over the days of the cell.
        free: whether it may change. What may not (hours that carry two awards today, a month that
            is cut in two) stands for today's lines, whole.
        lines: the lines of each cell at a whole share; `owner`: the cell of each line.
        stretch, stretch_cell: days on which the same cells are possible, with each such cell.
        stretch_pay, stretch_room: the worker-month of a stretch, and the share left to the cells.
    """

    pay: Ints
    post: Ints
    year: Ints
    most: Ints
    held: Ints
    free: Flags
    lines: Slices
    owner: Ints
    stretch: Ints
    stretch_cell: Ints
    stretch_pay: Ints
    stretch_room: Ints

    def __len__(self) -> int:
        return len(self.pay)

    @property
    def rooms(self) -> Ints:
        """What each stretch may carry: its room, or what it carries today where that is more."""
        held = np.zeros(len(self.stretch_room), dtype=np.int64)
        np.add.at(held, self.stretch, self.held[self.stretch_cell])
        return np.maximum(self.stretch_room, held)


@dataclass(frozen=True)
class Laid:
    """Lines as cells: each possible one, then those of today that stay, each a cell of its own.

    Attributes:
        lines: every line at a whole share; `owner` the cell of each.
        cell: the cell of each line of today, -1 on an award that stays whole as it is.
        first: the first line of each cell; `held` the share of today, in parts of `WHOLE`.
        free: whether the cell may change.
    """

    lines: Slices
    owner: Ints
    cell: Ints
    first: Ints
    held: Ints
    free: Flags

    def cells(self, barred: Flags, stretches: Stretches) -> Cells:
        """The cells, those that something bars within what they hold today."""
        return Cells(
            pay=self.lines.pay[self.first],
            post=self.lines.post[self.first],
            year=self.lines.award[self.first],
            most=np.where(barred, np.minimum(self.held, WHOLE), WHOLE),
            held=self.held,
            free=self.free,
            lines=self.lines,
            owner=self.owner,
            stretch=stretches.stretch,
            stretch_cell=stretches.cell,
            stretch_pay=stretches.pay,
            stretch_room=stretches.room,
        )


def laid(today: Slices, possible: Slices, stays: Ints) -> Laid:
    """Today's lines as cells among all that are possible.

    Args:
        today: the lines as they stand.
        possible: each worker-month on each post, whole; one line per contract line.
        stays: rows of `today` that may not change; none of their worker-months is in `possible`.
    """
    pairs = np.stack([possible.pay, possible.post])
    keys, found = np.unique(pairs, axis=1, return_inverse=True)
    owner = np.asarray(found, dtype=np.int64).reshape(-1)
    size = keys.shape[1] + len(stays)
    place = {key: cell for cell, key in enumerate(zip(*keys.tolist(), strict=True))}
    mine = zip(today.pay.tolist(), today.post.tolist(), strict=True)
    cell = np.array([place.get(key, -1) for key in mine], dtype=np.int64)
    cell[stays] = keys.shape[1] + np.arange(len(stays))
    owner = np.concatenate([owner, cell[stays]])
    lines = joined(possible, today.take(stays))
    on = np.flatnonzero(cell >= 0)
    most = money.sum_groups(lines.weights, owner, size)
    held = money.sum_groups(today.weights[on], cell[on], size)
    return Laid(
        lines=lines,
        owner=owner,
        cell=cell,
        first=np.asarray(np.unique(owner, return_index=True)[1], dtype=np.int64),
        held=np.asarray((held * WHOLE + most // 2) // np.maximum(most, 1), dtype=np.int64),
        free=np.arange(size) < keys.shape[1],
    )


def joined(first: Slices, second: Slices) -> Slices:
    """The lines of the first, then those of the second."""
    return Slices(
        *(
            np.concatenate([getattr(first, name), getattr(second, name)])
            for name in Slices.__dataclass_fields__
        )
    )
