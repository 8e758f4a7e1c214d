"""What a facultative award admits of the things it buys: the signed cases, and year after year."""

from datetime import date
from decimal import Decimal

import pytest

from backoffice.engine import money
from grants.terms import BadTerm, read_number
from reports.documents.words import rule_text
from reports.justifications import award_dossier
from tests.factories import TermFactory, VentilationFactory
from tests.golden import cases
from tests.reports.checks.situations import service

pytestmark = pytest.mark.django_db
CASES = cases("claims_investment.csv")


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_a_thing_bought_in_february_is_admitted_as_signed(case: dict[str, str]) -> None:
    place = service()
    terms = dict(part.split("=") for part in case["terms"].split(";") if part)
    award = place.award("cocof_facultative", granted="50000.00", **terms)
    place.invoice(award, category="equipment", amount=Decimal(case["price"]))
    (head,) = place.dossier(award).heads
    assert money.text(head.admissible) == case["admissible"]


def test_the_rule_and_its_terms_are_shown() -> None:
    place = service()
    award = place.award("cocof_facultative", own_share_min="25 %", small_item_max="90000.00")
    place.invoice(award, category="equipment", amount=Decimal("20000.00"))
    dossier = place.dossier(award)
    assert "seuil" not in dossier.heads[0].rule
    assert "cofinancement minimum" in rule_text(dossier.heads[0].rule)
    used = {use.code: use.status for use in dossier.figures}
    assert used["cocof_facultative.investment_free"] == "to_confirm"
    assert used["cocof_facultative.small_item_max"] == "confirmed"
    (check,) = place.found(award, "head_above_maximum")
    assert check.amount == 500_000


def test_own_money_without_a_known_threshold_stays_unknown() -> None:
    place = service()
    award = place.award("cocom_facultative", own_share_min="25 %")
    place.invoice(award, category="equipment", amount=Decimal("20000.00"))
    assert place.dossier(award).amounts.admissible is None
    TermFactory(award=award, code="investment_free", value="10000.00")
    assert place.dossier(award).amounts.admissible == 1_500_000


def test_too_dear_a_thing_is_named_with_the_maximum_of_the_letter() -> None:
    place = service()
    award = place.award("cocof_facultative", small_item_max="500.00")
    place.invoice(award, category="equipment", amount=Decimal("500.01"), piece="E-1")
    (check,) = place.found(award, "invoice_not_admitted")
    assert check.who == "E-1"
    assert "500,00" in check.message


def test_a_share_of_a_dear_thing_is_judged_by_its_whole_price() -> None:
    place = service()
    award = place.award("cocof_facultative", small_item_max="500.00")
    place.invoice(award, (1, 2), category="equipment", amount=Decimal("600.00"))
    assert place.dossier(award).amounts.admissible == 0


def test_a_thing_is_borne_by_each_exercise_of_the_award_and_only_once_in_all() -> None:
    """1,000.00 over three years from November 2024: 2, 12, 12 and 10 of 36 months."""
    place = service()
    award = place.award("cocof_facultative", "A", depreciation_years="3", granted="9000.00")
    award.ends_on = date(2027, 12, 31)
    award.save()
    award.terms.update(ends_on=date(2027, 12, 31))
    place.invoice(
        award,
        category="equipment",
        amount=Decimal("1000.00"),
        issued_on=date(2024, 11, 20),
        paid_on=date(2024, 12, 1),
    )
    borne = [
        award_dossier(place.organisation, "A", year, date(2029, 1, 1)).amounts
        for year in (2024, 2025, 2026, 2027)
    ]
    assert [amounts.presented for amounts in borne] == [5_556, 33_333, 33_333, 27_778]
    assert [amounts.admissible for amounts in borne] == [5_556, 33_333, 33_333, 27_778]


def test_another_award_on_the_same_invoice_takes_its_share_at_once() -> None:
    place = service()
    spread = place.award("cocof_facultative", "A", depreciation_years="5")
    whole = place.award("cocom_facultative", "B")
    invoice = place.invoice(spread, (1, 2), category="equipment", amount=Decimal("1200.00"))
    VentilationFactory(invoice=invoice, award=whole, share_numerator=1, share_denominator=2)
    assert place.dossier(spread).amounts.presented == 11_000
    assert place.dossier(whole).amounts.presented == 60_000


def test_a_life_of_less_than_a_year_is_refused() -> None:
    with pytest.raises(BadTerm, match="au moins 1"):
        read_number("depreciation_years", "0")
