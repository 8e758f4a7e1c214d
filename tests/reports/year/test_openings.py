"""Opening balances: totals, what is refused, and receipts that are never counted twice."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.management import CommandError, call_command

from backoffice.federation.models import Organisation
from reports.year.openings import openings_of
from tests.factories import (
    AwardFactory,
    OpeningBalanceFactory,
    OrganisationFactory,
    ReceiptFactory,
)

pytestmark = pytest.mark.django_db

DAY = date(2023, 12, 31)


@pytest.fixture
def organisation() -> Organisation:
    made: Organisation = OrganisationFactory()
    return made


def opening(organisation: Organisation, account: str, amount: str, **more: object):
    return OpeningBalanceFactory(
        organisation=organisation, account=account, amount=Decimal(amount), **more
    )


def receivable(organisation: Organisation, **more: object):
    award = AwardFactory(
        organisation=organisation,
        reference="OLD",
        starts_on=date(2023, 1, 1),
        ends_on=date(2023, 12, 31),
    )
    plain = {"code": "R1", "award": award, "year": 2023, **more}
    return opening(organisation, "413", "8000.00", **plain)


def said(organisation: Organisation, level: str) -> list[str]:
    found = openings_of(organisation, DAY).findings
    return [f"{one.code} {one.message}".strip() for one in found if one.level == level]


def test_accounts_are_totalled_and_a_whole_balance_must_be_in_equilibrium(organisation) -> None:
    receivable(organisation)
    opening(organisation, "550", "2000.00")
    opening(organisation, "550", "500.00")
    equity = opening(organisation, "100", "-10500.00")
    found = openings_of(organisation, DAY)
    assert [(one.account, one.debit, one.credit) for one in found.totals] == [
        ("100", 0, 1050000),
        ("413", 800000, 0),
        ("550", 250000, 0),
    ]
    assert found.totals[1].label == "Subsides à recevoir"
    assert (found.complete, said(organisation, "error")) == (True, [])
    equity.amount = Decimal("-10499.99")
    equity.save()
    [error] = said(organisation, "error")
    assert "0,01" in error


def test_a_partial_take_on_needs_no_equilibrium_and_says_so(organisation) -> None:
    receivable(organisation)
    assert said(organisation, "error") == []
    assert "Reprise partielle" in said(organisation, "info")[0]


@pytest.mark.parametrize("account", ["620", "733000", "000"])
def test_only_accounts_of_the_balance_sheet_are_taken_on(organisation, account) -> None:
    opening(organisation, account, "1.00", code="X")
    assert f"X Le compte {account} n'est pas un compte de bilan" in said(organisation, "error")[0]


@pytest.mark.parametrize("account", ["413", "4130", "167"])
def test_a_balance_of_subsidies_names_its_award_and_exercise(organisation, account) -> None:
    opening(organisation, account, "-1.00", code="X")
    assert "demande la subvention et l'exercice" in said(organisation, "error")[0]


@pytest.mark.parametrize("year", [2022, 2024])
def test_an_exercise_that_is_not_of_the_award_or_not_begun_is_an_error(organisation, year) -> None:
    receivable(organisation, year=year)
    assert f"n'a pas d'exercice {year}" in said(organisation, "error")[0]


def test_the_same_award_and_exercise_twice_is_an_error(organisation) -> None:
    first = receivable(organisation)
    opening(organisation, "413", "1.00", code="R2", award=first.award, year=2023)
    assert said(organisation, "error") == [
        "R2 Même compte, subvention et exercice que R1 : gardez-en un."
    ]


def test_a_receipt_of_before_is_told_and_not_deducted_again(organisation) -> None:
    award = receivable(organisation).award
    ReceiptFactory(award=award, year=2023, received_on=DAY, amount=Decimal("1000.00"))
    ReceiptFactory(award=award, year=2023, received_on=date(2024, 1, 1), amount=Decimal("300.00"))
    ReceiptFactory(award=award, year=2024, received_on=date(2024, 5, 1), amount=Decimal("9.00"))
    [line] = openings_of(organisation, DAY).lines
    assert (line.amount, line.received_since, line.left) == (800000, 30000, 770000)
    assert any("pas comptés une seconde fois" in one for one in said(organisation, "info"))


@pytest.mark.parametrize(
    ("account", "amount", "words"),
    [
        ("413", "-5.00", "un trop-perçu se reprend au 167"),
        ("167", "5.00", "se reprend au crédit"),
        ("456", "5.00", "se reprend au crédit"),
    ],
)
def test_a_balance_on_the_wrong_side_is_doubtful(organisation, account, amount, words) -> None:
    award = AwardFactory(organisation=organisation, starts_on=date(2023, 1, 1))
    linked = {} if account == "456" else {"award": award, "year": 2023}
    opening(organisation, account, amount, **linked)
    assert words in " ".join(said(organisation, "warning"))


def test_a_holiday_provision_is_not_one_of_an_award(organisation) -> None:
    award = AwardFactory(organisation=organisation)
    opening(organisation, "456", "-5.00", award=award, evidence="")
    assert "celle de l'employeur" in " ".join(said(organisation, "warning"))
    assert "La pièce justificative manque" in " ".join(said(organisation, "warning"))


def test_reading_takes_two_queries_whatever_the_rows(
    organisation, django_assert_num_queries
) -> None:
    receivable(organisation)
    for _ in range(10):
        opening(organisation, "550", "1.00")
    with django_assert_num_queries(2):
        openings_of(organisation, DAY)


def test_the_command_prints_totals_and_ends_with_2_when_a_balance_is_wrong(
    organisation, capsys
) -> None:
    receivable(organisation)
    number = organisation.enterprise_number
    call_command("openings", "--organisation", number, "--on", "2023-12-31")
    out = capsys.readouterr().out
    assert "413                8000.00            0.00  Subsides à recevoir" in out
    opening(organisation, "620", "5.00", code="X")
    with pytest.raises(CommandError, match="X Le compte 620") as caught:
        call_command("openings", "--organisation", number, "--on", "2023-12-31")
    assert caught.value.returncode == 2


def test_a_day_without_balances_names_those_that_have_some(organisation) -> None:
    receivable(organisation)
    with pytest.raises(CommandError, match="Jours repris : 31/12/2023"):
        call_command(
            "openings", "--organisation", organisation.enterprise_number, "--on", "2022-12-31"
        )
