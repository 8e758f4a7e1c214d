"""A year's amount brought to the months of approval, and the receipts that a CAP deducts."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backoffice.engine import money
from backoffice.federation.models import Approval
from reports.pages.explanation import explain
from tests.engine.claims.simple import award_of, claim_of, months_of, slices_of
from tests.golden import cases
from tests.reports.checks.situations import Service, service

ROWS = cases("claims_months.csv")
EUROS = st.integers(0, 10**10).map(lambda cents: f"{cents // 100}.{cents % 100:02d}")


def day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def plain() -> Service:
    place = service("CAP")
    Approval.objects.update(starts_on=date(2022, 1, 1), ends_on=date(2026, 12, 31))
    return place


@pytest.mark.django_db
@pytest.mark.parametrize("case", ROWS, ids=[row["name"] for row in ROWS])
def test_the_right_of_the_year_follows_the_months_of_approval(case: dict[str, str]) -> None:
    place = service("CAP")
    award = place.funded("cocom_cap", granted=None, annual_amount=case["annual"])
    Approval.objects.update(starts_on=day(case["starts_on"]), ends_on=day(case["ends_on"]))
    dossier = place.dossier(award)
    assert dossier.amounts.granted is not None
    assert money.text(dossier.amounts.granted) == case["granted"]
    assert dossier.amounts.grant_rule == "annual_amount x approved months / 12"
    told = place.found(award, "approval_for_part_of_the_year")
    assert [check.level for check in told] == ["info"] * (case["months"] != "12")
    assert all(f"couvre {case['months']} mois" in check.message for check in told)


@pytest.mark.django_db
def test_an_amount_notified_for_the_exercise_wins_over_the_yearly_one() -> None:
    place = plain()
    award = place.funded("cocom_cap", granted="2000.00", annual_amount="60000.00")
    amounts = place.dossier(award).amounts
    assert (amounts.granted, amounts.grant_rule) == (200_000, "granted")


@pytest.mark.django_db
def test_a_scheme_that_does_not_grant_by_month_asks_for_its_amount() -> None:
    place = service()
    award = place.funded("cocof_casg", granted=None, annual_amount="60000.00")
    dossier = place.dossier(award)
    assert dossier.amounts.granted is None
    assert "term:cocof_casg.granted" in {check.subject for check in dossier.errors}


@pytest.mark.django_db
def test_the_receipts_of_users_inami_and_fees_are_deducted_apart_or_together() -> None:
    place = plain()
    apart = {"income_users": "100.00", "income_inami": "20.00", "income_fees": "3.00"}
    award = place.funded("cocom_cap", income_deducted="0.50", **apart)
    dossier = place.dossier(award)
    assert (dossier.amounts.income, dossier.amounts.admissible) == (12_350, 287_650)
    codes = {use.code for use in dossier.figures}
    assert {f"cocom_cap.{name}" for name in apart} < codes
    steps = explain(dossier, "montants", "admissible").steps
    (step,) = [one for one in steps if one.label == "Recettes à déduire"]
    assert len(step.figures) == 4


def granted_for(annual: str, months: int) -> int:
    award = award_of("real_cost", approved_months=months)
    claim = claim_of(award, months_of([{"gross": 100}]), slices_of({}), annual_amount=annual)
    assert claim.granted is not None
    assert claim.payable == min(claim.granted, claim.admissible or 0)
    return claim.granted


@given(EUROS, st.integers(0, 11))
def test_a_month_more_never_grants_less_and_twelve_grant_the_whole(
    annual: str, months: int
) -> None:
    assert granted_for(annual, months) <= granted_for(annual, months + 1)
    assert granted_for(annual, 12) == money.cents(annual)
    assert granted_for(annual, 0) == 0
