"""A fund that pays its advances at one rate and settles at another, to the cent."""

from datetime import date

import pytest

from tests.factories import FigureEntryFactory
from tests.reports.checks.situations import Service, service

pytestmark = pytest.mark.django_db


def announced(place: Service, **terms: str | None) -> list[tuple[str, int | None]]:
    award = place.funded("maribel", granted=None, **terms)
    found = place.found(award, "instalment_not_recorded")
    return [(check.subject.removeprefix("schedule:"), check.amount) for check in found]


def test_four_advances_at_the_first_rate_and_the_difference_at_the_settlement() -> None:
    FigureEntryFactory(code="maribel.advance_329_02", since=date(2024, 1, 1), value="44000.01")
    place = service()
    found = announced(place, fund="329.02", ceiling="45000.00", settlement_on="2025-06-30")
    assert found == [
        *[(f"2024-{day}", 1_100_000) for day in ("03-31", "06-30", "09-30", "12-31")],
        ("2025-06-30", 100_000),
    ]


def test_without_the_rate_of_the_year_the_days_are_told_and_no_amount() -> None:
    found = announced(service(), fund="329.02", ceiling="45000.00")
    assert [amount for _day, amount in found] == [None] * 4


def test_a_fund_whose_rhythm_is_not_known_announces_nothing() -> None:
    assert announced(service(), fund="332", ceiling="45000.00") == []
    assert announced(service(), fund="329.03", ceiling="45000.00") == []


def test_terms_for_which_no_ceiling_is_published_are_told_in_words() -> None:
    place = service()
    award = place.funded(
        "maribel", fund="330", chamber="2", region="Bruxelles", ceiling=None, granted=None
    )
    found = {check.subject: check.message for check in place.found(award, "terms_missing")}
    message = found["term:maribel.ceiling_330_2_bruxelles"]
    assert "fonds 330, chambre du fonds 2, région ou rôle linguistique Bruxelles" in message
    assert place.dossier(award).amounts.payable is None


def test_the_letter_gives_a_ceiling_that_nobody_published() -> None:
    place = service()
    award = place.funded("maribel", fund="330", chamber="7", ceiling="45000.00", granted=None)
    assert place.found(award, "terms_missing") == []
    assert place.dossier(award).amounts.granted == 4_500_000
