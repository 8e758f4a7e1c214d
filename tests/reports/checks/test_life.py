"""The life of a scheme: an exercise outside it is refused, and an award past its end is told."""

from datetime import date
from decimal import Decimal

import pytest

from grants.models import Award
from reports.dossier import Dossier
from reports.justifications import award_dossier
from staffing.models import ContractLine
from tests.factories import (
    AssignmentFactory,
    AwardFactory,
    PayItemFactory,
    PayMonthFactory,
    PostFactory,
    TermFactory,
)
from tests.reports.checks.situations import Service, service

pytestmark = pytest.mark.django_db
END = date(2026, 12, 31)


def dossier_of(place: Service, award: Award, year: int) -> Dossier:
    return award_dossier(place.organisation, award.reference, year, date(year + 1, 3, 1))


def ape(place: Service, starts_on: date, ends_on: date | None, scheme: str = "ape") -> Award:
    """An award with a worker paid in March of its first year."""
    award: Award = AwardFactory(
        organisation=place.organisation, scheme=scheme, starts_on=starts_on, ends_on=ends_on
    )
    days = {"starts_on": starts_on, "ends_on": None, "decided_on": starts_on}
    TermFactory(award=award, code="granted", value="3000.00", **days)
    ContractLine.objects.update(starts_on=date(2020, 1, 1))
    month = PayMonthFactory(worker=place.worker, month=date(starts_on.year, 3, 1))
    PayItemFactory(pay_month=month, cost_item="gross", amount="3000.00")
    post = PostFactory(award=award, starts_on=starts_on, ends_on=None)
    days = {"starts_on": month.month, "ends_on": date(starts_on.year, 3, 31)}
    AssignmentFactory(worker=place.worker, post=post, weekly_hours=Decimal("38.00"), **days)
    return award


def found(dossier: Dossier, code: str) -> list[tuple[str, str]]:
    return [(check.level, check.message) for check in dossier.checks if check.code == code]


@pytest.mark.parametrize("year", [2021, 2027])
def test_an_exercise_outside_the_life_of_its_scheme_has_no_amount_and_never_zero(
    year: int,
) -> None:
    place = service()
    award = ape(place, date(year, 1, 1), date(year, 12, 31))
    dossier = dossier_of(place, award, year)
    amounts = dossier.amounts
    assert amounts.presented == 300_000
    assert (amounts.granted, amounts.admissible, amounts.payable) == (None, None, None)
    assert (amounts.own_funds, amounts.balance) == (None, None)
    ((level, message),) = found(dossier, "scheme_not_in_force")
    assert level == "error"
    assert f"n'est pas en vigueur le 01/01/{year}" in message
    assert "du 01/01/2022 au 31/12/2026" in message
    assert found(dossier, "terms_missing") == []


@pytest.mark.parametrize(("year", "payable"), [(2022, 300_000), (2026, 300_000)])
def test_the_first_and_the_last_exercise_of_a_scheme_are_settled(year: int, payable: int) -> None:
    place = service()
    award = ape(place, date(year, 1, 1), date(year, 12, 31))
    dossier = dossier_of(place, award, year)
    assert dossier.amounts.payable == payable
    assert found(dossier, "scheme_not_in_force") == []
    assert found(dossier, "scheme_ends_before_award") == []


def test_an_exercise_that_the_end_cuts_is_settled_and_the_award_is_told_to_run_past_it() -> None:
    place = service()
    award = ape(place, date(2026, 1, 1), date(2027, 6, 30))
    dossier = dossier_of(place, award, 2026)
    assert dossier.amounts.payable == 300_000
    ((level, message),) = found(dossier, "scheme_ends_before_award")
    assert level == "warning"
    assert "prend fin le 31/12/2026 (prévision)" in message
    (check,) = [one for one in dossier.checks if one.code == "scheme_ends_before_award"]
    assert "Subvention sectorielle qui succède à l'APE" in check.todo


@pytest.mark.parametrize(("year", "told"), [(2025, 0), (2026, 1)])
def test_an_award_without_end_is_told_in_the_last_exercise_of_its_scheme(
    year: int, told: int
) -> None:
    place = service()
    award = ape(place, date(year, 1, 1), None)
    assert len(found(dossier_of(place, award, year), "scheme_ends_before_award")) == told


def test_an_award_that_ends_with_its_scheme_or_whose_scheme_goes_on_is_not_told() -> None:
    place = service()
    last = ape(place, date(2026, 1, 1), END)
    assert found(dossier_of(place, last, 2026), "scheme_ends_before_award") == []
    award = place.award("acs")
    assert place.found(award, "scheme_ends_before_award") == []


def test_the_successor_takes_over_on_the_next_day() -> None:
    place = service()
    award = ape(place, date(2027, 1, 1), date(2027, 12, 31), "wallonia_after_ape")
    assert dossier_of(place, award, 2027).amounts.payable == 300_000
