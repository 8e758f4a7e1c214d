"""When the pay of a projection leaves the account: net pay, contributions, tax, premiums.

The cost of a month is known; what is not known of an employer leaves earlier rather than later, so
that the curve is never better than what will be.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

import numpy as np

from backoffice.engine import money
from backoffice.engine.cash.flows import (
    BENEFITS,
    DOUBLE_HOLIDAY,
    ONSS,
    PAY,
    TAX,
    YEAR_END,
    Flow,
)
from backoffice.engine.figures import FigureNotDefined, Figures
from backoffice.engine.money import Cents
from backoffice.engine.periods import MONTHS_OF_A_QUARTER, days_in_month, end_of_month, month_start
from backoffice.engine.projection.facts import ASSUMPTION, STATUSES, TO_CONFIRM, Facts
from backoffice.engine.projection.months import Months

_PAID = ("gross", "residence", "annual_premium", "severance", "exit_holiday")
_CONTRIBUTIONS = ("employer_onss", "onss_reduction")
_SUBJECT = ("gross", "residence", "annual_premium", "year_end")
"""Items from which the worker's own contribution is withheld."""
_PROVISION_DAY, _TAX_DAY = 5, 15
_LAST_QUARTER, _FOUR = 3, 4
_FIGURES = ("first", "second", "third", "second_year_end", "third_year_end", "above")


@dataclass(frozen=True)
class PayRules:
    """What an employer alone knows of the way it pays.

    Attributes:
        pay_day: day of the month on which pay leaves; None: not said, the last day.
        tax_share: part of the taxable pay withheld for the tax, paid on the 15th of the next month;
            None: not said, it leaves with the pay, which is earlier.
    """

    pay_day: int | None = None
    tax_share: Fraction | None = None


@dataclass(frozen=True)
class MonthPay:
    """Cents of one employer by month of the horizon, with the doubt on each month."""

    pay: Cents
    year_end: Cents
    double_holiday: Cents
    benefits: Cents
    contributions: Cents
    status: Cents


def pay_flows(facts: Facts, months: Months, employer: int, rules: PayRules) -> list[Flow]:
    """The payments of one employer for the months of the horizon.

    Net pay, premiums and holiday pay leave on the day of pay of their month, benefits with them;
    contributions by provisions on the 5th of the next month and the rest of a quarter at the end of
    the month after it.

    Source: payments.onss_provision_*, employer.onss_worker.
    """
    totals = _by_month(facts, months, employer)
    said = 0 if rules.pay_day else ASSUMPTION
    found: list[Flow] = []
    for place, month in enumerate(range(facts.first, facts.stop)):
        day = pay_day(month, rules.pay_day)
        doubt = int(totals.status[place])
        parts = (
            (PAY, totals.pay),
            (YEAR_END, totals.year_end),
            (DOUBLE_HOLIDAY, totals.double_holiday),
            (BENEFITS, totals.benefits),
        )
        for kind, amounts in parts:
            amount = int(amounts[place])
            share = Fraction(0) if kind == BENEFITS else (rules.tax_share or Fraction(0))
            tax = money.times_one(amount, share)
            later = _on(month + 1, _TAX_DAY)
            found.append(Flow(day, tax - amount, kind, status=max(said, doubt)))
            found.append(Flow(later, -tax, TAX, status=max(TO_CONFIRM, doubt)))
    found += contribution_flows(facts.figures, facts.first, totals.contributions, totals.status)
    return [one for one in found if one.amount]


def contribution_flows(
    figures: Figures, first: int, owed: Cents, status: Sequence[int] | Cents
) -> Iterator[Flow]:
    """Contributions of each quarter: provisions on those of a year before, then the rest.

    Args:
        figures: where the provisions are.
        first: index of the first month, the first of a quarter.
        owed: cents by month.
        status: doubt by month.
    """
    size = len(owed) // MONTHS_OF_A_QUARTER
    quarters = [int(one.sum()) for one in np.array(owed).reshape(size, MONTHS_OF_A_QUARTER)]
    doubts = np.array(status).reshape(size, MONTHS_OF_A_QUARTER).max(axis=1)
    for place, amount in enumerate(quarters):
        start = first + place * MONTHS_OF_A_QUARTER
        doubt = max(int(doubts[place]), TO_CONFIRM)
        paid = 0
        for number, part in enumerate(_provisions(figures, start, quarters, place), start=1):
            paid += part
            yield Flow(_on(start + number, _PROVISION_DAY), -part, ONSS, status=doubt)
        last = end_of_month(month_start(start + MONTHS_OF_A_QUARTER))
        yield Flow(last, paid - amount, ONSS, status=doubt)


def _provisions(figures: Figures, start: int, quarters: Sequence[int], place: int) -> list[int]:
    """The three provisions of a quarter, none where the quarter two before owes too little."""
    rates = _provision_rates(figures, month_start(start))
    if not rates or place < _FOUR or quarters[place - 2] <= rates["above"] * 100:
        return []
    last = start % (_FOUR * MONTHS_OF_A_QUARTER) // MONTHS_OF_A_QUARTER == _LAST_QUARTER
    names = ("first", "second_year_end", "third_year_end") if last else _FIGURES[:3]
    return [money.times_one(quarters[place - _FOUR], rates[name]) for name in names]


def _provision_rates(figures: Figures, day: date) -> Mapping[str, Fraction]:
    """The figures of the provisions on a day; nothing where one of them is not known."""
    try:
        return {one: figures.on(f"payments.onss_provision_{one}", day).exact for one in _FIGURES}
    except FigureNotDefined:
        return {}


def _by_month(facts: Facts, months: Months, employer: int) -> MonthPay:
    """What one employer pays by month; the worker's own contribution is put with the others."""
    width = facts.stop - facts.first
    rows = np.flatnonzero(
        (months.employer == employer) & (months.pay.month >= facts.first)
        & (months.pay.month < facts.stop)
    )  # fmt: skip
    place = months.pay.month[rows] - facts.first

    def of(items: Sequence[str]) -> Cents:
        found = np.zeros(len(rows), dtype=np.int64)
        for item in items:
            found = found + months.pay.costs[item][rows] if item in months.pay.costs else found
        return found

    def summed(values: Cents) -> Cents:
        return money.sum_groups(values, place, width)

    own, base = (_own_contribution(facts, months, rows, of(items)) for items in (
        _SUBJECT, ("year_end",)
    ))  # fmt: skip
    named = {*_PAID, *_CONTRIBUTIONS, "year_end", "double_holiday"}
    others = [item for item in months.pay.costs if item not in named]
    status = np.zeros(width, dtype=np.int64)
    np.maximum.at(status, place, months.status[rows])
    return MonthPay(
        pay=summed(of(_PAID) - (own - base)),
        year_end=summed(of(("year_end",)) - base),
        double_holiday=summed(of(("double_holiday",))),
        benefits=summed(of(others)),
        contributions=summed(of(_CONTRIBUTIONS) + own),
        status=np.minimum(status, len(STATUSES) - 1),
    )


def _own_contribution(facts: Facts, months: Months, rows: Cents, base: Cents) -> Cents:
    """What is withheld from the worker for the ONSS, by worker-month; nothing where unknown."""
    day = month_start(facts.first)
    try:
        rate = facts.figures.on("employer.onss_worker", day).exact
        manual = facts.figures.on("employer.manual_base", day).exact
    except FigureNotDefined:
        return np.zeros(len(rows), dtype=np.int64)
    whole = np.where(months.manual[rows] == 1, manual.numerator, manual.denominator)
    return money.times(base, whole * rate.numerator, manual.denominator * rate.denominator)


def pay_day(month: int, day: int | None) -> date:
    """The day on which the pay of a month leaves: the last one where nobody said it."""
    return _on(month, days_in_month(month) if day is None else day)


def _on(month: int, day: int) -> date:
    return month_start(month) + timedelta(days=min(day, days_in_month(month)) - 1)
