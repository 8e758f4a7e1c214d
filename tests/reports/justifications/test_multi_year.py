"""A subsidy over three years: each exercise has its own amount, and the rest as any other award."""

from datetime import date

import pytest

from grants.models import Award
from reports.documents.words import rule_text
from reports.dossier import Dossier
from reports.justifications import award_dossier
from tests.factories import AwardFactory, TermFactory
from tests.reports.checks.situations import Service, service

pytestmark = pytest.mark.django_db


def three_years(place: Service) -> Award:
    """COCOF, 2024 to 2026, 65,000.00 in its first year."""
    award: Award = AwardFactory(
        organisation=place.organisation,
        scheme="cocof_multi_year",
        reference="PSSI",
        starts_on=date(2024, 1, 1),
        ends_on=date(2026, 12, 31),
    )
    TermFactory(award=award, code="first_year_amount", value="65000.00", ends_on=date(2026, 12, 31))
    return award


def dossier(place: Service, year: int) -> Dossier:
    return award_dossier(place.organisation, "PSSI", year, date(2027, 3, 1))


@pytest.mark.parametrize(
    ("year", "cents"), [(2024, 6_500_000), (2025, 6_710_762), (2026, 6_859_299)]
)
def test_each_exercise_is_granted_its_own_amount(year: int, cents: int) -> None:
    place = service()
    place.assign(three_years(place))
    found = dossier(place, year)
    assert found.amounts.granted == cents
    assert found.amounts.presented == (300_000 if year == 2024 else 0)
    assert [line.due_on for line in found.deadlines] == [date(2026, 12, 31)] * (year == 2026)


def test_the_rule_of_the_amount_is_told_in_words() -> None:
    place = service()
    three_years(place)
    assert rule_text(dossier(place, 2025).amounts.grant_rule).split(" \u00d7 ") == [
        "montant de la première année",
        "indice santé de décembre avant l'exercice / "
        "indice santé de décembre avant la première année",
    ]


def test_the_amount_that_a_letter_gives_for_an_exercise_wins() -> None:
    place = service()
    award = three_years(place)
    TermFactory(
        award=award, value="66000.00", starts_on=date(2025, 1, 1), ends_on=date(2025, 12, 31)
    )
    assert dossier(place, 2025).amounts.granted == 6_600_000
    assert dossier(place, 2026).amounts.granted == 6_859_299
