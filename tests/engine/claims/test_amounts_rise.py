"""More of what an award counts never pays less: each amount, rate and FTE of each shape."""

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backoffice.engine.claims.claim import Claim
from tests.engine.claims.employers import posts
from tests.engine.claims.simple import (
    JANUARY,
    NEXT_YEAR,
    award_of,
    claim_of,
    months_of,
    slices_of,
)
from tests.engine.ratios import ratios

EUROS = ratios(60_000, 100)
RATES = ratios(1, 1_000)
PLAIN: dict[str, dict[str, Fraction | int]] = {
    "indexed_amount": {
        "base_amount": 20_000,
        "index_rate": Fraction(699, 10_000),
        "exceptional_rate": Fraction(484, 10_000),
    },
    "post_premium": {"premium": 30_000, "premium_rate": Fraction(95, 100)},
    "flat_amount": {"flat_amount": 12_000, "units": 2, "liquidation_rate": Fraction(92, 100)},
}
NAMES = [(shape, name) for shape, values in PLAIN.items() for name in values]


def settled(shape: str, gross: int = 300_000, fte: int = 10_000, **changed: Any) -> Claim:
    award = award_of(shape, posts=posts((0, fte, JANUARY, NEXT_YEAR)))
    pay = months_of([{"gross": gross}])
    return claim_of(award, pay, slices_of({}), **{**PLAIN[shape], **changed})


@pytest.mark.parametrize(("shape", "name"), NAMES)
@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_a_higher_amount_or_rate_never_grants_or_pays_less(
    shape: str, name: str, data: st.DataObject
) -> None:
    values = RATES if name.endswith("rate") else EUROS
    low, high = sorted((data.draw(values), data.draw(values)))
    less, more = settled(shape, **{name: low}), settled(shape, **{name: high})
    assert less.granted is not None
    assert less.payable is not None
    assert more.granted is not None
    assert more.payable is not None
    assert less.granted <= more.granted
    assert less.payable <= more.payable


@pytest.mark.parametrize("shape", PLAIN)
@settings(max_examples=25, deadline=None)
@given(st.integers(1, 10**7), st.integers(0, 10**6))
def test_payable_is_the_smaller_of_granted_and_admissible_and_admissible_within_presented(
    shape: str, gross: int, more: int
) -> None:
    one, other = settled(shape, gross), settled(shape, gross + more)
    for claim in (one, other):
        assert claim.granted is not None
        assert claim.admissible is not None
        assert claim.payable == min(claim.granted, claim.admissible)
        assert claim.admissible <= claim.presented
    assert one.payable is not None
    assert other.payable is not None
    assert one.payable <= other.payable


@settings(max_examples=25, deadline=None)
@given(st.integers(1, 10_000), st.integers(0, 10_000))
def test_a_larger_post_never_makes_less_of_its_premium_payable(fte: int, more: int) -> None:
    one, other = settled("post_premium", fte=fte), settled("post_premium", fte=fte + more)
    assert one.payable is not None
    assert other.payable is not None
    assert one.payable <= other.payable


@settings(max_examples=25, deadline=None)
@given(EUROS, RATES)
def test_the_parts_of_an_indexed_year_sum_to_what_is_granted(
    base: Fraction, rate: Fraction
) -> None:
    claim = settled("indexed_amount", base_amount=base, exceptional_rate=rate)
    assert claim.grant is not None
    assert sum(part.amount for part in claim.grant.parts) == claim.granted
