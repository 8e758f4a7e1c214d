"""What the federation sees without consents: sums in which no service shows."""

from dataclasses import replace
from datetime import date
from fractions import Fraction
from itertools import permutations

import numpy as np
import pytest
from django.utils.translation import override

from backoffice.engine.projection.facts import taken
from backoffice.engine.scenario.award_years import taken_years
from backoffice.engine.scenario.run import run
from backoffice.engine.scenario.totals import totals_beside, totals_of
from reports.board.kept import summed_of
from reports.memorandum.disclosure import too_few
from reports.scenarios.aggregates.general import _what, published, refused
from reports.scenarios.aggregates.hiding import hidden
from reports.scenarios.aggregates.steps import Walk
from reports.scenarios.aggregates.view import Aggregated, aggregated, aggregated_by, walk_of
from reports.scenarios.assumed import Assumed, by_code, filled_in
from reports.scenarios.comparing import Baseline, outcome
from reports.scenarios.ready import library
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
    found = by_code(Assumed(code, v, day, "a", day, "s", "p") for code, v in assumed.items())
    return aggregated(base, scenario, found, target)


def figure(found: Aggregated, code: str):
    return next(one for one in found.figures if one.code == code)


@pytest.mark.parametrize(
    "patch",
    [
        f'kind = "award", target = "scheme:nope", {DAY}, stop = true',
        f'kind = "award", target = "scheme:nope", {DAY}, factor = 1',
    ],
)
def test_what_cannot_be_applied_names_no_award_of_any_service(base: Baseline, patch: str) -> None:
    [sentence] = seen(base, f"{{ {patch} }}").refused
    assert sentence.startswith("Modification n° 1 : elle ne s'applique pas aux services réunis")
    assert not any(award in sentence for award in base.facts.names.awards)


@pytest.mark.django_db
def test_what_is_kept_for_a_reader_of_french_is_said_in_dutch_to_one_of_dutch(
    base: Baseline,
) -> None:
    scenario = read_scenario(f'name = "x"\npatches = [{{ kind = "worker", target = "W", {DAY} }}]')
    said = {}
    for language in ("fr", "nl"):
        with override(language):
            [said[language]] = summed_of(base, scenario, {})["*"].refused
    assert said["fr"].startswith("Modification n° 1 : elle ne touche que")
    assert said["nl"].startswith("Wijziging nr. 1: ze raakt slechts")


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


LATER = [
    TENTH.replace("2027-01-01", "2026-07-01"),
    TENTH.replace("2027-01-01", "2027-05-01"),
    f'{{ kind = "scheme", target = "s2", {DAY}, stop = true }}',
    '{ kind = "index", target = "*", from = 2027-03-01, lag = 2 }',
]


@pytest.mark.parametrize("order", list(permutations(range(len(LATER)), 3)))
def test_changes_of_several_days_decided_one_by_one_are_those_of_one_run(
    base: Baseline, order: tuple[int, ...]
) -> None:
    patches = ", ".join(LATER[place] for place in order)
    drawn = filled_in(read_scenario(f'name = "x"\npatches = [{patches}]')).patches
    shown = Walk(base.facts, base.run, frozenset(map(_what, drawn))).shown(drawn)
    assert len(shown.patches) > 1
    sides = [
        totals_beside(done, base.totals)
        for done in (shown.run, run(base.facts, shown.patches, base.run))
    ]
    for name in ("cost", "own_funds", "other_paid"):
        first, second = (getattr(side, name).tolist() for side in sides)
        assert first == second, name


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


POST = f'kind = "post", target = "CASG", {DAY}, function = "social", least = '
AWARD = f'kind = "award", target = "scheme:s0", {DAY}, '
INDEX = f'kind = "index", target = "*", {DAY}, '


@pytest.mark.parametrize(
    ("one", "next_to_it"),
    [
        (POST + "6", POST + "7"),
        (AWARD + "least = 400000", AWARD + "least = 400001"),
        (AWARD + "granted = 9000", AWARD + "granted = 9001"),
        (AWARD + "add = -10", AWARD + "add = -11"),
        (AWARD + 'factor = "0.9"', AWARD + 'factor = "0.9001"'),
        (INDEX + "capped_above = 3000", INDEX + "capped_above = 3001"),
        (INDEX + 'path = "0.021"', INDEX + 'path = "0.02101"'),
    ],
)
def test_two_scenarios_that_nearly_agree_differ_by_nothing(
    base: Baseline, one: str, next_to_it: str
) -> None:
    """Their difference would be one service's: at most one of them moves anything."""
    first, second = (seen(base, f"{{ {patch} }}") for patch in (one, next_to_it))
    assert "Modification n° 1" in second.refused[0]
    if first.refused:
        assert [each.delta for each in first.figures] == [each.delta for each in second.figures]


def test_two_round_rates_do_not_multiply_into_a_finer_one(base: Baseline) -> None:
    rate = '{ kind = "award", target = "%s", from = 2027-01-01, factor = "%s" }'
    twice = seen(base, rate % ("*", "0.99"), rate % ("scheme:s0", "1.01"))
    assert "Modification n° 2" in twice.refused[0]
    apart = seen(base, rate % ("scheme:s1", "0.99"), rate % ("scheme:s0", "1.01"))
    assert not any("un seul" in one for one in apart.refused)


def test_a_threshold_of_the_library_is_taken_from_any_day_at_any_price(base: Baseline) -> None:
    known = published({})
    [five] = [
        one
        for one in filled_in(library()["demand_01_target_of_five"]).patches
        if one.target == "CASG"
    ]
    later = replace(five, since=date(2029, 1, 1), values={**five.values, "cost": 60_000})
    assert refused(later, (), known) == ""
    assert refused(replace(later, values={**five.values, "least": 6}), (), known)


def test_a_scenario_that_begins_like_another_is_decided_alike(base: Baseline) -> None:
    post = f'{{ kind = "post", target = "*", {DAY}, fte = 1 }}'
    late = f'{{ kind = "index", target = "*", {DAY}, lag = 2, of = "grants" }}'
    walk = walk_of(base)
    for patches in ([TENTH], [TENTH, post], [TENTH, post, late], [post, late], [TENTH]):
        scenario = read_scenario(f'name = "x"\npatches = [{", ".join(patches)}]')
        [found] = aggregated_by(base, scenario, walk=walk).values()
        assert found == seen(base, *patches)


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
