"""The minimum frames of the law and the targets of the memorandum, kept apart."""

from datetime import date
from fractions import Fraction

import pytest

from backoffice.engine.figures import FigureNotDefined
from backoffice.federation.vocabulary import ApprovalKind, Function
from backoffice.figures.loader import load


@pytest.mark.parametrize(
    ("code", "day", "fte", "status"),
    [
        ("norm.casg_social", date(2023, 12, 31), 2, "confirmed"),
        ("norm.casg_social", date(2024, 4, 28), 2, "to_confirm"),
        ("norm.casg_social", date(2024, 4, 29), 3, "to_confirm"),
        ("norm.casg_social", date(2025, 1, 1), 3, "confirmed"),
        ("norm.casg_administration", date(2023, 12, 31), Fraction(1, 2), "confirmed"),
        ("norm.casg_administration", date(2025, 1, 1), 1, "confirmed"),
        ("norm.cssi_reception", date(2025, 1, 1), Fraction(3, 2), "confirmed"),
        ("norm.ili_total", date(2025, 1, 1), 1, "confirmed"),
        ("target.brussels_social", date(2025, 1, 1), 5, "to_confirm"),
        ("target.brussels_social_antenna", date(2025, 1, 1), Fraction(1, 2), "to_confirm"),
        ("target.wallonia_administration", date(2025, 1, 1), Fraction(1, 2), "to_confirm"),
    ],
)
def test_a_frame_is_known_by_day_with_how_sure_it_is(
    code: str, day: date, fte: Fraction, status: str
) -> None:
    found = load().on(code, day)
    assert (found.exact, found.status) == (fte, status)


def test_the_other_reading_of_2024_is_kept_for_the_months_where_it_differs() -> None:
    other = load()["norm.casg_social_from_january"]
    assert other.on(date(2024, 1, 1)).exact == 3
    assert other.on(date(2024, 4, 28)).exact == 3
    with pytest.raises(FigureNotDefined):
        other.on(date(2024, 4, 29))
    assert "norm.casg_social_from_january" in load().on("norm.casg_social", date(2024, 2, 1)).note


@pytest.mark.parametrize("kind", ["cap", "css", "saspp"])
def test_the_frame_that_no_text_gives_is_missing(kind: str) -> None:
    with pytest.raises(FigureNotDefined) as caught:
        load().on(f"norm.{kind}_social", date(2025, 1, 1))
    assert caught.value.reason == "missing"


def test_every_norm_bears_an_approval_and_a_function_that_we_keep() -> None:
    kinds = {kind.lower() for kind in ApprovalKind.values}
    for code in load():
        if code.startswith("norm."):
            kind, _, function = code.removeprefix("norm.").partition("_")
            assert kind in kinds
            assert function.removesuffix("_from_january") in {*Function.values, "total"}
