"""The best allocation of a year of a scenario: settled as the run, never worse, and proven."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date
from fractions import Fraction
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backoffice.engine.claims.inputs import HEADS
from backoffice.engine.optimum.model import programmes_of
from backoffice.engine.optimum.plan import best_of, is_legal
from backoffice.engine.optimum.programme import PRECISION, proof_of
from backoffice.engine.optimum.projected import Projected, lay_out
from backoffice.engine.optimum.question import Question, units_of
from backoffice.engine.optimum.run_year import run_year
from backoffice.engine.projection.facts import Facts
from backoffice.engine.scenario.funding import fund
from backoffice.engine.scenario.patch import Patch, Value
from backoffice.engine.scenario.run import Run, run
from reports.optimum.solving import solve
from tests.engine.optimum.made import as_today, every_plan, random_plan, roundings
from tests.engine.projection.made import made

KINDS: tuple[tuple[str, str, dict[str, Value]], ...] = (
    ("award", "A1", {"granted": 50_000}),
    ("award", "*", {"factor": Fraction(95, 100)}),
    ("award", "*", {"factor": Fraction(1, 3)}),
    ("award", "A2", {"stop": True}),
    ("award", "A5", {"add": 5_000, "head": "running"}),
    ("award", "A6", {"add": 3_000, "head": "staff"}),
    ("award", "*", {"add": 9_000, "head": "running"}),
    ("scheme", "s3", {"stop": True}),
    ("figure", "s0.ceiling", {"factor": Fraction(9, 10)}),
    ("figure", "s3.premium_rate", {"set": 1}),
    ("worker", "W0", {"share": Fraction(1, 2)}),
    ("worker", "W1", {"end": True}),
    ("worker", "W1", {"leave": date(2027, 9, 15)}),
)
NOT_BEFORE = date(2026, 1, 1)


def patches(draw: Random) -> list[Patch]:
    found = draw.sample(KINDS, draw.randint(0, 3))
    days = [date(draw.choice((2026, 2027)), draw.randint(1, 12), 1) for _one in found]
    return [
        Patch(number, kind, target, day, values)
        for number, ((kind, target, values), day) in enumerate(
            zip(found, sorted(days), strict=True), 1
        )
    ]


def laid(
    done: Run,
    base: Run,
    year: int,
    locked: Collection[int] = (),
    sent: Collection[tuple[int, int]] = (),
) -> Projected:
    return lay_out(run_year(done, year), run_year(base, year), locked, sent)


def question(found: Projected, barred: Sequence[int] = ()) -> Question:
    flags = np.zeros(len(found.laid.first), dtype=np.bool_)
    flags[list(barred)] = True
    return found.question(flags)


def scenario(seed: int, workers: int = 2, awards: int = 8) -> tuple[Run, Run, int]:
    draw = Random(seed)  # noqa: S311
    facts = made(workers=workers, awards=awards, years=2, seed=seed % 50).facts
    base = run(facts)
    return run(facts, patches(draw), base), base, draw.choice((2026, 2027))


@pytest.mark.parametrize("seed", range(20))
def test_the_year_alone_settles_as_the_scenario_does(seed: int) -> None:
    done, _base, year = scenario(seed)
    alone = run_year(done, year).book
    rows = np.flatnonzero(done.facts.years.year == year)
    assert fund(alone).payable.tolist() == done.funding.payable[rows].tolist()
    assert int(fund(alone).paid.sum()) == int(
        done.funding.paid[done.book.pay.month // 12 == year].sum()
    )


@pytest.mark.parametrize("seed", range(20))
def test_the_best_plan_of_a_scenario_is_legal_proven_and_never_worse_than_today_carried_on(
    seed: int,
) -> None:
    found = laid(*scenario(seed))
    best = best_of(question(found), solve)
    assert best.today.payable == as_today(best.plan.question).payable <= best.plan.payable
    assert is_legal(best.programme, best.plan)
    drawn = random_plan(best.plan.question, Random(seed))  # noqa: S311
    for plan in (best.today, best.plan, drawn):
        assert plan.payable <= best.proof.bound + roundings(plan)


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 2**32 - 1), st.integers(0, 2**32 - 1))
def test_any_prices_prove_something_true_of_a_scenario(seed: int, other: int) -> None:
    draw = Random(other)  # noqa: S311
    asked = question(laid(*scenario(seed)))
    bounds = [
        proof_of(one, [draw.randint(-PRECISION, PRECISION) for _row in one.rows]).bound
        for one in programmes_of(asked)
    ]
    for plan in (as_today(asked), random_plan(asked, draw)):
        assert plan.payable <= max(bounds) + roundings(plan)


def one_month(facts: Facts) -> Facts:
    """The contracts end with January, the grants are small, no hour carries two awards."""
    end = date(2026, 2, 1).toordinal()
    lines = facts.contracts
    years = replace(facts.years, granted=facts.years.granted // 30)
    held = replace(facts.assignments, hours=facts.assignments.hours // 2)
    lines = replace(lines, stop=np.minimum(lines.stop, end))
    return replace(facts, contracts=lines, years=years, assignments=held)


def one_step(asked: Question) -> int:
    """Cents of a hundredth of an hour a week: what is typed is no finer."""
    return int((asked.worth.counted // units_of(asked)).max(initial=0)) + 1


@pytest.mark.parametrize("seed", range(24))
@pytest.mark.parametrize(("workers", "awards", "parts"), [(1, 8, 1), (1, 4, 2), (2, 2, 1)])
def test_nothing_that_can_be_tried_in_a_scenario_is_better(
    seed: int, workers: int, awards: int, parts: int
) -> None:
    facts = one_month(made(workers=workers, awards=awards, years=1, seed=seed).facts)
    base = run(facts)
    cut = Patch(1, "award", "*", NOT_BEFORE, {"factor": Fraction(1 + seed % 3, 3)})
    half = Patch(2, "worker", "W0", NOT_BEFORE, {"share": Fraction(1, 2)})
    asked = question(laid(run(facts, [cut, half][: 1 + seed % 2], base), base, 2026))
    best = best_of(asked, solve)
    tried = max(plan.payable for plan in every_plan(asked, parts))
    assert best.plan.payable >= tried - one_step(asked)
    assert tried <= best.proof.bound + roundings(best.plan)


@pytest.mark.parametrize("seed", range(24))
def test_the_proof_holds_for_all_that_can_be_tried_where_a_head_has_a_reserve(seed: int) -> None:
    facts = one_month(made(workers=1, awards=4, years=1, seed=seed).facts)
    base = run(facts)
    more = Patch(1, "award", "*", NOT_BEFORE, {"add": 20 + 20 * (seed % 4), "head": "running"})
    done = run(facts, [more], base)
    assert done.book.years.heads.reserved.any()
    asked = question(laid(done, base, 2026))
    best = best_of(asked, solve)
    tried = [plan.payable for plan in every_plan(asked)]
    assert max(tried) <= best.proof.bound + roundings(best.plan)
    assert best.plan.payable >= best.today.payable


def test_hours_that_fit_today_and_no_more_at_half_time_are_brought_down_in_proportion() -> None:
    facts = made(workers=1, awards=4, years=1, seed=3).facts
    whole = int(facts.contracts.hours[0])
    hours = np.full(4, whole // 4, dtype=np.int64)
    facts = replace(facts, assignments=replace(facts.assignments, hours=hours))
    base = run(facts)
    half = Patch(1, "worker", "W0", NOT_BEFORE, {"share": Fraction(1, 2)})
    found = laid(run(facts, [half], base), base, 2026)
    assert not found.frozen
    assert len(found.squeezed) == len(found.year.book.pay)
    assert set(found.squeezed.values()) == {Fraction(whole // 2, 4 * (whole // 4))}
    assert all((load := found.year.load(key)) is not None and load > 1 for key in found.year.keys)
    weights = np.zeros(len(found.year.book.pay), dtype=np.int64)
    np.add.at(weights, found.year.book.slices.pay, found.year.book.slices.weights)
    assert (weights <= found.year.book.pay.contract).all()


def test_hours_that_carry_two_awards_today_stay_as_they_are_under_a_scenario() -> None:
    facts = made(workers=1, awards=4, years=1, seed=3).facts
    twice = np.full(4, int(facts.contracts.hours[0]), dtype=np.int64)
    facts = replace(facts, assignments=replace(facts.assignments, hours=twice))
    base = run(facts)
    found = laid(base, base, 2026)
    assert found.frozen == set(range(len(base.book.pay)))
    assert not found.laid.free.any()


def test_what_is_locked_sent_or_barred_does_not_move() -> None:
    facts = made(workers=2, awards=4, years=1, seed=7).facts
    facts = replace(
        facts,
        assignments=replace(facts.assignments, hours=facts.assignments.hours // 2),
        years=replace(facts.years, granted=facts.years.granted * 9),
    )
    base = run(facts)
    sent = (0, 2026 * 12 + 2)
    found = laid(base, base, 2026, locked=(0,), sent=(sent,))
    cells = found.laid.lines.take(found.laid.first)
    barred = np.flatnonzero(found.laid.free & (cells.award == 2))
    asked = question(found, barred.tolist())
    best = best_of(asked, solve)
    moved = np.flatnonzero(best.plan.steps >= 0)
    assert len(moved)
    assert not np.isin(asked.cells.year[moved], np.flatnonzero(asked.years.award == 0)).any()
    assert sent not in {found.year.keys[row] for row in asked.cells.pay[moved].tolist()}
    shares = best.plan.shares
    assert (shares[barred] <= asked.cells.held[barred]).all()


def test_a_reserve_of_a_head_takes_nothing_from_the_best_plan() -> None:
    facts = made(workers=2, awards=8, years=1, seed=5).facts
    facts = replace(facts, years=replace(facts.years, granted=facts.years.granted // 4))
    base = run(facts)
    without = best_of(question(laid(base, base, 2026)), solve)
    more = Patch(1, "award", "*", NOT_BEFORE, {"add": 900, "head": "running"})
    done = run(facts, [more], base)
    assert done.book.years.heads.reserved[:, HEADS.index("running")].any()
    best = best_of(question(laid(done, base, 2026)), solve)
    assert best.plan.payable >= without.plan.payable - roundings(best.plan)
    assert best.today.payable > without.today.payable
    assert best.plan.payable <= best.proof.bound + roundings(best.plan)


def test_an_award_with_a_reserve_for_its_staff_stays_as_it_is() -> None:
    facts = made(workers=1, awards=4, years=1, seed=3).facts
    base = run(facts)
    more = Patch(1, "award", "A1", NOT_BEFORE, {"add": 900, "head": "staff"})
    found = laid(run(facts, [more], base), base, 2026)
    assert found.year.book.years.award[~found.open].tolist() == [1]
