"""Trial balances are stored whole and read by account; the administration keeps them apart."""

from datetime import date
from decimal import Decimal

import pytest
from django.contrib.auth.models import Permission
from django.test import Client

from invoices.models import TrialBalance
from invoices.selectors import balance_lines, openings_until, trial_balances
from invoices.services.accounts import AccountLine, replace_trial_balance
from tests.factories import (
    AwardFactory,
    MembershipFactory,
    OpeningBalanceFactory,
    OrganisationFactory,
    SalesInvoiceFactory,
    TrialBalanceFactory,
    TrialBalanceLineFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
LINES = (
    AccountLine("733000", "100", "Subsides", 0, 12_345),
    AccountLine("550000", "", "Banque", 12_345, 0),
)


def test_a_balance_is_stored_to_the_cent_and_read_by_account():
    organisation = OrganisationFactory()
    balance = replace_trial_balance(
        organisation=organisation, year=2024, sha256="b" * 64, lines=LINES
    )
    assert trial_balances(organisation, [2023, 2024]) == {2024: balance}
    assert balance.closed_on == date(2024, 12, 31)
    found = [(one.account, one.debit.amount, one.credit.amount) for one in balance_lines([balance])]
    assert found == [
        ("550000", Decimal("123.45"), Decimal("0.00")),
        ("733000", Decimal("0.00"), Decimal("123.45")),
    ]


def test_a_new_balance_replaces_its_own_year_and_organisation_only():
    kept = TrialBalanceLineFactory(balance__year=2024).balance
    organisation = OrganisationFactory()
    for year in (2023, 2024, 2024):
        replace_trial_balance(
            organisation=organisation, year=year, sha256="b" * 64, lines=LINES[:1]
        )
    years = TrialBalance.objects.filter(organisation=organisation).values_list("year", flat=True)
    assert sorted(years) == [2023, 2024]
    assert kept.lines.count() == 1


def test_balances_taken_on_are_read_up_to_a_day():
    organisation = OrganisationFactory()
    for code, day in (
        ("B", date(2023, 12, 31)),
        ("A", date(2023, 12, 31)),
        ("C", date(2024, 1, 1)),
    ):
        OpeningBalanceFactory(organisation=organisation, code=code, on_day=day)
    OpeningBalanceFactory(code="Z")
    rows = openings_until(organisation, date(2023, 12, 31))
    assert [row.code for row in rows] == ["A", "B"]


# Django's own templates use names that are not always there.
@pytest.mark.ignore_template_errors
class TestAdministration:
    @pytest.fixture
    def staff(self) -> tuple[Client, object]:
        user = UserFactory(is_staff=True)
        user.user_permissions.set(Permission.objects.filter(content_type__app_label="invoices"))
        organisation = MembershipFactory(user=user).organisation
        client = Client()
        client.force_login(user)
        return client, organisation

    @pytest.mark.parametrize("name", ["salesinvoice", "openingbalance", "trialbalance"])
    def test_a_list_holds_the_rows_of_ones_own_organisation_only(self, staff, name):
        client, organisation = staff
        factories = {
            "salesinvoice": SalesInvoiceFactory,
            "openingbalance": OpeningBalanceFactory,
            "trialbalance": TrialBalanceFactory,
        }
        mine = factories[name](organisation=organisation)
        other = factories[name](organisation=OrganisationFactory(name="Un autre service"))
        page = client.get(f"/admin/invoices/{name}/").content.decode()
        assert f"/{mine.pk}/change/" in page
        assert f"/{other.pk}/change/" not in page
        assert client.get(f"/admin/invoices/{name}/{other.pk}/change/").status_code == 302

    def test_an_award_of_another_service_cannot_be_chosen(self, staff):
        client, organisation = staff
        AwardFactory(organisation=organisation, label="La nôtre")
        AwardFactory(label="La leur")
        page = client.get("/admin/invoices/openingbalance/add/").content.decode()
        assert "La nôtre" in page
        assert "La leur" not in page

    def test_a_trial_balance_is_looked_at_and_never_retyped(self, staff):
        client, organisation = staff
        balance = TrialBalanceFactory(organisation=organisation)
        TrialBalanceLineFactory(balance=balance, account="612000")
        page = client.get(f"/admin/invoices/trialbalance/{balance.pk}/change/")
        assert "612000" in page.content.decode()
        assert client.get("/admin/invoices/trialbalance/add/").status_code == 403
        answer = client.post(f"/admin/invoices/trialbalance/{balance.pk}/change/", {"year": "1999"})
        assert answer.status_code == 403
