"""Patches in the stated order: what an earlier one did stays, and the order is said."""

from datetime import date
from fractions import Fraction

import numpy as np
import pytest

from backoffice.engine.projection.facts import Facts
from backoffice.engine.scenario.patch import Patch, Value
from backoffice.engine.scenario.patches import apply_patches
from backoffice.engine.scenario.patches.contradictions import in_order
from tests.engine.projection.made import Made

JANUARY, APRIL, JULY = date(2027, 1, 1), date(2027, 4, 1), date(2027, 7, 1)
Words = tuple[str, str, dict[str, Value]]
FIGURE: Words = ("figure", "s3.premium", {"factor": Fraction(11, 10)})


def granted(facts: Facts, *patches: tuple[Words, date], award: str = "A3") -> int:
    """Cents that an award grants in 2027 after patches, in their order; A3 counts by its posts."""
    applied = apply_patches(facts, numbered(*patches))
    assert applied.refused == ()
    years, place = applied.facts.years, facts.names.awards.index(award)
    [row] = np.flatnonzero((years.award == place) & (years.year == 2027)).tolist()
    return int(years.granted[row])


def numbered(*patches: tuple[Words, date]) -> list[Patch]:
    return [
        Patch(number, kind, target, day, values)
        for number, ((kind, target, values), day) in enumerate(patches, 1)
    ]


def award(**values: Value) -> Words:
    return "award", "A3", dict(values)


def test_a_figure_moves_what_an_earlier_patch_added_to_the_award_no_more(one: Made) -> None:
    base = granted(one.facts)
    right = granted(one.facts, (FIGURE, JANUARY))
    assert right > base
    both = (award(add=1_000), JANUARY), (FIGURE, JANUARY)
    assert granted(one.facts, *both) == right + 100_000
    assert granted(one.facts, *reversed(both)) == right + 100_000
    doubled = (award(factor=2), JANUARY), (FIGURE, JANUARY)
    assert granted(one.facts, *doubled) == 2 * base + right - base
    assert granted(one.facts, *reversed(doubled)) == 2 * right


@pytest.mark.parametrize("values", [{"granted": 5_000}, {"stop": True}])
def test_what_a_patch_sets_for_an_award_no_later_figure_moves(
    one: Made, values: dict[str, Value]
) -> None:
    alone = granted(one.facts, (award(**values), JANUARY))
    assert alone == 100 * int(values.get("granted", 0))
    assert granted(one.facts, (award(**values), JANUARY), (FIGURE, JANUARY)) == alone


def test_a_figure_moves_the_months_before_the_day_from_which_an_award_is_set(one: Made) -> None:
    stop = award(stop=True), JULY
    base, right = granted(one.facts, stop), granted(one.facts, (FIGURE, APRIL))
    months = right - granted(one.facts, (FIGURE, JULY))  # April, May and June
    assert months > 0
    assert abs(granted(one.facts, stop, (FIGURE, APRIL)) - base - months) <= 1
    assert granted(one.facts, stop, (FIGURE, JULY)) == base


def test_a_figure_that_stays_what_it_is_moves_no_grant(one: Made) -> None:
    same: Words = ("figure", "s3.premium", {"factor": 1})
    for values in ({"add": 700}, {"factor": Fraction(1, 3)}, {"granted": 9_000}):
        alone = granted(one.facts, (award(**values), APRIL))
        assert granted(one.facts, (award(**values), APRIL), (same, JANUARY)) == alone


def said(facts: Facts, *patches: tuple[Words, date]) -> list[str]:
    rows = numbered(*patches)
    return [str(one) for one in in_order(facts, rows)]


def test_the_order_is_said_where_it_counts_and_only_there(one: Made) -> None:
    grow, more, half = award(factor=2), award(add=500), award(factor=Fraction(1, 2))
    least: Words = ("award", "A3", {"least": 1, "envelope": "open"})
    for pair in ((grow, more), (more, grow), (grow, FIGURE), (FIGURE, grow), (least, FIGURE)):
        [sentence] = said(one.facts, *((patch, JANUARY) for patch in pair))
        assert "n° 1 : la n° 2" in sentence
        assert "dans l'autre ordre" in sentence
    other: Words = ("award", "A1", {"factor": 2})
    written: Words = ("award", "A0", {"factor": 2})
    alike = (grow, half), (FIGURE, FIGURE), (more, FIGURE)
    for pair in (*alike, (other, FIGURE), (written, FIGURE)):
        assert said(one.facts, *((patch, JANUARY) for patch in pair)) == []


def test_an_amount_that_is_set_says_that_a_figure_moves_it_no_more(one: Made) -> None:
    for pair in ((award(granted=5), FIGURE), (FIGURE, award(granted=5))):
        [sentence] = said(one.facts, *((patch, JANUARY) for patch in pair))
        figure, setting = [str(1 + pair.index(one)) for one in (FIGURE, award(granted=5))]
        assert f"n° {figure} :" in sentence
        assert f"fixe la n° {setting}" in sentence
