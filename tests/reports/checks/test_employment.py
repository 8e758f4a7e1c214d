"""APE: the volume of the employer against its reference, and the posts that must be held."""

from datetime import date
from decimal import Decimal

import pytest

from backoffice.engine.periods import add_months
from grants.models import Award, Post
from reports.dossier import Check
from staffing.models import Assignment, ContractLine
from tests.factories import ContractLineFactory, PayMonthFactory, TermFactory, WorkerFactory
from tests.reports.checks.situations import AS_OF, Service, service

pytestmark = pytest.mark.django_db


def ape(place: Service, **terms: str) -> Award:
    """An award without end since 2022, with some terms of its decision; the contract too."""
    award = place.funded("ape")
    Award.objects.update(starts_on=date(2022, 1, 1), ends_on=None)
    ContractLine.objects.update(starts_on=date(2021, 1, 1), ends_on=None)
    days = {"starts_on": date(2022, 1, 1), "ends_on": None, "decided_on": date(2021, 12, 1)}
    for code, value in terms.items():
        TermFactory(award=award, code=code, value=value, **days)
    return award


def paid(place: Service, year: int, months: int) -> None:
    """The worker is paid in the first months of a year."""
    for month in range(months):
        PayMonthFactory(worker=place.worker, month=add_months(date(year, 1, 1), month))


def found(place: Service, award: Award, code: str, as_of: date = AS_OF) -> list[Check]:
    return place.found(award, code, as_of)


@pytest.mark.parametrize(
    ("reference", "level", "words"),
    [
        ("1", None, ""),
        ("0.99", None, ""),
        ("1.01", "info", "dans la tolérance (minimum 0,808)"),
        ("1.25", "info", "dans la tolérance (minimum 1,00)"),
        ("1.26", "warning", "pour un minimum de 1,008 (référence 1,26"),
        ("5", "warning", "pour un minimum de 4,00 (référence 5,00"),
        ("5.01", "warning", "pour un minimum de 4,509 (référence 5,01"),
    ],
)
def test_one_full_time_is_judged_against_the_reference_with_its_tolerance(
    reference: str, level: str | None, words: str
) -> None:
    place = service()
    checks = found(place, ape(place, vge_reference=reference), "vge_below_reference")
    assert [check.level for check in checks] == ([level] if level else [])
    assert all(words in check.message for check in checks)


@pytest.mark.parametrize(
    ("of_2022", "of_2023", "lasts"),
    [(12, 12, True), (11, 12, False), (12, 11, False), (12, 0, False)],
)
def test_three_missed_years_in_a_row_bring_the_subsidy_down_for_good(
    of_2022: int, of_2023: int, *, lasts: bool
) -> None:
    place = service()
    award = ape(place, vge_reference="2")
    paid(place, 2022, of_2022)
    paid(place, 2023, of_2023)
    (check,) = found(place, award, "vge_below_reference")
    assert ("manqué chaque année depuis 2022" in check.message) == lasts
    assert ("qui se répète, 1,00 ETP" in check.message) == lasts


def test_the_fall_that_lasts_is_the_smallest_of_the_three_years() -> None:
    place = service()
    award = ape(place, vge_reference="4")
    paid(place, 2022, 12)
    paid(place, 2023, 12)
    other = WorkerFactory(organisation=place.organisation, number="W02")
    days = {"starts_on": date(2022, 1, 1), "ends_on": date(2022, 12, 31)}
    ContractLineFactory(worker=other, weekly_hours=Decimal("19.00"), **days)
    (check,) = found(place, award, "vge_below_reference")
    assert "qui se répète, 2,50 ETP" in check.message


def test_a_volume_of_a_year_that_is_not_over_says_so() -> None:
    place = service()
    award = ape(place, vge_reference="2")
    (before,) = found(place, award, "vge_below_reference", date(2024, 12, 30))
    (after,) = found(place, award, "vge_below_reference", date(2024, 12, 31))
    assert before.message.endswith("L'année n'est pas finie.")
    assert not after.message.endswith("L'année n'est pas finie.")


@pytest.mark.parametrize(
    ("minimum", "last", "told"),
    [
        ("1", date(2024, 12, 31), 0),
        ("1", date(2024, 12, 30), 1),
        ("0.99", date(2024, 12, 30), 0),
        ("1.01", date(2024, 12, 31), 1),
    ],
)
def test_the_posts_of_the_award_are_held_up_to_the_vep(minimum: str, last: date, told: int) -> None:
    place = service()
    award = ape(place, vep_minimum=minimum)
    Post.objects.update(starts_on=date(2022, 1, 1), ends_on=None)
    Assignment.objects.update(starts_on=date(2024, 1, 1), ends_on=last)
    checks = found(place, award, "vep_not_reached")
    assert len(checks) == told


def test_hours_after_the_contract_do_not_hold_a_post() -> None:
    place = service()
    award = ape(place, vep_minimum="1")
    Post.objects.update(starts_on=date(2022, 1, 1), ends_on=None)
    Assignment.objects.update(starts_on=date(2024, 1, 1), ends_on=None)
    ContractLine.objects.update(ends_on=date(2024, 6, 30))
    (check,) = found(place, award, "vep_not_reached")
    assert "0,4973 ETP occupés en 2024 pour 1,00 demandés, il manque 0,5027 ETP" in check.message


def test_hours_above_the_contract_do_not_hold_a_post() -> None:
    place = service()
    award = ape(place, vep_minimum="1")
    Post.objects.update(starts_on=date(2022, 1, 1), ends_on=None)
    Assignment.objects.update(starts_on=date(2024, 1, 1), ends_on=None)
    ContractLine.objects.update(weekly_hours=Decimal(19))
    (check,) = found(place, award, "vep_not_reached")
    assert "0,50 ETP occupés en 2024 pour 1,00 demandés" in check.message


def test_hours_after_the_end_of_the_post_do_not_hold_it() -> None:
    place = service()
    award = ape(place, vep_minimum="1")
    Post.objects.update(starts_on=date(2022, 1, 1), ends_on=date(2024, 6, 30))
    Assignment.objects.update(starts_on=date(2024, 1, 1), ends_on=None)
    (check,) = found(place, award, "vep_not_reached")
    assert "0,4973 ETP occupés en 2024 pour 1,00 demandés" in check.message


def test_a_decision_without_reference_or_minimum_is_not_judged() -> None:
    place = service()
    award = ape(place)
    assert found(place, award, "vge_below_reference") == []
    assert found(place, award, "vep_not_reached") == []
