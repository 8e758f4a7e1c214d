"""The parts of a price that exercises bear: exact by months, and together the price."""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backoffice.engine.depreciation import depreciated
from backoffice.engine.periods import OpenPeriod, Period, year_period

DAYS = st.dates(date(2020, 1, 1), date(2030, 12, 31))
PRICES = st.integers(-(10**9), 10**9)


@pytest.mark.parametrize(
    ("bought_on", "year", "cents"),
    [
        (date(2024, 1, 1), 2023, 0),
        (date(2024, 1, 1), 2024, 120_000),
        (date(2024, 1, 31), 2024, 120_000),
        (date(2024, 2, 29), 2024, 110_000),
        (date(2024, 12, 31), 2024, 10_000),
        (date(2024, 12, 31), 2028, 120_000),
        (date(2024, 12, 31), 2029, 110_000),
        (date(2024, 12, 31), 2030, 0),
    ],
)
def test_an_exercise_bears_the_months_of_the_life_that_fall_in_it(
    bought_on: date, year: int, cents: int
) -> None:
    """6,000.00 over five years: 100.00 a month, the month of the purchase counting whole."""
    assert depreciated(600_000, bought_on, Fraction(5), year_period(year)) == cents


def test_an_award_that_ends_in_june_bears_half_a_year() -> None:
    half = Period(date(2025, 1, 1), date(2025, 7, 1))
    assert depreciated(600_000, date(2024, 1, 1), Fraction(5), half) == 60_000


@given(PRICES, DAYS, st.integers(1, 40))
def test_the_parts_of_all_exercises_make_the_price(
    price: int, bought_on: date, quarters: int
) -> None:
    years = Fraction(quarters, 4)
    parts = [
        depreciated(price, bought_on, years, year_period(year))
        for year in range(bought_on.year - 1, bought_on.year + 12)
    ]
    assert sum(parts) == price
    assert all(part * price >= 0 for part in parts)


@given(PRICES, DAYS, st.integers(1, 10), st.integers(1, 11))
def test_a_year_cut_in_two_bears_as_much_as_the_whole(
    price: int, bought_on: date, years: int, month: int
) -> None:
    def borne(exercise: Period) -> int:
        return depreciated(price, bought_on, Fraction(years), exercise)

    whole = year_period(bought_on.year + 1)
    cut = date(whole.start.year, month + 1, 1)
    assert borne(Period(whole.start, cut)) + borne(Period(cut, whole.stop)) == borne(whole)


def test_an_exercise_without_an_end_is_refused() -> None:
    with pytest.raises(OpenPeriod):
        depreciated(1, date(2024, 1, 1), Fraction(1), Period.inclusive(date(2024, 1, 1), None))
