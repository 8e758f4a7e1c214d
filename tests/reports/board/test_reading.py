"""What a board reads sums exactly, whatever the scenario; and hides what it must."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backoffice.engine.projection.facts import Leaves
from backoffice.federation.models import Organisation
from reports.board.explaining import worker_month
from reports.board.gains import gains
from reports.board.hiding import rests_on_too_few
from reports.board.levers import LEVERS, is_moved, moved
from reports.board.parts import parts_of
from reports.board.pictures import reasons, why
from reports.board.reading import read_alone, read_summed
from reports.board.swings import swings
from reports.board.yearly import compared
from reports.scenarios.aggregates.view import aggregated_by
from reports.scenarios.comparing import Baseline, Comparison, Scope, compare
from reports.scenarios.scenario import Change, Reference, Scenario, Source
from tests.engine.projection.made import FIRST_YEAR, made
from tests.reports.scenarios.beside import beside

SERVICE = (Organisation(name="Un"),)
NAMES = ("Aujourd'hui", "essai")
SMALLER = {"factor": Fraction(1, 10)}
BASE = replace(beside(), scope=Scope(SERVICE))


def changed(kind: str = "award", target: str = "*", month: int = 1, **values) -> Scenario:
    since = date(FIRST_YEAR + 1, month, 1)
    return Scenario("essai", (Change(1, kind, target, since, values or SMALLER),))


def beside_each_other(*scenarios: Scenario, base: Baseline = BASE) -> Comparison:
    return compare(base, scenarios)


@settings(max_examples=20, deadline=None)
@given(st.integers(1, 12), st.integers(0, 200), st.sampled_from(["award", "figure"]))
def test_the_reasons_sum_to_what_own_funds_move(month: int, percent: int, kind: str) -> None:
    target = "*" if kind == "award" else "capped_cost.*"
    scenario = changed(kind, target, month, factor=Fraction(percent, 100))
    found = beside_each_other(scenario)
    table = compared(found)
    delta = table["own_funds"].sides[1].total.delta
    assert sum(amount for _name, amount in reasons(table, 1)) == delta
    assert why(table, NAMES, 1).total


def test_years_sum_to_the_total_and_today_has_no_difference() -> None:
    for one in compared(beside_each_other(changed())).values():
        today, scenario = one.sides
        assert today.total.delta is None
        if one.unit == "EUR":
            for side in (today, scenario):
                assert sum(value.amount for value in side.values) == side.total.amount
            assert scenario.total.amount - today.total.amount == scenario.total.delta


def test_what_services_gain_sums_to_what_own_funds_move() -> None:
    found = beside_each_other(changed())
    moved_own = compared(found)["own_funds"].sides[1].total.delta
    assert moved_own
    assert sum(one.total or 0 for one in gains(found, found.outcomes[0])) == moved_own


def test_a_worker_month_is_explained_down_to_each_award() -> None:
    found = beside_each_other(changed())
    at = found.base.facts.first + 14
    row = next(one for one in parts_of(found, 1, "own_funds", at) if len(one.about) > 2)
    told = worker_month(found, 1, at, row.line)
    labels = [step.label for step in told.steps]
    assert "Coût du mois" in labels
    paid = [line for line in row.about if line.startswith("Payé par")]
    assert labels.count("Payé") >= len(paid) > 0
    assert told.steps[-1].label == "Fonds propres"
    with pytest.raises(IndexError):
        worker_month(found, 1, at + 1, row.line)


def test_sliders_at_rest_change_nothing() -> None:
    rest = {one.code: one.rest for one in LEVERS}
    assert not is_moved(rest)
    assert moved(BASE, changed(), rest) == changed()


@pytest.mark.parametrize(
    ("code", "value", "kinds"),
    [
        ("retard", 3, ["index"]),
        ("plafond", 90, ["figure"]),
        ("montants", 95, ["award"]),
        ("travail", 80, ["worker"] * 6),
    ],
)
def test_a_slider_adds_its_patches_after_those_of_the_scenario(code, value, kinds) -> None:
    found = moved(BASE, changed(), {code: value})
    assert [one.kind for one in found.changes] == ["award", *kinds]
    assert [one.number for one in found.changes] == list(range(1, len(kinds) + 2))


def test_a_slider_stays_within_its_bounds() -> None:
    lever = LEVERS[1]
    assert [lever.held(one) for one in ("1000", "-4", "x", "", None)] == [120, 80, 100, 100, 100]


def test_the_widest_driver_comes_first_and_each_end_says_what_it_is() -> None:
    found = swings(BASE, "*", apart=True)
    widths = [abs(one.high - one.low) for one in found]
    assert found
    assert widths == sorted(widths, reverse=True)
    assert all(one.low_words and one.high_words for one in found)


def test_sickness_moves_own_funds_although_no_absence_is_known() -> None:
    found = swings(BASE, "*", apart=True)
    [sickness] = [one for one in found if one.name.startswith("Maladie")]
    assert sickness.low == 0
    assert sickness.high
    assert (sickness.low_words, sickness.high_words) == ("aucun", "un par an et par personne")


def test_a_worker_already_away_is_sick_in_the_other_months_only() -> None:
    start, stop = (date(year, 1, 1).toordinal() for year in (FIRST_YEAR, FIRST_YEAR + 9))
    workers = np.arange(len(BASE.facts.names.workers))
    away = Leaves(workers, np.full(len(workers), start), np.full(len(workers), stop))
    gone = replace(BASE, facts=replace(BASE.facts, leaves=away))
    [sickness] = [one for one in swings(gone, "*", apart=True) if one.name.startswith("Maladie")]
    assert sickness.high == 0
    assert sickness.low


def test_nobody_at_work_is_sick_of_nothing() -> None:
    facts = BASE.facts
    closed = replace(facts.contracts, stop=facts.contracts.start)
    nobody = replace(BASE, facts=replace(facts, contracts=closed))
    assert not [one for one in swings(nobody, "*", apart=True) if one.name.startswith("Maladie")]


def test_too_few_services_are_not_shown_together() -> None:
    many = beside(made(workers=2, employers=12).facts)
    assert rests_on_too_few(BASE, "*")
    assert not rests_on_too_few(many, "*")


def test_a_driver_that_tells_of_one_service_is_left_out() -> None:
    many = beside(made(workers=2, employers=12).facts)
    assert swings(BASE, "*", apart=False) == []
    assert swings(many, "*", apart=False)


def test_the_sum_of_several_names_no_award_and_no_worker() -> None:
    names = {*BASE.facts.names.awards, *BASE.facts.names.workers}
    alone = read_alone(beside_each_other(changed()))
    summed = read_summed(BASE, [aggregated_by(BASE, changed())], "*")
    assert any(name in line for name in names for line in alone.scenarios[0].supposed)
    assert len(set(summed.scenarios[0].supposed)) == len(summed.scenarios[0].supposed)
    assert not any(name in line for name in names for line in summed.scenarios[0].supposed)


def test_what_two_services_pay_is_hidden_on_every_side() -> None:
    summed = read_summed(BASE, [aggregated_by(BASE, changed())], "*")
    own = summed.table["own_funds"]
    assert own.is_hidden
    assert not summed.tells("own_funds")
    assert [value.known for side in own.sides for value in side.values] == [None] * 4
    assert not any(any(one.more or ()) for one in summed.scenarios[0].gains)


def test_funders_shown_and_gathered_sum_to_what_is_funded() -> None:
    many = beside(made(workers=2, employers=12).facts)
    read = read_summed(many, [aggregated_by(many, changed())], "*")
    assert read.tells("funded", "own_funds", "cost")
    parts = [one for code, one in read.table.items() if code.startswith("funded.")]
    for side, whole in enumerate(read.table["funded"].sides):
        for year, value in enumerate(whole.values):
            assert sum(one.sides[side].values[year].amount for one in parts) == value.amount
    assert sum(amount for _name, amount in reasons(read.table, 1)) == (
        read.table["own_funds"].sides[1].total.delta
    )


def test_an_assumption_that_lacks_a_value_is_said_apart_and_not_among_what_is_supposed() -> None:
    cost = Reference(Source.ASSUMPTION, "fte_cost.master.0")
    scenario = changed("post", fte=1, cost=cost)
    alone = read_alone(beside_each_other(scenario)).scenarios[0]
    summed = read_summed(BASE, [aggregated_by(BASE, scenario)], "*").scenarios[0]
    for read in (alone, summed):
        assert read.lacking == (cost.code,)
        assert read.supposed
        assert not any("l'hypothèse" in line for line in read.supposed)
