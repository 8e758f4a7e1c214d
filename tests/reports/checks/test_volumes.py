"""Activity volumes of an approval, and its analytical account in the books."""

from datetime import date
from decimal import Decimal

import pytest

from grants.models import Award, Post
from reports.dossier import Check
from reports.justifications import award_dossier
from tests.factories import (
    ActivityVolumeFactory,
    ApprovalFactory,
    TrialBalanceFactory,
    TrialBalanceLineFactory,
)
from tests.reports.checks.situations import Service, service

pytestmark = pytest.mark.django_db
LEAST = [
    ("french", "hours", "400"),
    ("citizenship", "modules", "3"),
    ("citizenship", "module_hours", "60"),
    ("social", "files", "24"),
    ("social", "week_hours", "8"),
    ("legal", "files", "24"),
    ("legal", "week_hours", "8"),
    ("intercultural", "hours", "570"),
    ("antiracism", "hours", "570"),
]


def ili(year: int = 2025) -> tuple[Service, Award]:
    """An ILI with an award of one year."""
    place = service("ILI")
    award = place.award("wallonia_ili")
    Award.objects.update(starts_on=date(year, 1, 1), ends_on=date(year, 12, 31))
    Post.objects.update(starts_on=date(year, 1, 1), ends_on=date(year, 12, 31))
    return place, award


def volumes(
    place: Service, award: Award, as_of: date = date(2026, 2, 1), year: int = 2025
) -> list[Check]:
    dossier = award_dossier(place.organisation, award.reference, year, as_of)
    return [check for check in dossier.checks if check.code.startswith("volume")]


@pytest.mark.parametrize(("mission", "unit", "least"), LEAST)
def test_a_mission_reaches_the_least_volume_of_the_approval_or_is_a_warning(
    mission: str, unit: str, least: str
) -> None:
    place, award = ili()
    row = ActivityVolumeFactory(
        approval=place.approval, mission=mission, unit=unit, volume=Decimal(least)
    )
    assert [c for c in volumes(place, award) if c.code == "volume_below"] == []
    row.volume -= Decimal("0.01")
    row.save()
    (check,) = [c for c in volumes(place, award) if c.code == "volume_below"]
    assert (check.level, check.who) == ("warning", place.approval.code)
    assert str(row.volume).replace(".", ",") in check.message
    assert "condition de l'agrément" in check.todo
    assert "6 juin 2024" in check.article


@pytest.mark.parametrize(
    ("as_of", "words"), [(date(2025, 12, 31), "à ce jour"), (date(2026, 1, 1), "en demande 400")]
)
def test_a_year_that_runs_is_told_from_one_that_is_over(as_of: date, words: str) -> None:
    place, award = ili()
    ActivityVolumeFactory(approval=place.approval, volume=Decimal(100))
    (check,) = volumes(place, award, as_of)
    assert words in check.message


def test_volumes_that_nobody_entered_are_unknown() -> None:
    place, award = ili()
    ActivityVolumeFactory(approval=place.approval, year=2024)
    (check,) = volumes(place, award)
    assert (check.code, check.level) == ("volume_unknown", "info")
    assert "toutes les missions" in check.message


def test_a_mission_that_lacks_one_of_its_units_is_named() -> None:
    place, award = ili()
    ActivityVolumeFactory(approval=place.approval, mission="social", unit="files")
    (check,) = volumes(place, award)
    assert "Accompagnement social (heures par semaine)" in check.message


def test_before_the_order_no_least_volume_is_in_force() -> None:
    place, award = ili(2024)
    ActivityVolumeFactory(approval=place.approval, year=2024, volume=Decimal(1))
    assert volumes(place, award, year=2024) == []


def test_another_approval_has_its_own_volumes() -> None:
    place, award = ili()
    other = ApprovalFactory(organisation=place.organisation, kind="ILI")
    ActivityVolumeFactory(approval=other, volume=Decimal(1))
    assert [check.code for check in volumes(place, award)] == ["volume_unknown"]


def account(place: Service, scheme: str = "cocof_casg") -> list[Check]:
    award = place.funded(scheme)
    return [c for c in place.dossier(award).checks if c.code.startswith("analytical")]


@pytest.mark.parametrize(
    ("code", "ends_on", "found"),
    [
        ("100", None, ["analytical_account_shared"]),
        ("100", date(2024, 1, 1), ["analytical_account_shared"]),
        ("100", date(2023, 12, 31), []),
        ("200", None, []),
    ],
    ids=["shared", "shared for a day", "the one before", "its own"],
)
def test_two_approvals_of_one_year_do_not_share_an_analytical_account(
    code: str, ends_on: date | None, found: list[str]
) -> None:
    place = service()
    other = ApprovalFactory(
        organisation=place.organisation, kind="CAP", analytical_account=code, ends_on=ends_on
    )
    checks = account(place)
    assert [check.code for check in checks] == found
    for check in checks:
        assert (check.level, other.code in check.message) == ("warning", True)
        assert "art. 124" in check.article


def test_a_scheme_without_analytical_rule_does_not_ask() -> None:
    place = service("CAP")
    ApprovalFactory(organisation=place.organisation)
    assert account(place, "cocom_cap") == []


def test_the_accounts_of_another_employer_are_another_matter() -> None:
    place = service()
    ApprovalFactory()
    assert account(place) == []


@pytest.mark.parametrize(
    ("number", "analytical", "debit", "credit", "found"),
    [
        ("612", "100", "10.00", "0.00", False),
        ("612", "200", "10.00", "0.00", True),
        ("612", "", "10.00", "0.00", True),
        ("737", "100", "0.00", "10.00", True),
        ("612", "100", "10.00", "10.00", True),
    ],
    ids=["a cost", "of another account", "of none", "an income", "booked out again"],
)
def test_an_approval_has_costs_under_its_account_once_the_balance_is_there(
    number: str, analytical: str, debit: str, credit: str, *, found: bool
) -> None:
    place = service()
    balance = TrialBalanceFactory(organisation=place.organisation, year=2024)
    TrialBalanceLineFactory(
        balance=balance,
        account=number,
        analytical_account=analytical,
        debit=Decimal(debit),
        credit=Decimal(credit),
    )
    assert [check.code for check in account(place)] == ["analytical_account_without_costs"] * found


def test_a_balance_of_another_year_says_nothing() -> None:
    place = service()
    balance = TrialBalanceFactory(organisation=place.organisation, year=2023)
    TrialBalanceLineFactory(balance=balance, analytical_account="200")
    assert account(place) == []
