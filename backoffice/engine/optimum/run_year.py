"""A civil year of a run alone: its worker-months and award-years, and who is charged on what."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from backoffice.engine.payroll import PayMonths
from backoffice.engine.periods import Ints, month_ordinals
from backoffice.engine.projection.facts import Facts, taken
from backoffice.engine.projection.spans import pairs
from backoffice.engine.scenario.award_years import taken_years
from backoffice.engine.scenario.funding import Book
from backoffice.engine.scenario.run import Run

_MONTHS = 12
Key = tuple[int, int]
"""A worker and a month."""


class Span(NamedTuple):
    """Hours a week (hundredths) from a day to the day before `stop`, on an award-year if any."""

    start: int
    stop: int
    hours: int
    year: int = -1


@dataclass(frozen=True)
class RunYear:
    """What a run says of a year, numbered again.

    Attributes:
        facts: those of the run, with the award-years and months of the year alone.
        book: its worker-months, lines, award-years and invoices; the posts are those of the run.
        status, incomplete: of each worker-month, as in `Months`.
    """

    facts: Facts
    book: Book
    status: Ints
    incomplete: Ints

    @property
    def keys(self) -> list[Key]:
        """The worker and month of each row of pay."""
        pay = self.book.pay
        return list(zip(pay.worker.tolist(), pay.month.tolist(), strict=True))

    @cached_property
    def charges(self) -> Mapping[int, Sequence[Span]]:
        """By worker, what award-years carry, on the days of assignment, post and exercise."""
        held, posts, years = self.facts.assignments, self.book.posts, self.book.years
        one, year = pairs(posts.award[held.post], years.award)
        post = held.post[one]
        start = np.maximum.reduce([held.start[one], posts.start[post], years.start[year]])
        stop = np.minimum.reduce([held.stop[one], posts.stop[post], years.stop[year]])
        rows = np.flatnonzero(start < stop)
        columns = start[rows], stop[rows], held.hours[one[rows]], year[rows]
        return _by_worker(held.worker[one[rows]], columns)

    @cached_property
    def contracts(self) -> Mapping[int, Sequence[Span]]:
        """By worker, the contract lines."""
        lines = self.facts.contracts
        return _by_worker(lines.worker, (lines.start, lines.stop, lines.hours))

    def contract_in(self, key: Key) -> list[Span]:
        """The contract lines of a worker in a month, on its days."""
        return list(_within(self.contracts.get(key[0], ()), *_days_of(key[1])))

    def charges_in(self, key: Key) -> list[Span]:
        """What award-years carry of a worker in a month, on its days."""
        return list(_within(self.charges.get(key[0], ()), *_days_of(key[1])))

    def load(self, key: Key) -> Fraction | None:
        """The largest part of the contract that is carried on a day of a month.

        None where two contract lines run at once: no share stands for both.
        """
        lines = sorted(self.contract_in(key))
        if any(one.stop > after.start for one, after in pairwise(lines)):
            return None
        charges = self.charges_in(key)
        return max((load for line in lines for load in _loads(line, charges)), default=Fraction(0))


def run_year(run: Run, year: int) -> RunYear:
    """A civil year of a run, within its horizon."""
    facts, book = run.facts, run.book
    rows = np.flatnonzero(book.pay.month // _MONTHS == year)
    years = np.flatnonzero(facts.years.year == year)
    lines = book.slices.take(np.flatnonzero(np.isin(book.slices.award, years)))
    parts = taken(book.parts, np.flatnonzero(np.isin(book.parts.year, years)))
    here = taken_years(facts.years, years)
    pay = book.pay
    return RunYear(
        facts=replace(
            facts,
            first=year * _MONTHS,
            stop=(year + 1) * _MONTHS,
            years=here,
            renewed=facts.renewed[years],
        ),
        book=Book(
            PayMonths(
                worker=pay.worker[rows],
                month=pay.month[rows],
                paid=pay.paid[rows],
                due=pay.due[rows],
                contract=pay.contract[rows],
                costs={item: cost[rows] for item, cost in pay.costs.items()},
            ),
            book.employer[rows],
            replace(
                lines,
                pay=np.searchsorted(rows, lines.pay),
                award=np.searchsorted(years, lines.award),
            ),
            here,
            book.posts,
            replace(parts, year=np.searchsorted(years, parts.year)),
        ),
        status=run.months.status[rows],
        incomplete=run.months.incomplete[rows],
    )


def _by_worker(worker: Ints, columns: tuple[Ints, ...]) -> Mapping[int, Sequence[Span]]:
    found: dict[int, list[Span]] = {}
    for one, *values in zip(worker.tolist(), *(column.tolist() for column in columns), strict=True):
        found.setdefault(one, []).append(Span(*values))
    return found


def _days_of(month: int) -> tuple[int, int]:
    """First day of a month and of the next one, as ordinals."""
    first, after = month_ordinals(np.array([month, month + 1], dtype=np.int64)).tolist()
    return first, after


def _within(spans: Sequence[Span], first: int, after: int) -> Iterator[Span]:
    for one in spans:
        start, stop = max(one.start, first), min(one.stop, after)
        if start < stop:
            yield one._replace(start=start, stop=stop)


def _loads(line: Span, charges: Sequence[Span]) -> Iterator[Fraction]:
    """The part of a contract line that is carried, from day to day."""
    mine = list(_within(charges, line.start, line.stop))
    for day in {one.start for one in mine}:
        held = [min(one.hours, line.hours) for one in mine if one.start <= day < one.stop]
        yield Fraction(sum(held), line.hours)
