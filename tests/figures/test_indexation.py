"""The index replayed from its series against what was published, event by event."""

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backoffice.engine import index_series, indexation
from backoffice.engine.figures import Figure, FigureNotDefined, FigureValue, Source
from backoffice.engine.indexation import IndexEvent, apply_event, apply_events, events_between
from backoffice.engine.money import cents, text, times_one
from backoffice.engine.periods import month_start, month_text, parse_month
from backoffice.figures.index_tables import index_tables
from backoffice.figures.loader import load
from tests.golden import cases, name_of

FIGURES = load()
TABLES = index_tables(FIGURES)
NOTE = Source("Essai")
DAY = timedelta(days=1)


def added(code: str, day: date, value: str) -> Figure:
    """A value that a user filled in: no last day, no unit of its own."""
    known = FIGURES[code]
    filled = FigureValue(day, None, Fraction(value), value, None, "confirmed", NOTE)
    return Figure(code, known.label, known.unit, (filled,))


@pytest.mark.parametrize("case", cases("index_smoothed.csv"), ids=name_of)
def test_the_computed_smoothed_index_is_the_published_one(case: dict[str, str]) -> None:
    index = index_series.smoothed(TABLES, parse_month(case["month"]), case["base"])
    assert index.computed == Fraction(case["expected"])
    assert index.value == Fraction(case["expected"])
    assert not index.differs


@pytest.mark.parametrize(
    ("four", "expected"),
    [
        (("135.26", "135.76", "136.49", "136.69"), "133.33"),
        (("101.63", "102.77", "102.69", "102.59"), "100.37"),
    ],
)
def test_the_smoothed_index_is_98_percent_of_the_mean_of_four_months(
    four: tuple[str, ...], expected: str
) -> None:
    exact = sum((Fraction(each) for each in four), Fraction(0)) / 4 * Fraction("0.98")
    assert index_series.rounded(exact, 2) == Fraction(expected)


@pytest.mark.parametrize("month", ["2015-04", "2015-12", "2016-03"])
def test_in_the_blocked_year_the_index_stays_at_100_66(month: str) -> None:
    index = index_series.smoothed(TABLES, parse_month(month))
    assert (index.value, index.origin) == (Fraction("100.66"), "statutory")
    assert index.computed is None or index.computed <= Fraction("100.66")


def test_the_block_ends_with_the_first_computed_index_above_it() -> None:
    index = index_series.smoothed(TABLES, parse_month("2016-04"))
    assert (index.value, index.origin) == (Fraction("100.93"), "computed")


def test_before_the_law_the_published_plain_mean_counts() -> None:
    index = index_series.smoothed(TABLES, parse_month("2015-03"))
    assert (index.value, index.origin, index.computed) == (Fraction("100.66"), "published", None)


def test_the_official_base_changes_in_january_2026() -> None:
    assert index_series.smoothed(TABLES, parse_month("2025-12")).base == "2013=100"
    assert index_series.smoothed(TABLES, parse_month("2026-01")).base == "2025=100"
    assert index_series.smoothed(TABLES, parse_month("2025-12"), "2025=100").value == Fraction(
        "98.35"
    )


def test_a_published_index_wins_over_ours_and_the_difference_is_told() -> None:
    registry = FIGURES.with_values(
        [added("index.smoothed_2025", date(2026, 6, 1), "100.38")]
    )  # fmt: skip
    index = index_series.smoothed(index_tables(registry), parse_month("2026-06"))
    assert (index.value, index.computed) == (Fraction("100.38"), Fraction("100.37"))
    assert index.differs


@pytest.mark.parametrize("month", ["2014-10", "2026-08", "2030-01"])
def test_a_month_without_index_is_an_error_and_never_the_nearest(month: str) -> None:
    with pytest.raises(FigureNotDefined):
        index_series.smoothed(TABLES, parse_month(month))


def test_an_index_filled_in_by_a_user_is_not_carried_to_the_next_month() -> None:
    registry = FIGURES.with_values([added("index.health_2025", date(2026, 8, 1), "103.60")])
    tables = index_tables(registry)
    assert index_series.smoothed(tables, parse_month("2026-08")).origin == "computed"
    with pytest.raises(FigureNotDefined):
        index_series.smoothed(tables, parse_month("2026-09"))


def test_the_series_crosses_exactly_the_published_pivots() -> None:
    found = [
        (str(crossing.n), crossing.pivot, crossing.base, month_text(crossing.month))
        for crossing in TABLES.crossings
        if crossing.n >= 25 and crossing.status != "forecast"
    ]
    expected = [
        (case["n"], Fraction(case["pivot"]), case["base"], case["crossed"])
        for case in cases("index_crossings.csv")
    ]
    assert found == expected


def test_each_pivot_is_two_percent_above_the_one_before_except_where_the_base_changes() -> None:
    for left, right in zip(TABLES.pivots, TABLES.pivots[1:], strict=False):
        computed = index_series.rounded(left.value * Fraction("1.02"), 2)
        assert (computed == right.value) == (left.base == right.base)


def test_the_crossings_are_the_same_when_only_the_first_pivots_are_published() -> None:
    few = replace(TABLES, pivots=tuple(p for p in TABLES.pivots if p.n in (24, 25, 40)))
    assert [c.month for c in few.crossings] == [c.month for c in TABLES.crossings if c.n <= 40]
    assert [c.pivot for c in few.crossings] == [c.pivot for c in TABLES.crossings if c.n <= 40]


def test_a_forecast_crossing_that_comes_true_earlier_takes_its_real_month() -> None:
    extra = [
        added("index.smoothed_2025", month_start(parse_month(f"2026-{m:02d}")), value)
        for m, value in ((8, "101.50"), (9, "102.29"))
    ]
    crossing = index_tables(FIGURES.with_values(extra)).crossings[17]
    assert (crossing.n, month_text(crossing.month), crossing.status) == (41, "2026-09", "confirmed")


@pytest.mark.parametrize("case", cases("index_coefficients.csv"), ids=name_of)
def test_the_coefficient_is_a_power_of_1_02_at_four_decimals(case: dict[str, str]) -> None:
    assert indexation.coefficient(int(case["n"])) == Fraction(case["expected"])


@pytest.mark.parametrize("case", cases("index_effective_days.csv"), ids=name_of)
def test_each_regime_moves_on_its_own_day(case: dict[str, str]) -> None:
    events = indexation.regime_events(TABLES, case["regime"])
    found = next(event for event in events if event.n == int(case["n"]))
    assert found.effective.isoformat() == case["expected"]


@pytest.mark.parametrize("case", cases("index_cp200.csv"), ids=name_of)
def test_the_yearly_rate_of_cp_200_is_the_published_one(case: dict[str, str]) -> None:
    year, expected = int(case["year"]), Fraction(case["expected_percent"]) / 100
    assert index_series.annual_rate(TABLES, year)[0] == expected
    unpublished = replace(TABLES, annual=replace(TABLES.annual, values=TABLES.annual.values[1:2]))
    assert index_series.annual_rate(unpublished, year)[0] == expected


@pytest.mark.parametrize("case", cases("index_applied.csv"), ids=name_of)
def test_a_wage_moves_event_by_event(case: dict[str, str]) -> None:
    first, last = date.fromisoformat(case["from"]), date.fromisoformat(case["to"])
    events = events_between(TABLES, case["regime"], first, last)
    before = cents(case["before"])
    moves = apply_events(before, Fraction(case["fte"]), events)
    assert text(moves[-1].after if moves else before) == case["after"]


@pytest.mark.parametrize("case", cases("index_scale_amounts.csv"), ids=name_of)
def test_a_scale_amount_is_the_base_times_the_coefficient_over_twelve(
    case: dict[str, str],
) -> None:
    found = indexation.scale_amount(cents(case["base"]), Fraction(case["coefficient"]))
    assert text(found) == case["expected"]


def test_an_annual_allowance_is_rounded_before_its_month() -> None:
    annual = times_one(71988, Fraction("2.0399"))
    assert (text(annual), text(times_one(annual, Fraction(1, 12)))) == ("1468.48", "122.37")


def test_both_ends_of_a_range_of_effective_days_count() -> None:
    day = date(2026, 9, 1)
    assert [event.n for event in events_between(TABLES, "public", day, day)] == [40]
    assert events_between(TABLES, "public", date(2026, 3, 2), date(2026, 8, 31)) == []


def test_an_event_is_as_sure_as_its_weakest_part() -> None:
    status = {event.n: event.status for event in indexation.regime_events(TABLES, "public")}
    assert [status[n] for n in (38, 39, 40, 41, 42)] == [
        *("confirmed", "to_confirm", "to_confirm", "forecast", "missing")
    ]


def test_an_event_under_the_unknown_threshold_of_2028_cannot_be_applied() -> None:
    event = indexation.regime_events(TABLES, "public")[-1]
    assert (event.effective, event.cap, event.status) == (date(2028, 1, 1), None, "missing")
    with pytest.raises(FigureNotDefined, match="cap_wages"):
        apply_event(300000, Fraction(1), event)


def test_the_threshold_of_2028_once_filled_in_caps_the_first_event_of_its_period() -> None:
    registry = FIGURES.with_values([added("index.cap_wages", date(2028, 1, 1), "4080")])
    event = indexation.regime_events(index_tables(registry), "public")[-1]
    assert (event.cap, event.status) == (408000, "forecast")
    assert apply_event(500000, Fraction(1), event) == 508160


def test_a_yearly_rise_above_two_percent_is_part_capped_and_part_full() -> None:
    extra = [
        added("index.smoothed_2025", month_start(parse_month(month)), value)
        for month, value in (("2026-11", "101.20"), ("2026-12", "101.21"))
    ]
    tables = index_tables(FIGURES.with_values(extra))
    event = indexation.regime_events(tables, "annual_cp200")[-1]
    assert (event.effective, event.rate) == (date(2027, 1, 1), Fraction("0.0300"))
    assert (event.cap, event.capped_rate) == (400000, Fraction("0.02"))
    assert text(apply_event(500000, Fraction(1), event)) == "5130.00"


def test_an_unknown_regime_is_refused_and_the_known_ones_are_named() -> None:
    with pytest.raises(indexation.UnknownRegime, match="private_m2"):
        indexation.regime_events(TABLES, "public_m1")


def test_a_coefficient_holds_from_the_effective_day_of_its_regime() -> None:
    before, on = date(2024, 5, 31), date(2024, 6, 1)
    assert indexation.coefficient_on(TABLES, "public", before) == Fraction("2.0399")
    assert indexation.coefficient_on(TABLES, "public", on) == Fraction("2.0807")
    assert indexation.coefficient_on(TABLES, "private_m1", date(2024, 5, 1)) == Fraction("2.0807")
    with pytest.raises(FigureNotDefined):
        indexation.coefficient_on(TABLES, "public", date(2012, 12, 31))
    with pytest.raises(FigureNotDefined):
        indexation.coefficient_on(TABLES, "annual_cp200", date(2024, 1, 1))


def test_a_scale_above_the_cap_follows_the_events_once_one_is_capped() -> None:
    low, high = cents("22170.74"), cents("34322.11")
    day = date(2026, 10, 1)
    plain = indexation.scale_amount(high, Fraction("2.1647"))
    assert indexation.scale_amount_on(TABLES, "public", high, date(2026, 8, 31)) == plain
    assert indexation.scale_amount_on(TABLES, "public", high, day) == plain + 8000
    capped = indexation.scale_amount_on(TABLES, "public", low, day)
    assert abs(capped - indexation.scale_amount(low, Fraction("2.2080"))) <= 20


def test_a_multi_year_award_follows_the_december_health_indices() -> None:
    rate = index_series.multi_year_rate(TABLES, 2024, 2026)
    december = {
        month: FIGURES.on("index.health_2013", date(month, 12, 1)).exact for month in (2023, 2025)
    }
    assert rate == december[2025] / december[2023]
    assert index_series.multi_year_rate(TABLES, 2024, 2024) == 1


def test_a_multi_year_award_is_never_carried_across_two_bases() -> None:
    registry = FIGURES.with_values([added("index.health_2025", date(2026, 12, 1), "104.00")])
    with pytest.raises(FigureNotDefined, match="même base"):
        index_series.multi_year_rate(index_tables(registry), 2024, 2027)
    assert index_series.multi_year_rate(index_tables(registry), 2026, 2027) > 1


@given(st.integers(0, 10**7), st.integers(1, 100), st.sampled_from([None, 200000, 400000]))
def test_a_rise_is_exact_to_the_cent_and_never_above_the_full_rate(
    amount: int, percent: int, cap: int | None
) -> None:
    fte, two = Fraction(percent, 100), Fraction(2, 100)
    capped = Fraction(0) if cap is None else two
    event = IndexEvent("public", date(2026, 9, 1), two, "confirmed", cap=cap, capped_rate=capped)
    rise = apply_event(amount, fte, event) - amount
    exact = two * (amount if cap is None else min(Fraction(amount), cap * fte))
    assert abs(rise - exact) <= Fraction(1, 2)
    assert 0 <= rise <= times_one(amount, two)


@pytest.mark.parametrize(
    ("regime", "first", "last"),
    [
        ("private_m1", "2012-12-01", "2027-11-30"),
        ("private_m2", "2013-01-01", "2027-12-31"),
        ("public", "2013-01-01", "2028-01-31"),
        ("annual_cp200", "2016-01-01", "2026-12-31"),
    ],
)
def test_the_events_of_a_regime_are_known_up_to_the_next_crossing_that_nobody_foresees(
    regime: str, first: str, last: str
) -> None:
    days = indexation.known_days(TABLES, regime)
    assert [day.isoformat() for day in days] == [first, last]
    indexation.wholly_known(TABLES, regime, *days)
    for start, stop in ((days[0] - DAY, days[1]), (days[0], days[1] + DAY)):
        with pytest.raises(indexation.OutsideKnown, match="connus"):
            indexation.wholly_known(TABLES, regime, start, stop)


def test_without_forecast_the_last_month_of_the_series_and_the_lag_bound_what_is_known() -> None:
    few = replace(TABLES, pivots=tuple(pivot for pivot in TABLES.pivots if pivot.n <= 40))
    assert month_text(few.last_month) == "2026-07"
    assert indexation.known_days(few, "public")[1] == date(2026, 10, 31)
    assert indexation.known_days(few, "private_m1")[1] == date(2026, 8, 31)


def test_a_yearly_event_follows_no_pivot() -> None:
    event = indexation.regime_events(TABLES, "annual_cp200")[-1]
    with pytest.raises(indexation.NoPivot):
        _ = event.crossing
