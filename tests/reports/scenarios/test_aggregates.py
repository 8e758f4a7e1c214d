"""What the federation sees without consents: sums in which no service shows."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import numpy as np
import pytest

from backoffice.engine.projection.facts import taken
from backoffice.engine.scenario.award_years import taken_years
from backoffice.engine.scenario.run import run
from backoffice.engine.scenario.totals import totals_of
from reports.memorandum.disclosure import too_few
from reports.scenarios.aggregates.hiding import hidden
from reports.scenarios.aggregates.view import Aggregated, aggregated
from reports.scenarios.assumed import Assumed
from reports.scenarios.comparing import Baseline, outcome
from reports.scenarios.toml.reading import read_scenario
from tests.engine.projection.made import made
from tests.reports.scenarios.beside import beside

DAY = "from = 2027-01-01"
TENTH = f'{{ kind = "award", target = "*", {DAY}, factor = "0.1" }}'


@pytest.fixture(scope="module")
def base() -> Baseline:
    """Six employers alike, each with one service."""
    return beside(made(workers=3, awards=4, employers=6).facts)


def seen(base: Baseline, *patches: str, target: str = "*", **assumed: Fraction) -> Aggregated:
    scenario = read_scenario(f'name = "x"\npatches = [{", ".join(patches)}]')
    day = date(2026, 1, 1)
    found = {code: Assumed(code, v, day, "a", day, "s", "p") for code, v in assumed.items()}
    return aggregated(base, scenario, found, target)


def figure(found: Aggregated, code: str):
    return next(one for one in found.figures if one.code == code)


def test_sums_over_many_services_are_those_of_the_comparison(base: Baseline) -> None:
    found = seen(base, TENTH)
    assert found.refused == ()
    whole = outcome(base, found.scenario)
    for code in ("cost", "funded", "own_funds", "funded.funder 0", "fte"):
        shown, years = figure(found, code), whole.figure(code).years
        assert list(shown.baseline) == years.baseline.tolist(), code
        assert list(shown.scenario) == years.scenario.tolist(), code
        assert list(shown.delta) == years.delta.tolist(), code
    assert figure(found, "own_funds").delta[1] > 0


@pytest.mark.parametrize(
    "patch",
    [
        f'kind = "worker", target = "E0/W0", {DAY}, share = "0.5"',
        f'kind = "merge", target = "E0", {DAY}, into = "E1"',
        f'kind = "award", target = "A0", {DAY}, stop = true',
        f'kind = "pay_date", target = "E0/A0", {DAY}, delay_days = 3',
        f'kind = "post", target = "E0", {DAY}, fte = 1',
    ],
)
def test_a_change_that_names_one_service_is_refused_and_the_others_count(
    base: Baseline, patch: str
) -> None:
    found = seen(base, f"{{ {patch} }}", TENTH)
    [sentence] = found.refused
    assert "Modification n° 1" in sentence
    assert "sans leur accord" in sentence
    alone = seen(base, TENTH)
    assert figure(found, "own_funds").delta == figure(alone, "own_funds").delta


def test_a_change_that_moves_three_employers_is_refused_even_among_larger_ones() -> None:
    facts = made(workers=3, awards=4, employers=6).facts
    rows = np.flatnonzero(
        (facts.names.award_employers[facts.years.award] < 3)
        | (np.array(facts.names.award_schemes)[facts.years.award] != "s2")
    )
    few = replace(facts, years=taken_years(facts.years, rows), renewed=facts.renewed[rows])
    few = replace(few, parts=taken(few.parts, np.zeros(0, dtype=np.int64)))
    few = replace(few, repeated=np.zeros(0, dtype=np.int64))
    one = beside(few)
    narrow = f'{{ kind = "scheme", target = "s2", {DAY}, stop = true }}'
    found = seen(one, TENTH, narrow)
    assert "Modification n° 2" in found.refused[0]
    assert figure(found, "own_funds").delta == figure(seen(one, TENTH), "own_funds").delta


def test_posts_asked_of_every_service_are_counted_in_the_open(base: Baseline) -> None:
    """Here one service has a type; how many there are is public."""
    patch = f'{{ kind = "post", target = "CASG", {DAY}, fte = 2, cost = {{ assumption = "c" }} }}'
    found = seen(base, patch, target="CASG", c=Fraction(12_000))
    assert figure(found, "asked_fte").delta == (0, 2 * 12 * 10_000)
    assert figure(found, "asked.nobody").delta == (0, 2 * 12_000 * 100)
    least = seen(base, patch.replace("fte = 2", "least = 50"), target="CASG", c=Fraction(12_000))
    assert "Modification n° 1" in least.refused[0]


def test_three_services_of_a_type_show_nothing_of_what_they_cost() -> None:
    base = beside(made(workers=3, awards=4, employers=3).facts)
    found = seen(base, TENTH)
    assert found.refused
    for one in found.figures:
        if not one.code.startswith("asked"):
            assert all(not value for value in one.baseline), one.code


def test_no_note_names_an_award_or_a_worker(base: Baseline) -> None:
    found = seen(base, TENTH)
    words = {*base.facts.names.workers, *base.facts.names.awards}
    assert found.notes
    for note in found.notes:
        assert not words & set(note.replace(",", " ").replace("(", " ").split()), note


def test_what_is_hidden_in_one_year_is_hidden_in_all() -> None:
    wide = {(owner, "CASG", "own_funds"): (100, 100) for owner in range(5)}
    assert hidden(wide) == frozenset()
    wide[0, "CASG", "own_funds"] = (100, 10_000)
    assert ("CASG", "own_funds") in hidden(wide)


def test_each_sum_that_is_shown_rests_on_enough_employers(base: Baseline) -> None:
    found = seen(base, TENTH)
    totals = totals_of(run(base.facts))
    cost = dict(enumerate(totals.cost.sum(axis=1).tolist()))
    assert not too_few({int(totals.unit_employer[unit]): value for unit, value in cost.items()})
    assert None not in figure(found, "cost").baseline
