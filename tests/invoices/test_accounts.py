"""Trial balances are stored whole and read by account; the administration keeps them apart."""

from datetime import date
from decimal import Decimal

import pytest

from invoices.models import TrialBalance
from invoices.selectors import balance_lines, openings_until, trial_balances
from invoices.services.accounts import AccountLine, replace_trial_balance
from tests.factories import (
    OpeningBalanceFactory,
    OrganisationFactory,
    TrialBalanceLineFactory,
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
