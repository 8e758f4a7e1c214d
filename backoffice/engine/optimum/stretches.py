"""Days of a worker-month on which the same posts are possible, and what is left of the contract."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Protocol

import numpy as np

from backoffice.engine.optimum.programme import WHOLE
from backoffice.engine.periods import Ints


class Days(Protocol):
    """Hours a week (hundredths) from a day to the day before `stop`."""

    @property
    def start(self) -> int: ...

    @property
    def stop(self) -> int: ...

    @property
    def hours(self) -> int: ...


@dataclass(frozen=True)
class Stretches:
    """The columns of `Cells` of the same names; `room` in parts of `WHOLE`."""

    stretch: Ints
    cell: Ints
    pay: Ints
    room: Ints


@dataclass(frozen=True)
class WorkerMonth:
    """Its row of pay, its cells with their days, what other awards carry, and its contract."""

    pay: int
    cells: Sequence[tuple[int, int, int]]
    taken: Sequence[Days] = ()
    contract: Sequence[Days] = ()

    def parts(self) -> Iterator[tuple[int, list[int]]]:
        """Room and cells of each stretch of days; one whose cells are those of another is left."""
        marks = {day for _cell, start, stop in self.cells for day in (start, stop)}
        marks |= {day for one in self.taken for day in (one.start, one.stop)}
        found: dict[tuple[int, ...], int] = {}
        for start, stop in pairwise(sorted(marks)):
            mine = tuple(cell for cell, first, last in self.cells if first <= start < last)
            room = WHOLE - self._taken(start, stop)
            if mine:
                found[mine] = min(found.get(mine, WHOLE), max(room, 0))
        for cells, room in found.items():
            yield room, list(cells)

    def _taken(self, start: int, stop: int) -> int:
        """The largest share of a contract that other awards carry on these days."""
        held = sum(one.hours for one in self.taken if one.start < stop and one.stop > start)
        hours = [one.hours for one in self.contract if one.start < stop and one.stop > start]
        return -(-held * WHOLE // min(hours)) if hours and held else 0


def stretches_of(months: Iterable[WorkerMonth]) -> Stretches:
    """The stretches of every worker-month."""
    parts = [(one.pay, room, cells) for one in months for room, cells in one.parts()]
    count = np.array([len(cells) for _pay, _room, cells in parts], dtype=np.int64)
    return Stretches(
        stretch=np.repeat(np.arange(len(parts)), count),
        cell=_ints(cell for _pay, _room, cells in parts for cell in cells),
        pay=_ints(pay for pay, _room, _cells in parts),
        room=_ints(room for _pay, room, _cells in parts),
    )


def _ints(values: Iterable[int]) -> Ints:
    return np.array(list(values), dtype=np.int64)
