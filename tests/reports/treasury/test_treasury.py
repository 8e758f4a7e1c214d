"""The treasury of a service, from what is written of its money to its page."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from backoffice.engine.cash.flows import GRANT, INVOICE, PAY, SALE
from backoffice.engine.scenario.patch import Patch
from backoffice.engine.scenario.run import run
from backoffice.federation.models import Organisation
from backoffice.federation.roles import Role
from grants.models import Award
from invoices.models import TreasuryRules
from reports.treasury.choosing import delayed
from reports.treasury.opening import Opening, openings_of
from reports.treasury.page import page_of
from reports.treasury.reading import Ground, ground_of, treasury_of
from tests.factories import (
    AssignmentFactory,
    AwardFactory,
    ContractLineFactory,
    InstalmentFactory,
    InvoiceFactory,
    OpeningBalanceFactory,
    OrganisationFactory,
    PayItemFactory,
    PayMonthFactory,
    PostFactory,
    ReceiptFactory,
    SalesInvoiceFactory,
    TermFactory,
    TreasuryRulesFactory,
    TrialBalanceFactory,
    TrialBalanceLineFactory,
    WorkerFactory,
)
from tests.people import member

pytestmark = pytest.mark.django_db
AS_OF = date(2026, 3, 31)


@pytest.fixture
def organisation() -> Organisation:
    return OrganisationFactory()


@pytest.fixture
def award(organisation: Organisation) -> Award:
    """A facultative award of 2025 and 2026, held by a worker paid through 2025."""
    worker = WorkerFactory(organisation=organisation)
    ContractLineFactory(worker=worker)
    for month in range(1, 13):
        row = PayMonthFactory(worker=worker, month=date(2025, month, 1))
        PayItemFactory(pay_month=row, cost_item="gross", amount=Decimal("3300.00"))
    days = {"starts_on": date(2025, 1, 1), "ends_on": date(2026, 12, 31)}
    found = AwardFactory(organisation=organisation, scheme="cocof_facultative", **days)
    for year in (2025, 2026):
        whole = {"starts_on": date(year, 1, 1), "ends_on": date(year, 12, 31)}
        TermFactory(award=found, value="20000.00", **whole)
    post = PostFactory(award=found, **days)
    AssignmentFactory(worker=worker, post=post, **days)
    return found


def balance(organisation: Organisation, day: date, amount: str) -> TreasuryRules:
    return TreasuryRulesFactory(
        organisation=organisation, balance_on=day, balance=Decimal(amount), pay_day=None
    )


def instalment(award: Award, due: date, amount: str, **more: Any) -> Any:
    values = {"year": due.year, "number": 1, "kind": "advance", **more}
    return InstalmentFactory(award=award, due_on=due, amount=Decimal(amount), **values)


def flows(ground: Ground, kind: str, patches: tuple[Patch, ...] = ()) -> list[tuple[date, int]]:
    done = run(ground.base.facts, patches, ground.base)
    return [(one.day, one.amount) for one in treasury_of(ground, done).flows if one.kind == kind]


def opening_of(organisation: Organisation, rules: TreasuryRules | None, as_of: date) -> Opening:
    said = {} if rules is None else {organisation.pk: rules}
    return openings_of([organisation], said, as_of)[organisation.pk]


def test_the_newest_balance_opens_the_treasury(organisation: Organisation) -> None:
    assert opening_of(organisation, None, AS_OF).amount is None
    OpeningBalanceFactory(
        organisation=organisation, account="550", amount="500.00", on_day=date(2024, 12, 31)
    )
    assert opening_of(organisation, None, AS_OF).amount == 500_00
    closed = TrialBalanceFactory(organisation=organisation, year=2025, closed_on=date(2025, 12, 31))
    for account, debit, credit in (
        ("550", "900.00", "0"),
        ("551", "0", "100.00"),
        ("620", "7", "0"),
    ):
        TrialBalanceLineFactory(
            balance=closed, account=account, debit=Decimal(debit), credit=Decimal(credit)
        )
    assert opening_of(organisation, None, AS_OF).amount == 800_00
    rules = balance(organisation, date(2026, 3, 15), "-50.00")
    newest = opening_of(organisation, rules, AS_OF)
    assert (newest.amount, newest.day, newest.source) == (-50_00, date(2026, 3, 15), "statement")
    assert opening_of(organisation, rules, date(2026, 3, 14)).amount == 800_00


def test_instalments_come_after_the_delay_of_their_scheme(award: Award) -> None:
    balance(award.organisation, date(2025, 12, 31), "1000.00")
    came = instalment(award, date(2025, 3, 1), "20000.00")
    ReceiptFactory(
        award=award, year=2025, instalment=came, amount="20000.00", received_on=date(2025, 3, 11)
    )
    instalment(award, date(2026, 6, 1), "20000.00")
    ground = ground_of(award.organisation, AS_OF)
    assert flows(ground, GRANT)[0] == (date(2026, 6, 11), 20_000_00)
    assert treasury_of(ground).announced.on(date(2026, 6, 1)) > treasury_of(ground).curve.on(
        date(2026, 6, 1)
    )


def test_a_year_that_nobody_wrote_is_paid_as_the_last_one(award: Award) -> None:
    instalment(award, date(2026, 6, 1), "15000.00")
    instalment(award, date(2027, 2, 28), "5000.00", year=2026, number=2, kind="balance")
    found = flows(ground_of(award.organisation, AS_OF), GRANT)
    assert found == [
        (date(2026, 6, 1), 15_000_00),
        (date(2027, 2, 28), 5_000_00),
        (date(2027, 6, 1), 15_000_00),
    ]


def test_what_came_after_the_balance_of_the_bank_is_in_the_curve_on_its_day(award: Award) -> None:
    balance(award.organisation, date(2026, 1, 31), "1000.00")
    instalment(award, date(2026, 2, 1), "20000.00")
    row = award.instalments.get()
    for day, amount in ((date(2026, 1, 15), "4000.00"), (date(2026, 2, 15), "6000.00")):
        ReceiptFactory(award=award, year=2026, instalment=row, amount=amount, received_on=day)
    ground = ground_of(award.organisation, AS_OF)
    found = flows(ground, GRANT)
    assert (date(2026, 2, 15), 6_000_00) in found
    assert (date(2026, 1, 15), 4_000_00) not in found


def test_what_no_delay_explains_is_on_no_day_and_is_named(award: Award) -> None:
    instalment(award, date(2025, 6, 1), "20000.00")
    page = page_of(ground_of(award.organisation, AS_OF))
    late = [one for one in page.unplaced if one.year == 2025]
    assert [(one.amount, one.why) for one in late] == [(20_000_00, "late")]


def test_invoices_are_paid_late_as_before_and_come_again_each_year(
    organisation: Organisation,
) -> None:
    InvoiceFactory(
        organisation=organisation,
        issued_on=date(2025, 10, 1),
        paid_on=date(2025, 10, 31),
        amount=Decimal("300.00"),
    )
    InvoiceFactory(
        organisation=organisation,
        issued_on=date(2026, 3, 20),
        paid_on=None,
        amount=Decimal("70.00"),
    )
    SalesInvoiceFactory(
        organisation=organisation,
        issued_on=date(2026, 1, 5),
        received_on=date(2026, 1, 20),
        amount=Decimal("40.00"),
    )
    balance(organisation, date(2025, 12, 31), "0.00")
    ground = ground_of(organisation, AS_OF)
    assert flows(ground, INVOICE) == [
        (date(2026, 4, 19), -70_00),
        (date(2026, 10, 31), -300_00),
        (date(2027, 4, 19), -70_00),
        (date(2027, 10, 31), -300_00),
    ]
    assert flows(ground, SALE) == [(date(2026, 1, 20), 40_00), (date(2027, 1, 20), 40_00)]


def test_no_patch_gives_the_same_days_and_a_delay_moves_grants_alone(award: Award) -> None:
    instalment(award, date(2026, 6, 1), "20000.00")
    ground = ground_of(award.organisation, AS_OF)
    base, same = treasury_of(ground), treasury_of(ground, run(ground.base.facts, (), ground.base))
    assert base.curve.balances == same.curve.balances
    late = delayed(45, AS_OF)
    assert flows(ground, PAY, late) == flows(ground, PAY)
    assert flows(ground, GRANT, late)[0] == (date(2026, 7, 16), 20_000_00)


def test_a_grant_cut_by_a_scenario_lowers_what_is_still_to_come(award: Award) -> None:
    instalment(award, date(2026, 6, 1), "20000.00")
    ground = ground_of(award.organisation, AS_OF)
    cut = Patch(1, "award", award.reference, date(2026, 1, 1), {"granted": 12_000})
    assert flows(ground, GRANT, (cut,))[0] == (date(2026, 6, 1), 12_000_00)


def test_each_month_adds_up_to_its_end(award: Award) -> None:
    balance(award.organisation, date(2025, 12, 31), "1000.00")
    instalment(award, date(2026, 6, 1), "20000.00")
    page = page_of(ground_of(award.organisation, AS_OF))
    standing = 1_000_00
    for month in page.months:
        standing += sum(month.amounts)
        assert (month.net, month.end) == (sum(month.amounts), standing)
    assert page.known
    assert page.lowest == page.shown.curve.lowest(AS_OF)


def test_without_a_balance_nothing_is_promised(award: Award) -> None:
    page = page_of(ground_of(award.organisation, AS_OF))
    assert not page.known
    assert page.questions == ()


def test_the_rate_of_the_bank_says_what_lateness_costs(award: Award) -> None:
    rules = balance(award.organisation, date(2025, 12, 31), "0.00")
    came = instalment(award, date(2025, 3, 1), "20000.00")
    ReceiptFactory(
        award=award, year=2025, instalment=came, amount="20000.00", received_on=date(2025, 3, 31)
    )
    instalment(award, date(2026, 6, 1), "20000.00")
    page = page_of(ground_of(award.organisation, AS_OF))
    assert page.lateness is None
    assert page.point > 0
    rules.overdraft_rate = Decimal("0.08")
    rules.save()
    dearer = page_of(ground_of(award.organisation, AS_OF))
    assert dearer.lateness is not None
    assert abs(dearer.lateness - 8 * dearer.point) <= 8


def test_more_awards_and_invoices_ask_no_more_queries(award: Award) -> None:
    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as seen:
            page_of(ground_of(award.organisation, AS_OF))
        return len(seen)

    few = queries()
    for _ in range(4):
        other = AwardFactory(organisation=award.organisation, scheme="cocof_facultative")
        instalment(other, date(2026, 6, 1), "100.00")
        InvoiceFactory(organisation=award.organisation, issued_on=date(2026, 1, 1))
    assert queries() == few


def test_finance_says_what_the_bank_says_and_the_page_follows(award: Award) -> None:
    client = member(Role.FINANCE, award.organisation)
    address = reverse("treasury")
    assert "n'est pas connu" in client.get(address, {"au": "2026-03-31"}).content.decode()
    said = {
        "balance_on": "31/12/2025",
        "balance": "1.234,56",
        "statement": "Extrait 152",
        "overdraft_rate": "7,5",
        "tax_share": "20",
        "pay_day": "25",
    }
    assert client.post(address, said).status_code == 302
    rules = TreasuryRules.objects.get(organisation=award.organisation)
    assert (rules.balance.amount, rules.overdraft_rate) == (Decimal("1234.56"), Decimal("0.075"))
    assert (rules.tax_share, rules.pay_day, rules.credit_line) == (Decimal("0.2"), 25, None)
    shown = client.get(address, {"au": "2026-03-31"}).content.decode()
    assert "Extrait 152" in shown
    assert 'value="1234,56"' in shown
    assert 'value="7,5"' in shown


def test_a_balance_without_its_day_is_refused_with_what_was_typed(award: Award) -> None:
    client = member(Role.FINANCE, award.organisation)
    answer = client.post(reverse("treasury"), {"balance": "10,00", "overdraft_rate": "7"})
    assert answer.status_code == 422
    assert "Indiquez le solde et son jour" in answer.content.decode()
    assert not TreasuryRules.objects.exists()


def test_a_service_of_which_nothing_is_known_has_a_page_that_says_so(
    organisation: Organisation,
) -> None:
    client = member(Role.DIRECTOR, organisation)
    shown = client.get(reverse("treasury"), {"au": "2026-03-31"}).content.decode()
    assert "n'est pas connu" in shown
    balance(organisation, date(2024, 2, 29), "10.00")
    shown = client.get(reverse("treasury"), {"au": "2026-03-31"}).content.decode()
    assert "Aucune prime de fin d" in shown
