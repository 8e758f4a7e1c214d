"""An FTE of a month and one of a year are two things, for people, for Python and for mypy."""

import subprocess
import sys
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backoffice.engine.fte import FteMonth, FteYear, PerFteYear
from tests.engine.ratios import ratios

FTE = ratios(50, 10_000)
FULL_MONTH, FULL_YEAR = FteMonth(Fraction(1)), FteYear(Fraction(1))
SNIPPET = """
from fractions import Fraction
from backoffice.engine.fte import FteMonth, FteYear, PerFteYear

month, year = FteMonth(Fraction(1)), FteYear(Fraction(1))
{line}
"""


def test_twelve_full_months_are_one_year_and_one_month_a_twelfth() -> None:
    assert FteYear.of_months([FULL_MONTH] * 12) == FULL_YEAR
    assert FteYear.of_months([FULL_MONTH]) == FteYear(Fraction(1, 12))
    assert FULL_MONTH.in_years == FteYear(Fraction(1, 12))


def test_a_post_of_a_leap_year_is_held_by_the_day() -> None:
    assert FteYear.of_days(Fraction(1, 2), 183, 366) == FteYear(Fraction(1, 4))


@given(st.lists(FTE, max_size=12))
def test_months_brought_to_the_year_alone_or_together_are_the_same(
    values: list[Fraction],
) -> None:
    together = FteYear.of_months(FteMonth(value) for value in values)
    alone = sum((FteMonth(value).in_years for value in values), FteYear(Fraction(0)))
    assert together == alone


@given(FTE, FTE)
def test_what_is_added_can_be_taken_away(one: Fraction, other: Fraction) -> None:
    assert FteYear(one) + FteYear(other) - FteYear(other) == FteYear(one)


def test_a_yearly_rate_pays_a_twelfth_for_a_month() -> None:
    ceiling = PerFteYear(Fraction("46607.60"))
    assert ceiling * FULL_YEAR == Fraction("46607.60")
    assert ceiling * FULL_MONTH.in_years == Fraction("46607.60") / 12


@pytest.mark.parametrize(
    "mix",
    [
        lambda: FULL_MONTH + FULL_YEAR,  # type: ignore[operator]
        lambda: FULL_YEAR + FULL_MONTH,  # type: ignore[operator]
        lambda: FULL_YEAR - FULL_MONTH,  # type: ignore[operator]
        lambda: PerFteYear(Fraction(1)) * FULL_MONTH,  # type: ignore[operator]
        lambda: FULL_MONTH < FULL_YEAR,  # type: ignore[operator]
    ],
)
def test_a_month_and_a_year_do_not_mix_when_the_program_runs(mix: object) -> None:
    with pytest.raises(TypeError):
        mix()  # type: ignore[operator]


def test_mypy_refuses_a_month_for_a_year_and_accepts_the_written_conversion(tmp_path: Path) -> None:
    wrong = ["month + year", "year - month", "PerFteYear(Fraction(1)) * month"]
    wrong += ["FteYear.of_months([year])", "month < year"]
    right = ["month + month", "year + month.in_years", "PerFteYear(Fraction(1)) * month.in_years"]
    programs = []
    for number, line in enumerate([*wrong, *right]):
        programs.append(tmp_path / f"line_{number}.py")
        programs[-1].write_text(SNIPPET.format(line=line), encoding="utf-8")
    done = subprocess.run(  # noqa: S603
        [
            *(sys.executable, "-m", "mypy", "--strict", "--config-file="),
            *("--cache-dir", str(tmp_path / "cache"), *map(str, programs)),
        ],
        cwd=Path(__file__).resolve().parents[2],
        capture_output=True,
        text=True,
        check=False,
    )
    refused = {line.partition(":")[0] for line in done.stdout.splitlines() if ": error:" in line}
    assert {Path(name).name for name in refused} == {
        program.name for program in programs[: len(wrong)]
    }


def test_the_fte_of_the_social_service_centres_of_2010_sum_as_published() -> None:
    """Walloon CSS, 2010-2011: 27.5 FTE in private centres and 165.5 in mutualist ones make 193."""
    private, mutualist = FteYear(Fraction("27.5")), FteYear(Fraction("165.5"))
    assert private + mutualist == FteYear(Fraction(193))
