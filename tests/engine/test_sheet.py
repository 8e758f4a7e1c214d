"""A sheet explains each of its rows: step by step, exactly, with the figure that applied."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backoffice.engine.sheet import (
    COUNT,
    EUR,
    HOURS,
    RATIO,
    Column,
    FigureUse,
    Sheet,
    decimal_text,
    labels,
    uses_of,
)
from tests.engine.claims.employers import ints

LABEL = labels("Montant", "Bedrag")


def use(code: str, since: date = date(2024, 1, 1), text: str = "1") -> FigureUse:
    return FigureUse(code, LABEL, "EUR", since, text, None, "confirmed", "lettre")


@pytest.mark.parametrize(
    ("unit", "value", "expected"),
    [
        (EUR, 468_000, "4680.00"),
        (EUR, -5, "-0.05"),
        (HOURS, 3_800, "38.00"),
        (HOURS, 50, "0.50"),
        (COUNT, 12, "12"),
    ],
)
def test_a_row_is_written_exactly_in_its_unit(unit: str, value: int, expected: str) -> None:
    assert Column("a", LABEL, unit, ints([value])).text(0) == expected


@pytest.mark.parametrize(
    ("ratio", "expected"),
    [
        (Fraction(1, 4), "0.25"),
        (Fraction(25, 38), "25/38"),
        (Fraction(20807, 10000), "2.0807"),
        (Fraction(-1, 8), "-0.125"),
        (Fraction(3), "3"),
        (Fraction(0), "0"),
    ],
)
def test_a_ratio_is_a_finite_decimal_or_else_a_fraction(ratio: Fraction, expected: str) -> None:
    column = Column("r", LABEL, RATIO, ints([ratio.numerator]), ints([ratio.denominator]))
    assert decimal_text(ratio) == expected
    assert column.text(0) == expected
    assert column.ratio(0) == ratio


@given(st.fractions(max_denominator=10**6))
def test_a_ratio_reads_back_the_same_from_its_text(ratio: Fraction) -> None:
    text = decimal_text(ratio)
    assert (Fraction(text) if "/" in text else Fraction(Decimal(text))) == ratio


def test_the_explanation_of_a_row_names_the_figure_that_applied_to_it() -> None:
    first, second = use("ceiling"), use("ceiling", date(2024, 7, 1), "2")
    sheet = Sheet(
        (
            Column("cost", LABEL, EUR, ints([100, 200])),
            Column(
                "bound", LABEL, EUR, ints([1, 2]), uses=(first, second), use=ints([-1, 1]),
                rule="ceiling x fte",
            ),
        )
    )  # fmt: skip
    assert [step.figure for step in sheet.explain(0)] == [None, None]
    last = list(sheet.explain(1))[-1]
    assert (last.name, last.text, last.rule, last.figure) == (
        "bound", "0.02", "ceiling x fte", second,
    )  # fmt: skip


def test_only_the_figures_that_a_row_relied_on_are_listed_once_each() -> None:
    first, second, third = use("b"), use("a"), use("c")
    sheet = Sheet(
        (
            Column("x", LABEL, EUR, ints([1]), uses=(first, third), use=ints([0])),
            Column("y", LABEL, EUR, ints([1]), uses=(second, first)),
        )
    )
    assert [one.code for one in uses_of([sheet, sheet])] == ["a", "b"]


def test_a_column_is_found_by_its_name_or_refused() -> None:
    sheet = Sheet((Column("cost", LABEL, EUR, ints([100, 250])),))
    assert (len(sheet), sheet.total("cost"), "cost" in sheet, "gross" in sheet) == (
        2, 350, True, False,
    )  # fmt: skip
    with pytest.raises(KeyError):
        sheet["gross"]


def test_a_sheet_without_column_has_no_row() -> None:
    assert len(Sheet(())) == 0
