"""The band of a projection: as wide as it was wrong before, within nothing and the grant."""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from backoffice.engine.risk.band import Band, Miss, band_of, covered


def miss(projected: int, real: int, granted: int = 100_000) -> Miss:
    return Miss("0999000129", "A", "s", 2024, 6, granted, projected, real)


def test_the_band_reaches_as_far_each_way_as_the_largest_error() -> None:
    seen = [miss(98_000, 95_000), miss(90_000, 91_000), miss(50_000, 50_000)]
    assert seen[0].error == Fraction(3, 100)
    assert band_of(180_000, 200_000, seen) == Band(174_000, 186_000, 3)


def test_the_band_stays_within_nothing_and_the_grant() -> None:
    seen = [miss(100_000, 0), miss(0, 100_000)]
    assert band_of(50_000, 200_000, seen) == Band(0, 200_000, 2)


def test_without_a_closed_year_there_is_no_band() -> None:
    assert band_of(50_000, 200_000, []) is None
    assert covered([miss(1, 1)], []) == 0


@given(
    st.lists(st.tuples(st.integers(0, 10**8), st.integers(0, 10**8)), min_size=1, max_size=8),
    st.integers(1, 10**8),
    st.data(),
)
def test_the_band_holds_the_projection_and_each_error_that_it_rests_on(
    pairs: list[tuple[int, int]], granted: int, data: st.DataObject
) -> None:
    seen = [miss(min(one, granted), min(two, granted), granted) for one, two in pairs]
    projected = data.draw(st.integers(0, granted))
    band = band_of(projected, granted, seen)
    assert band is not None
    assert band.holds(projected)
    assert covered(seen, seen) == len(seen)
