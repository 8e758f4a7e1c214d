"""The treasury under a scenario: one of the library, a stored one, or some days late."""

from datetime import date

import pytest
from django.urls import reverse

from backoffice.federation.models import Organisation
from backoffice.federation.roles import Role
from reports.models import StoredScenario
from reports.scenarios.ready import library
from reports.scenarios.services import create_scenario
from reports.treasury.choosing import choices_for, chosen, delayed, supposed
from reports.treasury.page import page_of
from reports.treasury.reading import ground_of
from tests.factories import (
    AwardFactory,
    InstalmentFactory,
    MembershipFactory,
    OrganisationFactory,
    TermFactory,
    TreasuryRulesFactory,
    UserFactory,
)
from tests.people import member

pytestmark = pytest.mark.django_db
AS_OF = date(2026, 3, 31)
LATER = """
name = "Soixante jours plus tard"
[[patches]]
kind = "pay_date"
target = "*"
from = 2026-04-01
delay_days = 60
[[patches]]
kind = "award"
target = "RIEN"
from = 2026-04-01
factor = "0.5"
"""


@pytest.fixture
def organisation() -> Organisation:
    """A service with an award of 2026 whose advance is due on the first of June."""
    found = OrganisationFactory()
    TreasuryRulesFactory(organisation=found, balance_on=date(2026, 3, 31), balance="1000.00")
    days = {"starts_on": date(2026, 1, 1), "ends_on": date(2026, 12, 31)}
    award = AwardFactory(organisation=found, scheme="cocof_facultative", **days)
    TermFactory(award=award, value="9000.00", **days)
    InstalmentFactory(
        award=award, year=2026, number=1, due_on=date(2026, 6, 1), amount="9000.00", kind="advance"
    )
    return found


def stored(organisation: Organisation, name: str = "Soixante jours plus tard") -> StoredScenario:
    text = LATER.replace("Soixante jours plus tard", name)
    by = UserFactory()
    return create_scenario(organisation=organisation, text=text, reason="essai", by=by, day=AS_OF)


def test_the_library_and_the_scenarios_of_the_service_are_offered(
    organisation: Organisation,
) -> None:
    own = stored(organisation, "Le nôtre")
    other = stored(OrganisationFactory(), "Le leur")
    reader = MembershipFactory(organisation=organisation, role=Role.DIRECTOR).user
    codes = [one.code for one in choices_for(reader)]
    assert codes[0] == f"s{own.pk}"
    assert set(codes[1:]) == set(library())
    assert chosen(reader, f"s{other.pk}") is None
    assert chosen(reader, "s") is None
    assert chosen(reader, "rien") is None
    assert chosen(reader, "balance_late") == library()["balance_late"]


def test_a_stored_scenario_moves_the_curve_and_says_what_it_could_not_do(
    organisation: Organisation,
) -> None:
    row = stored(organisation)
    reader = MembershipFactory(organisation=organisation, role=Role.DIRECTOR).user
    ground = ground_of(organisation, AS_OF)
    under = supposed(ground, chosen(reader, f"s{row.pk}"))
    assert under is not None
    [refusal] = under.refused
    assert "RIEN" in refusal
    base, moved = page_of(ground), page_of(ground, under)
    assert base.shown.curve.on(date(2026, 6, 1)) == 10_000_00
    assert moved.shown.curve.on(date(2026, 6, 1)) == 1_000_00
    assert moved.shown.curve.on(date(2026, 7, 31)) == 10_000_00
    assert moved.base_lowest == base.lowest


def test_days_of_delay_add_to_those_of_the_scenario(organisation: Organisation) -> None:
    row = stored(organisation)
    reader = MembershipFactory(organisation=organisation, role=Role.DIRECTOR).user
    ground = ground_of(organisation, AS_OF)
    under = supposed(ground, chosen(reader, f"s{row.pk}"), delayed(30, AS_OF))
    page = page_of(ground, under)
    assert page.shown.curve.on(date(2026, 7, 31)) == 1_000_00
    assert page.shown.curve.on(date(2026, 8, 30)) == 10_000_00


def test_nothing_supposed_is_what_stands_today(organisation: Organisation) -> None:
    ground = ground_of(organisation, AS_OF)
    assert supposed(ground, None, delayed(0, AS_OF)) is None
    assert page_of(ground).base_lowest is None


def test_the_page_is_shown_under_a_scenario_of_the_library(organisation: Organisation) -> None:
    client = member(Role.DIRECTOR, organisation)
    asked = {"scenario": "balance_late", "retard": "10", "au": "2026-03-31"}
    shown = client.get(reverse("treasury"), asked).content.decode()
    assert library()["balance_late"].titled("fr") in shown
    assert 'value="balance_late" selected' in shown
    wrong = client.get(reverse("treasury"), {"scenario": "rien", "retard": "-3"})
    assert wrong.status_code == 200
