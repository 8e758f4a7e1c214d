"""The worker-months of a recorded year: the days of their cells, and what other awards carry."""

from collections.abc import Iterator, Sequence

from backoffice.engine.optimum.stretches import Stretches, WorkerMonth, stretches_of
from backoffice.engine.payroll import Slices
from backoffice.engine.scenario.award_years import Flags
from reports.grid.places import Places
from reports.grid.states import Charge
from reports.grid.windows import month_days, spans_of
from reports.slices import SliceFacts, common_days


def stretches_in(
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
    return stretches_of(_month(places, free, pay, mine) for pay, mine in months.items())


def _month(
    places: Places, free: Flags, pay: int, cells: Sequence[tuple[int, int, int]]
) -> WorkerMonth:
    facts = places.facts
    worker, month = facts.staff.months[pay].worker_id, int(facts.staff.pay.month[pay])
    first, stop = month_days(month)
    taken = [
        Charge(one.award, max(one.start, first), min(one.stop, stop), one.hours)
        for one in places.charges(worker)
        if not free[one.award] and one.start < stop and one.stop > first
    ]
    spans = spans_of(places.lines[worker], first, stop) if taken else ()
    return WorkerMonth(pay, cells, taken, spans)


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
