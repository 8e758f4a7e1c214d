"""The signed cases of the ACS premium and of the Walloon flat amounts."""

from fractions import Fraction

import pytest

from backoffice.engine import money
from tests.engine.claims.simple import award_of, claim_of, months_of, slices_of
from tests.golden import cases

ACS, FLAT = cases("cases_acs.csv"), cases("cases_wallonia.csv")


def hundredths(text: str) -> int:
    return int(Fraction(text) * 100)


def name(row: dict[str, str]) -> str:
    return row["name"]


@pytest.mark.parametrize("row", ACS, ids=name)
def test_a_month_of_an_acs_post_is_paid_as_signed(row: dict[str, str]) -> None:
    hours, full_time = hundredths(row["hours"]), hundredths(row["full_time"])
    pay = months_of([{"gross": money.cents(row["cost"])}], hours=hours)
    lines = slices_of({"hours": hours, "full_time": full_time})
    figures = {"premium": row["premium"], "premium_rate": row["rate"]}
    claim = claim_of(award_of("post_premium", bound="worker_month"), pay, lines, **figures)
    assert claim.payable is not None
    assert money.text(claim.payable) == row["payable"]
    assert row["source"]


@pytest.mark.parametrize("row", FLAT, ids=name)
def test_a_flat_amount_is_granted_as_signed(row: dict[str, str]) -> None:
    terms = {code: row[code] for code in ("flat_amount", "units", "liquidation_rate")}
    claim = claim_of(award_of("flat_amount"), months_of([{"gross": 1}]), slices_of({}), **terms)
    assert claim.grant is not None
    assert money.text(claim.grant.theoretical) == row["theoretical"]
    assert money.text(claim.grant.granted) == row["granted"]
    assert row["source"]
