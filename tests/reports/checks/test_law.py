"""Money to give back: the article of the authority, and interest once its rate is known."""

from datetime import date
from decimal import Decimal

import pytest

from backoffice.federation.models import FigureEntry
from grants.models import Award
from tests.factories import ReceiptFactory
from tests.reports.checks.situations import Service, service

pytestmark = pytest.mark.django_db


def overpaid(place: Service, scheme: str, amount: str = "3100.00") -> Award:
    """3,000.00 are payable for the worker of March."""
    award = place.funded(scheme)
    ReceiptFactory(award=award, amount=Decimal(amount))
    return award


@pytest.mark.parametrize(("amount", "cents"), [("3000.00", 0), ("3000.01", 1), ("3100.00", 10_000)])
def test_what_was_received_above_what_is_payable_goes_back(amount: str, cents: int) -> None:
    place = service()
    found = place.found(overpaid(place, "cocof_facultative", amount), "money_to_give_back")
    assert [(check.level, check.amount) for check in found] == [("info", cents)] * bool(cents)


@pytest.mark.parametrize(
    ("scheme", "article", "interest"),
    [
        ("cocof_facultative", "Décret COCOF du 24 avril 2014, art. 94 §3", False),
        ("cocom_facultative", "Loi du 16 mai 2003, art. 13", True),
        ("region_facultative", "Ordonnance organique du 23 février 2006 (OOBCC)", False),
        ("fwb_facultative", "Loi du 16 mai 2003, art. 13", False),
    ],
)
def test_the_law_of_the_authority_is_cited_and_interest_only_where_a_text_was_found(
    scheme: str, article: str, interest: object
) -> None:
    place = service()
    (check,) = place.found(overpaid(place, scheme), "money_to_give_back")
    assert article in check.article
    assert ("intérêt" in check.message) == interest
    assert ("law.legal_interest_rate" in check.message) == interest


def test_a_regional_award_of_2025_cites_the_code() -> None:
    place = service()
    award = overpaid(place, "region_facultative")
    award.letter_on = date(2025, 1, 1)
    award.save()
    place.invoice(award, issued_on=date(2024, 3, 1))
    (check,) = place.found(award, "money_to_give_back")
    assert "Code des finances publiques (ordonnance du 4 avril 2024), art. 167" in check.article


def test_interest_of_a_year_is_told_once_its_rate_is_filled_in() -> None:
    """5.25 % of 100.00 is 5.25."""
    FigureEntry.objects.create(
        code="law.legal_interest_rate",
        since=date(2024, 1, 1),
        value="0.0525",
        status="confirmed",
        source="Cas inventé",
        verified_on=date(2026, 11, 26),
    )
    place = service()
    (check,) = place.found(overpaid(place, "cocom_facultative"), "money_to_give_back")
    assert "5,25" in check.message
    assert "art. 24" in check.message
