"""An allocation in steps that can be typed, from the shares of a solution, settled to the cent."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from backoffice.engine import money
from backoffice.engine.optimum.cells import joined
from backoffice.engine.optimum.model import programmes_of
from backoffice.engine.optimum.programme import WHOLE, Name, Programme, Proof, proof_of
from backoffice.engine.optimum.question import Question, units_of
from backoffice.engine.payroll import Slices
from backoffice.engine.periods import Ints
from backoffice.engine.scenario.funding import Book, Funding, fund

_THOUSAND, _TRIES = 1_000, 40
_ROUNDS, _IDLE = 3, 4
_NEAR = WHOLE // 50
AS_TODAY = -1
Solve = Callable[[Programme], tuple[Ints, Sequence[int], int]]
"""From a programme to shares by column (parts of `WHOLE`), prices by row, thousandths of a cent."""


@dataclass(frozen=True)
class Plan:
    """What each cell holds: `steps` of its unit, `AS_TODAY` where nothing changes there."""

    question: Question
    steps: Ints

    @cached_property
    def funding(self) -> Funding:
        """What the awards pay of it."""
        book = self.question.book
        lines = self.lines
        return fund(Book(book.pay, book.employer, lines, book.years, book.posts, book.parts))

    @property
    def shares(self) -> Ints:
        """What each cell holds of its contract, in parts of `WHOLE`."""
        cells, whole = self.question.cells, units_of(self.question)
        return np.where(self.steps == AS_TODAY, cells.held, self.steps * WHOLE // whole)

    @property
    def payable(self) -> int:
        """Cents that the award-years which may change pay together; -1 where one is unknown."""
        paid = self.funding.payable[self.question.open]
        return int(paid.sum()) if (paid >= 0).all() else -1

    def with_steps(self, cells: Ints, steps: Ints) -> "Plan":
        """The same plan with other steps in some cells."""
        changed = self.steps.copy()
        changed[cells] = steps
        return Plan(self.question, changed)

    @cached_property
    def lines(self) -> Slices:
        """Today's lines but those of the cells that change, then the lines of these."""
        question, changed = self.question, self.steps != AS_TODAY
        cell, owner = question.cell, question.cells.owner
        kept = np.flatnonzero(~np.append(changed, np.bool_(0))[cell])
        new = np.flatnonzero(changed[owner] & (self.steps[owner] > 0))
        lines = question.cells.lines.take(new)
        unit = units_of(question)[owner[new]]
        hours = money.times(lines.hours, self.steps[owner[new]], unit)
        return joined(question.book.slices.take(kept), replace(lines, hours=hours))


@dataclass(frozen=True)
class Best:
    """The best plan found, and the proof of how much better any other could be.

    `today` is the plan that changes nothing; `plan` is never worth less.
    """

    today: Plan
    plan: Plan
    programme: Programme
    proof: Proof

    @property
    def gap(self) -> int:
        """Cents that no plan can do better than by; below 0 by the rounding of the lines only."""
        return self.proof.bound - self.plan.payable


def best_of(question: Question, solve: Solve) -> Best:
    """The plan that pays most, then changes fewest hours of today.

    Whatever the solver answers, the plan is settled as the ledger settles it and is today's where
    nothing is better; the proof holds for every plan.
    """
    cases = [_Case(one, *solve(one)) for one in programmes_of(question)]
    chosen = max(cases, key=lambda case: case.worth + case.programme.constant * _THOUSAND)
    proof = replace(chosen.proof, bound=max(case.proof.bound for case in cases))
    plan = today = Plan(question, np.full(len(question.cells), AS_TODAY, dtype=np.int64))
    size = len(question.cells)
    others = [case.shares[:size] for case in cases if len(cases) > 1]
    for wanted in (_fewest(question, chosen, solve), *others):
        # More changes than the fewest are worth more than a cent a line, or not worth it.
        noise = 0 if plan is today else len(plan.lines)
        if len(wanted) == size and plan.payable < chosen.goal - noise:
            tried = _legal(chosen.programme, _rounded(question, wanted))
            tried = _topped_up(chosen, tried, wanted)
            plan = tried if tried.payable > plan.payable + noise else plan
    return Best(today, _without_idle(chosen.programme, plan, today), chosen.programme, proof)


@dataclass(frozen=True)
class _Case:
    """A programme with what the solver answered."""

    programme: Programme
    shares: Ints
    prices: Sequence[int]
    worth: int

    @cached_property
    def proof(self) -> Proof:
        return proof_of(self.programme, self.prices)

    @property
    def goal(self) -> int:
        """Cents that the solution is worth."""
        return self.worth // _THOUSAND + self.programme.constant

    @cached_property
    def paid(self) -> dict[int, int]:
        """Cents that each award-year pays in the solution, its reserves included."""
        found: dict[int, int] = {}
        for name, share in zip(self.programme.columns, self.shares, strict=False):
            if name.kind in {"paid", "reserve"}:
                found[name.one] = found.get(name.one, 0) + int(share) // WHOLE
        return found


def _fewest(question: Question, chosen: _Case, solve: Solve) -> Ints:
    """The shares of a best solution that moves the fewest hours, or of any where none was found."""
    size = len(question.cells)
    again, _prices, _hours = solve(fewest_changes(chosen.programme, question, chosen.worth))
    if not len(again):
        return chosen.shares[:size]
    return np.asarray(again[:size] + again[len(chosen.programme.value) :], dtype=np.int64)


def fewest_changes(programme: Programme, question: Question, worth: int) -> Programme:
    """Among the solutions worth some thousandths of a cent, the one that moves the fewest hours.

    Each cell becomes two columns: what it keeps of today, and what it takes on.
    """
    cells, size = question.cells, len(programme.value)
    most = programme.most.copy()
    own = np.arange(len(cells))
    hours = money.sum_groups(cells.lines.weights, cells.owner, len(cells))
    kept = np.minimum(cells.held, most[own])
    more = most[own] - kept
    most[own] = kept
    value = np.zeros(size, dtype=np.int64)
    value[own] = hours
    mine = np.flatnonzero(programme.column < len(cells))
    paid = np.flatnonzero(programme.value)
    row = np.full(len(paid), len(programme.limit), dtype=np.int64)
    return Programme(
        np.concatenate([value, -hours]),
        np.concatenate([most, more]),
        (*programme.columns, *programme.columns[: len(cells)]),
        np.concatenate([programme.row, programme.row[mine], row]),
        np.concatenate([programme.column, programme.column[mine] + size, paid]),
        np.concatenate(
            [programme.factor, programme.factor[mine], -programme.value[paid] * _THOUSAND]
        ),
        np.append(programme.limit, -worth),
        (*programme.rows, Name("kept", 0)),
    )


def _rounded(question: Question, shares: Ints) -> Plan:
    """Each share that changes down to a step, so that no contract is exceeded."""
    unit = units_of(question)
    steps = (shares * unit + _NEAR) // WHOLE
    former = (question.cells.held * unit + WHOLE // 2) // WHOLE
    same = ~question.cells.free | (np.abs(steps - former) <= 1)
    return Plan(question, np.where(same, AS_TODAY, steps))


def _topped_up(case: _Case, plan: Plan, shares: Ints) -> Plan:
    """The plan with a step more in some cells of each award that the rounding left short.

    The cells cut the most come first, as many as make up for what is short; then once more.
    """
    for _round in range(_ROUNDS):
        tried = plan
        for year in np.flatnonzero(plan.question.open).tolist():
            short = case.paid.get(year, 0) - int(plan.funding.payable[year])
            if short > 0:
                tried = _stepped_up(case, tried, shares, (year, short))
        if tried is plan or tried.payable <= plan.payable:
            break
        plan = tried
    return plan


def _stepped_up(case: _Case, plan: Plan, shares: Ints, short: tuple[int, int]) -> Plan:
    """The plan with steps worth some cents more in the cells of an award, where it is legal."""
    question, unit = plan.question, units_of(plan.question)
    rest = shares * unit - plan.steps * WHOLE
    mine = np.flatnonzero((plan.steps != AS_TODAY) & (question.cells.year == short[0]))
    chosen, left, spare = [], short[1], _spare(case.programme, plan)
    for cell in mine[np.argsort(-rest[mine], kind="stable")].tolist():
        places = np.flatnonzero((case.programme.column == cell) & (case.programme.legal_entry))
        rows = case.programme.row[places]
        after = spare[rows] - case.programme.factor[places] * (WHOLE // unit[cell] + 1)
        if left > 0 and (after >= 0).all():
            spare[rows] = after
            chosen.append(cell)
            left -= max(int(question.worth.counted[cell] // unit[cell]), 1)
        if left <= 0 or len(chosen) == _TRIES:
            break
    cells = np.array(chosen, dtype=np.int64)
    return plan.with_steps(cells, plan.steps[cells] + 1)


def is_legal(programme: Programme, plan: Plan) -> bool:
    """Whether contracts and posts hold the plan."""
    return not len(_exceeded(programme, plan))


def _exceeded(programme: Programme, plan: Plan) -> Ints:
    """The rows of contracts and posts that a plan is above."""
    return np.flatnonzero(_spare(programme, plan) < 0)


def _spare(programme: Programme, plan: Plan) -> Ints:
    """What each row of contracts and posts has left, in parts of its unit; each share is cut down.

    As many parts are left over as there are cells in the row, for what was cut.
    """
    mine = np.flatnonzero(programme.legal[programme.row])
    row, size = programme.row[mine], len(programme.limit)
    parts = programme.factor[mine] * plan.shares[programme.column[mine]]
    room = (programme.limit + np.bincount(row, minlength=size)) * WHOLE
    return np.asarray(room - money.sum_groups(parts, row, size), dtype=np.int64)


def _legal(programme: Programme, plan: Plan) -> Plan:
    """The plan with a step less, as often as needed, where a cell kept as it is takes one more."""
    while len(rows := _exceeded(programme, plan)):
        cells = programme.column[programme.row == rows[0]]
        changed = cells[plan.steps[cells] > 0]
        if not len(changed):
            return plan.with_steps(cells, np.full(len(cells), AS_TODAY, dtype=np.int64))
        one = changed[[int(plan.steps[changed].argmax())]]
        plan = plan.with_steps(one, plan.steps[one] - 1)
    return plan


def _without_idle(programme: Programme, plan: Plan, today: Plan) -> Plan:
    """The plan without the smallest changes, as far as the awards pay as much without them."""
    for cells in sorted(changes_of(plan), key=len)[:_IDLE]:
        tried = plan.with_steps(cells, np.full(len(cells), AS_TODAY, dtype=np.int64))
        if is_legal(programme, tried) and tried.payable >= plan.payable:
            plan = tried
    return plan if plan.payable > today.payable else today


def changes_of(plan: Plan) -> Iterator[Ints]:
    """The cells that change, together where a worker comes to the same from month to month."""
    question, changed = plan.question, np.flatnonzero(plan.steps != AS_TODAY)
    pay, cells = question.book.pay, question.cells
    by_pay: dict[int, list[int]] = {}
    for cell in changed.tolist():
        by_pay.setdefault(int(cells.pay[cell]), []).append(cell)
    runs: dict[tuple[int, ...], list[tuple[int, list[int]]]] = {}
    for row, mine in sorted(by_pay.items(), key=lambda one: int(pay.month[one[0]])):
        held = [(int(cells.post[one]), int(plan.steps[one])) for one in mine]
        key = (int(pay.worker[row]), *(part for one in sorted(held) for part in one))
        month, runs_of_key = int(pay.month[row]), runs.setdefault(key, [])
        if runs_of_key and runs_of_key[-1][0] == month - 1:
            runs_of_key[-1] = month, [*runs_of_key[-1][1], *mine]
        else:
            runs_of_key.append((month, mine))
    for each in runs.values():
        for _month, mine in each:
            yield np.array(mine, dtype=np.int64)
