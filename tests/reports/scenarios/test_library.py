"""Every scenario of the library on the demonstration: one service, one sector, all."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from fractions import Fraction
from io import BytesIO
from itertools import chain, pairwise

import numpy as np
import pikepdf
import pytest
from django.utils import translation

from backoffice.engine.cash.flows import GRANT
from backoffice.federation.models import Organisation
from reports.board.pdf_file import PAGES
from reports.memorandum.disclosure import too_few
from reports.scenarios.aggregates.view import aggregated
from reports.scenarios.comparing import Baseline, Outcome, compare, outcome
from reports.scenarios.documents import render_note
from reports.scenarios.ready import library
from reports.scenarios.scenario import Scenario, Source, references
from reports.scenarios.toml.reading import read_scenario
from reports.scenarios.toml.writing import write_scenario
from reports.treasury.reading import ground_of, treasury_of
from tests.reports.scenarios.chosen import CHOICES, PRICE, asked, own_funds, run_on, supposed
from tests.reports.scenarios.conftest import HORIZON

CODES = tuple(library())
CASG, CAP, CSS, ILI, SASPP = 9, 19, 4, 7, 3
FTE = {
    "demand_01_social_per_centre": CASG + CAP,
    "demand_02_social_per_antenna": Fraction(9 + 14, 2),
    "demand_03_coordination": CASG + CAP,
    "demand_04_administration": CASG + CAP,
    "demand_06_missions_low": Fraction(CASG + CAP, 4),
    "demand_06_missions_high": 2 * (CASG + CAP),
    "demand_08_federation": 2,
    "demand_14_coordinator_and_support": (CSS + ILI + SASPP) * Fraction(3, 2),
    "shared_support": Fraction(CSS + ILI + SASPP, 2),
    "collective_action": Fraction(CASG + CAP + CSS + ILI + SASPP, 2),
    "sector_tools": Fraction(1, 2),
}
"""FTE asked over the whole federation of the demonstration, counted by hand."""
BY_FUNCTION = {
    "social": CASG + CAP + Fraction(9 + 14, 2),
    "coordination": CASG + CAP + 2 + CSS + ILI + SASPP,
    "administration": CASG + CAP + Fraction(CSS + ILI + SASPP, 2),
}
TOGETHER = {
    "demands_together": {**BY_FUNCTION, "any": Fraction(CASG + CAP, 4)},
    "demands_together_other_readings": {**BY_FUNCTION, "any": 2 * (CASG + CAP)},
}
"""FTE of the demands together by function, by hand: what is decided (9) lacks nothing any more."""
OF_PAY_DATES = {"balance_late", "provisional_twelfths", "demand_12_paid_at_the_start"}
OF_NOBODY_HERE = {"coordination_sociale_open", "coordination_sociale_closed"}


@pytest.mark.parametrize("code", CODES)
def test_a_scenario_is_bilingual_sourced_and_written_as_it_is_read(code: str) -> None:
    one = library()[code]
    assert one.problems == ()
    assert one.name == code
    assert set(one.label) == set(one.description) == {"fr", "nl"}
    assert one.source
    assert set(one.uses) == set(references(one, Source.ASSUMPTION))
    assert set(references(one, Source.PARAMETER)) == set(one.parameters)
    assert read_scenario(write_scenario(one)) == one


def test_the_fourteen_demands_are_there_one_by_one() -> None:
    assert {code[7:9] for code in CODES if code.startswith("demand_")} == {
        f"{number:02}" for number in range(1, 15)
    }


@pytest.mark.parametrize("code", ["demands_together", "demands_together_other_readings"])
def test_the_demands_together_are_the_changes_of_each_in_their_order(code: str) -> None:
    mine = [replace(change, number=0) for change in library()[code].changes]
    singles = [one for name, one in sorted(library().items()) if name.startswith("demand_")]
    every = [replace(change, number=0) for change in chain(*(one.changes for one in singles))]
    assert mine == [change for change in every if change in mine]
    assert {name[7:9] for name, one in library().items() if _is_part(name, one, mine)} == {
        f"{number:02}" for number in range(1, 15)
    }


def _is_part(name: str, one: Scenario, changes: list) -> bool:
    parts = [replace(change, number=0) in changes for change in one.changes]
    return name.startswith("demand_") and all(parts)


@pytest.mark.parametrize("where", ["one", "CSS", "all"])
def test_nothing_of_the_library_is_refused_once_its_choices_are_made(
    baselines: dict[str, Baseline], where: str
) -> None:
    alone = {"demand_08_federation", "sector_tools", "merger", "worker_at_half_time"}
    alone |= {"director_at_master_scale", "demands_together", "demands_together_other_readings"}
    for code in CODES:
        found = run_on(baselines[where], code)
        if where == "all" or code not in alone:
            assert found.refused == (), code
        assert found.overridden == (), code


def test_the_fte_asked_are_those_counted_by_hand(baselines: dict[str, Baseline]) -> None:
    for code, fte in FTE.items():
        found = run_on(baselines["all"], code)
        assert asked(found) == fte, code
        priced = sum(
            int(one.scenario[12]) for one in found.figures if one.code.startswith("asked.")
        )
        more = 2 if library()[code].changes[0].values.get("running") else 1
        assert (
            abs(priced - fte * PRICE * more * 100 / Fraction(12)) < len(found.run.facts.demands) + 1
        ), code


def test_an_employer_with_two_approvals_asks_once(baselines: dict[str, Baseline]) -> None:
    base = baselines["all"]
    names = base.facts.names
    owners = names.approval_employers.tolist()
    two = next(names.employers[one] for one in owners if owners.count(one) > 1)
    for code, fte in (("demand_08_federation", 2), ("sector_tools", Fraction(1, 2))):
        chosen = library()[code].with_choices({**CHOICES, "federation": two, "employer": two})
        assert asked(outcome(base, chosen, supposed(chosen))) == fte, code


@pytest.mark.parametrize("code", TOGETHER)
def test_no_post_counts_twice_among_the_demands_together(
    baselines: dict[str, Baseline], code: str
) -> None:
    facts = run_on(baselines["all"], code).run.facts
    demands, names = facts.demands, facts.names
    found = {
        name: Fraction(int(demands.fte[demands.function == place].sum()), 10_000)
        for place, name in ((-1, "any"), *enumerate(names.functions))
        if (demands.function == place).any()
    }
    assert found == TOGETHER[code]


def test_one_service_asks_for_itself_and_a_sector_for_its_services(
    baselines: dict[str, Baseline],
) -> None:
    assert asked(run_on(baselines["one"], "demand_01_social_per_centre")) == 1
    assert asked(run_on(baselines["CSS"], "demand_14_coordinator_and_support")) == 6
    elsewhere = run_on(baselines["CSS"], "demand_01_social_per_centre")
    assert asked(elsewhere) == 0
    assert any("ne concerne personne ici (CASG)" in note for note in elsewhere.notes)


def test_what_is_decided_lacks_less_than_what_is_asked(baselines: dict[str, Baseline]) -> None:
    decided = asked(run_on(baselines["all"], "demand_09_already_decided"))
    target = asked(run_on(baselines["all"], "demand_01_target_of_five"))
    assert 0 < decided < target < 5 * (CASG + CAP)


def test_the_running_costs_added_follow_the_index_of_pay(baselines: dict[str, Baseline]) -> None:
    base = baselines["all"]
    years = base.facts.years
    more = run_on(base, "demand_05_running_costs").run.facts.years.granted - years.granted
    schemes = np.array(base.facts.names.award_schemes)[years.award]
    mine = np.isin(schemes, ["cocof_casg", "cocom_cap"]) & (years.granted >= 0)
    assert not more[~mine].any()
    by_year = [set(more[mine & (years.year == year)].tolist()) for year in range(2026, 2031)]
    assert by_year[0] == {0}
    [levels] = zip(*by_year[1:], strict=True)
    assert PRICE * 100 <= levels[0] < levels[-1] < PRICE * 100 * Fraction(5, 4)
    assert list(levels) == sorted(levels)


@pytest.mark.parametrize(
    "code", ["demand_05_running_costs", "demand_11_running_by_10", "demand_11_running_to_10"]
)
def test_money_for_running_costs_moves_no_euro_of_staff(
    baselines: dict[str, Baseline], code: str
) -> None:
    found = run_on(baselines["all"], code)
    assert not found.figure("funded").delta.any()
    assert not found.figure("own_funds").delta.any()
    more = sum(one.years.delta for one in found.figures if one.code.startswith("invoices."))
    assert more[0] == 0
    assert (more[1:] > 0).all()
    facts, years = found.run.facts, baselines["all"].facts.years
    added = np.where(years.granted < 0, 0, facts.years.granted - years.granted)
    paid = found.run.funding.payable - baselines["all"].run.funding.payable
    assert (paid <= added).all()


def test_what_moves_no_cost_moves_no_figure(baselines: dict[str, Baseline]) -> None:
    for code in sorted(OF_PAY_DATES | OF_NOBODY_HERE):
        found = run_on(baselines["all"], code)
        assert all(not one.delta.any() for one in found.figures), code
    for code in OF_PAY_DATES:
        assert run_on(baselines["all"], code).run.facts.pay_dates


def test_no_scenario_brings_at_once_more_than_its_award_pays_in_a_year(
    service: Organisation,
) -> None:
    ground = ground_of(service, HORIZON.as_of)
    today: dict[str, int] = Counter()
    for one in treasury_of(ground).flows:
        if one.kind == GRANT:
            today[one.subject] = max(today[one.subject], one.amount)
    for code in CODES:
        scenario = library()[code].with_choices(CHOICES)
        found = outcome(ground.beside, scenario, supposed(scenario))
        paid, facts = found.run.funding.payable, found.run.facts
        most = {
            name: int(paid[facts.years.award == place].max(initial=0))
            for place, name in enumerate(facts.names.awards)
        }
        coming = [one for one in treasury_of(ground, found.run).flows if one.kind == GRANT]
        assert coming
        for flow in coming:
            if flow.day > HORIZON.as_of:
                assert flow.amount <= max(most[flow.subject], today[flow.subject]), code


def test_ape_costs_what_its_grants_paid(baselines: dict[str, Baseline]) -> None:
    base = baselines["all"]
    repealed, replaced = run_on(base, "ape_repealed"), run_on(base, "ape_replaced")
    assert not repealed.figure("own_funds").delta.any()
    gain = replaced.figure("own_funds").years.delta
    assert (gain[1:] < 0).all()
    paid = replaced.figure("funded.wallonia").years.delta
    assert gain[0] == paid[0] == 0
    assert (paid[1:] > 0).all()


@pytest.mark.parametrize(
    "codes",
    [
        ("acs_indexed", "acs_year_not_indexed"),
        ("maribel_indexed", "maribel_frozen"),
        (
            "grants_indexed_with_pay",
            "grants_indexed_1_months_late",
            "grants_indexed_2_months_late",
            "grants_indexed_3_months_late",
        ),
        ("demand_10_full_cost", "demand_10_twice_a_year", "demand_10_every_two_years"),
        ("index_capped", "index_full"),
    ],
)
def test_the_later_or_the_less_the_more_own_funds(
    baselines: dict[str, Baseline], codes: tuple[str, ...]
) -> None:
    levels = [own_funds(baselines["all"], code) for code in codes]
    for less, more in pairwise(levels):
        assert all(a <= b for a, b in zip(less, more, strict=True))
        assert sum(less) < sum(more)


def test_acs_at_100_percent_pays_a_nineteenth_more(baselines: dict[str, Baseline]) -> None:
    found = run_on(baselines["one"], "acs_100_percent").figure("funded.brussels").years
    assert found.delta[1] > 0
    assert abs(19 * int(found.delta[1]) - int(found.baseline[1])) <= 19 * 12 * 2


def test_a_worker_at_half_time_is_half_an_fte_less(baselines: dict[str, Baseline]) -> None:
    found = run_on(baselines["one"], "worker_at_half_time")
    fte = found.figure("fte")
    assert fte.delta[:12].tolist() == [0] * 12
    assert 0 < -fte.delta[-1] <= 5_000
    lines = found.run.facts.contracts
    worker = found.run.facts.names.workers.index("W01")
    [half] = np.flatnonzero(
        (lines.worker == worker) & (lines.start >= date(2027, 1, 1).toordinal())
    )
    assert 2 * lines.hours[half] == lines.full_time[half]
    assert found.figure("cost").delta[-1] < 0


def test_a_merger_adds_two_services_up(baselines: dict[str, Baseline]) -> None:
    base = baselines["all"]
    numbers = base.facts.names.employers
    alone = [
        outcome(_of(base, number), library()["ape_repealed"]).figure("cost").baseline
        for number in (CHOICES["absorbed"], CHOICES["into"])
    ]
    assert CHOICES["absorbed"] in numbers
    for target in (CHOICES["absorbed"], CHOICES["into"]):
        merged = run_on(_of(base, target), "merger").figure("cost")
        assert merged.baseline.tolist() == sum(alone).tolist()
        assert not merged.delta.any()


def test_a_merger_says_what_it_changes_and_what_is_not_known(
    baselines: dict[str, Baseline],
) -> None:
    base = baselines["all"]
    names, months = base.facts.names, base.totals.fte[:, 12:24]
    sizes = {
        names.employers[one]: int(months[base.totals.unit_employer == one].sum()) / 120_000
        for one in range(len(names.employers))
    }
    schemes = enumerate(names.award_schemes)
    held = {names.employers[names.award_employers[one]] for one, code in schemes if code == "ape"}
    for small in (True, False):
        absorbed, into = _pair(sizes, held, small=small)
        chosen = library()["merger"].with_choices({"absorbed": absorbed, "into": into})
        notes = outcome(base, chosen).notes
        [ape] = [one for one in notes if one.startswith("Fusion et APE")]
        assert ("tombe à 10" in ape) == small
        assert any("ne sont pas connus" in one for one in notes)
        assert any("agréments" in one for one in notes)


def _pair(sizes: dict[str, float], held: set[str], *, small: bool) -> tuple[str, str]:
    """An employer with APE, of five FTE at most or of more, and another one."""
    first = next(one for one in held if (sizes[one] <= 5) == small)
    return first, next(one for one in sizes if one != first and sizes[one] > 5)


@pytest.mark.parametrize("where", ["one", "CSS", "all"])
def test_a_scenario_that_moves_no_figure_says_why(
    baselines: dict[str, Baseline], where: str
) -> None:
    still = set()
    for code in CODES:
        found = run_on(baselines[where], code)
        if not any(one.delta.any() for one in found.figures):
            still.add(code)
            assert found.refused or found.notes, code
        else:
            assert not any("déjà ce qui est prévu" in note for note in found.notes), code
    assert {"maribel_frozen", "ape_repealed", "balance_late"} <= still


def _of(base: Baseline, target: str) -> Baseline:
    return replace(base, scope=replace(base.scope, target=target))


def test_a_sum_that_the_federation_sees_rests_on_four_employers_at_least(
    baselines: dict[str, Baseline],
) -> None:
    base = baselines["all"]
    scenario = library()["grants_indexed_with_pay"]
    awards = replace(scenario, changes=scenario.changes[:1])
    whole = outcome(base, awards)
    numbers = base.facts.names.employers
    alone = {number: outcome(_of(base, number), awards) for number in numbers}
    found = aggregated(base, whole.scenario)
    assert found.refused == ()
    shown = [one for one in found.figures if None not in one.delta]
    assert {"cost", "own_funds", "funded.cocom"} <= {one.code for one in shown}
    for one in shown:
        for year, delta in enumerate(one.delta):
            sizes = [abs(int(_delta(mine, one.code)[year])) for mine in alone.values()]
            assert not delta or not too_few(dict(enumerate(sizes))), (one.code, year)
            assert delta == whole.figure(one.code).years.delta[year]


def _delta(found: Outcome, code: str) -> list[int]:
    return found.figure(code).years.delta.tolist()


def test_a_choice_that_lacks_is_asked_by_its_name(baselines: dict[str, Baseline]) -> None:
    asking = {code for code, one in library().items() if list(_empty(one))}
    for code in asking:
        found = outcome(baselines["one"], library()[code])
        assert any("choisissez d'abord" in sentence for sentence in found.refused), code
    assert {"worker_at_half_time", "merger", "director_at_master_scale"} <= asking


def _empty(scenario: Scenario) -> Iterator[str]:
    return (code for code, one in scenario.parameters.items() if not one.value)


@pytest.mark.parametrize("code", TOGETHER)
@pytest.mark.parametrize(("whose", "language"), [("one", "nl"), ("all", "fr")])
def test_the_note_of_all_demands_together_has_four_pages(
    baselines: dict[str, Baseline], whose: str, code: str, language: str
) -> None:
    found = compare(baselines[whose], [library()[code].with_choices(CHOICES)])
    with translation.override(language), pikepdf.open(BytesIO(render_note(found)["pdf"])) as note:
        assert len(note.pages) == PAGES
