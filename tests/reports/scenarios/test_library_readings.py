"""What scenarios of the library say that they move, on a service of the demonstration."""

from dataclasses import replace
from datetime import date
from fractions import Fraction
from io import BytesIO

import numpy as np
import pytest
from openpyxl import load_workbook

from backoffice.engine import money
from backoffice.engine.projection.facts import ASSUMPTION, TO_CONFIRM
from backoffice.engine.projection.items import EARNS_HOLIDAYS, last_days
from backoffice.federation.models import Organisation
from grants.scheme import schemes
from reports.scenarios.assumed import Assumed, by_code
from reports.scenarios.comparing import INDEX_PATH, Baseline, baseline, compare, one_service
from reports.scenarios.figures import DOUBTS
from reports.scenarios.json_file import content_of
from reports.scenarios.provisions import changes_of, provisions_of
from reports.scenarios.ready import library
from reports.scenarios.workbook.book import render_xlsx
from tests.reports.scenarios.chosen import CHOICES, own_funds, run_on
from tests.reports.scenarios.conftest import HORIZON

RATE = "holiday_provision"


@pytest.mark.parametrize("code", ["with_pay", "1_months_late", "2_months_late", "3_months_late"])
def test_grants_that_follow_pay_move_maribel_and_acs_too(
    baselines: dict[str, Baseline], code: str
) -> None:
    base = baselines["one"]
    years = base.facts.years
    found = run_on(base, f"grants_indexed_{code}")
    more = found.run.facts.years.granted - years.granted
    paid = found.run.funding.payable - base.run.funding.payable
    schemes = np.array(base.facts.names.award_schemes)[years.award]
    for scheme, funder in (("maribel", "maribel"), ("acs", "brussels")):
        mine = (schemes == scheme) & (years.year > HORIZON.first)
        assert mine.any()
        assert (more[mine] > 0).all()
        assert (paid[mine] > 0).all()
        assert (found.figure(f"funded.{funder}").years.delta[1:] > 0).all()


def test_the_two_readings_of_bisannual_part_until_the_second_adaptation(
    baselines: dict[str, Baseline],
) -> None:
    twice = own_funds(baselines["all"], "demand_10_twice_a_year")
    every_two = own_funds(baselines["all"], "demand_10_every_two_years")
    assert every_two[1] > twice[1]
    assert every_two[2] > twice[2]
    assert every_two[3] == twice[3]


def test_the_second_capped_index_takes_place_and_parts_from_the_full_one(
    baselines: dict[str, Baseline],
) -> None:
    capped, full = (run_on(baselines["one"], f"index_{one}") for one in ("capped", "full"))
    lost = [found.figure("cost").years.scenario for found in (full, capped)]
    gap = (lost[0] - lost[1]).tolist()
    assert 0 < gap[0] < gap[1]
    assert 2 * gap[1] < gap[2] < gap[3] < gap[4]
    assert (capped.figure("cost").years.delta[2:] > 0).all()
    for found in (capped, full):
        assert any("hypothèse" in note and "2\u202f%" in note for note in found.notes)


def test_each_index_path_goes_on_from_its_day(
    baselines: dict[str, Baseline], service: Organisation
) -> None:
    base = baselines["one"]
    code = f"{INDEX_PATH}{base.facts.index.regimes[0]}"
    signed = [
        Assumed(code, Fraction(rate, 100), date(year, 1, 1), "essai", HORIZON.as_of, "-", "essai")
        for rate, year in ((9, 2020), (1, 2025), (3, 2030), (5, 2035))
    ]
    found = baseline(one_service(service), base.horizon, by_code(signed))
    assert found.paths == tuple(signed[1:3])
    rates = {event.effective: event.rate for event in found.facts.index.moves[0]}
    assert rates[date(2029, 1, 1)] == Fraction(1, 100)
    assert rates[date(2030, 1, 1)] == Fraction(3, 100)


def test_provisional_twelfths_are_those_of_public_budgets_of_a_year() -> None:
    mine = {str(one.target) for one in library()["provisional_twelfths"].changes}
    assert mine == {
        f"scheme:{code}"
        for code in schemes()
        if code not in {"acs", "ape", "maribel", "wallonia_after_ape"}
        and not code.endswith("multi_year")
    }


def test_the_holiday_pay_owed_is_that_of_the_gross_pay_of_each_year(
    baselines: dict[str, Baseline],
) -> None:
    base = baselines["one"]
    found = compare(base, [library()["worker_at_half_time"].with_choices(CHOICES)])
    [one] = provisions_of(found, found.outcomes[0])
    assert one.employer == base.scope.target
    for run, levels in ((base.run, one.baseline), (found.outcomes[0].run, one.scenario)):
        pay = run.months.pay
        gross = sum(pay.costs.get(item, 0) for item in EARNS_HOLIDAYS)
        assert not run.months.manual.any()
        leaving = last_days(run.facts)[pay.worker]
        for year, level in zip(range(2026, 2031), levels, strict=True):
            closing = date(year, 12, 31).toordinal()
            rows = (pay.month // 12 == year) & (leaving > closing + 1)
            assert level is not None
            assert abs(level - int(gross[rows].sum()) * Fraction("0.182")) < len(set(pay.worker))
    assert one.baseline[0] == one.scenario[0]
    assert all(a > b for a, b in zip(one.baseline[1:], one.scenario[1:], strict=True))
    assert changes_of(one.baseline)[0] is None
    assert sum(changes_of(one.baseline)[1:]) == one.baseline[-1] - one.baseline[0]
    told = content_of(found)["scenarios"][0]["holiday_provisions"]
    worst = [
        max(int(base.run.months.status[base.run.months.pay.month // 12 == year].max()), TO_CONFIRM)
        for year in range(2026, 2031)
    ]
    assert [each["status"] for each in told[0]["years"]] == [DOUBTS[place] for place in worst]
    assert worst[-1] == ASSUMPTION
    assert told[0]["years"][4]["scenario"]["level"] == money.text(one.scenario[4])
    assert told[0]["years"][0]["baseline"]["change"] is None


def test_holiday_pay_owed_is_unknown_where_its_rate_is(baselines: dict[str, Baseline]) -> None:
    base = baselines["one"]
    figures = {code: each for code, each in base.facts.figures.items() if RATE not in code}
    unrated = replace(base.facts, figures=type(base.facts.figures)(figures))
    found = compare(
        replace(base, facts=unrated, run=replace(base.run, facts=unrated)),
        [library()["demand_12_paid_at_the_start"]],
    )
    [one] = provisions_of(found, found.outcomes[0])
    assert one.baseline == one.scenario == changes_of(one.baseline) == (None,) * 5
    told = content_of(found)["scenarios"][0]["holiday_provisions"][0]["years"]
    assert {each["status"] for each in told} == {"missing"}


def test_the_workbook_has_the_provision_of_each_year_and_its_change(
    baselines: dict[str, Baseline],
) -> None:
    found = compare(baselines["one"], [library()["index_full"]])
    [one] = provisions_of(found, found.outcomes[0])
    sheet = load_workbook(BytesIO(render_xlsx(found)), data_only=True).worksheets[0]
    rows = {str(row[0].value): [cell.value for cell in row] for row in sheet.iter_rows()}
    level = rows[f"Provision au 31 décembre ({one.employer})"]
    change = rows[f"Variation de l'année ({one.employer})"]
    assert level[2::3][:5] == [cents / 100 for cents in one.baseline]
    assert level[3::3][:5] == [cents / 100 for cents in one.scenario]
    assert change[5] == (one.baseline[1] - one.baseline[0]) / 100
    assert change[2] == "inconnu"
