"""The life of a COCOM approval: it ends when the seat moves, and after five years at most."""

from datetime import date

import pytest

from backoffice.federation.models import Approval
from tests.factories import SiteFactory
from tests.reports.checks.situations import Service, service

pytestmark = pytest.mark.django_db

MOVED, LONG = "approval_ended_by_a_move", "approval_too_long"
FIRST, LAST = date(2022, 1, 1), date(2026, 12, 31)


def centre(moved_on: date | None, address: str = "rue Neuve 2", kind: str = "seat") -> Service:
    """A centre approved from 2022 to 2026, whose seat is in the rue Haute until it moves."""
    place = service("CAP")
    Approval.objects.update(starts_on=FIRST, ends_on=LAST)
    SiteFactory(
        approval=place.approval, code="S1", kind="seat", address="Rue Haute, 1", starts_on=FIRST
    )
    if moved_on:
        SiteFactory(
            approval=place.approval, code="S2", kind=kind, address=address, starts_on=moved_on
        )
    return place


@pytest.mark.parametrize(
    ("moved_on", "at_stake"),
    [
        (date(2024, 1, 1), 300_000),
        (date(2024, 1, 2), 275_000),
        (date(2024, 7, 1), 150_000),
        (date(2024, 7, 2), 125_000),
        (date(2024, 12, 31), 0),
        (date(2022, 1, 2), 300_000),
    ],
)
def test_a_seat_that_moves_ends_the_approval_from_that_day(moved_on: date, at_stake: int) -> None:
    """3,000.00 for the year: 250.00 for each month after the one of the move."""
    place = centre(moved_on)
    (check,) = place.found(place.funded("cocom_cap"), MOVED)
    assert (check.level, check.amount) == ("warning", at_stake)
    assert f"{moved_on:%d/%m/%Y}" in check.message
    assert "art. 10" in check.article


@pytest.mark.parametrize(
    ("moved_on", "address", "kind"),
    [
        (None, "", "seat"),
        (date(2025, 1, 1), "rue Neuve 2", "seat"),
        (date(2022, 1, 1), "rue Neuve 2", "seat"),
        (date(2027, 1, 1), "rue Neuve 2", "seat"),
        (date(2024, 6, 1), "rue haute 1", "seat"),
        (date(2024, 6, 1), "rue Neuve 2", "antenna"),
    ],
)
def test_what_is_not_a_move_within_the_approval_says_nothing(
    moved_on: date | None, address: str, kind: str
) -> None:
    place = centre(moved_on, address, kind)
    assert place.found(place.funded("cocom_cap"), MOVED) == []


def test_a_site_without_an_address_may_be_a_move_and_is_asked() -> None:
    place = centre(date(2024, 6, 1), address="")
    assert len(place.found(place.funded("cocom_cap"), MOVED)) == 1


def test_the_cocof_keeps_the_approval_of_a_centre_that_moves() -> None:
    place = centre(date(2024, 6, 1))
    Approval.objects.update(kind="CASG")
    assert place.found(place.funded("cocof_casg"), MOVED) == []


@pytest.mark.parametrize(
    ("ends_on", "found"),
    [
        (date(2026, 12, 31), 0),
        (date(2027, 1, 1), 1),
        (date(2023, 1, 1), 0),
        (None, 1),
    ],
)
def test_an_approval_lasts_five_years_at_most(ends_on: date | None, found: int) -> None:
    place = centre(None)
    Approval.objects.update(ends_on=ends_on)
    checks = place.found(place.funded("cocom_cap"), LONG)
    assert len(checks) == found
    assert all("5 ans" in check.message and "art. 7 et 8" in check.article for check in checks)


def test_five_years_from_a_leap_day_end_on_the_eve_of_the_last_of_february() -> None:
    place = centre(None)
    award = place.funded("cocom_cap")
    Approval.objects.update(starts_on=date(2020, 2, 29), ends_on=date(2025, 2, 27))
    assert place.found(award, LONG) == []
    Approval.objects.update(ends_on=date(2025, 2, 28))
    assert len(place.found(award, LONG)) == 1
