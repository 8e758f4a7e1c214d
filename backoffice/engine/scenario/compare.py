"""Scenarios side by side: deltas, a bridge that sums exactly, drivers, winners and losers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np

from backoffice.engine import money
from backoffice.engine.money import Cents
from backoffice.engine.periods import Ints
from backoffice.engine.projection.facts import Facts
from backoffice.engine.scenario.patch import Patch
from backoffice.engine.scenario.run import Run, run
from backoffice.engine.scenario.totals import Totals, totals_of

_MONTHS = 12
STAFF, OTHER, OWN = "cost", "invoices", "own_funds"


@dataclass(frozen=True)
class Sheet:
    """A run by year and who pays, in cents; columns are civil years from `first`.

    `cost` of staff, `paid` of it by funder (authority), `own_funds` what is left; `uncertain` the
    part of the cost on which an award with an unknown amount stands; `other_paid` of invoices;
    `fte` paid, in ten-thousandths of FTE-months. Posts that are asked stand apart: `asked` their
    cost by the funder who is asked ("" for nobody), `asked_fte` as `fte`, `unpriced_fte` the part
    whose cost no assumption gives.
    """

    first: int
    cost: Cents
    paid: Mapping[str, Cents]
    own_funds: Cents
    other_paid: Mapping[str, Cents]
    uncertain: Cents
    fte: Ints
    asked: Mapping[str, Cents]
    asked_fte: Ints
    unpriced_fte: Ints


@dataclass(frozen=True)
class Step:
    """One bar of a bridge: a name and its cents by year."""

    name: str
    cents: Cents


@dataclass(frozen=True)
class Swing:
    """One bar of a tornado: own funds of the whole horizon with a driver low, then high."""

    name: str
    low: int
    high: int

    @property
    def width(self) -> int:
        """How much the driver moves own funds."""
        return abs(self.high - self.low)


def sheet_of(facts: Facts, totals: Totals, units: Ints | None = None) -> Sheet:
    """The totals of some units (all by default) by year and funder.

    Invoices belong to awards, not to units: they count for the awards of the units' employers.
    """
    rows = np.arange(len(totals.cost)) if units is None else units
    names = facts.names
    pairs = np.isin(totals.pair_unit, rows)
    funders = [names.funders[scheme] for scheme in names.award_schemes]
    employers = np.unique(totals.unit_employer[rows])
    owned = np.isin(names.award_employers, employers)
    every = sorted(set(funders))
    paid, other = {}, {}
    for funder in every:
        awards = np.array([one == funder for one in funders], dtype=np.bool_)
        mine = pairs & awards[totals.pair_award]
        paid[funder] = by_year(totals.paid[mine].sum(axis=0))
        other[funder] = by_year(totals.other_paid[awards & owned].sum(axis=0))
    cost = by_year(totals.cost[rows].sum(axis=0))
    return Sheet(
        first=totals.first // _MONTHS,
        cost=cost,
        paid=paid,
        own_funds=np.asarray(cost - sum(paid.values()), dtype=np.int64),
        other_paid=other,
        uncertain=by_year(totals.uncertain[rows].sum(axis=0)),
        fte=by_year(totals.fte[rows].sum(axis=0)),
        **_asked(facts, totals, rows),
    )


def units_of(facts: Facts, totals: Totals, target: str) -> Ints:
    """The units of a type of approval (CASG...), of an employer (its number), or all (`*`).

    An employer holds those that a merger has given it, from the first month of the horizon on.
    """
    names = facts.names
    kinds = [*names.approval_kinds, ""]
    owners = np.arange(len(names.employers))
    for absorbed, into, _month in facts.merged:
        owners[owners == absorbed] = into
    chosen = [
        target in ("*", kinds[approval], names.employers[owners[employer]])
        for employer, approval in zip(
            totals.unit_employer.tolist(), totals.unit_approval.tolist(), strict=True
        )
    ]
    return np.flatnonzero(chosen)


def _asked(facts: Facts, totals: Totals, units: Ints) -> dict[str, Any]:
    """The posts asked for the services of some units, by year."""
    demands = facts.demands
    keys = {
        (int(totals.unit_employer[unit]), int(totals.unit_approval[unit]))
        for unit in units.tolist()
    }
    whose = zip(demands.employer.tolist(), demands.approval.tolist(), strict=True)
    mine = np.array([key in keys for key in whose], dtype=np.bool_)
    priced = mine & (demands.month >= 0)
    return {
        "asked": {
            funder: by_year(totals.demand_cost[priced & (demands.funder == place)].sum(axis=0))
            for place, funder in enumerate(demands.funders)
        },
        "asked_fte": by_year(totals.demand_fte[mine].sum(axis=0)),
        "unpriced_fte": by_year(totals.demand_fte[mine & ~priced].sum(axis=0)),
    }


def by_year(months: Cents) -> Cents:
    """Sums of twelve months; the last axis begins in January."""
    shape = (*months.shape[:-1], months.shape[-1] // _MONTHS, _MONTHS)
    return np.asarray(months.reshape(shape).sum(axis=-1, dtype=np.int64))


def drivers(base: Sheet, other: Sheet) -> list[Step]:
    """Why own funds differ: what costs more, and what each funder pays less; they sum exactly."""
    steps = [Step(STAFF, other.cost - base.cost)]
    zero = np.zeros_like(base.cost)
    for funder in sorted({*base.paid, *other.paid}):
        less = base.paid.get(funder, zero) - other.paid.get(funder, zero)
        steps.append(Step(funder, less))
    return steps


def bridge(sheets: Sequence[tuple[str, Sheet]]) -> list[Step]:
    """From the own funds of the first sheet to those of the last, one step for each in between.

    The first step is a level, the others are differences; together they are the last level.
    """
    steps = [Step(sheets[0][0], sheets[0][1].own_funds)]
    for (_, before), (name, after) in pairwise(sheets):
        steps.append(Step(name, after.own_funds - before.own_funds))
    return steps


def winners(base: Totals, other: Totals) -> Mapping[int, Cents]:
    """By employer, how much more own funds it bears each year (below 0: it wins)."""
    found = {}
    for employer in np.unique(base.unit_employer).tolist():
        mine = base.unit_employer == employer
        more = other.own_funds[mine].sum(axis=0) - base.own_funds[mine].sum(axis=0)
        found[employer] = by_year(more)
    return found


def uncovered_fte(totals: Totals) -> Ints:
    """Unit x month: ten-thousandths of FTE that own funds pay, in proportion of the cost."""
    cost, own = np.maximum(totals.cost, 0), np.maximum(totals.own_funds, 0)
    flat = money.times(totals.fte.reshape(-1), own.reshape(-1), np.maximum(cost, 1).reshape(-1))
    return flat.reshape(cost.shape)


def posts_at_risk(base: Totals, other: Totals) -> Ints:
    """Unit x month: ten-thousandths of FTE that lose the award that paid them; never below 0."""
    return np.asarray(np.maximum(uncovered_fte(other) - uncovered_fte(base), 0), dtype=np.int64)


def tornado(
    facts: Facts, base: Run, levers: Mapping[str, tuple[Sequence[Patch], Sequence[Patch]]]
) -> list[Swing]:
    """How far each lever (low patches, high patches) moves own funds, the widest first."""
    swings = []
    for name, (low, high) in levers.items():
        ends = [
            int(totals_of(run(facts, patches, base), base).own_funds.sum())
            for patches in (low, high)
        ]
        swings.append(Swing(name, ends[0], ends[1]))
    return sorted(swings, key=lambda swing: (-swing.width, swing.name))
