"""A figure answers for its own life only, and as it was known on a day."""

from datetime import date
from fractions import Fraction

import pytest

from backoffice.engine.figures import (
    Figure,
    FigureNotDefined,
    Figures,
    FigureValue,
    InvalidFigure,
    Source,
)

LETTER = Source("Lettre du 1er mars")
LABEL = {"fr": "Prime", "nl": "Premie"}


def value(
    since: str,
    amount: str | None,
    *,
    until: str | None = None,
    decided: str | None = None,
    status: str = "confirmed",
) -> FigureValue:
    return FigureValue(
        since=date.fromisoformat(since),
        until=date.fromisoformat(until) if until else None,
        value=None if amount is None else Fraction(amount),
        text=amount or "",
        decided=date.fromisoformat(decided) if decided else None,
        status=status,
        source=LETTER,
    )


def premium(*values: FigureValue, unit: str = "EUR/year") -> Figure:
    return Figure("premium", LABEL, unit, values)


SERIES = premium(
    value("2022-01-01", "100", decided="2021-12-01"),
    value("2023-01-01", "110", decided="2023-06-15"),
    value("2024-01-01", None, status="missing"),
    value("2025-01-01", "130", until="2026-01-01"),
    value("2027-01-01", None, status="repealed"),
)
REGISTRY = Figures([SERIES])


@pytest.mark.parametrize(
    ("day", "expected"),
    [("2022-01-01", 100), ("2022-12-31", 100), ("2023-01-01", 110), ("2025-12-31", 130)],
)
def test_a_value_holds_from_its_first_day_to_the_day_before_the_next(
    day: str, expected: int
) -> None:
    assert REGISTRY.on("premium", date.fromisoformat(day)).value == expected


@pytest.mark.parametrize(
    ("day", "reason"),
    [
        ("2021-12-31", "before_first"),
        ("2024-01-01", "missing"),
        ("2026-01-01", "ended"),
        ("2027-01-01", "repealed"),
    ],
)
def test_outside_its_life_a_figure_says_why_it_has_no_value(day: str, reason: str) -> None:
    with pytest.raises(FigureNotDefined) as caught:
        REGISTRY.on("premium", date.fromisoformat(day))
    assert (caught.value.code, caught.value.day) == ("premium", date.fromisoformat(day))
    assert caught.value.reason == reason
    assert "premium" in str(caught.value)
    assert day in str(caught.value)


def test_a_missing_figure_says_where_to_fill_it_in() -> None:
    with pytest.raises(FigureNotDefined, match=r"Valeurs de référence.*termes de l'octroi"):
        REGISTRY.on("premium", date(2024, 5, 1))


def test_a_value_decided_later_is_invisible_and_the_previous_one_still_applies() -> None:
    day = date(2023, 3, 1)
    assert SERIES.on(day, known_on=date(2023, 6, 14)).value == 100
    assert SERIES.on(day, known_on=date(2023, 6, 15)).value == 110


def test_a_value_without_decision_day_is_known_from_its_first_day_on() -> None:
    assert SERIES.on(date(2025, 3, 1), known_on=date(2025, 1, 1)).value == 130
    with pytest.raises(FigureNotDefined) as caught:
        SERIES.on(date(2025, 3, 1), known_on=date(2024, 12, 31))
    assert caught.value.reason == "missing"


def test_nothing_decided_yet_is_not_the_same_as_not_started() -> None:
    with pytest.raises(FigureNotDefined) as caught:
        SERIES.on(date(2022, 3, 1), known_on=date(2021, 11, 30))
    assert caught.value.reason == "not_decided"


def test_a_corrected_value_replaces_the_first_decision_from_the_day_it_is_decided() -> None:
    ceiling = premium(
        value("2022-01-01", "41881", decided="2022-02-01"),
        value("2022-01-01", "42978", decided="2022-11-01"),
    )
    assert ceiling.on(date(2022, 6, 1)).value == 42978
    assert ceiling.on(date(2022, 6, 1), known_on=date(2022, 6, 1)).value == 41881


def test_an_unknown_code_is_refused_and_named() -> None:
    assert "bonus" not in REGISTRY
    with pytest.raises(FigureNotDefined, match="bonus") as caught:
        REGISTRY.on("bonus", date(2024, 1, 1))
    assert (caught.value.reason, caught.value.day) == ("unknown_code", date(2024, 1, 1))


def test_a_value_filled_in_by_a_user_takes_the_place_of_the_missing_one() -> None:
    filled = REGISTRY.with_values([premium(value("2024-01-01", "120"))])
    assert filled.on("premium", date(2024, 12, 31)).value == 120
    assert filled.on("premium", date(2025, 1, 1)).value == 130
    with pytest.raises(FigureNotDefined):
        REGISTRY.on("premium", date(2024, 12, 31))


def test_a_new_code_filled_in_by_a_user_is_added() -> None:
    bonus = Figure("bonus", LABEL, "EUR", (value("2024-01-01", "5"),))
    assert set(REGISTRY.with_values({"bonus": bonus})) == {"premium", "bonus"}


def test_a_term_wins_over_the_figure_on_the_days_it_covers_only() -> None:
    term = premium(value("2022-06-01", "777", until="2025-06-01"))
    awarded = REGISTRY.with_terms([term])
    assert awarded.on("premium", date(2022, 5, 31)).value == 100
    assert awarded.on("premium", date(2023, 7, 1)).value == 777
    assert awarded.on("premium", date(2024, 7, 1)).value == 777
    assert awarded.on("premium", date(2025, 6, 1)).value == 130


@pytest.mark.parametrize(
    ("values", "unit"),
    [
        ((value("2023-01-01", "1"), value("2022-01-01", "1")), "EUR"),
        ((value("2023-01-01", "1"), value("2023-01-01", "2")), "EUR"),
        ((value("2023-01-01", "1"),), "percent"),
    ],
)
def test_a_figure_that_contradicts_itself_is_refused(
    values: tuple[FigureValue, ...], unit: str
) -> None:
    with pytest.raises(InvalidFigure):
        premium(*values, unit=unit)


@pytest.mark.parametrize(
    ("amount", "status", "until"),
    [
        (None, "confirmed", None),
        ("1", "missing", None),
        ("1", "repealed", None),
        ("1", "sure", None),
        ("1", "confirmed", "2023-01-01"),
    ],
)
def test_a_value_that_contradicts_itself_is_refused(
    amount: str | None, status: str, until: str | None
) -> None:
    with pytest.raises(InvalidFigure):
        value("2023-01-01", amount, status=status, until=until)


def test_a_value_without_source_is_refused() -> None:
    with pytest.raises(InvalidFigure):
        FigureValue(date(2023, 1, 1), None, Fraction(1), "1", None, "confirmed", Source(""))
