"""Cost items that count up to a maximum per FTE, and those that others already pay."""

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from backoffice.engine.claims.claim import Claim
from tests.engine.claims.employers import figure
from tests.engine.claims.simple import award_of, claim_of, months_of, slices_of

CENTS = st.integers(0, 10**6)
YEARLY = figure("s0.premium_maximum", 1_200, "EUR/FTE/year")


def two_months(
    costs: list[dict[str, int]], hours: int = 3800, paid: int = 100, **values: Any
) -> Claim:
    """January and February 2024 on one post; the year-end premium has a maximum."""
    award = award_of("indexed_amount", capped={"year_end": "premium_maximum"})
    pay = months_of(costs, hours=hours, paid=paid)
    slices = slices_of({"hours": hours}, {"pay": 1, "days": 29, "hours": hours})
    return claim_of(award, pay, slices, **{"granted": 100_000, "premium_maximum": YEARLY, **values})


def shared(costs: dict[str, int], **values: Any) -> Claim:
    """January 2024; others may pay part of the gross pay and of the year-end premium."""
    award = award_of("indexed_amount", shared=frozenset(["gross", "year_end"]))
    return claim_of(award, months_of([costs]), slices_of({}), granted=100_000, **values)


def test_an_item_paid_in_one_month_uses_the_room_of_the_whole_exercise() -> None:
    claim = two_months([{"year_end": 0}, {"year_end": 30_000}])
    assert claim.presented == 20_000
    assert claim.staff.total("above_maximum") == 10_000


def test_at_the_maximum_nothing_is_cut_and_one_cent_more_is() -> None:
    assert two_months([{"year_end": 20_000}, {}]).presented == 20_000
    above = two_months([{"year_end": 20_001}, {}])
    assert (above.presented, above.staff.total("above_maximum")) == (20_000, 1)


def test_a_part_time_and_a_month_half_paid_have_their_part_of_the_maximum() -> None:
    assert two_months([{"year_end": 30_000}, {}], hours=1900).presented == 10_000
    assert two_months([{"year_end": 30_000}, {}], paid=50).presented == 10_000


def test_other_items_and_refunds_are_left_as_they_are() -> None:
    claim = two_months([{"gross": 300_000, "year_end": -5_000}, {"gross": 300_000}])
    assert claim.presented == 595_000


def test_the_maximum_that_was_used_is_among_the_figures_of_the_claim() -> None:
    claim = two_months([{"year_end": 30_000}, {}])
    assert "s0.premium_maximum" in {use.code for use in claim.uses}


def test_without_its_maximum_only_what_is_presented_is_known() -> None:
    gone = figure("s0.premium_maximum", None, "EUR/FTE/year")
    claim = two_months([{"year_end": 30_000}, {}], premium_maximum=gone)
    assert (claim.presented, claim.admissible, claim.payable) == (30_000, None, None)
    assert [error.code for error in claim.missing] == ["s0.premium_maximum"]


def test_what_others_pay_of_the_same_cost_comes_off_once() -> None:
    claim = shared({"gross": 300_000, "year_end": 100_000, "onss": 50_000}, other_funding=500)
    assert claim.presented == 400_000
    assert claim.staff.total("funded_elsewhere") == 50_000
    assert claim.staff.total("charges") == 50_000


def test_others_never_pay_more_than_the_items_they_fund() -> None:
    claim = shared({"gross": 300_000, "onss": 50_000}, other_funding=9_000)
    assert (claim.presented, claim.payable) == (50_000, 50_000)


def test_where_no_other_funding_is_known_nothing_comes_off() -> None:
    claim = shared({"gross": 300_000})
    assert claim.presented == 300_000
    assert "funded_elsewhere" not in claim.staff


@given(CENTS, CENTS, st.integers(0, 10_000), st.integers(0, 10_000))
@settings(max_examples=40)
def test_a_higher_maximum_never_counts_less(one: int, two: int, euros: int, more: int) -> None:
    def presented(maximum: int) -> int:
        value = figure("s0.premium_maximum", maximum, "EUR/FTE/year")
        return two_months([{"year_end": one}, {"year_end": two}], premium_maximum=value).presented

    assert presented(euros) <= presented(euros + more) <= one + two


@given(CENTS, CENTS, st.integers(0, 20_000), st.integers(0, 20_000))
@settings(max_examples=40)
def test_more_funding_by_others_never_claims_more(
    gross: int, end: int, one: int, more: int
) -> None:
    costs = {"gross": gross, "year_end": end, "onss": 12_345}
    less, most = (shared(costs, other_funding=euros).presented for euros in (one + more, one))
    assert 12_345 <= less <= most <= gross + end + 12_345
