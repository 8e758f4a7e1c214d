"""Contributions and structural reduction: read examples to the cent, and what always holds."""

from datetime import date
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from backoffice.engine.employer.contributions import (
    ContributionRates,
    Quarter,
    Rate,
    StructuralRates,
    contributions,
    structural_reduction,
)
from backoffice.engine.figures import Figure, FigureNotDefined, FigureValue, Source
from backoffice.engine.money import cents, round_ratio
from tests.engine.ratios import ratios
from tests.golden import cases, name_of

DAY = date(2024, 4, 1)


def rate(name: str, text: str) -> Rate:
    value = FigureValue(DAY, None, Fraction(text), text, None, "confirmed", Source("exemple"))
    return Figure(name, {"fr": name, "nl": name}, "ratio", (value,)), value


def structural(partial: str = "") -> StructuralRates:
    """Category 2 on 1 April 2024 (royal decree of 3 March 2024)."""
    return StructuralRates(
        fixed=rate("fixed", "79.00"),
        low=rate("low", "0.2557"),
        low_below=rate("low_below", "9070.75"),
        very_low=rate("very_low", "0.4000"),
        very_low_below=rate("very_low_below", "6995.54"),
        high=rate("high", "0.0600"),
        high_above=rate("high_above", "15834.76"),
        beta=rate("beta", "1"),
        beta_partial=rate("beta_partial", partial) if partial else None,
    )


RATES = ContributionRates(rate("onss", "0.3240"), rate("manual", "1.08"), rate("g7", "0.0056"))


def line(
    wage: str, performance: str = "1", *, manual: bool = False, targeted: bool = False
) -> Quarter:
    share = Fraction(performance)
    return Quarter(
        np.array([cents(wage)]),
        np.array([int(manual)]),
        np.array([int(targeted)]),
        (np.array([share.numerator]), np.array([share.denominator])),
    )


@pytest.mark.parametrize("case", cases("employer_structural.csv"), ids=name_of)
def test_the_structural_reduction_is_the_one_of_the_law(case: dict[str, str]) -> None:
    quarter = line(case["wage"], case["performance"])
    due = contributions(quarter, RATES, None)["due"].values
    found = structural_reduction(quarter, due, structural(case["beta_partial"]), 0)
    assert found.text(0) == case["expected"]


def test_part_of_a_quarter_is_unknown_without_its_multiplier() -> None:
    with pytest.raises(FigureNotDefined) as caught:
        structural_reduction(line("3750.00", "1/2"), np.array([121500]), structural(), 0)
    assert caught.value.code == "employer.structural_beta_partial"


def test_a_reduction_never_exceeds_what_is_due_beyond_what_feeds_the_maribel_fund() -> None:
    quarter = line("1000.00")
    found = structural_reduction(quarter, np.array([32400]), structural(), 20000)
    assert found.text(0) == "124.00"


def test_contributions_of_a_manual_worker_rest_on_108_percent_of_the_pay() -> None:
    sheet = contributions(line("7500.00", manual=True), RATES, None)
    assert (sheet["base"].text(0), sheet["due"].text(0)) == ("8100.00", "2624.40")


def test_of_a_worker_of_a_target_group_only_the_remaining_part_is_due() -> None:
    quarter = line("7500.00", "1/2", targeted=True)
    whole = contributions(quarter, RATES, None)
    reduction = structural_reduction(quarter, whole["due"].values, structural(), 0)
    assert contributions(quarter, RATES, reduction)["net"].text(0) == "42.00"


def test_without_the_reduction_the_sheet_stops_at_what_is_due() -> None:
    assert "net" not in contributions(line("7500.00"), RATES, None)


@given(
    wage=st.integers(0, 5_000_000),
    share=ratios(1, 400).map(lambda share: max(share, Fraction(1, 100))),
    partial=ratios(2, 1000),
)
def test_the_reduction_equals_its_formula_in_plain_fractions(
    wage: int, share: Fraction, partial: Fraction
) -> None:
    quarter = Quarter(
        np.array([wage]),
        np.array([0]),
        np.array([0]),
        (np.array([share.numerator]), np.array([share.denominator])),
    )
    due = contributions(quarter, RATES, None)["due"].values
    found = int(structural_reduction(quarter, due, structural(str(partial)), 0).values[0])
    reference = Fraction(wage) / share
    r = (
        Fraction(7900)
        + Fraction("0.2557") * max(Fraction(907075) - reference, Fraction(0))
        + Fraction("0.4") * max(Fraction(699554) - reference, Fraction(0))
        + Fraction("0.06") * max(Fraction(wage) - 1583476, Fraction(0))
    )
    exact = r * share * (1 if share == 1 else partial)
    assert found == min(round_ratio(exact.numerator, exact.denominator), int(due[0]))


@given(wages=st.lists(st.integers(0, 3_000_000), min_size=1, max_size=20))
def test_contributions_never_fall_when_pay_rises(wages: list[int]) -> None:
    ordered = sorted(wages)
    size = len(ordered)
    ones, zeros = np.ones(size, dtype=np.int64), np.zeros(size, dtype=np.int64)
    sheet = contributions(Quarter(np.array(ordered), zeros, zeros, (ones, ones)), RATES, None)
    due = sheet["due"].values
    assert list(due) == sorted(due)
