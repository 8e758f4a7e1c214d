"""Totals of a run by month: what each service costs, what each award pays of it, own funds.

Nothing moves before the first day of a patch: an award whose year a patch changes midway, or a
service that pays the premium of the year with the last month of who leaves, shows up to that month
what it shows without the patch, and bears the change in the months after it. Of several patches
each holds so against those that begin before it.
"""

from dataclasses import dataclass

import numpy as np

from backoffice.engine import money
from backoffice.engine.money import Cents
from backoffice.engine.periods import Ints, month_index
from backoffice.engine.projection.facts import Facts
from backoffice.engine.scenario.award_years import Flags
from backoffice.engine.scenario.run import Run

_MONTHS = 12


@dataclass(frozen=True)
class Totals:
    """Cents by month (last axis), from the first month of the horizon.

    Attributes:
        first: month index of the first column.
        unit_employer: employer of each unit, a service of an employer; `unit_approval` its
            approval, -1 for the workers whose contract names none.
        cost: unit x month; `fte` the paid FTE in ten-thousandths.
        pair_unit, pair_award: the pairs that `paid` tells apart.
        paid: pair x month, what the award pays of the cost of the unit.
        claimed: pair x month, what is presented.
        other_paid: award x month, what it pays of invoices; `other_claimed` what is presented.
        doubt: unit x month, the worst status of what it rests on.
        incomplete: unit x month, worker-months whose cost is not wholly known.
        uncertain: unit x month, cents of cost on which an award with an unknown amount stands.
        renewed: award x civil year, 1 where the award stands on the terms or the amount of a former
            year; `unknown` 1 where what it pays is not known.
        demand_fte: demand x month, ten-thousandths of FTE asked, in the order of `facts.demands`.
        demand_cost: demand x month in cents, -1 where no assumption gives its cost.
    """

    first: int
    unit_employer: Ints
    unit_approval: Ints
    cost: Cents
    fte: Ints
    pair_unit: Ints
    pair_award: Ints
    paid: Cents
    claimed: Cents
    other_paid: Cents
    other_claimed: Cents
    doubt: Ints
    incomplete: Ints
    uncertain: Cents
    renewed: Ints
    unknown: Ints
    demand_fte: Ints
    demand_cost: Cents

    @property
    def own_funds(self) -> Cents:
        """Unit x month: what no award pays."""
        return np.asarray(self.cost - self._by(self.pair_unit, len(self.cost)), dtype=np.int64)

    def paid_by_award(self, awards: int) -> Cents:
        """Award x month: what each pays of staff costs."""
        return self._by(self.pair_award, awards)

    def _by(self, group: Ints, size: int) -> Cents:
        found = np.zeros((size, self.paid.shape[1]), dtype=np.int64)
        np.add.at(found, group, self.paid)
        return found


def totals_of(run: Run, base: Run | None = None) -> Totals:
    """The totals of a run.

    Args:
        run: a baseline or a scenario.
        base: the baseline of a scenario, whose months before the patches stand; without it the
            months are as each year settles.
    """
    return _totals(run) if base is None else totals_beside(run, _totals(base))


def totals_beside(run: Run, before: Totals) -> Totals:
    """The totals of a scenario, from those of its baseline."""
    found = _totals(run)
    if run.since >= run.facts.stop:
        return found
    if run.before is not None:
        before = totals_beside(run.before, before)
    return _held(found, before, run.since)


def _totals(run: Run) -> Totals:
    facts, months, lines = run.facts, run.months, run.book.slices
    approvals = len(facts.names.approvals) + 1
    key = months.employer * approvals + months.approval + 1
    every = np.arange(len(facts.names.employers) * approvals)
    owners = np.append(facts.names.approval_employers, -1)[every % approvals - 1]
    units = every[(every % approvals == 0) | (owners == every // approvals)]
    units = np.union1d(units, key)
    unit, month = np.searchsorted(units, key), months.pay.month - facts.first
    width, size = facts.stop - facts.first, len(units)
    award = facts.years.award[lines.award]
    cells = unit[lines.pay] * len(facts.names.awards) + award
    pairs, pair = np.unique(cells, return_inverse=True)
    at = np.asarray(pair).reshape(-1), month[lines.pay]
    parts = facts.years.award[run.book.parts.year], run.book.parts.month - facts.first
    uncertain = np.where(run.funding.certain, 0, months.cost)
    awards = len(facts.names.awards)
    doubt = np.zeros((size, width), dtype=np.int64)
    np.maximum.at(doubt, (unit, month), months.status)
    return Totals(
        first=facts.first,
        unit_employer=units // approvals,
        unit_approval=units % approvals - 1,
        cost=_sum((unit, month), months.cost, (size, width)),
        fte=_sum((unit, month), months.fte, (size, width)),
        pair_unit=pairs // max(awards, 1),
        pair_award=pairs % max(awards, 1),
        paid=_sum(at, run.funding.line_payable, (len(pairs), width)),
        claimed=_sum(at, run.funding.line_presented, (len(pairs), width)),
        other_paid=_sum(parts, run.funding.part_payable, (awards, width)),
        other_claimed=_sum(parts, run.book.parts.amount, (awards, width)),
        doubt=doubt,
        incomplete=_sum((unit, month), months.incomplete, (size, width)),
        uncertain=_sum((unit, month), uncertain, (size, width)),
        renewed=_by_award(run, facts.renewed),
        unknown=_by_award(run, (run.funding.payable < 0).astype(np.int64)),
        demand_fte=_asked(facts),
        demand_cost=asked_cost(facts),
    )


def _by_award(run: Run, marks: Ints) -> Ints:
    """Marks of award-years, award x civil year."""
    facts = run.facts
    size = len(facts.names.awards), (facts.stop - facts.first) // _MONTHS
    found = np.zeros(size, dtype=np.int64)
    np.maximum.at(found, (facts.years.award, facts.years.year - facts.first // _MONTHS), marks)
    return found


def _asked(facts: Facts) -> Ints:
    """FTE of each demand in each month from its first one on."""
    late = np.arange(facts.first, facts.stop) >= facts.demands.since[:, None]
    return np.where(late, facts.demands.fte[:, None], 0)


def asked_cost(facts: Facts) -> Cents:
    """Cents of each demand by month, -1 unknown; the index of its regime moves it once begun."""
    demands, months = facts.demands, np.arange(facts.first, facts.stop)
    cost = np.repeat(np.maximum(demands.month, 0)[:, None], len(months), axis=1)
    for place, events in enumerate(facts.index.moves):
        rows = np.flatnonzero(demands.regime == place)
        for event in events if len(rows) else ():
            at = month_index(event.effective)
            moved = money.times(cost[rows], *(1 + event.rate).as_integer_ratio())
            late = (months >= at) & (demands.since[rows, None] < at)
            cost[rows] = np.where(late, moved, cost[rows])
    cost = np.where(months >= demands.since[:, None], cost, 0)
    return np.where(demands.month[:, None] < 0, -1, cost)


def _sum(at: tuple[Ints, Ints], values: Ints, shape: tuple[int, int]) -> Cents:
    flat = money.sum_groups(values, at[0] * shape[1] + at[1], shape[0] * shape[1])
    return flat.reshape(shape)


def _held(found: Totals, base: Totals, since: int) -> Totals:
    """The totals with the months before `since` of the baseline."""
    cut = since - found.first
    awards = int(max(found.pair_award.max(initial=0), base.pair_award.max(initial=0))) + 1
    mine, theirs = (one.pair_unit * awards + one.pair_award for one in (found, base))
    keys = np.union1d(mine, theirs)
    now = [_spread(values, mine, keys) for values in (found.paid, found.claimed)]
    old = [_spread(values, theirs, keys) for values in (base.paid, base.claimed)]
    paid, claimed = (_moved(one, two, cut) for one, two in zip(now, old, strict=True))
    return Totals(
        first=found.first,
        unit_employer=found.unit_employer,
        unit_approval=found.unit_approval,
        cost=_moved(found.cost, base.cost, cut),
        fte=found.fte,
        pair_unit=keys // awards,
        pair_award=keys % awards,
        paid=paid,
        claimed=claimed,
        other_paid=_moved(found.other_paid, base.other_paid, cut),
        other_claimed=found.other_claimed,
        doubt=found.doubt,
        incomplete=found.incomplete,
        uncertain=np.concatenate([base.uncertain[:, :cut], found.uncertain[:, cut:]], axis=1),
        renewed=found.renewed,
        unknown=found.unknown,
        demand_fte=found.demand_fte,
        demand_cost=found.demand_cost,
    )


def _spread(values: Cents, mine: Ints, keys: Ints) -> Cents:
    """The rows of some pairs among those of all."""
    found = np.zeros((len(keys), values.shape[1]), dtype=np.int64)
    found[np.searchsorted(keys, mine)] = values
    return found


def _moved(now: Cents, base: Cents, cut: int) -> Cents:
    """Months before `cut` as in the baseline; what they differ by goes to the rest of the year.

    Of a whole year before, the last pay of who leaves on its last day, it goes to the first month.
    """
    year = max(cut - 1, 0) // _MONTHS * _MONTHS
    end = max(year + _MONTHS, cut + 1)
    result = now.copy()
    result[:, :cut] = base[:, :cut]
    owed = (now[:, year:cut] - base[:, year:cut]).sum(axis=1)
    rows = np.flatnonzero(owed)
    if len(rows):
        after = now[rows, cut:end]
        weights = np.where(after.sum(axis=1, keepdims=True) > 0, np.maximum(after, 0), 0)
        weights[weights.sum(axis=1) == 0] = 1
        group = np.repeat(np.arange(len(rows)), weights.shape[1])
        shared = money.allocate_groups(owed[rows], weights.reshape(-1), group)
        result[rows, cut:end] += shared.reshape(weights.shape)
    return result


def known_units(totals: Totals) -> Flags:
    """Unit x month: 1 where own funds are known, no award on the cost being unknown."""
    return np.asarray(totals.uncertain == 0, dtype=np.bool_)
