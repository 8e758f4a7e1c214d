"""The holiday-pay provision of an employer: who is in it, on what base, beside which accounts."""

from datetime import date
from decimal import Decimal

import pytest

from tests.factories import ContractLineFactory, OpeningBalanceFactory, PayItemFactory
from tests.factories import PayMonthFactory as Month
from tests.reports.tie_out.situations import (
    add_pay,
    balance,
    line_of,
    look,
    seen,
    service,
    unpaid_rest,
)

pytestmark = pytest.mark.django_db
YEAR = range(1, 13)


@pytest.fixture
def organisation():
    return service()


def test_an_employee_of_the_published_example_is_provisioned_for_19656(organisation):
    add_pay(organisation, months=YEAR, gross="9000.00")
    balance(organisation, ("456000", "", "-19656.00"))
    found = look(organisation)
    (line,) = found.holiday.lines
    assert (line.gross, line.base, line.provision) == (10_800_000, 10_800_000, 1_965_600)
    assert seen(line_of(found, "holiday_debt", "")) == ("19656.00", "19656.00", "0.00", "ok")


def test_a_manual_worker_rests_on_108_per_cent_of_gross(organisation):
    add_pay(organisation, months=(1, 2), status="manual", gross="2000.00")
    (line,) = look(organisation).holiday.lines
    assert (line.manual, line.base, line.provision) == (True, 432_000, 44_366)
    assert line.day_pay is None


def test_holiday_pay_and_premiums_are_outside_the_base(organisation):
    add_pay(
        organisation,
        gross="1000.00",
        residence="50.00",
        double_holiday="900.00",
        year_end="800.00",
        annual_premium="49.00",
        employer_onss="300.00",
    )
    (line,) = look(organisation).holiday.lines
    assert line.gross == 105_000


def test_a_day_off_is_a_working_day_of_the_last_month_and_its_charges(organisation):
    add_pay(organisation, months=(1, 3), gross="2100.00")
    (line,) = look(organisation).holiday.lines
    assert (line.day_pay, line.day_charges) == (10_000, 3_240)


def test_an_employee_who_left_before_the_closing_day_is_not_in_it(organisation):
    contract = add_pay(organisation)
    contract.ends_on = date(2024, 12, 30)
    contract.save()
    assert look(organisation).holiday.lines == ()
    contract.ends_on = date(2024, 12, 31)
    contract.save()
    assert len(look(organisation).holiday.lines) == 1


def test_a_manual_worker_who_left_is_in_it_to_confirm(organisation):
    contract = add_pay(organisation, months=(1, 2), status="manual", gross="2000.00")
    contract.ends_on = date(2024, 2, 29)
    contract.save()
    found = look(organisation).holiday
    (line,) = found.lines
    assert (line.manual, line.to_confirm, line.provision) == (True, True, 44_366)
    assert found.total == 44_366


def test_a_year_without_pay_is_unknown_and_so_is_its_movement(organisation):
    unpaid_rest(add_pay(organisation, gross="1000.00"))
    found = look(organisation, 2025)
    assert found.holiday.total is None
    assert "ni paie de 2025 ni solde d'ouverture du compte 456" in found.holiday.missing
    assert line_of(found, "holiday_debt", "").product is None
    assert line_of(found, "holiday_cost", "").product is None


def test_a_balance_taken_on_that_day_stands_for_a_year_without_pay(organisation):
    OpeningBalanceFactory(
        organisation=organisation,
        account="456000",
        amount=Decimal("-692.37"),
        on_day=date(2023, 12, 31),
    )
    found = look(organisation, 2023)
    assert (found.holiday.total, found.holiday.source) == (69_237, "solde d'ouverture")
    assert line_of(found, "holiday_debt", "").product == 69_237


def test_months_of_contract_without_pay_are_named_and_make_it_unknown(organisation):
    for number in ("W1", "W2", "W3", "W4", "W5"):
        add_pay(organisation, number, months=range(1, 12))
    add_pay(organisation, "W6", months=range(2, 13))
    found = look(organisation).holiday
    assert found.total is None
    assert len(found.lines) == 6
    assert "01/2024 (W6), 12/2024 (W1, W2, W3 et 2 autres)." in found.missing


def test_only_months_with_a_business_day_of_contract_are_asked(organisation):
    contract = add_pay(organisation, months=range(7, 13))
    contract.starts_on = date(2024, 6, 29)
    contract.save()
    assert look(organisation).holiday.total == 327_600
    contract.starts_on = date(2024, 6, 28)
    contract.save()
    assert look(organisation).holiday.total is None


def test_who_leaves_on_the_closing_day_with_exit_holiday_pay_is_owed_nothing(organisation):
    contract = add_pay(organisation)
    contract.ends_on = date(2024, 12, 31)
    contract.save()
    month = Month(worker=contract.worker, month=date(2024, 12, 1))
    PayItemFactory(pay_month=month, cost_item="exit_holiday", amount=Decimal("500.00"))
    assert look(organisation).holiday.lines == ()


def test_a_worker_who_changed_status_has_a_line_of_each(organisation):
    contract = add_pay(organisation, months=(1, 6), status="manual", gross="1000.00")
    contract.ends_on = date(2024, 3, 31)
    contract.save()
    ContractLineFactory(
        worker=contract.worker, approval=contract.approval, starts_on=date(2024, 4, 1)
    )
    lines = look(organisation).holiday.lines
    assert [(one.manual, one.provision) for one in lines] == [(False, 18_200), (True, 11_092)]


def test_the_movement_is_this_statement_less_the_one_before(organisation):
    contract = add_pay(organisation, gross="1000.00")
    month = Month(worker=contract.worker, month=date(2023, 5, 1))
    PayItemFactory(pay_month=month, amount=Decimal("400.00"))
    unpaid_rest(contract, 2023)
    unpaid_rest(contract)
    balance(organisation, ("625000", "100", "109.20"))
    found = look(organisation)
    assert (found.holiday.total, found.holiday.previous) == (18_200, 7_280)
    assert seen(line_of(found, "holiday_cost", "")) == ("109.20", "109.20", "0.00", "ok")


def test_a_balance_taken_on_stands_for_a_statement_that_is_not_held(organisation):
    unpaid_rest(add_pay(organisation, gross="1000.00"))
    OpeningBalanceFactory(organisation=organisation, account="456000", amount=Decimal("-100.00"))
    found = look(organisation)
    assert (found.holiday.previous, found.holiday.previous_source) == (10_000, "solde d'ouverture")
    assert line_of(found, "holiday_cost", "").product == 8_200


def test_without_either_the_movement_is_unknown(organisation):
    add_pay(organisation)
    found = look(organisation)
    assert found.holiday.previous is None
    assert line_of(found, "holiday_cost", "").product is None


def test_before_the_first_value_of_a_figure_the_provision_is_unknown(organisation):
    contract = add_pay(organisation)
    contract.starts_on = date(2015, 1, 1)
    contract.save()
    contract.worker.pay_months.update(month=date(2016, 3, 1))
    found = look(organisation, 2016)
    assert found.holiday.total is None
    assert "employer.holiday_provision_employees" in found.holiday.missing
    assert line_of(found, "holiday_debt", "").status == "unknown"
