"""A book settled again where a patch moved something is settled as from nothing."""

from dataclasses import fields, replace
from datetime import date
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings

from backoffice.engine.scenario import again
from backoffice.engine.scenario.award_years import differing_years
from backoffice.engine.scenario.funding import Book, Funding, fund
from backoffice.engine.scenario.patch import Patch, Value
from backoffice.engine.scenario.run import Run, run
from tests.engine.projection.made import made
from tests.engine.scenario.test_guarantees import DRAWS, base, patches_of

FACTS = made(workers=3, awards=8, years=2, employers=3, seed=6).facts
BASE = run(FACTS)
DAY = date(2027, 1, 1)


def same(one: Funding, two: Funding) -> bool:
    return all(
        np.array_equal(getattr(one, each.name), getattr(two, each.name)) for each in fields(one)
    )


@settings(max_examples=60)
@given(DRAWS)
def test_any_patches_are_settled_on_a_baseline_as_from_nothing(draws) -> None:
    one, before = base()
    patches = patches_of(draws)
    assert same(run(one.facts, patches, before).funding, run(one.facts, patches).funding)


@settings(max_examples=40)
@given(DRAWS)
def test_patches_one_after_the_other_are_settled_as_all_at_once(draws) -> None:
    one, chained = base()
    patches = patches_of(draws)
    for patch in patches:
        chained = run(chained.facts, [patch], chained)
    assert same(chained.funding, run(one.facts, patches).funding)


@pytest.mark.parametrize(
    ("kind", "target", "values", "employers"),
    [
        ("award", "E1/A1", {"factor": Fraction(1, 2)}, {1}),
        ("award", "E0/A5", {"add": 9_000, "head": "running"}, {0}),
        ("award", "scheme:s2", {"stop": True}, {0, 1, 2}),
        ("figure", "s5.running_max", {"set": 0}, {0, 1, 2}),
        ("pay_date", "*", {"twelfths": True}, set()),
    ],
)
def test_only_the_employers_that_a_patch_touches_are_settled_again(
    kind: str, target: str, values: dict[str, Value], employers: set[int], monkeypatch
) -> None:
    settled: list[Book] = []

    def watched(book: Book) -> Funding:
        settled.append(book)
        return fund(book)

    monkeypatch.setattr(again, "fund", watched)
    done = run(FACTS, [Patch(1, kind, target, DAY, values)], BASE)
    owners = {int(done.book.years.employer[row]) for book in settled for row in book.slices.award}
    assert done.refused == ()
    assert owners == employers
    assert same(done.funding, fund(replace(done.book, shares=None)))


def test_award_years_differ_where_any_of_their_columns_does() -> None:
    years = FACTS.years
    heads = replace(years.heads, cents=years.heads.cents.copy())
    heads.cents[3, 2] += 1
    other = replace(years, granted=years.granted.copy(), heads=heads)
    other.granted[5] += 1
    assert np.flatnonzero(differing_years(other, years)).tolist() == [3, 5]
    assert not differing_years(years, years).any()
    moved = replace(years, index=replace(years.index))
    assert differing_years(moved, years).all()


def test_a_run_without_patches_keeps_what_was_settled() -> None:
    still: Run = run(FACTS, (), BASE)
    assert still.funding is BASE.funding
