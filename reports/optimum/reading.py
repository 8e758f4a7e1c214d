"""The question of an employer-year: its book, and the posts that each worker-month may go to."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise

import numpy as np

from backoffice.engine.claims.inputs import HEADS
from backoffice.engine.optimum.cells import Laid, laid
from backoffice.engine.optimum.question import Question
from backoffice.engine.payroll import Slices
from backoffice.engine.periods import Ints
from backoffice.engine.scenario.award_years import EXCLUDED, SHARE, UNKNOWN, Flags
from backoffice.engine.scenario.funding import Book, fund
from backoffice.engine.scenario.year_rows import (
    Entry,
    Vocabulary,
    award_years,
    parts_of,
    posts_of,
)
from backoffice.figures.vocabulary import cost_items
from grants.selectors import figures_registry, index_tables_of
from grants.snapshots import FUNCTIONS
from reports.grid.places import Places
from reports.grid.sheet import month_states
from reports.grid.states import Words
from reports.optimum.eligibility import Eligibility
from reports.optimum.stretches import stretches_in
from reports.projection.reading import index_grid
from reports.slices import SliceFacts, scale_of, slices_of
from reports.snapshots import YearFacts
from staffing.models import Assignment

_STAFF = HEADS.index("staff")
_NEVER = (EXCLUDED, SHARE, UNKNOWN)
_ALL_HOURS = Decimal(168)
_MONTHS = 12


@dataclass(frozen=True)
class Asked:
    """A question with what each cell is in the house.

    `source` is the assignment (real or only possible), contract line and pay row behind each cell;
    `obstacle` what keeps the worker off its post, empty for nothing; `frozen` the worker-months
    whose hours carry two awards, or are asked already by a version that has left: they stay.
    """

    places: Places
    question: Question
    source: tuple[SliceFacts, ...]
    obstacle: tuple[str, ...]
    frozen: frozenset[int]

    @property
    def codes(self) -> tuple[str, ...]:
        """The code of each post, in the order of the awards."""
        return tuple(post.code for award in self.places.facts.awards for post in award.posts)


def book_of(facts: YearFacts) -> Book:
    """An employer-year as the batch settles it: the same result as its ledger, to the cent."""
    entries = [Entry(0, i, award, facts.known[i]) for i, award in enumerate(facts.inputs)]
    natures = {code: item.nature for code, item in cost_items().items()}
    words = Vocabulary(tuple(facts.staff.pay.costs), natures, len(FUNCTIONS))
    regimes = {award.index_regime or "" for award in facts.inputs}
    months = range(facts.year * _MONTHS, (facts.year + 1) * _MONTHS)
    grid = index_grid(index_tables_of(figures_registry()), regimes, months, facts.as_of)
    employer = np.zeros(len(facts.staff.pay), dtype=np.int64)
    years = award_years(entries, words, grid)
    parts, posts = parts_of(entries), posts_of(entries)
    return Book(facts.staff.pay, employer, facts.slices, years, posts, parts)


def asked_of(places: Places) -> Asked:
    """Everything that may change in a year, and what stands as it is."""
    facts, book = places.facts, book_of(places.facts)
    free, frozen = _open(places, book), _frozen_months(places)
    possible, sources = _possible(facts, np.flatnonzero(free), frozen)
    stays = np.flatnonzero(free[facts.slices.award] & np.isin(facts.slices.pay, list(frozen)))
    found = laid(facts.slices, possible, stays)
    every = (*sources, *(facts.slice_facts[row] for row in stays.tolist()))
    obstacle = _obstacles(facts, found, every)
    barred = np.array([bool(one) for one in obstacle], dtype=np.bool_)
    source = tuple(every[row] for row in found.first.tolist())
    stretches = stretches_in(places, free, found.lines.take(found.first), source)
    question = Question(book, found.cells(barred, stretches), free, found.cell)
    return Asked(places, question, source, obstacle, frozenset(frozen))


def _open(places: Places, book: Book) -> Flags:
    """Awards that may change: not locked, known today, and with a rule for their staff."""
    known = fund(book).known
    locked = [award.row.pk in places.locks for award in places.facts.awards]
    ruled = ~np.isin(book.years.heads.kind[:, _STAFF], _NEVER)
    return np.asarray(known & ruled & ~np.array(locked, dtype=np.bool_), dtype=np.bool_)


def _frozen_months(places: Places) -> set[int]:
    """Pay rows that stay as they are: hours carried twice, a month asked already, two contracts.

    What the same hours may carry is accepted by name, never proposed.
    """
    words = Words(places.facts.awards, places.facts.year)
    rows = {
        (row.worker_id, month): place
        for place, (row, month) in enumerate(
            zip(places.facts.staff.months, places.facts.staff.pay.month.tolist(), strict=True)
        )
    }
    found = set()
    for pk, worker in places.workers.items():
        lines = sorted(places.lines[pk], key=lambda line: line.start)
        overlap = any(one.stop > after.start for one, after in pairwise(lines))
        states = month_states(places, pk, words)
        for month, (state, _spans) in zip(places.year.months(), states, strict=True):
            sent = (worker.number, month) in places.clashes
            if (overlap or sent or state.excess) and (pk, month) in rows:
                found.add(rows[pk, month])
    return found


def _possible(
    facts: YearFacts, awards: Ints, frozen: set[int]
) -> tuple[Slices, tuple[SliceFacts, ...]]:
    """Every line that a worker could have on a post with all the hours of the contract."""
    wanted = [
        Assignment(worker=worker, post=post, starts_on=post.starts_on, weekly_hours=_ALL_HOURS)
        for worker in facts.staff.workers
        for award in awards.tolist()
        for post in facts.awards[award].posts
    ]
    staff = replace(facts.staff, assignments=tuple(wanted))
    scales = sorted({scale_of(line) for line in facts.staff.contracts})
    lines, source = slices_of(facts.awards, staff, scales)
    rows = np.flatnonzero(~np.isin(lines.pay, list(frozen)))
    return lines.take(rows), tuple(source[row] for row in rows.tolist())


def _obstacles(facts: YearFacts, found: Laid, sources: Sequence[SliceFacts]) -> tuple[str, ...]:
    """What keeps the worker of each cell off its post on one of its days, if anything."""
    eligible, obstacles = Eligibility(facts), [""] * len(found.first)
    awards = found.lines.award.tolist()
    for cell, award, source in zip(found.owner.tolist(), awards, sources, strict=True):
        post = source.assignment.post
        obstacles[cell] = obstacles[cell] or eligible.obstacle(award, post, source.contract.row)
    return tuple(obstacles)
