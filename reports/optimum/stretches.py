"""Days of a worker-month on which the same posts are possible, and what is left of the contract."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from backoffice.engine.optimum.programme import WHOLE
from backoffice.engine.payroll import Slices
from backoffice.engine.periods import Ints
from backoffice.engine.scenario.award_years import Flags
from reports.grid.places import Places
from reports.grid.states import Charge
from reports.grid.windows import Span, month_days, spans_of
from reports.slices import SliceFacts, common_days


@dataclass(frozen=True)
class Stretches:
    """The columns of `Cells` of the same names; `room` in parts of `WHOLE`."""

    stretch: Ints
    cell: Ints
    pay: Ints
    room: Ints


@dataclass(frozen=True)
class _Month:
    """A worker-month: its cells with their days, what other awards carry, and its contract."""

    pay: int
    cells: Sequence[tuple[int, int, int]]
    taken: Sequence[Charge]
    spans: Sequence[Span]

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
        hours = [span.hours for span in self.spans if span.start < stop and span.stop > start]
        return -(-held * WHOLE // min(hours)) if hours and held else 0


def stretches_of(
    places: Places, free: Flags, first: Slices, source: Sequence[SliceFacts]
) -> Stretches:
    """The stretches of every worker-month.

    Args:
        places: the year.
        free: the awards that may change; what the others carry is taken off the room.
        first: one line of each cell.
        source: where it comes from.
    """
    months: dict[int, list[tuple[int, int, int]]] = {}
    days = _days(places, first, source)
    for cell, (pay, one) in enumerate(zip(first.pay.tolist(), days, strict=True)):
        months.setdefault(pay, []).append((cell, *one))
    parts = [
        (pay, room, cells)
        for pay, mine in months.items()
        for room, cells in _month(places, free, pay, mine).parts()
    ]
    count = np.array([len(cells) for _pay, _room, cells in parts], dtype=np.int64)
    return Stretches(
        stretch=np.repeat(np.arange(len(parts)), count),
        cell=_ints(cell for _pay, _room, cells in parts for cell in cells),
        pay=_ints(pay for pay, _room, _cells in parts),
        room=_ints(room for _pay, room, _cells in parts),
    )


def _month(places: Places, free: Flags, pay: int, cells: Sequence[tuple[int, int, int]]) -> _Month:
    facts = places.facts
    worker, month = facts.staff.months[pay].worker_id, int(facts.staff.pay.month[pay])
    first, stop = month_days(month)
    taken = [
        Charge(one.award, max(one.start, first), min(one.stop, stop), one.hours)
        for one in places.charges(worker)
        if not free[one.award] and one.start < stop and one.stop > first
    ]
    spans = spans_of(places.lines[worker], first, stop) if taken else ()
    return _Month(pay, cells, taken, spans)


def _days(places: Places, first: Slices, source: Sequence[SliceFacts]) -> Iterator[tuple[int, int]]:
    """The days of each cell: those of its post and award within its month."""
    known: dict[tuple[int, int], tuple[int, int]] = {}
    month = places.facts.staff.pay.month
    for award, pay, one in zip(first.award.tolist(), first.pay.tolist(), source, strict=True):
        key = award, one.assignment.post_id
        if key not in known:
            known[key] = common_days(one.assignment, places.facts.awards[award])
        start, stop = month_days(int(month[pay]))
        yield max(start, known[key][0]), min(stop, known[key][1])


def _ints(values: Iterable[int]) -> Ints:
    return np.array(list(values), dtype=np.int64)
