"""The question of an employer-year: its book, and the posts that each worker-month may go to."""

from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise

import numpy as np

from backoffice.engine import money
from backoffice.engine.claims.inputs import HEADS
from backoffice.engine.optimum.cells import Cells
from backoffice.engine.optimum.model import Question
from backoffice.engine.optimum.programme import WHOLE
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
from reports.optimum.stretches import stretches_of
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


@dataclass(frozen=True)
class _Lines:
    """Lines with where each comes from and the cell that it belongs to."""

    lines: Slices
    source: tuple[SliceFacts, ...]
    owner: Ints


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
    possible = _possible(facts, np.flatnonzero(free), frozen)
    stays = np.flatnonzero(free[facts.slices.award] & np.isin(facts.slices.pay, list(frozen)))
    cell = _cells_of(facts.slices, possible, stays)
    whole = _with_those_that_stay(facts, possible, stays, cell)
    size, first = int(whole.owner.max(initial=-1)) + 1, _first_lines(whole)
    held = _held(facts.slices, whole, cell)
    obstacle = _obstacles(facts, whole, size)
    barred = np.array([bool(one) for one in obstacle], dtype=np.bool_)
    source = tuple(whole.source[row] for row in first.tolist())
    found = stretches_of(places, free, whole.lines.take(first), source)
    cells = Cells(
        pay=whole.lines.pay[first],
        post=whole.lines.post[first],
        year=whole.lines.award[first],
        most=np.where(barred, np.minimum(held, WHOLE), WHOLE),
        held=held,
        free=np.arange(size) < size - len(stays),
        lines=whole.lines,
        owner=whole.owner,
        stretch=found.stretch,
        stretch_cell=found.cell,
        stretch_pay=found.pay,
        stretch_room=found.room,
    )
    return Asked(places, Question(book, cells, free, cell), source, obstacle, frozenset(frozen))


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


def _possible(facts: YearFacts, awards: Ints, frozen: set[int]) -> _Lines:
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
    lines = lines.take(rows)
    pairs = np.stack([lines.pay, lines.post])
    _keys, owner = np.unique(pairs, axis=1, return_inverse=True)
    kept = tuple(source[row] for row in rows.tolist())
    return _Lines(lines, kept, np.asarray(owner, dtype=np.int64).reshape(-1))


def _cells_of(today: Slices, possible: _Lines, stays: Ints) -> Ints:
    """The cell of each line of today; -1 on an award that stays whole as it is."""
    keys = zip(possible.lines.pay.tolist(), possible.lines.post.tolist(), strict=True)
    place = dict(zip(keys, possible.owner.tolist(), strict=True))
    mine = zip(today.pay.tolist(), today.post.tolist(), strict=True)
    cell = np.array([place.get(key, -1) for key in mine], dtype=np.int64)
    cell[stays] = int(possible.owner.max(initial=-1)) + 1 + np.arange(len(stays))
    return cell


def _with_those_that_stay(facts: YearFacts, possible: _Lines, stays: Ints, cell: Ints) -> _Lines:
    """The possible lines, then those of today that may not change, each a cell of its own."""
    lines, fixed = possible.lines, facts.slices.take(stays)
    joined = {
        name: np.concatenate([getattr(lines, name), getattr(fixed, name)])
        for name in Slices.__dataclass_fields__
    }
    source = (*possible.source, *(facts.slice_facts[row] for row in stays.tolist()))
    return _Lines(Slices(**joined), source, np.concatenate([possible.owner, cell[stays]]))


def _first_lines(whole: _Lines) -> Ints:
    """The first line of each cell."""
    return np.asarray(np.unique(whole.owner, return_index=True)[1], dtype=np.int64)


def _held(today: Slices, whole: _Lines, cell: Ints) -> Ints:
    """The share of today of each cell, in parts of `WHOLE`."""
    size, mine = int(whole.owner.max(initial=-1)) + 1, np.flatnonzero(cell >= 0)
    most = money.sum_groups(whole.lines.weights, whole.owner, size)
    held = money.sum_groups(today.weights[mine], cell[mine], size)
    return np.asarray((held * WHOLE + most // 2) // np.maximum(most, 1), dtype=np.int64)


def _obstacles(facts: YearFacts, whole: _Lines, size: int) -> tuple[str, ...]:
    """What keeps the worker of each cell off its post on one of its days, if anything."""
    eligible, found = Eligibility(facts), [""] * size
    awards = whole.lines.award.tolist()
    for cell, award, source in zip(whole.owner.tolist(), awards, whole.source, strict=True):
        post = source.assignment.post
        found[cell] = found[cell] or eligible.obstacle(award, post, source.contract.row)
    return tuple(found)
