"""Sums of products: exact whatever their size, rounded once per group."""

from fractions import Fraction
from math import floor

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from backoffice.engine import money

TOP = st.integers(-(10**10), 10**10)
BOTTOM = st.one_of(st.sampled_from([1, 2, 12, 100, 1200]), st.integers(1, 10**12))
ROWS = st.lists(st.tuples(st.integers(0, 3), TOP, BOTTOM, TOP, BOTTOM), max_size=12)


def rounded(exact: Fraction) -> int:
    size = floor(abs(exact) + Fraction(1, 2))
    return -size if exact < 0 else size


def columns(rows: list[tuple[int, int, int, int, int]]) -> list[money.Ints]:
    return [np.array([row[place] for row in rows], dtype=np.int64) for place in range(5)]


@given(ROWS)
def test_a_sum_of_products_is_rounded_once_from_its_exact_value(
    rows: list[tuple[int, int, int, int, int]],
) -> None:
    group, *ratios = columns(rows)
    expected = [
        rounded(sum((Fraction(a * c, b * d) for g, a, b, c, d in rows if g == k), Fraction(0)))
        for k in range(4)
    ]
    if any(abs(value) > money.LARGEST for value in expected):
        with pytest.raises(money.AmountTooBig):
            money.sum_products((ratios[0], ratios[1]), (ratios[2], ratios[3]), group, 4)
    else:
        found = money.sum_products((ratios[0], ratios[1]), (ratios[2], ratios[3]), group, 4)
        assert found.tolist() == expected


@pytest.mark.parametrize(("sign", "expected"), [(1, 3), (-1, -3)])
def test_a_sum_that_ends_on_half_a_cent_goes_away_from_zero(sign: int, expected: int) -> None:
    """5/12 six times is 2.5: no rounding of a part can show it."""
    ratio = np.full(6, 5 * sign), np.full(6, 12)
    one = np.ones(6, dtype=np.int64), np.ones(6, dtype=np.int64)
    assert money.sum_products(ratio, one, np.zeros(6, dtype=np.int64), 1).tolist() == [expected]


def test_a_premium_to_the_cent_on_an_odd_month_does_not_wrap_around() -> None:
    """An FTE with a large denominator x a premium x a rate of three decimals leaves 64 bits."""
    fte = 3793 * 31 * 16411, 3800 * 31 * 16412
    value = 3_792_055 * 191 * 100, 100 * 200 * 12
    found = money.sum_products(
        (np.array([fte[0]]), np.array([fte[1]])),
        (np.array([value[0]]), np.array([value[1]])),
        np.array([0]),
        1,
    )
    assert found.tolist() == [rounded(Fraction(*fte) * Fraction(*value))]


@pytest.mark.parametrize("place", [0, 1])
def test_a_sum_over_a_denominator_of_zero_is_refused(place: int) -> None:
    ratios = [(np.array([1]), np.array([1])), (np.array([1]), np.array([1]))]
    ratios[place] = np.array([1]), np.array([0])
    with pytest.raises(ZeroDivisionError):
        money.sum_products(ratios[0], ratios[1], np.array([0]), 1)
