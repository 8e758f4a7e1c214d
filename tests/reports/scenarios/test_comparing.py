"""Scenarios beside a baseline: what moves, what does not, and what is said."""

import json
from dataclasses import replace
from datetime import date
from fractions import Fraction

import numpy as np
import pytest

from backoffice.engine import money
from reports.scenarios.assumed import Assumed, by_code
from reports.scenarios.comparing import Baseline, Scope, TooMany, compare
from reports.scenarios.json_file import digest_of, render_json
from reports.scenarios.toml.reading import read_scenario
from tests.engine.projection.made import FIRST_YEAR
from tests.reports.scenarios.beside import beside

DAY = f"{FIRST_YEAR + 1}-03-01"


@pytest.fixture(scope="module")
def base() -> Baseline:
    return beside()


def one(base: Baseline, *patches: str, more: str = "", assumptions=None):
    listed = ", ".join(f"{{ {patch} }}" for patch in patches)
    scenario = read_scenario(f'name = "essai"\npatches = [{listed}]\n{more}')
    [found] = compare(base, [scenario], assumptions or {}).outcomes
    return found


def test_an_empty_scenario_is_the_baseline_to_the_cent(base: Baseline) -> None:
    for figure in one(base).figures:
        assert figure.baseline.tolist() == figure.scenario.tolist(), figure.code
    assert one(base).figure("cost").baseline.sum() > 0


def test_nothing_moves_before_the_first_day(base: Baseline) -> None:
    found = one(base, f'kind = "award", target = "*", from = {DAY}, factor = "0.1"')
    delta = found.figure("own_funds").delta.tolist()
    assert delta[:14] == [0] * 14
    assert sum(delta[14:]) > 0


def test_what_funders_pay_and_own_funds_sum_to_the_cost(base: Baseline) -> None:
    found = one(base, f'kind = "award", target = "*", from = {DAY}, factor = "0.1"')
    figures = {figure.code: figure for figure in found.figures}
    parts = [figure for code, figure in figures.items() if code.startswith("funded.")]
    for side in ("baseline", "scenario"):
        paid = sum(getattr(part, side) for part in parts)
        assert paid.tolist() == getattr(figures["funded"], side).tolist()
        own, cost = getattr(figures["own_funds"], side), getattr(figures["cost"], side)
        assert (paid + own).tolist() == cost.tolist()


def test_a_bad_patch_is_said_and_the_rest_still_shows(base: Baseline) -> None:
    found = one(
        base,
        f'kind = "award", target = "NO", from = {DAY}, stop = true',
        f'kind = "award", target = "*", from = {FIRST_YEAR - 1}-01-01, stop = true',
        f'kind = "award", target = "*", from = {DAY}, granted = 5',
        f'kind = "award", target = "*", from = {DAY}, granted = 7',
        'kind = "award"',
    )
    assert [sentence.split(" :")[0] for sentence in found.refused] == [
        f"Modification n° {number}" for number in (1, 2, 5)
    ]
    assert "avant les données" in found.refused[1]
    assert found.overridden == (
        "Modification n° 3 : la n° 4 fixe la même valeur de « * », c'est elle qui compte. Retirez "
        "l'une des deux.",
    )
    assert found.figure("own_funds").delta.sum() > 0


@pytest.mark.parametrize(
    ("patch", "times"),
    [
        (f'kind = "award", target = "*", from = {DAY}, indexed_by = "r"', 1),
        (f'kind = "index", target = "*", from = {DAY}, lag = 1', 1),
        (f'kind = "award", target = "*", from = {DAY}, indexed_by = "0.02"', 0),
        (f'kind = "index", target = "r", from = {DAY}, path = "0.02"', 0),
    ],
)
def test_a_change_that_follows_an_index_past_what_is_known_says_so_with_the_way_out(
    base: Baseline, patch: str, times: int
) -> None:
    known = np.full(len(base.facts.index.regimes), base.facts.first + 3)
    facts = replace(base.facts, index=replace(base.facts.index, known=known))
    found = one(replace(base, facts=facts), patch)
    told = [note for note in found.notes if note.startswith("Modification n° 1 : elle suit")]
    assert len(told) == times
    assert all("La fédération peut signer" in note and "avril 2026" in note for note in told)


def test_a_demand_without_an_entered_cost_counts_in_fte_only(base: Baseline) -> None:
    patch = f'kind = "post", target = "*", from = {DAY}, fte = 1, cost = {{ assumption = "c" }}'
    without = one(base, patch)
    assert without.figure("asked.nobody").years.scenario.tolist() == [0, 0]
    assert without.figure("unpriced_fte").scenario[-1] == without.figure("asked_fte").scenario[-1]
    assert without.figure("asked_fte").scenario[-1] > 0
    assert any("« c »" in note and "pas zéro" in note for note in without.notes)

    entered = Assumed(
        "c",
        Fraction(60_000),
        date(2026, 1, 1),
        "A. Exemple",
        date(2026, 2, 1),
        "calcul",
        "pour voir",
    )
    priced = one(base, patch, assumptions=by_code([entered]))
    services = priced.figure("asked_fte").scenario[-1] // 10_000
    assert priced.figure("asked.nobody").scenario[-1] == services * 6_000_000 // 12
    assert priced.figure("unpriced_fte").scenario.sum() == 0
    assert priced.filled.used == (entered,)
    assert any("sans frais de fonctionnement" in note for note in priced.notes)
    both = one(
        base, patch.replace("fte = 1", "fte = 1, running = 5000"), assumptions=by_code([entered])
    )
    assert not any("sans frais de fonctionnement" in note for note in both.notes)


def test_each_change_counts_with_the_value_in_force_on_its_day(base: Baseline) -> None:
    patch = f'kind = "post", target = "*", from = {DAY}, fte = 1, cost = {{ assumption = "c" }}'
    year = int(DAY[:4])
    signed = [
        Assumed("c", Fraction(value), day, "A. Exemple", date(2026, 2, 1), "calcul", "pour voir")
        for value, day in (
            (12_000, date(year - 2, 1, 1)),
            (24_000, date(year - 1, 1, 1)),
            (36_000, date(year - 1, 1, 1)),
            (48_000, date(year + 3, 1, 1)),
        )
    ]
    found = one(base, patch, assumptions=by_code(signed))
    services = found.figure("asked_fte").scenario[-1] // 10_000
    assert found.figure("asked.nobody").scenario[-1] == services * 300_000
    assert found.filled.used == (signed[2],)
    early = one(base, patch, assumptions=by_code(signed[3:]))
    assert early.filled.lacking == ("c",)
    assert early.figure("unpriced_fte").scenario[-1] == services * 10_000
    assert any("« c »" in note and "en vigueur" in note for note in early.notes)
    needed = f'kind = "award", target = "*", from = {DAY}, add = {{ assumption = "c" }}'
    assert "en vigueur" in one(base, needed, assumptions=by_code(signed[3:])).refused[0]


def test_a_choice_that_is_not_made_is_refused_with_its_name(base: Baseline) -> None:
    patch = f'kind = "worker", target = {{ parameter = "who" }}, from = {DAY}, share = "0.5"'
    words = '[parameters.who]\nlabel = { fr = "Quel travailleur" }\n'
    assert "Quel travailleur" in one(base, patch, more=words).refused[0]
    made = one(base, patch, more=words + 'value = "E0/W0"')
    assert made.refused == ()
    assert made.figure("fte").delta[-1] < 0


def test_more_than_six_scenarios_are_refused(base: Baseline) -> None:
    scenario = read_scenario('name = "x"\npatches = []')
    with pytest.raises(TooMany, match="7 scénarios"):
        compare(base, [scenario] * 7)


def test_the_json_gives_each_month_and_its_sums_to_the_cent(base: Baseline) -> None:
    text = f'kind = "award", target = "*", from = {DAY}, factor = "0.1"'
    scenario = read_scenario(f'name = "moitié"\npatches = [{{ {text} }}]')
    document = json.loads(render_json(compare(base, [scenario])))
    digest = document.pop("digest")
    assert digest == digest_of(document)
    [found] = document["scenarios"]
    for figure in found["figures"]:
        for cell in (*figure["months"], *figure["years"]):
            sides = [money.cents(cell[side]) for side in ("baseline", "scenario", "delta")]
            assert sides[1] - sides[0] == sides[2], (figure["code"], cell)
        if figure["unit"] == "EUR":
            months = [money.cents(cell["scenario"]) for cell in figure["months"]]
            years = [money.cents(cell["scenario"]) for cell in figure["years"]]
            assert [sum(months[:12]), sum(months[12:])] == years
    assert found["figures"][0]["months"][0]["month"] == f"{FIRST_YEAR}-01"


def test_one_service_counts_itself_alone(base: Baseline) -> None:
    alone = [
        one(replace(base, scope=Scope((), number)), 'kind = "award"').figure("cost").baseline
        for number in base.facts.names.employers
    ]
    assert sum(alone).tolist() == one(base).figure("cost").baseline.tolist()
