"""The figures of a comparison: for each month what stands today, what the scenario gives, status.

Amounts are cents, FTE ten-thousandths. The status of a month is the worst of both sides; `missing`
says that a part of it is unknown: the amount is then what is known of it, never read as zero.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property, partial

import numpy as np
from numpy.typing import NDArray

from backoffice.engine.money import Cents
from backoffice.engine.periods import Ints
from backoffice.engine.projection.facts import ASSUMPTION, STATUSES, Facts
from backoffice.engine.scenario.award_years import Flags
from backoffice.engine.scenario.compare import posts_at_risk, uncovered_fte
from backoffice.engine.scenario.totals import Totals
from reports.scenarios.labels import NOBODY

EUR, FTE = "EUR", "FTE"
DOUBTS = (*STATUSES, "missing")
MISSING = len(STATUSES)
_MONTHS = 12


@dataclass(frozen=True)
class Figure:
    """One compared figure by month.

    Attributes:
        code: cost, funded, own_funds, fte, own_fte, posts_at_risk, asked_fte, unpriced_fte; or
            funded.FUNDER, invoices.FUNDER, asked.FUNDER.
        unit: EUR in cents, or FTE in ten-thousandths.
        baseline, scenario: one value by month.
        status: place in `DOUBTS` by month.
    """

    code: str
    unit: str
    baseline: Cents
    scenario: Cents
    status: Ints

    @property
    def delta(self) -> Cents:
        """What the scenario changes, month by month."""
        return np.asarray(self.scenario - self.baseline, dtype=np.int64)

    @property
    def years(self) -> "Figure":
        """The same by civil year: sums of cents; FTE summed over months, twelve to an FTE-year."""
        return Figure(
            self.code,
            self.unit,
            self.baseline.reshape(-1, _MONTHS).sum(axis=1),
            self.scenario.reshape(-1, _MONTHS).sum(axis=1),
            self.status.reshape(-1, _MONTHS).max(axis=1),
        )

    @property
    def funder(self) -> str:
        """The funder that it is about, empty where it is about all."""
        return self.code.partition(".")[2]


@dataclass(frozen=True)
class View:
    """One side of a comparison: the totals of some units, and of their employers' awards."""

    facts: Facts
    totals: Totals
    units: Ints

    def summed(self, values: Cents) -> Cents:
        """A column of units, of these ones."""
        return np.asarray(values[self.units].sum(axis=0), dtype=np.int64)

    @property
    def funders(self) -> tuple[str, ...]:
        """The funders of the awards at hand."""
        names = self.facts.names
        return tuple(sorted({names.funders[one] for one in names.award_schemes}))

    def pairs(self, funder: str) -> Ints:
        """The pairs of these units and a funder's awards; of all awards for an empty name."""
        return self._of(self._pairs, self.totals.pair_award, funder)

    def owned(self, funder: str) -> Ints:
        """A funder's awards to the employers of these units."""
        return self._of(self._owned, np.arange(len(self._award_funders)), funder)

    def _of(self, rows: Ints, awards: Ints, funder: str) -> Ints:
        return rows[self._award_funders[awards[rows]] == funder] if funder else rows

    @cached_property
    def _award_funders(self) -> NDArray[np.str_]:
        names = self.facts.names
        return np.array([names.funders[one] for one in names.award_schemes], dtype=np.str_)

    @cached_property
    def _pairs(self) -> Ints:
        return np.flatnonzero(np.isin(self.totals.pair_unit, self.units))

    @cached_property
    def _owned(self) -> Ints:
        employers = np.unique(self.totals.unit_employer[self.units])
        return np.flatnonzero(np.isin(self.facts.names.award_employers, employers))

    def demands(self, funder: str | None) -> Ints:
        """The posts asked for these units, of one funder or, None, of all."""
        demands, totals = self.facts.demands, self.totals
        here = {
            (int(totals.unit_employer[one]), int(totals.unit_approval[one])) for one in self.units
        }
        keys = zip(demands.employer.tolist(), demands.approval.tolist(), strict=True)
        mine = np.array([key in here for key in keys], dtype=np.bool_)
        if funder is None:
            return np.flatnonzero(mine)
        place = demands.funders.index(funder) if funder in demands.funders else -1
        return np.flatnonzero(mine & (demands.funder == place))


def figures_of(base: View, other: View) -> tuple[Figure, ...]:
    """Every figure of a comparison, in the order in which it is shown."""
    return tuple(_figures(base, other))


def _figures(base: View, other: View) -> Iterator[Figure]:
    sides = base, other
    doubt, own = _worst(sides, _cost_doubt), _worst(sides, _own_doubt)
    yield _figure("cost", EUR, sides, _cost, doubt)
    for funder in ("", *base.funders):
        paid, paying = partial(_paid, funder=funder), partial(_paid_doubt, funder=funder)
        yield _figure(_coded("funded", funder), EUR, sides, paid, _worst(sides, paying))
    yield _figure("own_funds", EUR, sides, _own_funds, own)
    for funder in base.funders:
        invoices, doubts = partial(_invoices, funder=funder), partial(_other_doubt, funder=funder)
        yield _figure(_coded("invoices", funder), EUR, sides, invoices, _worst(sides, doubts))
    yield _figure("fte", FTE, sides, _fte, doubt)
    yield _figure("own_fte", FTE, sides, _own_fte, own)
    risk = other.summed(posts_at_risk(base.totals, other.totals))
    yield Figure("posts_at_risk", FTE, np.zeros_like(risk), risk, own)
    yield from _asked(base, other)


def _cost(view: View) -> Cents:
    return view.summed(view.totals.cost)


def _own_funds(view: View) -> Cents:
    return view.summed(view.totals.own_funds)


def _fte(view: View) -> Ints:
    return view.summed(view.totals.fte)


def _own_fte(view: View) -> Ints:
    return view.summed(uncovered_fte(view.totals))


def _paid(view: View, funder: str) -> Cents:
    return _sum(view.totals.paid, view.pairs(funder))


def _invoices(view: View, funder: str) -> Cents:
    return _sum(view.totals.other_paid, view.owned(funder))


def _asked(base: View, other: View) -> Iterator[Figure]:
    """Posts asked: what they cost by funder, their FTE, and the FTE whose cost is unknown."""
    for funder in other.facts.demands.funders:
        rows = other.demands(funder)
        if len(rows):
            yield _demand(_coded("asked", funder or NOBODY), EUR, base, (other, rows))
    rows = other.demands(None)
    yield _demand("asked_fte", FTE, base, (other, rows))
    unpriced = rows[other.facts.demands.month[rows] < 0]
    yield _demand("unpriced_fte", FTE, base, (other, unpriced))


def _demand(code: str, unit: str, base: View, asked: tuple[View, Ints]) -> Figure:
    other, rows = asked
    values = other.totals.demand_cost if unit == EUR else other.totals.demand_fte
    scenario = _sum(np.maximum(values, 0), rows)
    fte = other.totals.demand_fte
    unpriced = rows[other.facts.demands.month[rows] < 0]
    status = np.where(_sum(fte, rows) > 0, ASSUMPTION, 0)
    if unit == EUR:
        status = np.where(_sum(fte, unpriced) > 0, MISSING, status)
    return Figure(code, unit, np.zeros_like(scenario), scenario, status)


def _coded(name: str, funder: str) -> str:
    return f"{name}.{funder}" if funder else name


def _figure(
    code: str,
    unit: str,
    sides: tuple[View, View],
    read: Callable[[View], Cents],
    status: Ints,
) -> Figure:
    return Figure(code, unit, read(sides[0]), read(sides[1]), status)


def _sum(values: Cents, rows: Ints) -> Cents:
    return np.asarray(values[rows].sum(axis=0), dtype=np.int64)


def _worst(sides: tuple[View, View], doubt: Callable[[View], Ints]) -> Ints:
    return np.maximum(doubt(sides[0]), doubt(sides[1]))


def _cost_doubt(view: View) -> Ints:
    worst = view.totals.doubt[view.units].max(axis=0, initial=0)
    return np.where(view.summed(view.totals.incomplete) > 0, MISSING, worst)


def _own_doubt(view: View) -> Ints:
    return np.maximum(_cost_doubt(view), _paid_doubt(view, ""))


def _paid_doubt(view: View, funder: str) -> Ints:
    """The worst doubt of the costs that a funder pays, and of the awards that pay them."""
    totals, pairs = view.totals, view.pairs(funder)
    paying = (totals.paid[pairs] != 0) | (totals.claimed[pairs] != 0)
    awards = _award_doubt(view, totals.pair_award[pairs])
    return _most(paying, np.maximum(totals.doubt[totals.pair_unit[pairs]], awards))


def _other_doubt(view: View, funder: str) -> Ints:
    awards = view.owned(funder)
    return _most(view.totals.other_claimed[awards] != 0, _award_doubt(view, awards))


def _most(counting: Flags, doubt: Ints) -> Ints:
    """By month, the worst doubt among the rows that count in it."""
    return np.asarray(np.where(counting, doubt, 0).max(axis=0, initial=0), dtype=np.int64)


def _award_doubt(view: View, awards: Ints) -> Ints:
    """Award x month: an assumption where a former year's terms stand, missing where unknown."""
    totals = view.totals
    doubt = np.where(totals.renewed[awards] > 0, ASSUMPTION, 0)
    doubt = np.where(totals.unknown[awards] > 0, MISSING, doubt)
    return np.repeat(doubt, _MONTHS, axis=1)
