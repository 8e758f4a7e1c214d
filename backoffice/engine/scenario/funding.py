"""Costs claimed on awards for many employers and years at once: `settle` on columns.

Awards are settled by waves: the first award of every employer-year, then the second, and so on.
The result equals `settle` of each employer-year to the cent; a property holds the two together.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from backoffice.engine import money
from backoffice.engine.claims.inputs import HEADS
from backoffice.engine.money import Cents
from backoffice.engine.payroll import PayMonths, Slices, fte_months, split_costs
from backoffice.engine.periods import Ints
from backoffice.engine.scenario.admitted import (
    LineCosts,
    Wave,
    admitted,
    over_maximum,
    shapes_unknown,
)
from backoffice.engine.scenario.award_years import AwardYears, Flags, Parts, PostRows
from backoffice.engine.scenario.payable import admissible_of, heads_of, payments

_STAFF = HEADS.index("staff")
_MONTHS, _FAR = 12, 10_000


@dataclass(frozen=True)
class Book:
    """What is claimed on what. `slices.award` is the award-year, `slices.post` the row of `posts`.

    `pay` holds the worker-months of all employers, `employer` whose each is, `parts` the invoices
    put on awards. `shares`, where they are known already, are the parts of `pay` that `slices`
    carry.
    """

    pay: PayMonths
    employer: Ints
    slices: Slices
    years: AwardYears
    posts: PostRows
    parts: Parts
    shares: "Shares | None" = None


@dataclass(frozen=True)
class Shares:
    """Cost item x line: the cents of each line, and its paid FTE-month as a ratio."""

    lines: Cents
    fte: tuple[Ints, Ints]


@dataclass(frozen=True)
class Funding:
    """What the awards pay, in cents; -1 in `admissible`, `payable` and `granted` means unknown.

    By award-year: `presented` (may exceed what is granted), `admissible`, `granted`, `payable`.
    By line (row of `slices`): `line_cost` its part of the cost, `line_presented`,
    `line_admissible`, `line_payable`; the last two are 0 on the lines of an unknown award-year,
    which `known` tells. By invoice part: `part_payable`. By worker-month: `cost`, `paid` by awards,
    and `certain` 0 where an award-year on it is unknown: its own funds are then unknown too.
    """

    presented: Cents
    admissible: Cents
    granted: Cents
    payable: Cents
    line_cost: Cents
    line_presented: Cents
    line_admissible: Cents
    line_payable: Cents
    part_payable: Cents
    cost: Cents
    paid: Cents
    certain: Flags

    @property
    def known(self) -> Flags:
        """Award-years whose payable is known."""
        return np.asarray(self.payable >= 0, dtype=np.bool_)

    @property
    def own_funds(self) -> Cents:
        """Cents of each worker-month that no award pays; see `certain`."""
        return np.asarray(self.cost - self.paid, dtype=np.int64)


@dataclass(frozen=True)
class _Stack:
    """By worker-month: hours x days placed, cents paid, 1 where an earlier award is unknown."""

    placed: Ints
    paid: Cents
    unknown: Ints


def fund(book: Book) -> Funding:
    """Settle every award-year of a book."""
    pay, slices, years = book.pay, book.slices, book.years
    shares = book.shares or shares_of(pay, slices, years.items)
    lines, fte = shares.lines, shares.fte
    stack = _Stack(*(np.zeros(len(pay), dtype=np.int64) for _ in range(3)))
    result = _empty(book, _total(lines))
    wave_of = years.wave[slices.award]
    for wave in range(int(years.wave.max(initial=-1)) + 1):
        rows = np.flatnonzero(wave_of == wave)
        mine = slices.take(rows)
        one = Wave(rows, mine, mine.award, pay.month[mine.pay], (fte[0][rows], fte[1][rows]))
        _settle_wave(book, wave, one, lines[:, rows], (stack, result))
    result.certain[:] = stack.unknown == 0
    result.paid[:] = stack.paid
    return result


def shares_of(pay: PayMonths, slices: Slices, items: Sequence[str]) -> Shares:
    """What each line carries of the cost and time of its month; the awards play no part in it."""
    costs = split_costs(pay, slices)
    none = np.zeros((0, len(slices)), dtype=np.int64)
    lines = np.concatenate([none, *(costs[item][None, :] for item in items)])
    return Shares(lines, fte_months(pay, slices))


def _empty(book: Book, line_cost: Cents) -> Funding:
    years, lines = len(book.years), len(book.slices)
    cost = np.zeros(len(book.pay), dtype=np.int64)
    for values in book.pay.costs.values():
        cost = cost + values
    return Funding(
        presented=np.zeros(years, dtype=np.int64),
        admissible=np.full(years, -1, dtype=np.int64),
        granted=book.years.granted,
        payable=np.full(years, -1, dtype=np.int64),
        line_cost=line_cost,
        line_presented=np.zeros(lines, dtype=np.int64),
        line_admissible=np.zeros(lines, dtype=np.int64),
        line_payable=np.zeros(lines, dtype=np.int64),
        part_payable=np.zeros(len(book.parts), dtype=np.int64),
        cost=cost,
        paid=np.zeros(len(book.pay), dtype=np.int64),
        certain=np.ones(len(book.pay), dtype=np.bool_),
    )


def _settle_wave(
    book: Book, number: int, wave: Wave, lines: Cents, held: tuple[_Stack, Funding]
) -> None:
    """Settle one award of every employer-year, and put what it pays on the stack."""
    stack, result = held
    years, size = book.years, len(book.years)
    unknown = shapes_unknown(years)
    counted = _counted(book, wave, lines, unknown)
    costs, depends = _deduction(book, wave, counted, stack)
    unknown[~years.alive] = 1
    result.line_presented[wave.rows] = costs.presented
    kept = admitted(wave, costs, years, book.posts, unknown)
    mine = years.wave == number
    parts = np.flatnonzero(mine[book.parts.year])
    owner = book.parts.year[parts] * len(HEADS) + book.parts.head[parts]
    cells = np.concatenate([wave.year * len(HEADS) + _STAFF, owner])
    amounts = np.concatenate([costs.presented, book.parts.amount[parts]])
    base = np.concatenate([kept, book.parts.admitted[parts]])
    presented, sums = (
        money.sum_groups(values, cells, size * len(HEADS)).reshape(size, len(HEADS))
        for values in (amounts, base)
    )
    heads = heads_of(years.heads, presented, sums)
    unknown[heads.unknown] = 1
    admissible = np.where(unknown == 1, -1, admissible_of(years, np.arange(size), heads))
    settled = (admissible >= 0) & (years.granted >= 0) & (depends == 0)
    found = payments(years, heads, (base, cells), np.where(settled, admissible, -1))
    for target, values in (
        (result.presented, presented.sum(axis=1)),
        (result.admissible, np.maximum(admissible, found.payable)),
        (result.payable, found.payable),
    ):
        target[mine] = values[mine]
    result.line_admissible[wave.rows] = np.where((unknown == 0)[wave.year], kept, 0)
    result.line_payable[wave.rows] = found.lines[: len(wave)]
    result.part_payable[parts] = found.lines[len(wave) :]
    _place(book.pay, wave, stack, found.lines[: len(wave)], found.payable)


def _counted(book: Book, wave: Wave, lines: Cents, unknown: Ints) -> Cents:
    """The cost items of each line that count: what the scheme takes, within its maxima."""
    years = book.years
    taken = np.where(years.excluded[wave.year].T, 0, lines)
    if not years.caps.any() and not years.shared.any():
        return taken
    lacks = np.zeros(len(years), dtype=np.int64)
    above = {}
    for item, figure in years.capped.items():
        place = years.items.index(item)
        bound = years.caps[:, place] & ~years.excluded[:, place] & _paid_item(book, item)
        above[place] = over_maximum(wave, taken[place], figure, bound, lacks)
    counts = (lacks == 0)[wave.year]
    shared = _shared(wave, taken, years, counts)
    for place, values in above.items():
        taken[place] -= np.where(counts, values, 0)
    unknown[lacks == 1] = 1
    return np.asarray(taken - shared, dtype=np.int64)


def _paid_item(book: Book, item: str) -> Flags:
    """Award-years whose employer paid this cost item in the year."""
    rows = np.flatnonzero(book.pay.costs[item])
    paid = np.unique(book.employer[rows] * _FAR + book.pay.month[rows] // _MONTHS)
    return np.isin(book.years.employer * _FAR + book.years.year, paid)


def _shared(wave: Wave, taken: Cents, years: AwardYears, counts: Flags) -> Cents:
    """What other public funding pays of the items it shares, over the lines of the award."""
    result = np.zeros_like(taken)
    if not years.shared.any() or not (years.other >= 0).any():
        return result
    mask = years.shared[wave.year].T & (years.other >= 0)[wave.year] & counts
    base = np.where(mask, np.maximum(taken, 0), 0).reshape(-1)
    group = np.tile(wave.year, len(taken))
    whole = money.sum_groups(base, group, len(years))
    paid = np.minimum(np.maximum(years.other, 0), whole)
    return money.allocate_groups(paid, base, group).reshape(taken.shape)


def _deduction(book: Book, wave: Wave, counted: Cents, stack: _Stack) -> tuple[LineCosts, Ints]:
    """The costs of the lines, and 1 by award-year where an earlier award on its hours is unknown.

    At least whatever would make the month cost less than it is paid is deducted, over the lines by
    their eligible cost and never above it, as in the ledger.
    """
    pay, years = book.pay, book.years
    eligible = _total(counted)
    deducted, depends = np.zeros(len(wave), dtype=np.int64), np.zeros(len(years), dtype=np.int64)
    if len(wave):
        weights = np.minimum(wave.slices.weights, pay.contract[wave.slices.pay])
        names, first, group = np.unique(wave.slices.pay, return_index=True, return_inverse=True)
        year = wave.year[first]
        own = money.sum_groups(weights, group, len(names))
        placed, paid = stack.placed[names], stack.paid[names]
        over = np.clip(placed + own - pay.contract[names], 0, placed)
        again = money.times(paid, over, np.maximum(placed, 1))
        asked = money.sum_groups(eligible, group, len(names))
        again = np.maximum(np.maximum(again, paid + asked - _room(book, names, year)), 0)
        again[own == 0] = 0
        depends[year[(stack.unknown[names] * over) != 0]] = 1
        positive = np.maximum(eligible, 0)
        again = np.minimum(again, money.sum_groups(positive, group, len(names)))
        deducted = money.allocate_groups(again, positive, np.asarray(group, dtype=np.int64))
    deducted = np.minimum(deducted, np.maximum(eligible, 0))
    gross, charges, benefits = (_total(counted[years.natures == nature]) for nature in range(3))
    presented = eligible - deducted
    return LineCosts(gross, charges, benefits, eligible, deducted, presented), depends


def _room(book: Book, names: Ints, year: Ints) -> Cents:
    """Cents of each month that awards may pay together: a refund left out lowers nothing."""
    found = np.zeros(len(names), dtype=np.int64)
    for place, item in enumerate(book.years.items):
        cost = book.pay.costs[item][names]
        found += np.where(book.years.excluded[year, place], np.maximum(cost, 0), cost)
    return found


def _place(pay: PayMonths, wave: Wave, stack: _Stack, paid: Cents, payable: Cents) -> None:
    row = wave.slices.pay
    np.add.at(stack.placed, row, np.minimum(wave.slices.weights, pay.contract[row]))
    np.add.at(stack.paid, row, paid)
    stack.unknown[row[payable[wave.year] < 0]] = 1


def _total(lines: Cents) -> Cents:
    return np.asarray(lines.sum(axis=0, dtype=np.int64))
