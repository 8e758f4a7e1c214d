"""Vacant posts and their clocks: no gap of a day is missed, no replacement in time is blamed."""

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backoffice.engine.periods import OPEN_END, Period
from backoffice.engine.vacancies import NEGLIGIBLE, Clock, Holding, Vacancy, vacancies
from tests.golden import cases

FIRST = date(2024, 1, 1)
LIFE = Period(FIRST, OPEN_END)
SPAN = Period(FIRST, date(2025, 1, 1))
DAYS = st.dates(date(2023, 10, 1), date(2025, 3, 1))
HOLDINGS = st.lists(
    st.builds(
        lambda first, days, hours: Holding(Period(first, first + timedelta(days)), hours, 3800),
        DAYS,
        st.integers(0, 300),
        st.sampled_from([950, 1900, 3800, 3040]),
    ),
    max_size=5,
)


def held(first: str, last: str | None = None, hours: int = 3800, full_time: int = 3800) -> Holding:
    end = date.fromisoformat(last) if last else None
    return Holding(Period.inclusive(date.fromisoformat(first), end), hours, full_time)


def of(*holdings: Holding, fte: str = "1", life: Period = LIFE) -> list[tuple[str, str, str]]:
    """First day, last day (empty while open) and FTE of each vacancy."""
    found = vacancies(life, Fraction(fte), holdings)
    return [(str(one.days.start), str(one.days.ends_on or ""), str(one.fte)) for one in found]


@pytest.mark.parametrize("case", cases("vacancy_clocks.csv"), ids=lambda case: case["name"])
def test_a_clock_ends_as_signed(case: dict[str, str]) -> None:
    clock = Clock(int(case["months"]), int(case["summer_months"]))
    assert str(clock.last_day(date.fromisoformat(case["vacant_from"]))) == case["last_day"]


def test_a_replacement_that_overlaps_by_one_day_or_follows_at_once_leaves_no_vacancy() -> None:
    assert of(held("2024-01-01", "2024-03-31"), held("2024-03-31")) == []
    assert of(held("2024-01-01", "2024-03-31"), held("2024-04-01")) == []


def test_a_day_between_two_holders_is_a_vacancy_of_one_day() -> None:
    assert of(held("2024-01-01", "2024-03-31"), held("2024-04-02")) == [
        ("2024-04-01", "2024-04-01", "1")
    ]


def test_a_departure_without_replacement_stays_open() -> None:
    assert of(held("2024-01-01", "2024-02-29")) == [("2024-03-01", "", "1")]


def test_a_post_that_nobody_ever_held_has_nobody_to_replace() -> None:
    (never,) = vacancies(LIFE, Fraction(1), [])
    assert (never.days.start, never.is_first) == (FIRST, True)
    (gone,) = vacancies(LIFE, Fraction(1), [held("2024-01-01", "2024-02-29")])
    assert not gone.is_first


def test_each_departure_has_its_own_clock_and_a_newcomer_fills_the_oldest_part() -> None:
    two = [held("2024-01-01", "2024-03-31", 1900), held("2024-01-01", "2024-05-31", 1900)]
    assert of(*two) == [("2024-04-01", "", "1/2"), ("2024-06-01", "", "1/2")]
    assert of(*two, held("2024-07-01", None, 1900)) == [
        ("2024-04-01", "2024-06-30", "1/2"),
        ("2024-06-01", "", "1/2"),
    ]


def test_a_replacement_for_fewer_hours_leaves_the_rest_vacant_since_the_departure() -> None:
    assert of(held("2024-01-01", "2024-03-31"), held("2024-04-01", None, 1900)) == [
        ("2024-04-01", "", "1/2")
    ]


def test_half_an_hour_a_week_that_nobody_works_is_seen_and_a_rounding_is_not() -> None:
    assert of(held("2024-01-01", None, 3750)) == [("2024-01-01", "", "1/76")]
    assert of(held("2024-01-01", None, 2787), fte="0.7333") == []


def test_days_outside_the_life_of_the_post_do_not_count() -> None:
    assert of(held("2023-01-01", "2024-01-31"), life=Period(FIRST, date(2024, 2, 1))) == []
    assert of(held("2023-01-01", "2023-12-31"), life=SPAN) == [("2024-01-01", "2024-12-31", "1")]


def wanting(found: tuple[Vacancy, ...], day: date) -> Fraction:
    return sum((one.fte for one in found if one.days.contains(day)), Fraction(0))


@given(HOLDINGS, st.sampled_from(["1", "0.5", "0.7333"]), DAYS)
def test_on_every_day_the_parts_sum_to_what_the_post_lacks(
    holdings: list[Holding], fte: str, day: date
) -> None:
    found = vacancies(SPAN, Fraction(fte), holdings)
    on = sum((one.fte for one in holdings if one.days.contains(day)), Fraction(0))
    lacks = Fraction(fte) - on
    expected = lacks if SPAN.contains(day) and lacks > NEGLIGIBLE else 0
    assert wanting(found, day) == expected


@given(HOLDINGS, DAYS, st.integers(1, 24))
def test_cutting_an_assignment_in_two_moves_no_vacancy(
    holdings: list[Holding], day: date, months: int
) -> None:
    cut = [
        Holding(part, one.hours, one.full_time)
        for one in holdings
        for part in (
            one.days.overlap(Period(date.min, day)),
            one.days.overlap(Period(day, OPEN_END)),
        )
    ]
    assert vacancies(SPAN, Fraction(1), cut) == vacancies(SPAN, Fraction(1), holdings)
    assert Clock(months, 2).last_day(day) >= Clock(months).last_day(day)
