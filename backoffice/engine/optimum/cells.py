"""Where the hours of a worker-month may be charged, and what is charged there today."""

from dataclasses import dataclass

import numpy as np

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
