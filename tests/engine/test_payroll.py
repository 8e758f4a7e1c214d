"""Months of pay cut over assignments: nothing is lost, nothing is paid for hours not worked."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backoffice.engine.payroll import PayMonths, Slices, fte_months, split_costs
from tests.engine.claims.employers import FIRST, Employer, employers, ints
from tests.engine.claims.simple import months_of, slices_of


@given(st.integers(-(10**6), 10**7), st.lists(st.integers(1, 1900), min_size=1, max_size=5))
def test_the_parts_of_a_fully_assigned_month_sum_to_its_cost(cost: int, hours: list[int]) -> None:
    pay = months_of([{"gross": cost}], hours=sum(hours))
    parts = split_costs(
        pay, slices_of(*[{"hours": one, "award": n} for n, one in enumerate(hours)])
    )
    assert parts["gross"].sum() == cost


@given(st.integers(0, 10**7), st.integers(1, 3800))
def test_what_no_assignment_covers_stays_with_the_employer(cost: int, hours: int) -> None:
    parts = split_costs(months_of([{"gross": cost}]), slices_of({"hours": hours}))
    assert abs(Fraction(int(parts["gross"][0])) - Fraction(cost * hours, 3800)) < 1


@settings(max_examples=40)
@given(employers())
def test_no_month_that_fits_in_its_contract_is_cut_into_more_than_it_cost(
    employer: Employer,
) -> None:
    pay, slices = employer.pay, employer.slices
    weights = np.zeros(len(pay), dtype=np.int64)
    np.add.at(weights, slices.pay, np.minimum(slices.weights, pay.contract[slices.pay]))
    fits = weights <= pay.contract
    for item, parts in split_costs(pay, slices).items():
        sums = np.zeros(len(pay), dtype=np.int64)
        np.add.at(sums, slices.pay, parts)
        assert (abs(sums[fits]) <= abs(pay.costs[item][fits])).all()


def test_hours_carried_by_two_awards_show_the_whole_cost_twice() -> None:
    parts = split_costs(months_of([{"gross": 310_000}]), slices_of({}, {"award": 1}))
    assert parts["gross"].tolist() == [310_000, 310_000]


def test_a_month_without_contract_has_nothing_to_cut() -> None:
    pay = PayMonths(ints([0]), ints([FIRST]), ints([0]), ints([0]), ints([0]), {"g": ints([5_000])})
    assert split_costs(pay, slices_of({}))["g"].tolist() == [0]


def test_a_negative_correction_is_cut_as_its_opposite_is() -> None:
    lines = slices_of({"hours": 1900}, {"hours": 1900, "award": 1})
    up = split_costs(months_of([{"gross": 101}]), lines)["gross"]
    down = split_costs(months_of([{"gross": -101}]), lines)["gross"]
    assert up.tolist() == [51, 50]
    assert down.tolist() == [-51, -50]


@pytest.mark.parametrize(
    ("line", "paid", "due", "expected"),
    [
        ({}, 1, 1, Fraction(1)),
        ({"hours": 2500}, 1, 1, Fraction(25, 38)),
        ({"hours": 900, "full_time": 3600}, 1, 1, Fraction(1, 4)),
        ({"days": 1}, 1, 1, Fraction(1, 31)),
        ({}, 7_980, 15_960, Fraction(1, 2)),
        ({}, 0, 15_960, Fraction(0)),
        ({}, 0, 0, Fraction(0)),
        ({"hours": 50}, 1, 1, Fraction(1, 76)),
    ],
)
def test_the_paid_fte_month_is_hours_over_full_time_x_days_x_paid_over_due(
    line: dict[str, int], paid: int, due: int, expected: Fraction
) -> None:
    lines: Slices = slices_of(line)
    top, bottom = fte_months(months_of([{"gross": 1}], paid=paid, due=due), lines)
    assert Fraction(int(top[0]), int(bottom[0])) == expected


def test_the_fte_of_29_february_is_one_day_of_twenty_nine() -> None:
    top, bottom = fte_months(months_of([{"gross": 1}], first=FIRST + 1), slices_of({"days": 1}))
    assert (int(top[0]), int(bottom[0])) == (1, 29)
