"""The best allocation: never worse than today's, as good as all that can be tried, and proven."""

import subprocess
import sys
from functools import cache
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backoffice.engine.optimum.model import programmes_of
from backoffice.engine.optimum.plan import Best, best_of, is_legal
from backoffice.engine.optimum.programme import PRECISION, proof_of
from reports.optimum.solving import solve
from tests.engine.optimum.made import as_today, every_plan, question_of, random_plan, roundings

SEEDS = st.integers(0, 2**32 - 1)
SOLVED = range(25)
"""Employers of a whole year; each is solved once for all that is asked of its best plan."""


@cache
def best(seed: int, months: int = 12, posts: int = 99) -> Best:
    question = question_of(seed, months, posts)
    return best_of(question, solve)


@pytest.mark.parametrize("seed", SOLVED)
def test_the_best_plan_is_legal_and_never_pays_less_than_today(seed: int) -> None:
    found = best(seed)
    assert found.today.payable == as_today(found.plan.question).payable
    assert found.plan.payable >= found.today.payable
    assert is_legal(found.programme, found.plan)


@pytest.mark.parametrize("seed", SOLVED)
def test_no_legal_plan_pays_more_than_the_proof_says(seed: int) -> None:
    found = best(seed)
    drawn = random_plan(found.plan.question, Random(1_000 + seed))  # noqa: S311
    for plan in (drawn, found.today, found.plan):
        assert plan.payable <= found.proof.bound + roundings(plan)


@settings(max_examples=25, deadline=None)
@given(SEEDS, st.integers(0, 2**32 - 1))
def test_any_prices_prove_something_true(seed: int, other: int) -> None:
    draw = Random(other)  # noqa: S311
    question = question_of(seed)
    plan = random_plan(question, draw)
    bounds = []
    for programme in programmes_of(question):
        prices = [draw.randint(-PRECISION, PRECISION) for _row in programme.rows]
        bounds.append(proof_of(programme, prices).bound)
    assert plan.payable <= max(bounds) + roundings(plan)


@pytest.mark.parametrize("seed", range(40))
def test_nothing_that_can_be_tried_by_halves_of_a_contract_is_better(seed: int) -> None:
    found = best(seed, months=1, posts=4)
    tried = max(plan.payable for plan in every_plan(found.plan.question))
    assert found.plan.payable >= tried - 1


def test_the_solver_writes_nothing_on_the_output_of_the_process() -> None:
    asked = "from tests.engine.optimum.test_optimum import best; print(best(1).plan.payable)"
    told = subprocess.run(  # noqa: S603
        [sys.executable, "-c", asked], capture_output=True, text=True, check=True
    )
    assert (told.stdout, told.stderr) == (f"{best(1).plan.payable}\n", "")
