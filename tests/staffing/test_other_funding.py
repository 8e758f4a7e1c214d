"""Subsidies other than Maribel: those of a quarter over the months of pay, exact to the cent."""

from datetime import date
from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from backoffice.engine.payroll import PayMonths
from backoffice.engine.periods import month_index, year_period
from staffing.models import DmfaLine
from staffing.snapshots import PayRow, StaffFacts, other_funding, staff_facts
from tests.factories import (
    ContractLineFactory,
    DmfaLineFactory,
    PayMonthFactory,
    WorkerFactory,
)


def staff(months: list[tuple[int, int]], lines: list[DmfaLine]) -> StaffFacts:
    """A worker with pay in some months of 2024, each with its hours x days of contract."""
    rows = tuple(
        PayRow(pk, 1, date(2024, month, 1), Decimal(0), Decimal(0), Decimal(0), "")
        for pk, (month, _weight) in enumerate(months)
    )
    index = np.array([month_index(row.month) for row in rows], dtype=np.int64)
    weights = np.array([weight for _month, weight in months], dtype=np.int64)
    nothing = np.zeros(len(rows), dtype=np.int64)
    pay = PayMonths(nothing, index, nothing, nothing, weights, {})
    return StaffFacts((), rows, pay, (), (), (), (), tuple(lines))


def line(quarter: int, cents: int | None, number: int = 1) -> DmfaLine:
    amount = None if cents is None else Decimal(cents).scaleb(-2)
    first = date(2024, 3 * quarter - 2, 1)
    return DmfaLine(worker_id=1, quarter=first, number=number, other_subsidies=amount)


@given(
    weights=st.lists(st.integers(0, 3800 * 31), min_size=3, max_size=3),
    cents=st.lists(st.integers(0, 10**9), min_size=1, max_size=3),
)
def test_the_months_of_a_quarter_sum_to_what_was_declared(
    weights: list[int], cents: list[int]
) -> None:
    months = list(zip((1, 2, 3), weights, strict=True))
    lines = [line(1, amount, number) for number, amount in enumerate(cents)]
    found = other_funding(staff(months, lines))
    assert found.cents.sum() == sum(cents)
    assert (found.cents >= 0).all()
    assert found.known.tolist() == [1, 1, 1]


def test_a_cent_that_three_months_cannot_share_goes_to_one_of_them() -> None:
    found = other_funding(staff([(1, 1), (2, 1), (3, 1), (4, 1)], [line(1, 10_000)]))
    assert sorted(found.cents.tolist()) == [0, 3333, 3333, 3334]


def test_a_month_of_half_the_hours_bears_half_as_much() -> None:
    found = other_funding(staff([(4, 200), (5, 100), (6, 100)], [line(2, 400)]))
    assert found.cents.tolist() == [200, 100, 100]


@pytest.mark.parametrize(("declared", "known"), [(None, 0), (0, 1)])
def test_what_the_declaration_does_not_say_is_unknown_and_a_zero_is_known(
    declared: int | None, known: int
) -> None:
    found = other_funding(staff([(1, 1)], [line(1, declared)]))
    assert (found.cents.tolist(), found.known.tolist()) == ([0], [known])


def test_a_quarter_without_pay_meets_no_cost() -> None:
    found = other_funding(staff([(1, 1)], [line(2, 500)]))
    assert (found.cents.tolist(), found.known.tolist()) == ([0], [0])


@pytest.mark.django_db
def test_the_rows_are_those_of_the_pay_of_each_worker() -> None:
    one, other = WorkerFactory(number="W1"), WorkerFactory(number="W2")
    other.organisation = one.organisation
    other.save()
    for worker in (one, other):
        ContractLineFactory(worker=worker)
        PayMonthFactory(worker=worker, month=date(2024, 1, 1))
    DmfaLineFactory(worker=other, other_subsidies=Decimal("12.34"))
    facts = staff_facts(one.organisation, year_period(2024))
    found = other_funding(facts)
    assert (found.cents.tolist(), found.known.tolist()) == ([0, 1234], [0, 1])
