"""The approval behind an award: its kind, its months and its workers."""

from datetime import date
from decimal import Decimal

import pytest

from backoffice.federation.models import Approval
from tests.factories import ApprovalFactory, AssignmentFactory, AwardFactory, PostFactory
from tests.reports.checks.situations import Service, service

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("scheme", "kind"),
    [
        ("cocom_cap", "CAP"),
        ("wallonia_css", "CSS"),
        ("wallonia_ili", "ILI"),
        ("cocof_representative", "BODY"),
    ],
)
def test_each_new_scheme_settles_a_plain_service_and_wants_its_own_approval(
    scheme: str, kind: str
) -> None:
    place = service(kind)
    award = place.funded(scheme)
    dossier = place.dossier(award)
    assert (dossier.amounts.presented, dossier.amounts.payable) == (300_000, 300_000)
    assert dossier.errors == ()
    place.approval.kind = "SASPP"
    place.approval.save()
    (check,) = place.found(award, "approval_of_the_scheme")
    assert kind in check.message


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "months"),
    [
        (date(2024, 4, 1), None, 9),
        (date(2020, 1, 1), date(2024, 6, 30), 6),
        (date(2024, 1, 1), date(2024, 12, 31), 12),
        (date(2020, 1, 1), None, 12),
    ],
)
def test_a_cap_approved_for_part_of_the_year_is_granted_by_month(
    starts_on: date, ends_on: date | None, months: int
) -> None:
    place = service("CAP")
    award = place.funded("cocom_cap")
    Approval.objects.update(starts_on=starts_on, ends_on=ends_on)
    found = place.found(award, "approval_for_part_of_the_year")
    assert len(found) == (months < 12)
    assert all(f"couvre {months} mois" in check.message for check in found)
    assert all("prorata" in check.article for check in found)


def test_a_casg_is_not_granted_by_month_of_approval() -> None:
    place = service("CASG")
    award = place.funded("cocof_casg")
    Approval.objects.update(starts_on=date(2024, 4, 1))
    assert place.found(award, "approval_for_part_of_the_year") == []


def other_award(place: Service, *, approved: bool = True) -> object:
    """A second award, of another approval or of the same one, without anybody on it."""
    approval = place.approval
    if approved:
        approval = ApprovalFactory(organisation=place.organisation, code="SASPP-N", kind="SASPP")
    return AwardFactory(organisation=place.organisation, approval=approval, reference="B")


def work_on(place: Service, award: object, first: date, last: date) -> None:
    post = PostFactory(award=award, code="P9", starts_on=date(2020, 1, 1))
    days = {"starts_on": first, "ends_on": last}
    AssignmentFactory(worker=place.worker, post=post, weekly_hours=Decimal("1.00"), **days)


def test_a_worker_who_also_works_for_another_approval_is_named() -> None:
    place = service()
    award = place.funded("maribel")
    work_on(place, other_award(place), date(2024, 6, 1), date(2024, 6, 30))
    (check,) = place.found(award, "shared_worker")
    assert (check.level, check.who) == ("info", "W01")
    assert "SASPP-N" in check.message
    assert "(B)" in check.message


def test_two_awards_of_one_approval_share_their_workers_without_a_word() -> None:
    place = service()
    award = place.funded("maribel")
    work_on(place, other_award(place, approved=False), date(2024, 6, 1), date(2024, 6, 30))
    assert place.found(award, "shared_worker") == []


def test_an_award_of_the_whole_employer_has_no_other_approval() -> None:
    place = service()
    award = place.funded("maribel")
    work_on(place, other_award(place), date(2024, 6, 1), date(2024, 6, 30))
    award.approval = None
    award.save()
    assert place.found(award, "shared_worker") == []


def test_work_for_another_approval_in_another_year_is_not_shared() -> None:
    place = service()
    award = place.funded("maribel")
    work_on(place, other_award(place), date(2023, 6, 1), date(2023, 6, 30))
    assert place.found(award, "shared_worker") == []
