"""Months of real pay by cost item, and the part of each that an assignment carries.

Working time is Q over S in hundredths of hours. A worker-month's cost is split over its
assignments by hours x days; what no assignment covers stays with the employer.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from backoffice.engine import money
from backoffice.engine.money import Cents
from backoffice.engine.periods import Ints, month_ordinals


@dataclass(frozen=True)
class PayMonths:
    """One row per worker-month.

    Attributes:
        worker: index of the worker.
        month: month index.
        paid: hours worked or paid as such, assimilated ones included, in hundredths.
        due: all hours of the contract in the month, in hundredths.
        contract: sum over the month's contract lines of weekly hours (hundredths) x days.
        costs: by cost item, cents; a reduction is negative.
    """

    worker: Ints
    month: Ints
    paid: Ints
    due: Ints
    contract: Ints
    costs: Mapping[str, Cents]

    def __len__(self) -> int:
        return len(self.month)


@dataclass(frozen=True)
class Slices:
    """One row per assignment x contract line x month.

    Attributes:
        pay: row of `PayMonths`.
        award: index of the award; `post` index of the post; `function` index of its function.
        hours: weekly hours put on the award, in hundredths (Qbis), never above the contract's.
        full_time: weekly hours of a full-time worker (S), in hundredths.
        days: days of the month that assignment, contract line, post and award have in common.
        scale: index of the pay scale and column; `seniority` completed years.
    """

    pay: Ints
    award: Ints
    post: Ints
    function: Ints
    hours: Ints
    full_time: Ints
    days: Ints
    scale: Ints
    seniority: Ints

    @property
    def weights(self) -> Ints:
        """Hours x days: what the cost of the month is split by."""
        return self.hours * self.days

    def __len__(self) -> int:
        return len(self.pay)

    def take(self, rows: Ints) -> "Slices":
        """Some of the rows, in the order given."""
        return Slices(*(getattr(self, name)[rows] for name in self.__dataclass_fields__))


def qbis(full_time: int, fte: Fraction) -> int:
    """Funded hours a week of a post: hours of a full-time worker x funded FTE, in hundredths.

    The worker's own hours play no part: 0.25 FTE where full time is 36 h is 9.00 h.
    Source: DmfA field of funded hours for Maribel posts.
    """
    return money.times_one(full_time, fte)


def split_costs(pay: PayMonths, slices: Slices) -> Mapping[str, Cents]:
    """The part of each cost item carried by each slice, in cents.

    Where the assigned hours stay within the contract, parts and the employer's remainder sum to
    the cost by largest remainder. Where hours carry several awards (a stack), each slice shows its
    own part of the cost; the ledger then deducts what earlier awards pay.
    """
    weights = np.minimum(slices.weights, pay.contract[slices.pay])
    assigned = money.sum_groups(weights, slices.pay, len(pay))
    stacked = (assigned > pay.contract)[slices.pay]
    apart = np.flatnonzero(~stacked)
    over = np.flatnonzero(stacked)
    rest = np.maximum(pay.contract - assigned, 0)
    rest[pay.contract == 0] = 1
    group = np.concatenate([slices.pay[apart], np.arange(len(pay), dtype=np.int64)])
    shares = np.concatenate([weights[apart], rest])
    whole = np.maximum(pay.contract[slices.pay[over]], 1)
    result: dict[str, Cents] = {}
    for item, cost in pay.costs.items():
        parts = np.zeros(len(slices), dtype=np.int64)
        covered = cost.copy()
        covered[assigned > pay.contract] = 0
        parts[apart] = _split(covered, shares, group, len(apart))
        parts[over] = money.times(cost[slices.pay[over]], weights[over], whole)
        result[item] = parts
    return result


def _split(totals: Cents, weights: Ints, group: Ints, kept: int) -> Cents:
    """Largest remainder over the months that cost something; the first `kept` parts."""
    live = totals != 0
    if live.all():
        return money.allocate_groups(totals, weights, group)[:kept]
    parts = np.zeros(len(group), dtype=np.int64)
    rows = np.flatnonzero(live[group])
    if len(rows):
        compact = (np.cumsum(live) - 1)[group[rows]]
        parts[rows] = money.allocate_groups(totals[live], weights[rows], compact)
    return parts[:kept]


def fte_months(pay: PayMonths, slices: Slices) -> tuple[Ints, Ints]:
    """Paid FTE-month of each slice, a reduced ratio: Q/S x days/days of the month x paid/due.

    A month without any due hour counts for nothing.
    """
    month = pay.month[slices.pay]
    length = month_ordinals(month + 1) - month_ordinals(month)
    due = pay.due[slices.pay]
    paid = np.where(due > 0, pay.paid[slices.pay], 0)
    numerator = slices.hours * slices.days * paid
    denominator = slices.full_time * length * np.maximum(due, 1)
    common = np.gcd(numerator, denominator)
    return numerator // common, denominator // common
