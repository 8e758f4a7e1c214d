"""An axis holds what it must, at round numbers, wherever it goes."""

from hypothesis import given
from hypothesis import strategies as st

from reports.charts.scale import scale

AMOUNTS = st.lists(st.integers(-(10**13), 10**13), min_size=1, max_size=20)
LEAST = st.sampled_from([1, 100])


@given(AMOUNTS, LEAST)
def test_the_ticks_hold_every_value_and_stay_few(values: list[int], least: int) -> None:
    ticks = scale(values, least, 250, 30).ticks
    assert ticks[0] <= min(values)
    assert max(values) <= ticks[-1]
    assert 2 <= len(ticks) <= 7


@given(AMOUNTS, LEAST)
def test_the_ticks_are_evenly_apart_at_multiples_of_their_step(
    values: list[int], least: int
) -> None:
    ticks = scale(values, least, 250, 30).ticks
    step = ticks[1] - ticks[0]
    assert ticks == tuple(range(ticks[0], ticks[-1] + 1, step))
    assert ticks[0] % step == 0
    assert step % least == 0
    assert str(step // least).rstrip("0") in {"1", "2", "5"}


@given(AMOUNTS, st.integers(-(10**13), 10**13))
def test_a_greater_value_never_stands_lower(values: list[int], other: int) -> None:
    upright = scale([*values, other], 100, 250, 30)
    heights = [upright.at(value) for value in sorted([*values, other])]
    assert heights == sorted(heights, reverse=True)
    assert all(30 <= height <= 250 for height in heights)


@given(AMOUNTS)
def test_a_bar_is_as_long_as_the_way_between_its_ends(values: list[int]) -> None:
    across = scale([0, *values], 100, 210, 468)
    for value in values:
        start, length = across.over(0, value)
        assert length >= 0
        assert {start, start + length} == {across.at(0), across.at(value)}


def test_values_all_alike_still_make_an_axis() -> None:
    assert scale([5_000, 5_000], 100, 0, 100).ticks == (5_000, 5_100)
    assert scale([], 100, 0, 100).ticks == (0, 100)
