"""What bounds a head of an award, changed; and what is added for one head alone."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backoffice.engine.claims.inputs import HEADS
from backoffice.engine.projection.facts import Facts
from backoffice.engine.scenario.award_years import FULL, MAXIMUM, UNKNOWN
from backoffice.engine.scenario.patch import Patch, Refused, Value
from backoffice.engine.scenario.patches.awards import award_patch
from backoffice.engine.scenario.patches.figures import figure_patch
from backoffice.engine.scenario.run import Run, run
from tests.engine.projection.made import made

ONE = made(workers=3, awards=8, years=2, seed=4)
FACTS, BASE = ONE.facts, run(ONE.facts)
POOR = replace(
    FACTS, years=replace(FACTS.years, granted=np.full_like(FACTS.years.granted, 100_000))
)
"""The same with grants far below the cost."""
BEFORE = run(POOR)
JANUARY, JULY = date(2027, 1, 1), date(2027, 7, 1)
STAFF, TRAINING, RUNNING = (HEADS.index(name) for name in ("staff", "training", "running"))
MAX = 500_000
"""Cents of `running_max` of every invented scheme."""


def changed(facts: Facts, target: str, since: date = JANUARY, **values: Value) -> Facts:
    return figure_patch(facts, Patch(1, "figure", target, since, values))[0]


def of_award(facts: Facts, award: int, year: int) -> int:
    return int(np.flatnonzero((facts.years.award == award) & (facts.years.year == year))[0])


@pytest.mark.parametrize(
    ("since", "values", "cents"),
    [
        (JANUARY, {"set": 8_000}, 800_000),
        (JANUARY, {"add": 1_000}, 600_000),
        (JANUARY, {"factor": Fraction(11, 10)}, 550_000),
        (JULY, {"factor": 2}, 750_000),
        (JANUARY, {"indexed_by": Fraction(2, 100)}, 500_000),
        (JANUARY, {"freeze": True}, 500_000),
    ],
)
def test_the_maximum_of_a_head_moves_from_its_year_on(since, values, cents) -> None:
    now = changed(FACTS, "s5.running_max", since, **values).years
    row, before = of_award(FACTS, 5, 2027), of_award(FACTS, 5, 2026)
    assert (now.heads.kind[row, RUNNING], now.heads.cents[row, RUNNING]) == (MAXIMUM, cents)
    assert now.heads.cents[before, RUNNING] == MAX
    others = now.award != 5
    assert (now.heads.cents[others, RUNNING] == MAX).all()


def test_a_share_of_the_staff_moves_as_a_ratio_and_any_bound_may_go() -> None:
    row = of_award(FACTS, 5, 2027)
    heads = changed(FACTS, "s5.training_rate", factor=2).years.heads
    assert Fraction(int(heads.numerator[row, TRAINING]), int(heads.denominator[row, TRAINING])) == (
        Fraction(4, 100)
    )
    assert changed(FACTS, "s5.running_max", uncapped=True).years.heads.kind[row, RUNNING] == FULL


def test_a_bound_that_is_not_known_stays_so_unless_it_is_given() -> None:
    heads, row = FACTS.years.heads, of_award(FACTS, 5, 2027)
    kind = heads.kind.copy()
    kind[FACTS.years.award == 5, RUNNING] = UNKNOWN
    blank = replace(FACTS, years=replace(FACTS.years, heads=replace(heads, kind=kind)))
    with pytest.raises(Refused, match="ne borne rien ici"):
        changed(blank, "s5.running_max", factor=2)
    given_one = changed(blank, "s5.running_max", set=7_000).years.heads
    assert (given_one.kind[row, RUNNING], given_one.cents[row, RUNNING]) == (MAXIMUM, 700_000)


@pytest.mark.parametrize("values", [{"add": -6_000}, {"set": 2 * 10**9}])
def test_a_bound_below_zero_or_beyond_what_is_counted_is_refused(values) -> None:
    with pytest.raises(Refused, match="une borne"):
        changed(FACTS, "s5.running_max", **values)


def test_a_frozen_maximum_stays_that_of_the_year_of_the_day() -> None:
    now = changed(FACTS, "s5.running_max", set=8_000)
    frozen = changed(now, "s5.running_max", date(2026, 1, 1), freeze=True).years.heads
    assert frozen.cents[of_award(FACTS, 5, 2027), RUNNING] == MAX


def test_a_lower_maximum_lets_fewer_invoices_through() -> None:
    patch = Patch(1, "figure", "s4.running_max", JANUARY, {"set": 0})
    done = run(FACTS, [patch], BASE)
    row, parts = of_award(FACTS, 4, 2027), BASE.book.parts
    running = (parts.year == row) & (parts.head == RUNNING)
    less = int(BASE.funding.part_payable[running].sum())
    assert done.refused == ()
    assert done.funding.payable[row] == BASE.funding.payable[row] - less
    assert less > 0


def kept_for(head: str, award: str = "*", **values: Value) -> Run:
    return run(POOR, [Patch(1, "award", award, JANUARY, {**values, "head": head})], BEFORE)


@settings(max_examples=25)
@given(st.integers(0, 50_000))
def test_what_is_added_for_running_costs_pays_nothing_else(euros: int) -> None:
    done = kept_for("running", add=euros)
    old, new, parts = BEFORE.funding, done.funding, done.book.parts
    running = parts.head == RUNNING
    assert new.line_payable.tolist() == old.line_payable.tolist()
    assert new.part_payable[~running].tolist() == old.part_payable[~running].tolist()
    more = new.part_payable[running] - old.part_payable[running]
    assert (more >= 0).all()
    assert bool(more.any()) == (euros > 0)
    assert (new.part_payable <= np.maximum(parts.admitted, 0)).all()
    for row in range(len(done.facts.years)):
        paid = int(more[parts.year[running] == row].sum())
        late = done.facts.years.year[row] == 2027
        known = old.payable[row] >= 0
        lacking = np.maximum(parts.admitted - old.part_payable, 0)[running & (parts.year == row)]
        room = int(lacking.sum())
        income = int(done.facts.years.income[row])
        assert income == 0
        assert paid == (min(euros * 100, room) if late and known else 0)
        assert new.payable[row] == old.payable[row] + paid
        assert new.admissible[row] >= new.payable[row]


def test_what_is_added_for_the_staff_pays_the_staff_alone() -> None:
    done = kept_for("staff", "A5", add=500)
    assert done.funding.part_payable.tolist() == BEFORE.funding.part_payable.tolist()
    assert done.funding.line_payable.sum() == BEFORE.funding.line_payable.sum() + 50_000


def test_a_reserve_never_goes_beyond_what_is_granted() -> None:
    cut = Patch(2, "award", "*", JANUARY, {"stop": True})
    added = Patch(1, "award", "*", JANUARY, {"add": 5_000, "head": "running"})
    done = run(POOR, [added, cut], BEFORE)
    assert set(done.funding.payable[done.facts.years.year == 2027].tolist()) == {0}


@pytest.mark.parametrize(
    ("values", "said"),
    [({"add": 1, "head": "cars"}, "« head »"), ({"factor": 0, "head": "running"}, "monte")],
)
def test_what_cannot_be_kept_for_a_head_is_refused(values, said) -> None:
    with pytest.raises(Refused, match=said):
        award_patch(FACTS, Patch(1, "award", "*", JANUARY, values))
