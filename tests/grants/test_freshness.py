"""Which values are doubtful on a day, and until when a comparison with the source holds."""

from datetime import date
from fractions import Fraction

import pytest

from backoffice.engine.figures import Figure, Figures, FigureValue, Source
from grants.freshness import doubts, families, family_of, is_stale, is_yearly

DAY = date(2026, 11, 26)


def value(
    since: date, status: str = "confirmed", verified: date = date(2026, 11, 22), **keys: object
) -> FigureValue:
    number = None if status in ("missing", "repealed") else Fraction(1)
    source = Source("x", verified=verified)
    return FigureValue(since, keys.get("until"), number, "1", None, status, source)


def found(
    *values: FigureValue, code: str = "norm.x", day: date = DAY
) -> list[tuple[date, tuple[str, ...]]]:
    figure = Figure(code, {"fr": "x", "nl": "x"}, "count", values)
    return [(one.value.since, one.reasons) for one in doubts(Figures([figure]), day)]


@pytest.mark.parametrize(
    ("day", "stale"),
    [(date(2027, 11, 21), False), (date(2027, 11, 22), True), (date(2028, 1, 1), True)],
)
def test_a_comparison_holds_for_the_months_of_its_family_to_the_day(day, stale) -> None:
    assert family_of("norm.x").months == 12
    assert is_stale("norm.x", date(2026, 11, 22), day) is stale


def test_a_comparison_of_the_last_day_of_a_month_holds_to_the_end_of_a_shorter_one() -> None:
    assert family_of("index.step").months == 3
    assert not is_stale("index.step", date(2026, 11, 30), date(2027, 2, 27))
    assert is_stale("index.step", date(2026, 11, 30), date(2027, 2, 28))


def test_a_value_never_compared_is_stale() -> None:
    assert is_stale("norm.x", None, DAY)


def test_only_the_value_in_force_ages() -> None:
    old = date(2020, 1, 1)
    two = value(old, verified=old), value(date(2025, 1, 1), verified=old)
    assert found(*two) == [(date(2025, 1, 1), ("stale",))]


@pytest.mark.parametrize(
    ("decided", "text", "fresh"), [(None, "1", True), (DAY, "1", False), (None, "2", False)]
)
def test_a_user_who_verified_it_today_makes_that_value_fresh_again(decided, text, fresh) -> None:
    old = date(2020, 1, 1)
    figure = Figure("norm.x", {"fr": "x", "nl": "x"}, "count", (value(old, verified=old),))
    figures = Figures([figure])
    assert [one.reasons for one in doubts(figures, DAY)] == [("stale",)]
    verified = figures.verified(
        {("norm.x", old, decided, text): DAY, ("moon", old, None, "1"): DAY}
    )
    assert (list(doubts(verified, DAY)) == []) is fresh


def test_an_earlier_verification_never_hides_a_later_one() -> None:
    figure = Figure("norm.x", {"fr": "x", "nl": "x"}, "count", (value(date(2020, 1, 1)),))
    verified = Figures([figure]).verified(
        {("norm.x", date(2020, 1, 1), None, "1"): date(2021, 1, 1)}
    )
    assert verified["norm.x"].values[0].source.verified == date(2026, 11, 22)


@pytest.mark.parametrize("status", ["missing", "forecast", "to_confirm"])
def test_what_is_not_sure_is_doubtful_whatever_its_day(status: str) -> None:
    past, future = date(2020, 1, 1), date(2030, 1, 1)
    told = found(value(past, status), value(future, status))
    assert told == [(past, (status,)), (future, (status,))]


def test_a_repealed_value_is_not_doubtful() -> None:
    old = date(2020, 1, 1)
    assert found(value(old, "repealed", verified=old)) == []


@pytest.mark.parametrize(
    ("code", "yearly"),
    [("year_end.x", True), ("ape.index_rate", True), ("norm.x", False), ("ape.base_amount", False)],
)
def test_a_value_decided_each_year_is_known_by_its_family_or_its_term(code, yearly) -> None:
    assert is_yearly(code) is yearly


@pytest.mark.parametrize(
    ("day", "reasons"), [(date(2026, 12, 31), []), (date(2027, 1, 1), [("year_over",)])]
)
def test_a_yearly_value_is_doubtful_on_the_first_of_january(
    day: date, reasons: list[tuple[str, ...]]
) -> None:
    told = found(value(date(2026, 1, 1)), code="ape.index_rate", day=day)
    assert [why for _, why in told] == reasons


def test_a_yearly_value_that_has_ended_without_a_next_one_is_doubtful() -> None:
    ended = value(date(2025, 1, 1), until=date(2026, 1, 1))
    assert found(ended, code="year_end.x") == [(date(2025, 1, 1), ("year_over",))]


def test_every_code_has_a_family_and_every_family_two_languages() -> None:
    assert family_of("anything.else").prefix == ""
    assert all(one.label["fr"] and one.label["nl"] and one.months for one in families())
