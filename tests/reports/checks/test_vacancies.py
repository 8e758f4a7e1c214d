"""Posts that nobody holds: found on a justification with their clock, or not at all."""

from datetime import date
from decimal import Decimal

import pytest

from grants.models import Award, Post
from reports.dossier import Check
from staffing.models import Assignment
from tests.factories import (
    AssignmentFactory,
    AwardFactory,
    ContractLineFactory,
    PostFactory,
    TermFactory,
    WorkerFactory,
)
from tests.reports.checks.situations import Service, service

pytestmark = pytest.mark.django_db

END = date(2024, 12, 31)


def held(place: Service, award: Award, until: date, first: date = date(2024, 1, 1)) -> Assignment:
    """The worker holds the only post of the award until a day."""
    return place.assign(award, starts_on=first, ends_on=until)


def replaced(place: Service, post: Post, from_day: date, hours: str = "38.00") -> None:
    worker = WorkerFactory(organisation=place.organisation, number="W02")
    ContractLineFactory(worker=worker)
    AssignmentFactory(
        worker=worker, post=post, starts_on=from_day, ends_on=None, weekly_hours=Decimal(hours)
    )


def found(place: Service, award: Award, as_of: date = END) -> list[Check]:
    codes = {"post_vacant", "post_filled_late"}
    return [check for check in place.dossier(award, as_of).checks if check.code in codes]


def test_a_departure_from_an_ape_post_has_six_months_and_two_more_over_the_summer() -> None:
    place = service()
    award = place.award("ape")
    held(place, award, date(2024, 3, 31))
    (check,) = found(place, award, date(2024, 11, 30))
    assert (check.level, check.who) == ("info", "P1")
    assert "vacant depuis le 01/04/2024 : à pourvoir pour le 30/11/2024, dans 0 jours" in (
        check.message
    )
    (late,) = found(place, award, date(2024, 12, 1))
    assert late.level == "warning"
    assert "dépassé de 1 jours" in late.message
    assert late.amount == 300_000


@pytest.mark.parametrize("first", [date(2024, 3, 31), date(2024, 4, 1)])
def test_a_replacement_of_the_day_before_or_of_the_day_after_is_no_vacancy(first: date) -> None:
    place = service()
    award = place.award("ape")
    replaced(place, held(place, award, date(2024, 3, 31)).post, first)
    assert found(place, award) == []


@pytest.mark.parametrize(("filled_on", "late"), [(date(2024, 10, 1), 0), (date(2024, 10, 2), 1)])
def test_a_post_filled_after_its_last_day_is_told_and_not_one_filled_in_time(
    filled_on: date, late: int
) -> None:
    """A letter that gives three months from 1 July: the last day to fill is 30 September."""
    place = service()
    award = place.award("maribel", replacement_months="3")
    replaced(place, held(place, award, date(2024, 6, 30)).post, filled_on)
    checks = found(place, award)
    assert [check.code for check in checks] == ["post_filled_late"] * late


def test_a_fund_whose_delay_nobody_found_says_so_and_gives_no_deadline() -> None:
    place = service()
    award = place.award("maribel")
    held(place, award, date(2024, 3, 31))
    (check,) = found(place, award)
    assert (check.level, check.article) == ("info", "")
    assert "aucun délai connu" in check.message


def test_a_post_that_was_never_filled_follows_the_day_of_the_letter() -> None:
    place = service()
    award = place.award("maribel", replacement_months="1")
    PostFactory(award=award, code="P1")
    (check,) = found(place, award)
    assert "jamais pourvu depuis le 01/01/2024 : aucun délai connu" in check.message
    TermFactory(award=award, code="hire_by", value="2024-06-30")
    (late,) = found(place, award)
    assert (late.level, late.article) == ("warning", "LETTRE-1")


def test_fewer_hours_than_the_post_leave_the_rest_vacant() -> None:
    place = service()
    award = place.award("ape")
    replaced(place, held(place, award, date(2024, 10, 31)).post, date(2024, 11, 1), "19.00")
    (check,) = found(place, award)
    assert "0,50 ETP vacant depuis le 01/11/2024" in check.message


def test_an_assignment_that_outlives_the_contract_holds_nothing() -> None:
    place = service()
    award = place.award("ape")
    place.contract.ends_on = date(2024, 8, 31)
    place.contract.save()
    held(place, award, END)
    (check,) = found(place, award)
    assert "vacant depuis le 01/09/2024" in check.message


def test_a_vacancy_that_began_under_the_former_award_keeps_its_first_day() -> None:
    place = service()
    former = AwardFactory(
        organisation=place.organisation,
        scheme="maribel",
        reference="FORMER",
        starts_on=date(2023, 1, 1),
        ends_on=date(2023, 12, 31),
    )
    post = PostFactory(award=former, code="P1", starts_on=date(2023, 1, 1), ends_on=former.ends_on)
    AssignmentFactory(
        worker=place.worker, post=post, starts_on=date(2023, 1, 1), ends_on=date(2023, 9, 30)
    )
    award = place.award("maribel", replacement_months="6")
    Award.objects.filter(pk=award.pk).update(renews=former)
    PostFactory(award=award, code="P1")
    (check,) = found(place, award)
    assert "vacant depuis le 01/10/2023 : à pourvoir pour le 31/03/2024" in check.message


def renewed(place: Service, year: int, renews: Award | None) -> Award:
    first, last = date(year, 1, 1), date(year, 12, 31)
    award: Award = AwardFactory(
        organisation=place.organisation,
        scheme="maribel",
        reference=f"M{year}",
        starts_on=first,
        ends_on=last,
        renews=renews,
    )
    PostFactory(award=award, code="P1", starts_on=first, ends_on=last)
    return award


def test_a_vacancy_is_followed_through_an_award_whose_post_nobody_held() -> None:
    place = service()
    oldest = renewed(place, 2022, None)
    AssignmentFactory(
        worker=place.worker,
        post=oldest.posts.get(),
        starts_on=date(2022, 1, 1),
        ends_on=date(2022, 9, 30),
    )
    middle = renewed(place, 2023, oldest)
    award = place.award("maribel", replacement_months="6")
    Award.objects.filter(pk=award.pk).update(renews=middle)
    PostFactory(award=award, code="P1")
    (check,) = found(place, award)
    assert "vacant depuis le 01/10/2022" in check.message


def test_awards_that_renew_one_another_in_a_circle_are_each_read_once() -> None:
    place = service()
    former = renewed(place, 2023, None)
    award = place.award("maribel")
    held(place, award, date(2024, 3, 31))
    AssignmentFactory(
        worker=place.worker,
        post=former.posts.get(),
        starts_on=date(2023, 1, 1),
        ends_on=date(2023, 12, 31),
    )
    Award.objects.filter(pk=award.pk).update(renews=former)
    Award.objects.filter(pk=former.pk).update(renews=award)
    (check,) = found(place, award)
    assert "vacant depuis le 01/04/2024" in check.message


def test_an_award_that_pays_more_than_posts_says_nothing_of_them() -> None:
    place = service()
    award = place.award("cocof_casg")
    held(place, award, date(2024, 3, 31))
    assert found(place, award) == []
