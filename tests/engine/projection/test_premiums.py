"""Premiums of a year and double holiday pay, by the months that the worker serves."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import numpy as np
import pytest

from backoffice.engine.figures import Figure, FigureValue, Source
from backoffice.engine.projection.annual import REFERENCE
from backoffice.engine.projection.facts import Facts, Leaves
from backoffice.engine.projection.months import Months, worker_months
from tests.engine.projection.made import ITEMS, LABEL, made

JUNE, DECEMBER = 5, 11
PREMIUM = 100_000


def facts_of(start: date, stop: date, premium: int = PREMIUM) -> Facts:
    """One of two workers under contract between two days, with her premium of 2025 in cents."""
    facts = made(workers=2, awards=1, years=2, seed=3).facts
    nine = FigureValue(date(2000, 1, 1), None, Fraction(9), "9", None, "to_confirm", Source("-"))
    figures = facts.figures.with_values([Figure(REFERENCE, LABEL, "months", (nine,))])
    lines = facts.contracts
    mine = lines.worker == 0
    contracts = replace(
        lines,
        start=np.where(mine, start.toordinal(), lines.start),
        stop=np.where(mine, stop.toordinal(), lines.stop),
    )
    amount = facts.observed.amount.copy()
    amount[list(ITEMS).index("year_end"), 0] = 0
    amount[list(ITEMS).index("year_end"), 0, DECEMBER] = premium
    observed = replace(facts.observed, amount=amount)
    return replace(facts, contracts=contracts, observed=observed, figures=figures)


def on(months: Months, item: str, year: int, month: int) -> tuple[int, int, int]:
    """Cents of an item of the worker in a month, whether a part lacks, and her pay of the month."""
    (row,) = np.flatnonzero(
        (months.pay.worker == 0) & (months.pay.month == year * 12 + month)
    ).tolist()
    found = months.pay.costs[item][row], months.incomplete[row], months.pay.costs["gross"][row]
    return int(found[0]), int(found[1]), int(found[2])


FAR = date(2040, 1, 1)


@pytest.mark.parametrize(
    ("hired", "served"),
    [(date(2020, 1, 1), 9), (date(2025, 8, 1), 2), (date(2025, 7, 15), 2), (date(2025, 9, 1), 1)],
)
def test_who_served_a_part_of_the_reference_period_gets_the_whole_premium_the_year_after(
    hired: date, served: int
) -> None:
    facts = facts_of(hired, FAR)
    premium, lacks, pay = on(worker_months(facts), "year_end", 2026, DECEMBER)
    then = int(facts.observed.contract_month[0])
    assert abs(Fraction(PREMIUM * 9 * pay, served * then) - premium) <= Fraction(1, 2)
    assert lacks == 0


@pytest.mark.parametrize("premium", [0, PREMIUM])
def test_who_served_none_of_the_reference_period_has_a_premium_that_is_not_known(
    premium: int,
) -> None:
    facts = facts_of(date(2025, 10, 1), FAR, premium=premium)
    months = worker_months(facts)
    assert on(months, "year_end", 2026, DECEMBER)[:2] == (0, 1)
    assert ("items_unknown", 1) in [(note.code, note.count) for note in months.notes]


def test_no_premium_is_missed_where_the_employer_pays_none() -> None:
    facts = facts_of(date(2025, 10, 1), FAR, premium=0)
    amount = facts.observed.amount.copy()
    amount[list(ITEMS).index("year_end")] = 0
    months = worker_months(replace(facts, observed=replace(facts.observed, amount=amount)))
    assert on(months, "year_end", 2026, DECEMBER)[:2] == (0, 0)


def test_who_leaves_in_march_has_two_ninths_of_the_premium() -> None:
    facts = facts_of(date(2020, 1, 1), date(2026, 3, 15))
    months = worker_months(facts)
    premium, _lacks, _pay = on(months, "year_end", 2026, 2)
    whole = worker_months(facts_of(date(2020, 1, 1), FAR))
    month = on(whole, "year_end", 2026, 2)[2]
    then = int(facts.observed.contract_month[0])
    assert abs(Fraction(PREMIUM * 2 * month, 9 * then) - premium) <= Fraction(1, 2)


def test_a_leave_over_june_takes_no_double_holiday_pay_and_lowers_the_premium() -> None:
    facts = facts_of(date(2020, 1, 1), FAR)
    away = Leaves(*(np.array([one]) for one in (0, *_days(date(2027, 3, 15), date(2027, 9, 2)))))
    here, gone = (worker_months(one) for one in (facts, replace(facts, leaves=away)))
    double = [on(one, "double_holiday", 2027, JUNE)[0] for one in (here, gone)]
    assert double[0] == double[1] > 0
    premium = [on(one, "year_end", 2027, DECEMBER)[0] for one in (here, gone)]
    assert abs(Fraction(premium[0] * 2, 9) - premium[1]) <= 1


def _days(start: date, stop: date) -> tuple[int, int]:
    return start.toordinal(), stop.toordinal()
