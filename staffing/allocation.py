"""The assignments of a worker on a post, rewritten month by month: days and hours, nothing stored.

The grid shows what this gives before anything is saved, and saving writes the very same rows.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from backoffice.engine.periods import month_start
from grants.snapshots import ordinals
from staffing.models import Assignment, ContractLine

_HUNDREDTHS = 100


@dataclass(frozen=True)
class Stretch:
    """Hours a week (hundredths) from a day to the day before `stop`, as ordinals."""

    start: int
    stop: int
    hours: int


@dataclass(frozen=True)
class Held(Stretch):
    """An assignment as days and hours; an open end is the end of the calendar."""

    reason: str = ""


Months = Mapping[int, Sequence[Stretch]]
"""What some months hold from now on, by index of the month; nothing is an empty sequence."""


def held_by(assignments: Iterable[Assignment]) -> tuple[Held, ...]:
    """Assignments of one worker on one post, by first day."""
    rows = [
        Held(*ordinals(one.starts_on, one.ends_on), hundredths_of(one), one.reason)
        for one in assignments
    ]
    return tuple(sorted(rows, key=lambda row: row.start))


def hundredths_of(assignment: Assignment) -> int:
    """Hundredths of hours a week."""
    return int(assignment.weekly_hours * _HUNDREDTHS)


def rewritten(rows: Iterable[Held], months: Months) -> tuple[Held, ...]:
    """The same assignments with these months replaced, every other day as it was.

    Neighbours with the same hours become one, unless each has a reason of its own. No two rows
    begin on the same day: where two overlap from the same day on, their hours are added up.
    """
    kept = list(rows)
    for month in sorted(months):
        first, stop = month_start(month).toordinal(), month_start(month + 1).toordinal()
        kept = [part for row in kept for part in _outside(row, first, stop)]
    new = [Held(one.start, one.stop, one.hours) for each in months.values() for one in each]
    return tuple(_merged(_apart([*kept, *new])))


def version_of(assignments: Iterable[Assignment], lines: Iterable[ContractLine]) -> str:
    """A text that changes with the assignments of a worker-year or the contract under them."""
    held = sorted(
        (one.post_id, one.starts_on.isoformat(), str(one.ends_on), hundredths_of(one))
        for one in assignments
    )
    under = sorted(
        (line.starts_on.isoformat(), str(line.ends_on), int(line.weekly_hours * _HUNDREDTHS))
        for line in lines
    )
    return hashlib.sha256(repr((held, under)).encode()).hexdigest()[:20]


def day_of(ordinal: int) -> date | None:
    """The last day of an assignment from the day after it; None for an open end."""
    return None if ordinal == date.max.toordinal() else date.fromordinal(ordinal - 1)


def _outside(row: Held, first: int, stop: int) -> Iterator[Held]:
    """The parts of a row before and after some days."""
    if row.start < first:
        yield replace(row, stop=min(row.stop, first))
    if row.stop > stop:
        yield replace(row, start=max(row.start, stop))


def _apart(rows: Sequence[Held]) -> list[Held]:
    """Rows that begin on days of their own: those that begin together are added up."""
    waiting = sorted(rows, key=lambda row: (row.start, row.stop))
    found: list[Held] = []
    while waiting:
        row = waiting.pop(0)
        if not waiting or waiting[0].start != row.start:
            found.append(row)
            continue
        other = waiting.pop(0)
        both = replace(row, hours=row.hours + other.hours, reason=row.reason or other.reason)
        rest = [replace(other, start=row.stop)] if other.stop > row.stop else []
        waiting = sorted([both, *rest, *waiting], key=lambda one: (one.start, one.stop))
    return found


def _merged(rows: Iterable[Held]) -> Iterator[Held]:
    """Neighbours with the same hours as one row."""
    last: Held | None = None
    for row in rows:
        if last and _goes_on(last, row):
            last = replace(last, stop=row.stop, reason=last.reason or row.reason)
            continue
        if last:
            yield last
        last = row
    if last:
        yield last


def _goes_on(one: Held, other: Held) -> bool:
    same = one.reason == other.reason or not (one.reason and other.reason)
    return one.stop == other.start and one.hours == other.hours and same
