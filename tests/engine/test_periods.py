"""Days at their boundaries: first day, last day, leap day, month ends, holidays."""

from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from backoffice.engine import periods
from backoffice.engine.periods import Period

DAYS = st.dates(date(1990, 1, 1), date(2060, 12, 31))


def test_the_last_day_of_a_record_counts_and_the_day_after_does_not() -> None:
    period = Period.inclusive(date(2024, 2, 1), date(2024, 2, 29))
    assert (period.days, period.ends_on) == (29, date(2024, 2, 29))
    assert period.contains(date(2024, 2, 1))
    assert period.contains(date(2024, 2, 29))
    assert not period.contains(date(2024, 3, 1))
    assert not period.contains(date(2024, 1, 31))


def test_a_record_without_last_day_stays_open() -> None:
    period = Period.inclusive(date(2024, 1, 1), None)
    assert period.is_open
    assert period.ends_on is None
    assert period.contains(date(9999, 12, 31))
    assert period.overlap(periods.year_period(2025)) == periods.year_period(2025)
    with pytest.raises(periods.OpenPeriod):
        _ = period.days
    with pytest.raises(periods.OpenPeriod):
        period.months()


def test_a_record_that_ends_before_it_starts_is_refused() -> None:
    with pytest.raises(periods.BackwardsPeriod):
        Period.inclusive(date(2024, 1, 2), date(2024, 1, 1))
    with pytest.raises(periods.BackwardsPeriod):
        Period(date(2024, 1, 2), date(2024, 1, 1))


def test_periods_that_touch_have_no_common_day() -> None:
    left, right = periods.year_period(2024), periods.year_period(2025)
    assert left.overlap(right).is_empty
    assert left.overlap(right).days == 0
    assert list(left.overlap(right).months()) == []


def test_a_period_lists_every_month_it_touches() -> None:
    touched = Period.inclusive(date(2023, 12, 31), date(2024, 2, 1)).months()
    assert [periods.month_text(index) for index in touched] == ["2023-12", "2024-01", "2024-02"]


@given(DAYS, DAYS)
def test_the_months_of_a_period_cover_each_of_its_days_once(left: date, right: date) -> None:
    period = Period.inclusive(min(left, right), max(left, right))
    parts = [period.overlap(periods.month_period(index)).days for index in period.months()]
    assert sum(parts) == period.days
    assert all(parts)


@given(DAYS)
def test_a_month_index_reads_back_as_its_month(day: date) -> None:
    index = periods.month_index(day)
    assert periods.month_period(index).contains(day)
    assert periods.month_period(index).days == periods.days_in_month(index)
    assert periods.parse_month(periods.month_text(index)) == index
    assert periods.end_of_month(day) == periods.month_period(index).ends_on


@pytest.mark.parametrize(
    "text", ["2025-13", "2025-00", "2025-1", "25-01", "2025/01", "", "0000-01"]
)
def test_a_text_that_is_not_a_month_is_refused(text: str) -> None:
    with pytest.raises(periods.NotAMonth):
        periods.parse_month(text)


def test_a_month_later_than_the_31st_is_the_last_day_of_the_next_month() -> None:
    assert periods.add_months(date(2024, 1, 31), 1) == date(2024, 2, 29)
    assert periods.add_months(date(2024, 1, 31), -2) == date(2023, 11, 30)
    assert periods.add_months(date(2024, 12, 15), 1) == date(2025, 1, 15)


@pytest.mark.parametrize(
    "holiday",
    [date(2025, 1, 1), date(2025, 4, 21), date(2025, 5, 1), date(2025, 5, 29), date(2025, 6, 9),
     date(2025, 7, 21), date(2025, 8, 15), date(2025, 11, 1), date(2025, 11, 11),
     date(2025, 12, 25)],
)  # fmt: skip
def test_the_ten_belgian_public_holidays_are_not_business_days(holiday: date) -> None:
    assert not periods.is_business_day(holiday)


def test_a_deadline_moves_over_the_weekend_and_the_holiday() -> None:
    saturday_before_easter_monday = date(2025, 4, 19)
    assert periods.next_business_day(saturday_before_easter_monday) == date(2025, 4, 22)
    assert periods.next_business_day(date(2025, 4, 18)) == date(2025, 4, 18)
    assert periods.first_business_day_after(date(2025, 4, 18)) == date(2025, 4, 22)
    assert periods.last_business_day_before(date(2025, 4, 22)) == date(2025, 4, 18)
    assert periods.first_business_day_after(date(2025, 12, 31)) == date(2026, 1, 2)


@given(DAYS, st.integers(0, 800), st.integers(-12, 30))
def test_days_counted_by_columns_equal_days_counted_one_by_one(
    start: date, length: int, shift: int
) -> None:
    stop = date.fromordinal(start.toordinal() + length)
    month = periods.month_index(start) + shift
    found = periods.overlap_days(
        np.array([start.toordinal()]), np.array([stop.toordinal()]), np.array([month])
    )
    assert found.tolist() == [Period(start, stop).overlap(periods.month_period(month)).days]


@given(day=DAYS)
def test_a_quarter_has_three_months_and_holds_its_day(day: date) -> None:
    quarter = periods.quarter_period(day)
    assert quarter.contains(day)
    assert len(quarter.months()) == 3
    assert quarter.start.month in {1, 4, 7, 10}
    assert quarter.start.day == quarter.stop.day == 1


@pytest.mark.parametrize(
    ("day", "text"),
    [
        (date(2024, 1, 1), "2024-T1"),
        (date(2024, 3, 31), "2024-T1"),
        (date(2024, 4, 1), "2024-T2"),
        (date(2024, 12, 31), "2024-T4"),
    ],
)
def test_a_quarter_is_written_with_its_year(day: date, text: str) -> None:
    assert periods.quarter_text(day) == text
