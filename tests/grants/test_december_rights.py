"""The right of a multi-year award: the amount of its first year by the December health index."""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backoffice.engine import money
from backoffice.engine.claims.grants import Grant, grant
from backoffice.engine.claims.inputs import Known
from backoffice.engine.figures import Figure, FigureNotDefined, FigureValue, Source, worst
from backoffice.engine.periods import Period, year_period
from grants.scheme import general_figures
from tests.engine.claims.simple import award_of
from tests.golden import cases

CASES = cases("december_rights.csv")
OLD, NEW, LINK = "index.health_2013", "index.health_2025", "index.health_link_2025"


def value(code: str, since: date, number: str, until: date | None = None) -> Figure:
    """One value filled in by a user: the letter, or an index once it is published."""
    unit = "EUR" if code.endswith("amount") else "index"
    row = FigureValue(since, until, Fraction(number), number, None, "confirmed", Source("lettre"))
    return Figure(code, {"fr": code, "nl": code}, unit, (row,))


def december(code: str, year: int, number: str) -> Figure:
    return value(code, date(year, 12, 1), number, date(year + 1, 1, 1))


def granted(
    amount: str, first: date, exercise: Period, *filled_in: Figure, scheme: str = "cocof_multi_year"
) -> Grant:
    letter = value(f"{scheme}.first_year_amount", first, amount)
    figures = general_figures().with_values(filled_in).with_terms([letter])
    award = award_of("indexed_cost", scheme=scheme, exercise=exercise)
    return grant(award, Known(figures, scheme, date(2035, 1, 1)))


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_each_exercise_has_the_amount_of_the_formula(case: dict[str, str]) -> None:
    asked = (
        case["first_amount"],
        date(int(case["first_year"]), 1, 1),
        year_period(int(case["year"])),
    )
    if case["granted"] == "unknown":
        with pytest.raises(FigureNotDefined) as caught:
            granted(*asked, scheme=case["scheme"])
        assert caught.value.reason == "missing"
        return
    found = granted(*asked, scheme=case["scheme"])
    assert money.text(found.granted) == case["granted"]
    assert worst(*(use.status for use in found.uses)) == case["status"]


def test_the_two_indices_are_shown_with_their_months() -> None:
    found = granted("100000.00", date(2024, 1, 1), year_period(2026))
    assert [(use.code, f"{use.since:%Y-%m}", use.text) for use in found.uses] == [
        ("cocof_multi_year.first_year_amount", "2024-01", "100000.00"),
        (OLD, "2025-12", "136.69"),
        (OLD, "2023-12", "129.53"),
    ]


def test_a_december_that_is_not_published_is_asked_for_by_its_month() -> None:
    with pytest.raises(FigureNotDefined) as caught:
        granted("100000.00", date(2024, 1, 1), year_period(2027))
    assert caught.value.code == OLD
    assert "12/2026" in str(caught.value)
    assert "dès sa publication" in str(caught.value)


def test_two_bases_are_never_mixed_and_the_official_link_is_asked_for() -> None:
    published = december(NEW, 2026, "103.50")
    with pytest.raises(FigureNotDefined) as caught:
        granted("100000.00", date(2024, 1, 1), year_period(2027), published)
    assert caught.value.code == LINK
    assert "coefficient officiel" in str(caught.value)
    assert "12/2023 et 12/2026" in str(caught.value)


def test_the_official_link_once_filled_in_gives_the_amount_exactly() -> None:
    """103.50 x 1.36 / 129.53 of 100,000.00 = 108,669.806..."""
    filled_in = december(NEW, 2026, "103.50"), value(LINK, date(2026, 1, 1), "1.36")
    found = granted("100000.00", date(2024, 1, 1), year_period(2027), *filled_in)
    assert money.text(found.granted) == "108669.81"
    assert [use.code for use in found.uses[1:]] == [NEW, LINK, OLD]


def test_an_award_whose_two_decembers_are_in_the_new_base_needs_no_link() -> None:
    """103.50 / 100.82 of 100,000.00 = 102,658.202..."""
    filled_in = december(NEW, 2026, "103.50")
    found = granted("100000.00", date(2026, 1, 1), year_period(2027), filled_in)
    assert money.text(found.granted) == "102658.20"


@pytest.mark.parametrize(
    ("first", "exercise"),
    [
        (date(2024, 3, 1), year_period(2025)),
        (date(2024, 1, 1), Period(date(2026, 1, 1), date(2026, 12, 31))),
    ],
)
def test_a_part_of_a_year_is_not_in_the_formula_and_is_never_guessed(
    first: date, exercise: Period
) -> None:
    with pytest.raises(FigureNotDefined, match="année civile") as caught:
        granted("100000.00", first, exercise)
    assert caught.value.code == "cocof_multi_year.granted"


def test_the_amount_of_a_first_year_that_begins_in_march_is_taken_as_it_is() -> None:
    exercise = Period(date(2024, 3, 1), date(2025, 1, 1))
    assert granted("100000.00", date(2024, 3, 1), exercise).granted == 10_000_000


@given(st.integers(0, 10**9), st.integers(1, 10**5), st.integers(1, 10**5))
def test_the_amount_is_rounded_once_and_follows_the_index(cents: int, then: int, now: int) -> None:
    def at(index: int) -> int:
        filled_in = (
            december(OLD, 2030, f"{then}/100"),
            december(OLD, 2031, f"{index}/100"),
        )
        text = money.text(cents)
        return granted(text, date(2031, 1, 1), year_period(2032), *filled_in).granted

    exact = Fraction(cents * now, then)
    assert abs(at(now) - exact) <= Fraction(1, 2)
    assert at(now) <= at(now + 1)
    assert at(then) == cents
