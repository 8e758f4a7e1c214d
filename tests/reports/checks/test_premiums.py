"""ACS premiums: the type of the agreement, its rate, and the years paid at the amount of 2024."""

from datetime import date

import pytest

from backoffice.federation.models import FigureEntry
from grants.models import Award
from grants.scheme import general_figures
from grants.terms import PREMIUM_TYPES, TERMS, BadTerm, premium_figure, read_term
from reports.dossier import Check, Dossier
from reports.justifications import award_dossier
from tests.factories import TermFactory
from tests.reports.checks.situations import AS_OF, Service, service

pytestmark = pytest.mark.django_db
YEARS = (2024, 2025, 2026)


def fill(code: str, value: str) -> None:
    """A figure as a user fills it in."""
    seen = {"source": "Convention", "verified_on": date(2024, 1, 2)}
    FigureEntry.objects.create(
        code=code, since=date(2024, 1, 1), value=value, status="confirmed", **seen
    )


def dossier_of(place: Service, award: Award, year: int) -> Dossier:
    return award_dossier(place.organisation, award.reference, year, date(year + 1, 3, 1))


def provisional(place: Service, award: Award, year: int) -> list[Check]:
    checks = dossier_of(place, award, year).checks
    return [check for check in checks if check.code == "premium_provisional"]


def test_the_table_has_nineteen_types_that_nobody_found_and_a_base_that_is_to_confirm() -> None:
    figures = general_figures()
    types = [code for code in figures if code.startswith("acs.premium_type_")]
    assert len(types) == PREMIUM_TYPES == 19
    assert {figures[code].entry(date(2026, 1, 1)).status for code in types} == {"missing"}
    assert len({figures[code].label["fr"] for code in types}) == 19


@pytest.mark.parametrize(
    ("text", "name"),
    [
        *(("7", "premium_type_07"), ("07", "premium_type_07"), ("19", "premium_type_19")),
        *(("base", "base_premium"), (" Base ", "base_premium"), ("1", "premium_type_01")),
    ],
)
def test_a_type_is_a_number_or_the_base(text: str, name: str) -> None:
    assert premium_figure(text) == name


@pytest.mark.parametrize("text", ["0", "20", "-1", "A", "1.5", "²"])
def test_a_type_outside_the_table_is_refused_with_its_text(text: str) -> None:
    with pytest.raises(BadTerm, match="de 1 à 19"):
        read_term("premium_type", text)


def test_the_type_of_the_agreement_picks_its_premium_once_somebody_filled_it_in() -> None:
    place = service()
    award = place.funded("acs", granted=None, premium=None, premium_type="7")
    (check,) = place.found(award, "terms_missing")
    assert check.subject == "term:acs.premium_type_07"
    assert place.dossier(award).amounts.payable is None
    fill("acs.premium_type_07", "24000")
    dossier = place.dossier(award)
    assert dossier.amounts.payable == 200_000
    assert "acs.premium_type_07" in {use.code for use in dossier.figures}


def test_the_premium_of_the_letter_wins_over_that_of_its_type() -> None:
    place = service()
    fill("acs.premium_type_07", "24000")
    award = place.funded("acs", granted=None, premium="12000.00", premium_type="7")
    assert place.dossier(award).amounts.payable == 100_000


def test_the_base_premium_is_5035_for_a_full_time_year_and_to_confirm() -> None:
    place = service()
    award = place.funded("acs", granted=None, premium=None, premium_type="base")
    dossier = place.dossier(award)
    assert dossier.amounts.payable == 41_958
    assert "figure_to_confirm" in {check.code for check in dossier.checks}


@pytest.mark.parametrize(
    ("rate", "told"), [("0.95", 0), ("95 %", 0), ("1", 0), ("0.9499", 1), ("0.5", 1)]
)
def test_a_rate_below_the_basic_one_is_told(rate: str, told: int) -> None:
    place = service()
    award = place.funded("acs", premium_rate=rate)
    assert len(place.found(award, "premium_rate_below", AS_OF)) == told


def test_a_rate_that_is_too_low_is_written_in_french_with_the_label_of_its_term() -> None:
    place = service()
    (check,) = place.found(place.funded("acs", premium_rate="0.5"), "premium_rate_below")
    assert "(0,5) est plus bas que le taux de base (0,95)" in check.message
    assert check.article == "bruxeo.be, dossier ACS ; bx1.be (budget 2020)"
    assert "premium_rate" not in check.todo
    assert f"« {TERMS['premium_rate'].fr} »" in check.todo


def yearly(place: Service, premiums: dict[int, str]) -> Award:
    """An agreement without end, with a premium for some years."""
    award = place.award("acs", premium=None, premium_rate=None, granted=None)
    Award.objects.update(ends_on=None)
    TermFactory(award=award, code="premium_rate", value="1", ends_on=None)
    for year, value in premiums.items():
        days = {"starts_on": date(year, 1, 1), "ends_on": date(year, 12, 31)}
        TermFactory(award=award, code="premium", value=value, decided_on=date(2024, 1, 1), **days)
    return award


@pytest.mark.parametrize(
    ("premiums", "words"),
    [
        (dict.fromkeys(YEARS, "24000.00"), "est celle de 2024"),
        ({2024: "24000.00", 2025: "24480.00", 2026: "24480.00"}, "diffère de celle de 2024"),
        ({2025: "24480.00", 2026: "24480.00"}, "n'est pas encodée ici"),
    ],
)
def test_the_premium_of_2025_and_2026_is_compared_with_that_of_2024_both_ways(
    premiums: dict[int, str], words: str
) -> None:
    place = service()
    award = yearly(place, premiums)
    for year in (2025, 2026):
        (check,) = provisional(place, award, year)
        assert check.level == "warning"
        assert words in check.message
        assert "bruxeo, 2 décembre 2025" in check.article
    assert provisional(place, award, 2024) == []


def test_another_premium_asks_for_another_signature() -> None:
    place = service()
    award = yearly(place, {2024: "24000.00", 2025: "24480.00"})
    (first,) = provisional(place, award, 2025)
    award.terms.filter(value="24480.00").update(value="24500.00")
    (second,) = provisional(place, award, 2025)
    assert first.subject != second.subject


def test_an_unknown_premium_and_another_scheme_are_not_compared() -> None:
    place = service()
    assert provisional(place, yearly(place, {2024: "24000.00"}), 2025) == []
    award = place.award("maribel", reference="M")
    Award.objects.update(ends_on=None)
    assert provisional(place, award, 2025) == []
