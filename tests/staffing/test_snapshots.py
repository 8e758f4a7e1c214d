"""Pay and contracts of a year become columns: whole, in order, in hundredths and cents."""

from datetime import date
from decimal import Decimal

import pytest

from backoffice.engine.periods import year_period
from staffing.snapshots import StaffFacts, completed_years, hundredths, staff_facts
from tests.factories import (
    AssignmentFactory,
    ContractLineFactory,
    OrganisationFactory,
    PayItemFactory,
    PayMonthFactory,
    WorkerFactory,
)


@pytest.mark.parametrize(
    ("since", "day", "years"),
    [
        (date(2015, 9, 1), date(2024, 8, 31), 8),
        (date(2015, 9, 1), date(2024, 9, 1), 9),
        (date(2024, 9, 1), date(2024, 3, 1), 0),
        (date(2020, 2, 29), date(2024, 2, 28), 3),
        (date(2020, 2, 29), date(2024, 2, 29), 4),
        (date(2020, 2, 29), date(2023, 3, 1), 3),
    ],
)
def test_seniority_is_a_number_of_completed_years(since: date, day: date, years: int) -> None:
    assert completed_years(since, day) == years


def test_hours_become_hundredths_exactly() -> None:
    assert [hundredths(Decimal(text)) for text in ("38.00", "0.50", "7.60")] == [3800, 50, 760]


@pytest.mark.django_db
def test_assimilated_hours_are_paid_and_unpaid_ones_are_only_due() -> None:
    worker = WorkerFactory()
    PayMonthFactory(
        worker=worker,
        paid_hours=Decimal("80.00"),
        assimilated_hours=Decimal("20.50"),
        unpaid_hours=Decimal("59.10"),
    )
    pay = facts_of(worker.organisation).pay
    assert (pay.paid.tolist(), pay.due.tolist()) == ([10_050], [15_960])


@pytest.mark.django_db
def test_an_item_that_a_month_lacks_is_no_cost_and_a_reduction_is_negative() -> None:
    worker = WorkerFactory()
    first = PayMonthFactory(worker=worker, month=date(2024, 1, 1))
    second = PayMonthFactory(worker=worker, month=date(2024, 2, 1))
    PayItemFactory(pay_month=first, cost_item="gross", amount=Decimal("3280.90"))
    PayItemFactory(pay_month=second, cost_item="onss_reduction", amount=Decimal("-0.05"))
    costs = facts_of(worker.organisation).pay.costs
    assert {item: values.tolist() for item, values in costs.items()} == {
        "gross": [328_090, 0],
        "onss_reduction": [0, -5],
    }


@pytest.mark.django_db
def test_the_contract_of_a_month_is_hours_x_days_over_all_its_lines() -> None:
    worker = WorkerFactory()
    ContractLineFactory(worker=worker, ends_on=date(2024, 3, 15))
    ContractLineFactory(worker=worker, starts_on=date(2024, 3, 16), weekly_hours=Decimal("19.00"))
    PayMonthFactory(worker=worker)
    PayMonthFactory(worker=worker, month=date(2024, 2, 1))
    pay = facts_of(worker.organisation).pay
    assert pay.contract.tolist() == [3800 * 29, 3800 * 15 + 1900 * 16]


@pytest.mark.django_db
def test_only_the_months_and_assignments_of_the_year_are_read() -> None:
    worker = WorkerFactory()
    for month in (date(2023, 12, 1), date(2024, 1, 1), date(2024, 12, 1), date(2025, 1, 1)):
        PayMonthFactory(worker=worker, month=month)
    for starts_on, ends_on in (
        (date(2023, 1, 1), date(2023, 12, 31)),
        (date(2023, 6, 1), date(2024, 1, 1)),
        (date(2024, 12, 31), None),
        (date(2025, 1, 1), None),
    ):
        AssignmentFactory(worker=worker, starts_on=starts_on, ends_on=ends_on)
    facts = facts_of(worker.organisation)
    assert [month.month.month for month in facts.months] == [1, 12]
    assert [one.starts_on for one in facts.assignments] == [date(2023, 6, 1), date(2024, 12, 31)]


@pytest.mark.django_db
def test_the_people_of_another_employer_are_not_read() -> None:
    worker = WorkerFactory()
    PayMonthFactory(worker=worker)
    AssignmentFactory(worker=worker)
    facts = facts_of(OrganisationFactory())
    assert (facts.workers, facts.months, facts.contracts, facts.assignments) == ((), (), (), ())


def facts_of(organisation: object) -> StaffFacts:
    return staff_facts(organisation, year_period(2024))  # type: ignore[arg-type]
