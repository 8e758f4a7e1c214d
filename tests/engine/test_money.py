"""Cents against exact fractions: one rounding, half up away from zero, and nothing lost."""

from decimal import Decimal
from fractions import Fraction
from math import floor

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from backoffice.engine import money
from tests.engine.ratios import ratios

AMOUNTS = st.integers(-(10**11), 10**11)
HUGE = st.integers(-(2**62), 2**62)
WEIGHTS = st.integers(0, 10**6)


def rounded(exact: Fraction) -> int:
    """The reference: half up away from zero, on an exact fraction."""
    size = floor(abs(exact) + Fraction(1, 2))
    return -size if exact < 0 else size


def ints(values: list[int]) -> money.Ints:
    return np.array(values, dtype=np.int64)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("4680.00", 468000),
        ("-0.05", -5),
        ("12", 1200),
        ("0.5", 50),
        (Decimal("1.250"), 125),
        (7, 700),
    ],
)
def test_an_amount_in_euros_becomes_exact_cents(
    written: Decimal | str | int, expected: int
) -> None:
    assert money.cents(written) == expected


@pytest.mark.parametrize(
    "written",
    ["1.005", "12.300", "1,50", "1e3", "", "NaN", " 1", "1_000", Decimal("0.001"), Decimal("NaN"),
     Decimal("Infinity"), True, None, 1.5],
)  # fmt: skip
def test_what_is_not_an_amount_with_two_decimals_is_refused(written: object) -> None:
    with pytest.raises(money.NotMoney):
        money.cents(written)  # type: ignore[arg-type]


def test_an_amount_beyond_64_bits_of_cents_is_refused() -> None:
    with pytest.raises(money.AmountTooBig):
        money.cents(10**17)


@given(HUGE)
def test_cents_written_as_euros_read_back_the_same(amount: int) -> None:
    assert money.cents(money.text(amount)) == amount
    assert money.euros(amount) * 100 == amount


@pytest.mark.parametrize(
    ("amount", "numerator", "denominator", "expected"),
    [
        (17875, 7960, 10000, 14229),
        (18225, 98, 2, 893025),
        (18225, 98, 200, 8930),
        (1, 1, 2, 1),
        (-1, 1, 2, -1),
        (3, -1, 2, -2),
        (5, 1, 10, 1),
        (4, 1, 10, 0),
    ],
)
def test_a_product_is_rounded_once_half_up_away_from_zero(
    amount: int, numerator: int, denominator: int, expected: int
) -> None:
    assert money.times(ints([amount]), numerator, denominator).tolist() == [expected]
    assert money.times_one(amount, Fraction(numerator, denominator)) == expected


@given(
    st.lists(st.tuples(HUGE, st.integers(-(10**9), 10**9), st.integers(1, 10**9)), max_size=8)
)  # fmt: skip
def test_a_product_equals_the_exact_fraction_even_where_64_bits_overflow(
    rows: list[tuple[int, int, int]],
) -> None:
    expected = [rounded(Fraction(amount * top, bottom)) for amount, top, bottom in rows]
    columns = [ints([row[place] for row in rows]) for place in range(3)]
    if any(abs(value) > money.LARGEST for value in expected):
        with pytest.raises(money.AmountTooBig):
            money.times(*columns)
    else:
        assert money.times(*columns).tolist() == expected


def test_the_smallest_64_bit_amount_does_not_wrap_around() -> None:
    with pytest.raises(money.AmountTooBig):
        money.times(ints([-(2**63)]), 1, 1)


@pytest.mark.parametrize("denominator", [0, -1])
def test_a_denominator_that_is_not_positive_is_refused(denominator: int) -> None:
    with pytest.raises(ZeroDivisionError):
        money.times(ints([1]), 1, denominator)


@given(HUGE, st.fractions())
def test_one_product_equals_the_exact_fraction(amount: int, rate: Fraction) -> None:
    expected = rounded(amount * rate)
    if abs(expected) > money.LARGEST:
        with pytest.raises(money.AmountTooBig):
            money.times_one(amount, rate)
    else:
        assert money.times_one(amount, rate) == expected


@given(HUGE, st.integers(-(10**9), 10**9).filter(bool))
def test_a_ratio_is_rounded_half_up_away_from_zero(numerator: int, denominator: int) -> None:
    assert money.round_ratio(numerator, denominator) == rounded(Fraction(numerator, denominator))


def test_three_thirds_of_785_08_sum_to_785_08_and_the_first_gets_the_cent() -> None:
    assert money.allocate(78508, [1, 1, 1]) == [26170, 26169, 26169]
    assert money.allocate(-78508, [1, 1, 1]) == [-26170, -26169, -26169]


@given(AMOUNTS, st.lists(st.one_of(WEIGHTS, ratios(9, 99)), min_size=1))
def test_a_split_sums_to_its_total_and_no_part_is_a_cent_away_from_exact(
    total: int, weights: list[int | Fraction]
) -> None:
    whole = sum(weights)
    if not whole:
        return
    parts = money.allocate(total, weights)
    assert sum(parts) == total
    for part, weight in zip(parts, weights, strict=True):
        assert abs(part - Fraction(total) * weight / whole) < 1
    assert money.allocate(-total, weights) == [-part for part in parts]


@pytest.mark.parametrize("weights", [[0, 0], [], [2, -1]])
def test_an_amount_that_nobody_can_receive_is_refused(weights: list[int]) -> None:
    with pytest.raises(money.NothingToShare):
        money.allocate(100, weights)


@given(
    st.lists(AMOUNTS, min_size=1, max_size=5).flatmap(
        lambda totals: st.tuples(
            st.just(totals),
            st.lists(st.tuples(st.integers(0, len(totals) - 1), WEIGHTS), max_size=20),
        )
    ),
    st.sampled_from([1, 10**12]),
)
def test_many_splits_at_once_equal_the_splits_one_by_one(
    case: tuple[list[int], list[tuple[int, int]]], scale: int
) -> None:
    totals, rows = case
    group, weights = [row[0] for row in rows], [row[1] * scale for row in rows]
    whole = [
        sum(w for g, w in zip(group, weights, strict=True) if g == k) for k in range(len(totals))
    ]
    arrays = ints(totals), ints(weights), ints(group)
    if any(total and not weight for total, weight in zip(totals, whole, strict=True)):
        with pytest.raises(money.NothingToShare):
            money.allocate_groups(*arrays)
        return
    found = money.allocate_groups(*arrays).tolist()
    for number, total in enumerate(totals):
        mine = [row for row, owner in enumerate(group) if owner == number]
        assert [found[row] for row in mine] == money.allocate(total, [weights[row] for row in mine])


def test_a_group_with_nothing_to_share_and_no_weight_gives_zero() -> None:
    assert money.allocate_groups(ints([0, 5]), ints([0, 3]), ints([0, 1])).tolist() == [0, 5]


def test_a_negative_weight_is_refused_in_a_group() -> None:
    with pytest.raises(money.NothingToShare):
        money.allocate_groups(ints([5]), ints([3, -1]), ints([0, 0]))


@given(st.lists(st.tuples(st.integers(0, 3), HUGE), max_size=12))
def test_group_sums_are_exact_or_refused(rows: list[tuple[int, int]]) -> None:
    group, values = ints([row[0] for row in rows]), ints([row[1] for row in rows])
    expected = [sum(value for owner, value in rows if owner == number) for number in range(4)]
    assert money.total(values) == sum(expected)
    if any(abs(value) > money.LARGEST for value in expected):
        with pytest.raises(money.AmountTooBig):
            money.sum_groups(values, group, 4)
    else:
        assert money.sum_groups(values, group, 4).tolist() == expected


@given(st.lists(st.tuples(st.integers(0, 3), HUGE, st.integers(1, 10**6)), max_size=12))
def test_group_sums_of_ratios_are_never_rounded(rows: list[tuple[int, int, int]]) -> None:
    columns = [ints([row[place] for row in rows]) for place in (1, 2, 0)]
    expected = [sum((Fraction(n, d) for g, n, d in rows if g == k), Fraction(0)) for k in range(4)]
    assert money.sum_ratios(*columns, 4) == expected
