"""A closed envelope split by a key: to the cent, whatever the keys."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backoffice.engine import money
from backoffice.engine.claims.envelope import split_envelope
from tests.engine.claims.simple import award_of, claim_of, months_of, slices_of
from tests.engine.ratios import ratios

CENTS = st.integers(0, 10**12)
KEYS = st.lists(ratios(1, 10_000), min_size=1, max_size=19).filter(any)


def test_an_envelope_is_split_by_its_key_with_the_largest_remainders() -> None:
    keys = {"Nord": Fraction(1, 3), "Sud": Fraction(1, 3), "Est": Fraction(1, 3)}
    assert split_envelope(55_500_001, keys) == {
        "Nord": 18_500_001,
        "Sud": 18_500_000,
        "Est": 18_500_000,
    }


def test_keys_that_are_all_zero_share_nothing() -> None:
    with pytest.raises(money.NothingToShare):
        split_envelope(100, {"Nord": Fraction(0)})
    assert split_envelope(0, {"Nord": Fraction(0)}) == {"Nord": 0}


@given(CENTS, KEYS)
def test_the_parts_sum_to_the_envelope_and_stay_within_a_cent_of_their_key(
    envelope: int, keys: list[Fraction]
) -> None:
    parts = split_envelope(envelope, {str(row): key for row, key in enumerate(keys)})
    assert sum(parts.values()) == envelope
    whole = sum(keys)
    for row, key in enumerate(keys):
        assert abs(parts[str(row)] - envelope * key / whole) < 1


@given(CENTS, CENTS, KEYS)
def test_a_larger_envelope_costs_a_beneficiary_no_more_than_a_cent(
    envelope: int, more: int, keys: list[Fraction]
) -> None:
    named = {str(row): key for row, key in enumerate(keys)}
    before, after = split_envelope(envelope, named), split_envelope(envelope + more, named)
    assert all(after[name] >= before[name] - 1 for name in named)


@given(st.integers(0, 10**9), ratios(1, 10_000))
def test_the_right_of_one_and_of_the_others_is_the_whole_envelope(
    cents: int, share: Fraction
) -> None:
    award = award_of("envelope_share")
    pay, lines = months_of([{"gross": 300_000}]), slices_of({})
    granted = [
        claim_of(award, pay, lines, envelope=Fraction(cents, 100), key_share=one).granted or 0
        for one in (share, 1 - share)
    ]
    assert abs(sum(granted) - cents) <= 1
    claim = claim_of(award, pay, lines, envelope=Fraction(cents, 100), key_share=share)
    assert claim.payable == min(granted[0], 300_000)
