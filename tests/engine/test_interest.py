"""Interest on what is given back: simple, exact, by the days of each rate."""

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backoffice.engine.figures import Figure, FigureNotDefined, FigureValue, Source
from backoffice.engine.interest import rates_over, simple_interest
from backoffice.engine.periods import OpenPeriod, Period
from backoffice.figures.loader import load
from tests.engine.ratios import ratios

FIRST, TODAY = date(2024, 1, 1), date(2026, 1, 1)
DAYS = st.integers(0, 2_000)
RATES = ratios(Fraction(1, 5), 10_000)


def year(start: date, days: int) -> Period:
    return Period(start, start + timedelta(days=days))


def figure(*values: tuple[date, str]) -> Figure:
    rows = tuple(
        FigureValue(since, None, Fraction(rate), rate, None, "confirmed", Source("cas inventé"))
        for since, rate in values
    )
    return Figure("law.legal_interest_rate", {"fr": "t", "nl": "t"}, "ratio", rows)


@pytest.mark.parametrize(
    ("principal", "days", "rate", "cents"),
    [
        (100_000, 365, "5/100", 5_000),
        (100_000, 366, "5/100", 5_014),
        (100_000, 1, "5/100", 14),
        (100_000, 0, "5/100", 0),
        (0, 365, "5/100", 0),
        (1_825, 1, "1/10", 1),
        (1_824, 1, "1/10", 0),
    ],
)
def test_an_amount_bears_its_rate_by_the_day(
    principal: int, days: int, rate: str, cents: int
) -> None:
    """1,825 cents x 10 % / 365 = 0.5 cent, rounded half up."""
    assert simple_interest(principal, [(year(FIRST, days), Fraction(rate))], 365) == cents


@given(st.integers(0, 10**10), DAYS, DAYS, RATES)
def test_a_period_cut_in_two_bears_as_much_as_the_whole(
    principal: int, first: int, second: int, rate: Fraction
) -> None:
    whole = year(FIRST, first + second)
    cut = whole.start + timedelta(days=first)
    parts = [(Period(whole.start, cut), rate), (Period(cut, whole.stop), rate)]
    assert simple_interest(principal, parts, 365) == simple_interest(
        principal, [(whole, rate)], 365
    )


@given(st.integers(0, 10**10), DAYS, RATES)
def test_interest_is_within_half_a_cent_of_the_exact_amount(
    principal: int, days: int, rate: Fraction
) -> None:
    found = simple_interest(principal, [(year(FIRST, days), rate)], 365)
    assert abs(found - principal * rate * days / 365) <= Fraction(1, 2)


def test_a_period_is_cut_on_the_day_on_which_the_rate_changes() -> None:
    rates = figure((date(2023, 1, 1), "5/100"), (date(2025, 1, 1), "4/100"))
    found = rates_over(rates, Period(date(2024, 12, 31), date(2025, 1, 3)), TODAY)
    assert found == [
        (Period(date(2024, 12, 31), date(2025, 1, 1)), Fraction(5, 100)),
        (Period(date(2025, 1, 1), date(2025, 1, 3)), Fraction(4, 100)),
    ]
    assert rates_over(rates, Period(FIRST, FIRST), TODAY) == []


def test_a_rate_that_nobody_has_filled_in_is_an_error_and_never_zero() -> None:
    with pytest.raises(FigureNotDefined) as caught:
        rates_over(load()["law.legal_interest_rate"], year(FIRST, 30), TODAY)
    assert caught.value.reason == "missing"
    with pytest.raises(FigureNotDefined):
        rates_over(figure((date(2024, 1, 2), "5/100")), year(FIRST, 30), TODAY)


def test_interest_without_an_end_is_refused() -> None:
    with pytest.raises(OpenPeriod):
        simple_interest(1, [(Period.inclusive(FIRST, None), Fraction(1))], 365)


def test_the_day_count_is_a_figure_that_nobody_has_confirmed() -> None:
    count = load().on("law.interest_days_a_year", FIRST)
    assert (count.exact, count.status) == (365, "to_confirm")
