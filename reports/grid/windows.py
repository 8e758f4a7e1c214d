"""The days of a month on which a worker can be charged on a post, and what is held there."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from django.utils.translation import gettext as _

from backoffice.engine import money
from backoffice.engine.periods import month_start
from grants.models import Post
from grants.snapshots import AwardFacts, ordinals
from reports.grid.cell_text import HOURS, CellRefused, Part, Run, hours_text
from staffing.allocation import Held, Stretch
from staffing.snapshots import ContractFacts


@dataclass(frozen=True)
class Span:
    """Days (ordinals, `stop` excluded) under contract; hours a week in hundredths."""

    start: int
    stop: int
    hours: int
    full_time: int

    @property
    def days(self) -> int:
        return self.stop - self.start


def month_days(month: int) -> tuple[int, int]:
    """First day of a month and of the next one, as ordinals."""
    return month_start(month).toordinal(), month_start(month + 1).toordinal()


def spans_of(lines: Iterable[ContractFacts], first: int, stop: int) -> tuple[Span, ...]:
    """The days under contract between two days; lines that overlap are added up."""
    mine = [line for line in lines if line.start < stop and line.stop > first]
    marks = sorted(
        {first, stop}
        | {line.start for line in mine if first < line.start < stop}
        | {line.stop for line in mine if first < line.stop < stop}
    )
    found = []
    for start, end in pairwise(marks):
        held = [line for line in mine if line.start <= start and line.stop >= end]
        if held:
            hours = sum(line.hours for line in held)
            found.append(Span(start, end, hours, max(line.full_time for line in held)))
    return tuple(found)


def window_of(
    lines: Iterable[ContractFacts], post: Post, award: AwardFacts, month: int
) -> tuple[Span, ...]:
    """The days of a month on which contract, post and award all exist."""
    first, stop = month_days(month)
    of_post = ordinals(post.starts_on, post.ends_on)
    exercise = award.exercise
    first = max(first, of_post[0], exercise.start.toordinal())
    stop = min(stop, of_post[1], exercise.stop.toordinal())
    return spans_of(lines, first, stop) if first < stop else ()


def runs_of(rows: Sequence[Held], window: Sequence[Span]) -> tuple[Run, ...]:
    """What is held on the days of a window: hours of all rows together, from day to day."""
    found: list[Run] = []
    for span in window:
        mine = [row for row in rows if row.start < span.stop and row.stop > span.start]
        marks = sorted(
            {span.start}
            | {row.start for row in mine if span.start < row.start}
            | {row.stop for row in mine if row.stop < span.stop}
        )
        for start in marks:
            hours = sum(row.hours for row in mine if row.start <= start < row.stop)
            found.append(Run(start, hours, span.hours))
    return tuple(found)


def stretches_of(parts: Sequence[Part], window: Sequence[Span]) -> tuple[Stretch, ...]:
    """The dated hours that a cell asks for, on the days of its window.

    Raises:
        CellRefused: hours above those of the contract.
    """
    found: list[Stretch] = []
    for span in window:
        first_day = date.fromordinal(span.start).replace(day=1).toordinal()
        starts = [first_day + part.day - 1 for part in parts]
        for part, start, stop in zip(parts, starts, [*starts[1:], span.stop], strict=False):
            first, last = max(start, span.start), min(stop, span.stop)
            if first < last and (hours := _hours(part, span)):
                found.append(Stretch(first, last, hours))
    return tuple(found)


def _hours(part: Part, span: Span) -> int:
    if part.unit != HOURS:
        return money.times_one(span.hours, part.value)
    hours = money.round_ratio(part.value.numerator * 100, part.value.denominator)
    if hours > span.hours:
        raise CellRefused(
            _("%(asked)s h dépassent le contrat de %(contract)s h par semaine.")
            % {"asked": hours_text(hours), "contract": hours_text(span.hours)}
        )
    return hours
