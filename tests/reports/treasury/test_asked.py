"""Posts that a scenario asks, in the cash: their cost and the payments of the award asked."""

from datetime import date
from fractions import Fraction

import pytest

from backoffice.engine.cash.flows import ASKED, GRANT
from backoffice.federation.models import Organisation
from reports.scenarios.scenario import Change, Scenario
from reports.treasury.choosing import supposed
from reports.treasury.page import page_of
from reports.treasury.reading import Ground, Treasury, ground_of, treasury_of
from tests.factories import (
    ApprovalFactory,
    AwardFactory,
    InstalmentFactory,
    OrganisationFactory,
    TermFactory,
    TreasuryRulesFactory,
)

pytestmark = pytest.mark.django_db
AS_OF = date(2026, 3, 31)
YEAR_COST = 60_000


@pytest.fixture
def organisation() -> Organisation:
    """A centre with one award of the COCOF, paid half in February and half in October."""
    found = OrganisationFactory()
    TreasuryRulesFactory(organisation=found, balance_on=AS_OF, balance="1000.00")
    approval = ApprovalFactory(organisation=found, kind="CASG")
    awarded(found, approval)
    return found


def awarded(organisation: Organisation, approval: object) -> None:
    days = {"starts_on": date(2026, 1, 1), "ends_on": date(2027, 12, 31)}
    award = AwardFactory(
        organisation=organisation, approval=approval, scheme="cocof_facultative", **days
    )
    TermFactory(award=award, value="9000.00", **days)
    for number, month in enumerate((2, 10), 1):
        InstalmentFactory(
            award=award,
            year=2026,
            number=number,
            due_on=date(2026, month, 1),
            amount="4500.00",
            kind="advance",
        )


def asking(funder: str = "cocof", **values: object) -> Scenario:
    asked = {"fte": Fraction(1, 2), "cost": YEAR_COST, "funder": funder, "per": "service"} | values
    since = date(2026, 7, 1)
    change = Change(1, "post", "CASG", since, {k: v for k, v in asked.items() if v is not None})
    return Scenario("un demi-poste", (change,))


def under(ground: Ground, scenario: Scenario) -> Treasury:
    found = supposed(ground, scenario)
    assert found is not None
    assert found.refused == ()
    return treasury_of(ground, found.run)


def test_a_post_asked_costs_each_month_and_comes_as_its_award_is_paid(
    organisation: Organisation,
) -> None:
    ground = ground_of(organisation, AS_OF)
    before, after = treasury_of(ground), under(ground, asking())
    cost = [one for one in after.flows if one.kind == ASKED]
    assert [one.day.month for one in cost if one.day.year == 2026] == [7, 8, 9, 10, 11, 12]
    assert {one.amount for one in cost} == {-250_000}
    known = [one for one in before.flows if one.kind == GRANT]
    paid = [one for one in after.flows if one.kind == GRANT]
    for one in known:
        paid.remove(one)
    assert {one.day.year: one.amount for one in paid if one.day == date(2026, 7, 1)} == {
        2026: 750_000
    }, "what was due in February comes when the post begins, not before"
    placed = sum(one.amount for one in paid)
    late = sum(one.amount or 0 for one in after.unplaced) - sum(
        one.amount or 0 for one in before.unplaced
    )
    assert placed + late == 1_500_000 + 3_000_000
    end = ground.last
    assert after.curve.on(end) - before.curve.on(end) == placed - 18 * 250_000
    assert after.uncounted == ()


@pytest.mark.parametrize(
    ("values", "why"),
    [
        ({"cost": None}, "no_cost"),
        ({"funder": "cocom"}, "no_award"),
        ({"funder": ""}, "no_award"),
    ],
)
def test_a_post_whose_cost_or_award_is_not_known_moves_nothing_and_is_said(
    organisation: Organisation, values, why: str
) -> None:
    ground = ground_of(organisation, AS_OF)
    after = under(ground, asking(**values))
    assert after.curve == treasury_of(ground).curve
    assert [one.why for one in after.uncounted] == [why]
    page = page_of(ground, supposed(ground, asking(**values)))
    assert any("0,50 ETP demandés à partir de 07/2026" in one for one in page.notes)


def test_of_two_awards_of_the_funder_none_is_chosen(organisation: Organisation) -> None:
    awarded(organisation, organisation.approvals.get())
    after = under(ground_of(organisation, AS_OF), asking())
    assert [one.why for one in after.uncounted] == ["several"]
