"""The volume of employment: at its exact bounds, to the day, and over three years."""

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backoffice.engine.fte import FteYear
from backoffice.engine.periods import Period
from backoffice.engine.volume import (
    Suspension,
    VolumeRule,
    WorkingTime,
    lasting_reduction,
    shortfall,
    volume_year,
    yearly_volume,
)
from tests.engine.ratios import ratios
from tests.golden import cases

FOREM = VolumeRule(
    counts_suspended=True,
    tolerance=Fraction(10, 100),
    small_tolerance=Fraction(20, 100),
    small_up_to=FteYear(Fraction(5)),
)
DAYS = st.dates(date(2022, 6, 1), date(2025, 6, 30))
LINES = st.lists(
    st.builds(
        lambda worker, first, length, hours, full: WorkingTime(
            worker, Period(first, first + timedelta(length)), min(hours, full), full
        ),
        st.integers(1, 3),
        DAYS,
        st.integers(0, 800),
        st.integers(50, 3800),
        st.sampled_from([3600, 3800, 3850]),
    ),
    max_size=6,
)
_LINE = re.compile(r"(\d+) ([\d.]+)/(\d+) (\S{10})\.\.(\S*)")


def fte(text: str) -> FteYear:
    """A sum of fractions or decimals: "10-1-1/76"."""
    return FteYear(sum((Fraction(part) for part in re.findall(r"[+-]?[\d./]+", text)), Fraction(0)))


def written(text: str) -> Iterable[WorkingTime]:
    """Lines as "worker Q/S first..last", separated by semicolons."""
    for line in text.split(";"):
        found = _LINE.fullmatch(line)
        assert found, line
        worker, hours, full, first, last = found.groups()
        days = Period.inclusive(
            date.fromisoformat(first), date.fromisoformat(last) if last else None
        )
        yield WorkingTime(int(worker), days, int(Fraction(hours) * 100), int(full) * 100)


@pytest.mark.parametrize("case", cases("volume_years.csv"), ids=lambda case: case["name"])
def test_a_year_is_missed_below_the_bound_and_never_at_it(case: dict[str, str]) -> None:
    year = volume_year(2022, fte(case["volume"]), fte(case["reference"]), FOREM)
    assert year.floor == fte(case["floor"])
    assert year.is_missed is (case["missed"] == "yes")


@pytest.mark.parametrize("case", cases("volume_averages.csv"), ids=lambda case: case["name"])
def test_the_average_of_a_year_is_counted_to_the_day(case: dict[str, str]) -> None:
    assert yearly_volume(written(case["lines"]), int(case["year"])) == fte(case["expected"])


def test_a_suspended_worker_counts_only_where_the_funder_says_so() -> None:
    lines = list(written("1 38/38 2023-01-01..;2 19/38 2023-01-01.."))
    away = [Suspension(1, Period(date(2023, 1, 1), date(2023, 7, 1)))]
    assert yearly_volume(lines, 2023) == fte("3/2")
    assert yearly_volume(lines, 2023, away) == fte("3/2-181/365")
    half = [Suspension(1, Period(date(2022, 7, 1), date(2023, 7, 1)), Fraction(1, 2))]
    assert yearly_volume(lines, 2023, half) == fte("3/2-181/730")


def test_days_away_outside_the_contract_take_nothing_off() -> None:
    lines = list(written("1 38/38 2023-07-01.."))
    away = [Suspension(1, Period(date(2023, 1, 1), date(2023, 7, 1)))]
    assert yearly_volume(lines, 2023, away) == yearly_volume(lines, 2023)


def test_without_a_rule_for_small_employers_one_tolerance_holds_for_all() -> None:
    rule = VolumeRule(counts_suspended=False, tolerance=Fraction(1, 20))
    assert volume_year(2023, fte("1.9"), fte("2"), rule).is_missed is False
    assert volume_year(2023, fte("1.8999"), fte("2"), rule).is_missed is True


def test_three_missed_years_in_a_row_reduce_for_good_and_two_do_not() -> None:
    volumes = {2022: "8", 2023: "7", 2024: "8.5", 2025: "9"}
    history = {year: volume_year(year, fte(v), fte("10"), FOREM) for year, v in volumes.items()}
    assert lasting_reduction(history, 2023, FOREM) is None
    found = lasting_reduction(history, 2024, FOREM)
    assert found is not None
    assert found.years == (2022, 2023, 2024)
    assert found.falls == (fte("2"), fte("3"), fte("1.5"))
    assert found.lasting == fte("1.5")
    assert lasting_reduction(history, 2025, FOREM) is None


def test_an_unknown_year_breaks_the_row() -> None:
    history = {year: volume_year(year, fte("8"), fte("10"), FOREM) for year in (2021, 2022, 2024)}
    assert lasting_reduction(history, 2024, FOREM) is None


def test_a_minimum_that_is_reached_lacks_nothing() -> None:
    assert shortfall(fte("3.5"), fte("3.5")) == fte("0")
    assert shortfall(fte("4"), fte("3.5")) == fte("0")
    assert shortfall(fte("3"), fte("3.5")) == fte("1/2")


@given(LINES, st.sampled_from([2023, 2024]), DAYS)
def test_cutting_a_contract_line_in_two_at_any_day_changes_nothing(
    lines: list[WorkingTime], year: int, day: date
) -> None:
    left, right = Period(date.min, day), Period(day, date.max)
    cut = [replace(line, days=line.days.overlap(part)) for line in lines for part in (left, right)]
    assert yearly_volume(cut, year) == yearly_volume(lines, year)


@given(LINES, LINES, st.sampled_from([2023, 2024]))
def test_one_more_contract_never_lowers_the_volume(
    lines: list[WorkingTime], more: list[WorkingTime], year: int
) -> None:
    assert yearly_volume([*lines, *more], year) >= yearly_volume(lines, year)
    alone = yearly_volume(lines, year) + yearly_volume(more, year)
    assert yearly_volume([*lines, *more], year) == alone


@given(LINES, st.sampled_from([2023, 2024]), DAYS, st.fractions(0, 1))
def test_days_away_never_raise_the_volume_nor_make_it_negative(
    lines: list[WorkingTime], year: int, day: date, share: Fraction
) -> None:
    away = [Suspension(1, Period(day, day + timedelta(90)), share)]
    assert FteYear(Fraction(0)) <= yearly_volume(lines, year, away) <= yearly_volume(lines, year)


@given(ratios(60, 1000), ratios(60, 1000))
def test_a_larger_volume_never_misses_a_year_that_a_smaller_one_reaches(
    one: Fraction, other: Fraction
) -> None:
    low, high = sorted((one, other))
    reference = fte("20")
    if not volume_year(2023, FteYear(low), reference, FOREM).is_missed:
        assert not volume_year(2023, FteYear(high), reference, FOREM).is_missed
