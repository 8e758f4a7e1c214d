"""Accounts against dossiers: what agrees, what explains itself, what stays open."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from invoices.models import Ventilation
from reports.tie_out.content import Reason
from reports.tie_out.matching import Lead, explaining
from tests.factories import (
    ApprovalFactory,
    AwardFactory,
    ContractLineFactory,
    InvoiceFactory,
    OpeningBalanceFactory,
    SalesInvoiceFactory,
    SupplierFactory,
    TermFactory,
    VentilationFactory,
)
from tests.reports.tie_out.situations import (
    add_award,
    add_pay,
    assign,
    balance,
    line_of,
    look,
    seen,
    service,
)


@pytest.mark.django_db
class TestCosts:
    def test_the_same_amount_on_both_sides_agrees(self):
        organisation = service()
        balance(organisation, ("612000", "100", "100.00"), ("550000", "", "-100.00"))
        assert seen(line_of(look(organisation), "running")) == ("100.00", "100.00", "0.00", "ok")

    def test_without_a_balance_the_product_is_shown_and_nothing_is_compared(self):
        found = look(service())
        assert seen(line_of(found, "running")) == (None, "100.00", None, "unknown")
        assert found.sha256 == ""

    def test_a_difference_that_nothing_explains_stays_open(self):
        organisation = service()
        balance(organisation, ("612000", "100", "130.00"), ("600000", "100", "12.50"))
        found = look(organisation)
        assert seen(line_of(found, "running")) == ("142.50", "100.00", "42.50", "difference")
        assert line_of(found, "running") in found.open_lines

    def test_an_account_under_an_unknown_analytical_account_is_a_line_of_its_own(self):
        organisation = service()
        balance(organisation, ("612000", "100", "100.00"), ("613000", "900", "7.00"))
        found = look(organisation)
        assert seen(line_of(found, "running", "900")) == ("7.00", "0.00", "7.00", "difference")

    def test_an_invoice_without_approval_follows_the_award_that_carries_it(self):
        organisation = service()
        invoice = organisation.invoices.get()
        invoice.approval = None
        invoice.save()
        found = look(organisation)
        assert line_of(found, "running").product == 9800
        assert line_of(found, "running", "").product == 200

    def test_the_dossiers_of_a_line_and_own_funds_add_up_to_it(self):
        organisation = service()
        line = line_of(look(organisation), "running")
        (share,) = line.shares
        assert (share.reference, share.presented, share.payable) == ("SUB-A", 9800, 9800)
        assert line.own_funds == 200

    def test_an_invoice_of_january_on_the_year_explains_its_exact_amount(self):
        organisation = service()
        supplier = SupplierFactory(organisation=organisation)
        late = InvoiceFactory(
            supplier=supplier,
            piece="F9",
            issued_on=date(2025, 1, 9),
            approval=organisation.approvals.get(),
            amount=Decimal("30.00"),
        )
        VentilationFactory(
            invoice=late,
            award=organisation.awards.get(),
            share_numerator=1,
            share_denominator=1,
        )
        balance(organisation, ("612000", "100", "130.00"))
        line = line_of(look(organisation), "running")
        assert seen(line) == ("130.00", "100.00", "0.00", "explained")
        assert "F9 du 09/01/2025" in line.reasons[0].label

    def test_a_lead_that_is_not_the_exact_difference_stays_a_lead(self):
        organisation = service()
        add_pay(organisation, gross="3000.00", social_secretariat="20.00")
        balance(organisation, ("612000", "100", "121.00"), ("620000", "100", "3000.00"))
        found = look(organisation)
        running, staff = line_of(found, "running"), line_of(found, "staff")
        assert running.status == "difference"
        assert running.hints == (Reason("Secrétariat social (623 ici, parfois 613)", 2000),)
        assert seen(staff) == ("3000.00", "3020.00", "-20.00", "difference")

    def test_a_cost_that_moved_to_the_other_class_explains_both(self):
        organisation = service()
        add_pay(organisation, gross="3000.00", social_secretariat="20.00")
        balance(organisation, ("612000", "100", "120.00"), ("620000", "100", "3000.00"))
        found = look(organisation)
        assert line_of(found, "running").status == "explained"
        assert line_of(found, "staff").status == "explained"

    def test_costs_without_approval_that_stand_nowhere_are_a_difference(self):
        organisation = service()
        organisation.invoices.update(approval=None)
        Ventilation.objects.all().delete()
        balance(organisation, ("550000", "", "1.00"), ("413000", "", "-1.00"))
        line = line_of(look(organisation), "running", "")
        assert seen(line) == ("0.00", "100.00", "-100.00", "difference")
        assert [one.amount for one in line.hints] == [-10000]

    def test_costs_without_approval_that_stand_on_an_approval_explain_both_lines(self):
        organisation = service()
        organisation.invoices.update(approval=None)
        Ventilation.objects.all().delete()
        balance(organisation, ("612000", "100", "100.00"))
        found = look(organisation)
        assert seen(line_of(found, "running")) == ("100.00", "0.00", "0.00", "explained")
        assert seen(line_of(found, "running", "")) == ("0.00", "100.00", "0.00", "explained")

    def test_people_outside_the_payroll_may_stand_in_62(self):
        organisation = service()
        organisation.invoices.update(category="interim")
        balance(organisation, ("620000", "100", "100.00"))
        found = look(organisation)
        assert line_of(found, "running").status == "explained"

    def test_equipment_is_what_the_year_added(self):
        organisation = service()
        organisation.invoices.update(category="equipment")
        balance(organisation, ("240000", "100", "900.00"), ("240900", "100", "-300"), year=2023)
        balance(organisation, ("240000", "100", "1000.00"), ("240900", "100", "-500"))
        assert seen(line_of(look(organisation), "equipment"))[2:] == ("0.00", "ok")

    def test_equipment_is_counted_from_the_balances_taken_on(self):
        organisation = service()
        organisation.invoices.update(category="equipment")
        approval = organisation.approvals.get()
        OpeningBalanceFactory(
            organisation=organisation, account="24", approval=approval, amount=Decimal("900.00")
        )
        balance(organisation, ("240000", "100", "1000.00"))
        assert seen(line_of(look(organisation), "equipment"))[2:] == ("0.00", "ok")

    def test_equipment_is_unknown_without_the_balance_of_the_year_before(self):
        organisation = service()
        organisation.invoices.update(category="equipment")
        balance(organisation, ("240000", "100", "100.00"))
        assert line_of(look(organisation), "equipment").status == "unknown"


@pytest.mark.django_db
class TestPay:
    def test_each_cost_item_stands_on_its_account(self):
        organisation = service()
        add_pay(organisation, gross="3000.00", employer_onss="970.00", meal_vouchers="50.00")
        entries = [one for one in look(organisation).entries if one.kind == "pay"]
        assert [(one.account, one.amount) for one in entries] == [
            ("620", 300000),
            ("621", 97000),
            ("623", 5000),
        ]

    def test_the_movement_of_the_holiday_provision_explains_itself(self):
        organisation = service()
        add_pay(organisation)
        balance(organisation, ("620000", "100", "3000.00"), ("625000", "100", "-40.00"))
        line = line_of(look(organisation), "staff")
        assert seen(line) == ("2960.00", "3000.00", "0.00", "explained")
        assert line.reasons[0].amount == -4000

    def test_a_provision_never_hides_pay_that_the_accounts_lack(self):
        organisation = service()
        add_pay(organisation)
        balance(organisation, ("620000", "100", "2960.00"), ("625000", "100", "40.00"))
        assert seen(line_of(look(organisation), "staff"))[2:] == ("-40.00", "difference")

    def test_a_month_under_two_approvals_is_split_as_the_hours_of_its_days(self):
        organisation = service()
        contract = add_pay(organisation)
        contract.ends_on = date(2024, 3, 10)
        contract.save()
        other = ApprovalFactory(organisation=organisation, code="B", analytical_account="200")
        ContractLineFactory(
            worker=contract.worker,
            approval=other,
            starts_on=date(2024, 3, 11),
            weekly_hours=Decimal("19.00"),
        )
        found = look(organisation)
        both = line_of(found, "staff").product, line_of(found, "staff", "200").product
        assert both == (146341, 153659)

    def test_what_dossiers_pay_and_own_funds_are_the_cost(self):
        organisation = service()
        contract = add_pay(organisation)
        assign(contract, organisation.awards.get())
        line = line_of(look(organisation), "staff")
        (share,) = line.shares
        assert (share.presented, share.payable, line.own_funds) == (300000, 300000, 0)


@pytest.mark.django_db
class TestIncome:
    def test_an_award_has_earned_what_is_payable(self):
        organisation = service()
        balance(organisation, ("733000", "100", "-98.00"))
        assert seen(line_of(look(organisation), "subsidies")) == ("98.00", "98.00", "0.00", "ok")

    def test_accounts_that_took_what_was_granted_explain_themselves(self):
        organisation = service()
        balance(organisation, ("733000", "100", "-5000.00"))
        line = line_of(look(organisation), "subsidies")
        assert line.status == "explained"
        assert "accordé comptabilisé au lieu du payable" in line.reasons[0].label

    def test_an_unknown_grant_is_unknown_and_never_zero(self):
        organisation = service()
        add_award(organisation, organisation.approvals.get(), "SUB-B", granted="")
        balance(organisation, ("733000", "100", "-98.00"))
        assert seen(line_of(look(organisation), "subsidies")) == ("98.00", None, None, "unknown")

    def test_members_fees_are_outside_the_product_and_sales_on_them_are_not(self):
        organisation = service()
        balance(organisation, ("733000", "100", "-98.00"), ("730000", "100", "-25.00"))
        assert line_of(look(organisation), "subsidies").status == "explained"
        SalesInvoiceFactory(
            organisation=organisation,
            account="730000",
            approval=organisation.approvals.get(),
            amount=Decimal("25.00"),
        )
        assert seen(line_of(look(organisation), "subsidies"))[1:] == ("123.00", "0.00", "ok")

    def test_sales_stand_beside_class_70(self):
        organisation = service()
        SalesInvoiceFactory(organisation=organisation, approval=organisation.approvals.get())
        balance(organisation, ("700100", "100", "-350.00"))
        assert seen(line_of(look(organisation), "sales")) == ("350.00", "350.00", "0.00", "ok")

    def test_an_employment_aid_stands_on_740(self):
        organisation = service()
        award = AwardFactory(organisation=organisation, reference="M", scheme="maribel")
        TermFactory(award=award, code="granted", value="1.00")
        accounts = {one.key: one.account for one in look(organisation).entries}
        assert (accounts["M"], accounts["SUB-A"]) == ("740", "733")


@pytest.mark.django_db
def test_the_number_of_queries_does_not_depend_on_the_rows(django_assert_num_queries):
    organisation = service()
    add_pay(organisation)
    balance(organisation, ("612000", "100", "100.00"))
    with CaptureQueriesContext(connection) as few:
        look(organisation)
    supplier = SupplierFactory(organisation=organisation)
    for number in range(2, 12):
        add_pay(organisation, f"W{number}", months=(3, 4))
        InvoiceFactory(supplier=supplier, piece=f"G{number}")
        SalesInvoiceFactory(organisation=organisation)
        add_award(organisation, organisation.approvals.get(), f"SUB-{number}")
    with django_assert_num_queries(len(few.captured_queries)):
        look(organisation)


@given(st.lists(st.integers(-500, 500), max_size=8), st.integers(-2000, 2000))
def test_leads_explain_a_difference_exactly_or_not_at_all(amounts, difference):
    leads = [Lead(Reason(str(place), amount)) for place, amount in enumerate(amounts) if amount]
    found = explaining(difference, leads)
    assert sum(lead.reason.amount for lead in found) in {0, difference}
    assert set(found) <= set(leads)
    assert bool(found) == (sum(lead.reason.amount for lead in found) == difference != 0)


def test_two_leads_of_the_same_amount_explain_nothing():
    leads = [Lead(Reason("a", 100)), Lead(Reason("b", 100))]
    assert explaining(100, leads) == ()
    assert explaining(200, leads) == tuple(leads)


def test_very_many_leads_are_tried_alone_and_all_together():
    leads = [Lead(Reason(str(place), 2**place)) for place in range(40)]
    assert explaining(2**39, leads) == (leads[39],)
    assert explaining(2**40 - 1, leads) == tuple(leads)
    assert explaining(3, leads) == ()
