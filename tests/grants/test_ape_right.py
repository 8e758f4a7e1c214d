"""What APE grants: the base of the decision, its yearly index, and premiums that do not last."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from backoffice.engine import money
from backoffice.engine.claims.grants import Grant, grant
from backoffice.engine.figures import Figure, FigureNotDefined, FigureValue, Source
from backoffice.engine.periods import year_period
from grants.scheme import general_figures
from tests.engine.claims.simple import award_of, known_of
from tests.golden import cases

ROWS = cases("cases_ape.csv")
FIRST = date(2022, 1, 1)


def right(base: str, year: int) -> Grant:
    """The right of a year on a base amount of 2022, with the figures of the house."""
    value = FigureValue(FIRST, None, Fraction(base), base, FIRST, "confirmed", Source("Forem"))
    term = Figure("ape.base_amount", {"fr": "Base", "nl": "Basis"}, "EUR", (value,))
    known = known_of("ape")
    figures = general_figures().with_terms((term,))
    award = award_of("indexed_amount", scheme="ape", exercise=year_period(year))
    return grant(award, replace(known, figures=figures, known_on=date(2026, 1, 1)))


@pytest.mark.parametrize("case", ROWS, ids=[row["name"] for row in ROWS])
def test_a_year_of_ape_is_granted_as_signed(case: dict[str, str]) -> None:
    found = right(case["base_amount"], int(case["year"]))
    assert money.text(found.granted) == case["granted"]
    surest = {use.status for use in found.uses}
    assert ("to_confirm" in surest) == (case["status"] == "to_confirm")


def test_the_premium_of_a_year_is_a_line_of_its_own_on_the_base_without_index() -> None:
    uses = {use.code: use.text for use in right("100000.00", 2023).uses}
    assert uses == {
        "ape.base_amount": "100000.00",
        "ape.index_rate": "0.0699",
        "ape.exceptional_rate": "0.0484",
    }


def test_a_year_whose_index_nobody_found_is_refused_and_not_left_as_it_was() -> None:
    with pytest.raises(FigureNotDefined, match="2025") as caught:
        right("100000.00", 2025)
    assert (caught.value.code, caught.value.reason) == ("ape.index_rate", "missing")
