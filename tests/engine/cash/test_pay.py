"""When pay leaves the account: each cent of cost once, on the days of its kind."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from backoffice.engine.cash.flows import DOUBLE_HOLIDAY, ONSS, PAY, TAX, YEAR_END
from backoffice.engine.cash.pay import PayRules, contribution_flows, pay_flows
from backoffice.engine.figures import Figures
from backoffice.engine.scenario.run import Run, run
from backoffice.figures.loader import load
from tests.engine.projection.made import made


@pytest.fixture(scope="module")
def figures() -> Figures:
    return load()


@pytest.fixture(scope="module")
def done(figures: Figures) -> Run:
    base = run(made(workers=4, awards=3, years=2).facts)
    return replace(base, facts=replace(base.facts, figures=figures))


@given(st.none() | st.integers(1, 31), st.none() | st.fractions(0, 1))
def test_every_cent_of_cost_leaves_once(done: Run, day: int | None, share: Fraction | None) -> None:
    flows = pay_flows(done.facts, done.months, 0, PayRules(day, share))
    assert sum(one.amount for one in flows) == -int(done.months.cost.sum())


def test_pay_leaves_on_its_day_or_on_the_last_one(done: Run) -> None:
    said = pay_flows(done.facts, done.months, 0, PayRules(25))
    unsaid = pay_flows(done.facts, done.months, 0, PayRules())
    assert {one.day.day for one in said if one.kind == PAY} == {25}
    assert date(2026, 2, 28) in {one.day for one in unsaid if one.kind == PAY}


def test_tax_withheld_leaves_in_the_middle_of_the_next_month(done: Run) -> None:
    none = pay_flows(done.facts, done.months, 0, PayRules(25))
    some = pay_flows(done.facts, done.months, 0, PayRules(25, Fraction(1, 4)))
    assert not [one for one in none if one.kind == TAX]
    [pay] = [one.amount for one in none if (one.kind, one.day) == (PAY, date(2026, 1, 25))]
    [net] = [one.amount for one in some if (one.kind, one.day) == (PAY, date(2026, 1, 25))]
    [tax] = [one.amount for one in some if (one.kind, one.day) == (TAX, date(2026, 2, 15))]
    assert net + tax == pay
    assert abs(tax - pay / 4) <= 1


def test_premium_and_holiday_pay_stand_apart(done: Run) -> None:
    flows = pay_flows(done.facts, done.months, 0, PayRules())
    assert {one.day.month for one in flows if one.kind == DOUBLE_HOLIDAY} == {6}
    assert date(2026, 12, 31) in {one.day for one in flows if one.kind == YEAR_END}
    assert not [one for one in flows if one.kind == YEAR_END and one.day.month < 11]


def owed(*quarters: int) -> np.ndarray:
    return np.repeat(np.array(quarters, dtype=np.int64), 3)


def test_contributions_leave_by_provisions_then_the_rest(figures: Figures) -> None:
    amounts = owed(*[1_000_000] * 4, 1_100_000)
    flows = list(contribution_flows(figures, 2025 * 12, amounts, np.zeros(15, dtype=np.int64)))
    last = [(one.day, one.amount) for one in flows if one.day > date(2026, 1, 31)]
    assert last == [
        (date(2026, 2, 5), -900_000),
        (date(2026, 3, 5), -900_000),
        (date(2026, 4, 5), -750_000),
        (date(2026, 4, 30), 2_550_000 - 3_300_000),
    ]
    assert flows[3].day == date(2026, 1, 31)
    assert {one.kind for one in flows} == {ONSS}


def test_the_provisions_of_the_last_quarter_have_their_own_shares(figures: Figures) -> None:
    amounts = owed(*[1_000_000] * 8)
    flows = list(contribution_flows(figures, 2025 * 12, amounts, np.zeros(24, dtype=np.int64)))
    assert [(one.day, one.amount) for one in flows[-4:]] == [
        (date(2026, 11, 5), -900_000),
        (date(2026, 12, 5), -1_050_000),
        (date(2027, 1, 5), -450_000),
        (date(2027, 1, 31), -600_000),
    ]


def test_no_provision_is_due_by_whoever_owes_little(figures: Figures) -> None:
    amounts = owed(*[133_333] * 5)
    flows = list(contribution_flows(figures, 2025 * 12, amounts, np.zeros(15, dtype=np.int64)))
    assert [(one.day, one.amount) for one in flows] == [
        (date(2025, 4, 30), -399_999),
        (date(2025, 7, 31), -399_999),
        (date(2025, 10, 31), -399_999),
        (date(2026, 1, 31), -399_999),
        (date(2026, 4, 30), -399_999),
    ]


@given(st.lists(st.integers(0, 10_000_000), min_size=8, max_size=8))
def test_provisions_and_rest_add_up_to_the_contributions(figures: Figures, each: list[int]) -> None:
    amounts = owed(*each)
    flows = contribution_flows(figures, 2025 * 12, amounts, np.zeros(24, dtype=np.int64))
    assert sum(one.amount for one in flows) == -int(amounts.sum())
