"""What awards still owe, or are owed, on 31 December: earned less received, and taken on."""

from datetime import date
from decimal import Decimal

import pytest

from reports.tie_out.content import Receivable
from reports.tie_out.statement import tie_out
from tests.factories import InvoiceFactory, OpeningBalanceFactory, ReceiptFactory, SupplierFactory
from tests.reports.tie_out.situations import (
    add_award,
    balance,
    line_of,
    look,
    receive,
    seen,
    service,
)

pytestmark = pytest.mark.django_db


def row(found, reference: str = "SUB-A", year: int | None = 2024) -> Receivable:
    keys = [(one.reference, one.year) for one in found.receivables]
    assert keys.count((reference, year)) == 1, keys
    return found.receivables[keys.index((reference, year))]


@pytest.fixture
def organisation():
    return service()


@pytest.fixture
def award(organisation):
    return organisation.awards.get()


def test_what_is_payable_and_not_received_is_to_receive(organisation, award):
    receive(award, "60.00")
    balance(organisation, ("413000", "", "38.00"))
    found = look(organisation)
    one = row(found)
    assert (one.basis, one.earned, one.received, one.balance) == ("payable", 9800, 6000, 3800)
    assert seen(line_of(found, "receivable", "")) == ("38.00", "38.00", "0.00", "ok")


def test_what_came_above_the_payable_is_to_give_back_on_167(organisation, award):
    receive(award, "120.00")
    balance(organisation, ("167000", "", "-22.00"))
    found = look(organisation)
    assert row(found).balance == -2200
    assert seen(line_of(found, "receivable", "")) == ("0.00", "0.00", "0.00", "ok")
    assert seen(line_of(found, "repayable", "")) == ("22.00", "22.00", "0.00", "ok")


@pytest.mark.parametrize(("day", "received"), [(date(2024, 12, 31), 9800), (date(2025, 1, 1), 0)])
def test_only_what_came_up_to_the_closing_day_counts(organisation, award, day, received):
    receive(award, "98.00", day)
    assert row(look(organisation)).received == received


def test_what_came_after_the_day_looked_at_is_not_known_yet(organisation, award):
    receive(award, "98.00", date(2024, 10, 1))
    found = tie_out(organisation, 2024, date(2024, 9, 30))
    assert row(found).received == 0


def test_money_given_back_adds_to_what_is_owed(organisation, award):
    receive(award, "98.00")
    receive(award, "-10.00", date(2024, 9, 1))
    assert row(look(organisation)).balance == 1000


def test_an_unknown_grant_makes_the_balance_and_the_totals_unknown(organisation, award):
    unknown = add_award(organisation, award.approval, "SUB-B", granted="")
    receive(unknown, "40.00")
    found = look(organisation)
    one = row(found, "SUB-B")
    assert (one.basis, one.earned, one.received, one.balance) == ("unknown", None, 4000, None)
    assert line_of(found, "receivable", "").product is None
    assert line_of(found, "repayable", "").product is None


def test_an_exercise_stays_until_it_is_settled(organisation):
    award = add_award(
        organisation,
        organisation.approvals.get(),
        "OLD",
        starts_on=date(2023, 1, 1),
        ends_on=date(2023, 12, 31),
    )
    award.terms.update(starts_on=date(2023, 1, 1), ends_on=date(2023, 12, 31))
    supplier = SupplierFactory(organisation=organisation)
    invoice = InvoiceFactory(
        supplier=supplier, issued_on=date(2023, 5, 1), amount=Decimal("50.00"), paid_on=None
    )
    invoice.ventilations.create(award=award, share_numerator=1, share_denominator=1)
    invoice.paid_on = date(2023, 6, 1)
    invoice.save()
    assert row(look(organisation), "OLD", 2023).balance == 5000
    receive(award, "50.00", date(2024, 2, 1), 2023)
    assert all(one.reference != "OLD" for one in look(organisation).receivables)


def test_a_balance_taken_on_stands_for_all_that_came_before_its_day(organisation, award):
    OpeningBalanceFactory(
        organisation=organisation, award=award, year=2022, account="413", amount=Decimal("80.00")
    )
    receive(award, "500.00", date(2023, 12, 31), 2022)
    receive(award, "30.00", date(2024, 1, 1), 2022)
    one = row(look(organisation), "SUB-A", 2022)
    assert (one.basis, one.earned, one.received, one.balance) == ("opening", 8000, 3000, 5000)


def test_a_debt_taken_on_is_paid_off_by_what_is_given_back(organisation, award):
    OpeningBalanceFactory(
        organisation=organisation, award=award, year=2022, account="167", amount=Decimal("-80.00")
    )
    ReceiptFactory(award=award, year=2022, received_on=date(2024, 3, 1), amount=Decimal("-30.00"))
    found = look(organisation)
    assert row(found, "SUB-A", 2022).balance == -5000
    assert line_of(found, "repayable", "").product == 5000


def test_receipts_of_a_year_that_nobody_can_settle_are_unknown(organisation, award):
    receive(award, "10.00", date(2022, 3, 1), 2022)
    assert row(look(organisation), "SUB-A", 2022).basis == "unknown"


def test_a_balance_taken_on_without_award_is_shown_as_it_is(organisation):
    OpeningBalanceFactory(organisation=organisation, code="OUV-1", amount=Decimal("12.00"))
    OpeningBalanceFactory(organisation=organisation, code="OUV-2", account="550000")
    found = look(organisation)
    assert row(found, "OUV-1", None).balance == 1200
    assert all(one.reference != "OUV-2" for one in found.receivables)


def test_a_later_balance_without_award_replaces_the_former_one(organisation):
    for code, amount, day in (
        ("OLD", "12.00", date(2022, 12, 31)),
        ("NEW-1", "7.00", date(2023, 12, 31)),
        ("NEW-2", "1.00", date(2023, 12, 31)),
    ):
        OpeningBalanceFactory(
            organisation=organisation, code=code, on_day=day, amount=Decimal(amount), account="413"
        )
    OpeningBalanceFactory(
        organisation=organisation, code="DEBT", on_day=date(2022, 12, 31), account="167"
    )
    found = [one for one in look(organisation).receivables if one.year is None]
    assert [one.reference for one in found] == ["DEBT", "NEW-1", "NEW-2"]
    assert {one.basis for one in found} == {"opening_without_award"}


def test_a_balance_taken_on_after_the_closing_day_does_not_count(organisation):
    OpeningBalanceFactory(organisation=organisation, code="OUV-1", on_day=date(2025, 1, 1))
    assert all(one.reference != "OUV-1" for one in look(organisation).receivables)


def test_accounts_that_net_what_is_to_give_back_explain_themselves(organisation, award):
    receive(award, "60.00")
    other = add_award(organisation, award.approval, "SUB-B")
    receive(other, "10.00")
    balance(organisation, ("413000", "", "28.00"))
    found = look(organisation)
    assert line_of(found, "receivable", "").status == "explained"
    assert line_of(found, "repayable", "").status == "explained"


def test_a_debt_that_the_accounts_lack_is_a_difference_while_413_agrees(organisation, award):
    receive(award, "60.00")
    other = add_award(organisation, award.approval, "SUB-B")
    receive(other, "10.00")
    balance(organisation, ("413000", "", "38.00"))
    found = look(organisation)
    assert line_of(found, "receivable", "").status == "ok"
    line = line_of(found, "repayable", "")
    assert seen(line) == ("0.00", "10.00", "-10.00", "difference")
