"""A projected year as a question: what its worker-months could be charged on, and what they are.

    laid = lay_out(run_year(scenario, 2027), run_year(baseline, 2027), locked, sent)
    best = best_of(laid.question(barred), solve)

What an award carries twice of the same hours stays as it is. Hours that fit in the contract today,
and no more under the scenario, are brought down in proportion first: nobody decided to stack them.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from fractions import Fraction

import numpy as np

from backoffice.engine import money
from backoffice.engine.claims.inputs import HEADS
from backoffice.engine.optimum.cells import Laid, laid
from backoffice.engine.optimum.question import Question
from backoffice.engine.optimum.run_year import Key, RunYear, Span
from backoffice.engine.optimum.stretches import Stretches, WorkerMonth, stretches_of
from backoffice.engine.payroll import Slices
from backoffice.engine.periods import Ints, month_ordinals
from backoffice.engine.projection.facts import Assignments
from backoffice.engine.projection.lines import lines_on
from backoffice.engine.projection.spans import pairs
from backoffice.engine.scenario.award_years import EXCLUDED, SHARE, UNKNOWN, Flags
from backoffice.engine.scenario.funding import fund

_STAFF = HEADS.index("staff")
_NEVER = (EXCLUDED, SHARE, UNKNOWN)
_ALL_HOURS = 16_800


@dataclass(frozen=True)
class Projected:
    """A year laid out.

    Attributes:
        year: with the lines of today, brought down where the scenario leaves less contract.
        laid: its cells; `contract` the contract line of each possible line of cost.
        open: award-years that may change.
        frozen: rows of pay that stay as they are; `squeezed` those whose hours were brought down,
            each with the part that is left of them.
    """

    year: RunYear
    laid: Laid
    contract: Ints
    open: Flags
    frozen: frozenset[int]
    squeezed: dict[int, Fraction]

    def question(self, barred: Flags) -> Question:
        """The question, where `barred` tells the cells that something keeps a worker off."""
        cells = self.laid.cells(barred, self._stretches())
        return Question(self.year.book, cells, self.open, self.laid.cell)

    def _stretches(self) -> Stretches:
        first = self.laid.lines.take(self.laid.first)
        posts, years, keys = self.year.book.posts, self.year.book.years, self.year.keys
        month = self.year.book.pay.month[first.pay]
        start = np.maximum.reduce(
            [posts.start[first.post], years.start[first.award], month_ordinals(month)]
        )
        stop = np.minimum.reduce(
            [posts.stop[first.post], years.stop[first.award], month_ordinals(month + 1)]
        )
        months: dict[int, list[tuple[int, int, int]]] = {}
        columns = first.pay.tolist(), start.tolist(), stop.tolist()
        for cell, (pay, low, high) in enumerate(zip(*columns, strict=True)):
            months.setdefault(pay, []).append((cell, low, high))
        return stretches_of(
            WorkerMonth(pay, mine, list(self._taken(pay)), self.year.contract_in(keys[pay]))
            for pay, mine in months.items()
        )

    def _taken(self, pay: int) -> Iterator[Span]:
        """What award-years that stay as they are carry of a worker-month."""
        left = self.squeezed.get(pay, Fraction(1))
        for one in self.year.charges_in(self.year.keys[pay]):
            if not self.open[one.year]:
                yield one._replace(hours=money.times_one(one.hours, left))


def lay_out(
    year: RunYear, base: RunYear, locked: Collection[int], sent: Collection[Key]
) -> Projected:
    """What may change in a year of a run, and what stands as it is.

    Args:
        year: of the scenario.
        base: of the baseline, which says what was stacked already.
        locked: awards whose year is frozen by a justification.
        sent: worker-months that a sent version asks already.
    """
    stacked = {key for key in base.keys if (load := base.load(key)) is None or load > 1}
    frozen, squeezed = set(), dict[int, Fraction]()
    for row, key in enumerate(year.keys):
        load = year.load(key)
        if load is None or key in sent or (load > 1 and key in stacked):
            frozen.add(row)
        elif load > 1:
            squeezed[row] = 1 / load
    year = _squeezed(year, squeezed)
    open_ = _open(year, locked)
    possible, contract = _possible(year, np.flatnonzero(open_))
    rows = np.flatnonzero(~np.isin(possible.pay, list(frozen)))
    today = year.book.slices
    stays = np.flatnonzero(open_[today.award] & np.isin(today.pay, list(frozen)))
    found = laid(today, possible.take(rows), stays)
    return Projected(year, found, contract[rows], open_, frozenset(frozen), squeezed)


def _squeezed(year: RunYear, left: dict[int, Fraction]) -> RunYear:
    """The year with the hours of some worker-months brought down to their contract.

    On the same days of one contract to the last hundredth of an hour, else each line down.
    """
    lines, hours = year.book.slices, year.book.slices.hours.copy()
    for pay, part in left.items():
        rows = np.flatnonzero(lines.pay == pay)
        held = hours[rows].tolist()
        alike = len(set(lines.days[rows].tolist())) == len(year.contract_in(year.keys[pay])) == 1
        whole = int(sum(held) * part)
        hours[rows] = money.allocate(whole, held) if alike else [int(one * part) for one in held]
    kept = np.flatnonzero(hours > 0)
    slices = replace(lines, hours=hours).take(kept)
    return replace(year, book=replace(year.book, slices=slices))


def _open(year: RunYear, locked: Collection[int]) -> Flags:
    """Award-years that may change: not locked, known, and with a rule for their staff.

    One with a reserve for its staff stays: what it pays of a line depends on all of them.
    """
    years = year.book.years
    ruled = ~np.isin(years.heads.kind[:, _STAFF], _NEVER)
    ruled &= years.heads.reserved[:, _STAFF] == 0
    free = ~np.isin(years.award, list(locked))
    return np.asarray(fund(year.book).known & ruled & free, dtype=np.bool_)


def _possible(year: RunYear, open_: Ints) -> tuple[Slices, Ints]:
    """Every line that a worker could have on a post of the employer with the whole contract."""
    facts, posts = year.facts, year.book.posts
    mine = np.flatnonzero(np.isin(posts.award, year.book.years.award[open_]))
    worker, place = pairs(facts.worker_employer, facts.names.award_employers[posts.award[mine]])
    first, after = month_ordinals(np.array([facts.first, facts.stop], dtype=np.int64)).tolist()
    size = len(worker)
    wanted = Assignments(
        worker=worker,
        post=mine[place],
        start=np.full(size, first, dtype=np.int64),
        stop=np.full(size, after, dtype=np.int64),
        hours=np.full(size, _ALL_HOURS, dtype=np.int64),
    )
    return lines_on(replace(facts, assignments=wanted), year.book.pay)
