"""An FTE of a month and one of a year are two things."""

from fractions import Fraction

import pytest

from reports.memorandum.fte import FteMonth, FteYear


def test_twelve_full_months_are_one_year_and_one_month_a_twelfth() -> None:
    month = FteMonth(Fraction(1))
    assert FteYear.of_months([month] * 12) == FteYear(Fraction(1))
    assert FteYear.of_months([month]) == FteYear(Fraction(1, 12))


def test_a_post_of_a_leap_year_is_held_by_the_day() -> None:
    assert FteYear.of_days(Fraction(1, 2), 183, 366) == FteYear(Fraction(1, 4))


def test_a_month_and_a_year_do_not_add_up() -> None:
    with pytest.raises(TypeError):
        _ = FteMonth(Fraction(1)) + FteYear(Fraction(1))  # type: ignore[operator]
