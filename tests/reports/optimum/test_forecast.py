"""The best allocation of a year of a scenario: that of the recorded year, carried to the next."""

from datetime import date
from decimal import Decimal
from html import unescape

import pytest
from django.http import HttpResponse

from backoffice.engine import money
from backoffice.federation.roles import Role
from grants.models import Term
from reports.grid.answers import places_of
from reports.optimum.certified import Change
from reports.optimum.forecast import Forecast, forecast_of
from reports.optimum.proposal import proposal_of
from reports.scenarios.comparing import Baseline, Horizon, baseline, one_service, outcome
from reports.scenarios.toml.reading import read_scenario
from staffing.models import ContractLine
from tests.factories import AssignmentFactory, TermFactory
from tests.people import member
from tests.reports.grid.conftest import AS_OF, Desk, add_paid_worker, build_desk

DAY = date(2025, 2, 1)
HALF_TIME = """name = "Mi-temps"
[[patches]]
kind = "worker"
target = "W01"
from = 2025-01-01
share = "1/2"
"""
CUT = """name = "Moitié"
[[patches]]
kind = "award"
target = "SUB-0"
from = 2025-01-01
factor = "0.5"
"""


def base_of(desk: Desk) -> Baseline:
    return baseline(one_service(desk.organisation), Horizon(2024, 2026, DAY))


def best(desk: Desk, year: int, text: str = "") -> Forecast:
    base = base_of(desk)
    return forecast_of(base, outcome(base, read_scenario(text)).run if text else base.run, year)


def page(desk: Desk, query: str) -> HttpResponse:
    return desk.client.get(f"/scenarios/optimum/?au={AS_OF}&de=2024&a=2026&{query}")


def changes(found: Forecast) -> list[Change]:
    return [change for move in found.moves for change in move.changes]


def test_a_recorded_year_has_the_best_allocation_of_the_grid(desk: Desk) -> None:
    found, recorded = best(desk, 2024), proposal_of(places_of(desk.organisation, 2024, DAY))
    assert (found.today, found.proposed, found.bound) == (
        recorded.today,
        recorded.proposed,
        recorded.bound,
    )
    assert [move.changes for move in found.moves] == [line.changes for line in recorded.lines]
    assert (found.doubt, found.structural) == ("confirmed", recorded.structural)


def test_a_year_without_pay_is_allocated_on_its_projected_months_and_says_so(desk: Desk) -> None:
    found = best(desk, 2025)
    assert found.is_best
    assert found.today < found.proposed
    assert sum(move.gain for move in found.moves) == found.more
    assert found.doubt != "confirmed"
    shown = unescape(page(desk, "cote=0&annee=2025").content.decode())
    assert "Aucun mois de 2025 n'a encore de paie" in shown
    assert "La preuve vaut pour les montants de la projection" in shown
    assert 'class="letter" title=' in shown


def test_today_carried_on_is_what_the_comparison_counts(desk: Desk) -> None:
    base = base_of(desk)
    found, rows = forecast_of(base, base.run, 2025), base.facts.years.year == 2025
    assert found.today == found.carried == int(base.run.funding.payable[rows].sum())


def test_an_award_that_a_scenario_cuts_leaves_less_to_justify(desk: Desk) -> None:
    today, cut = best(desk, 2025), best(desk, 2025, CUT)
    assert cut.granted == today.granted - 10_000_00
    assert cut.proposed <= today.proposed - 10_000_00 + 1
    assert cut.today <= cut.proposed <= cut.bound + cut.cost_lines


def test_hours_of_a_contract_that_a_scenario_halves_are_brought_down_and_told(desk: Desk) -> None:
    AssignmentFactory(worker=desk.worker, post=desk.posts[1], weekly_hours=Decimal(20))
    found = best(desk, 2025, HALF_TIME)
    assert (found.squeezed, found.frozen) == (12, 0)
    assert found.today <= found.proposed
    assert best(desk, 2025).squeezed == 0


def test_a_contract_of_another_function_is_not_put_on_a_post_of_a_projected_year(
    desk: Desk,
) -> None:
    ContractLine.objects.update(function="administration")
    found = best(desk, 2025)
    assert found.moves == ()
    assert found.today == found.proposed
    shown = unescape(page(desk, "cote=0&annee=2025").content.decode())
    assert "la fonction du contrat" in shown


def test_a_scheme_pays_only_those_hired_for_it_in_a_projected_year(db: None) -> None:
    desk = build_desk("cocof_facultative", "ape")
    Term.objects.filter(award__scheme="ape").delete()
    TermFactory(award=desk.posts[1].award, code="granted", value="20000.00")
    add_paid_worker(desk.organisation, "W02")
    other = desk.organisation.workers.get(number="W02")
    AssignmentFactory(
        worker=other,
        post=desk.posts[1],
        weekly_hours=Decimal(1),
        starts_on=date(2023, 1, 1),
        ends_on=date(2023, 12, 31),
    )
    found = best(desk, 2025)
    on_ape = {
        move.number
        for move in found.moves
        if any(change.award == "SUB-1" for change in move.changes)
    }
    assert on_ape == {"W02"}


def test_the_year_of_a_baseline_that_is_recorded_leads_to_the_grid(desk: Desk) -> None:
    address = f"/grille/2024/optimum/?au={AS_OF}"
    assert address in unescape(page(desk, "cote=0&annee=2024").content.decode())
    assert address not in unescape(page(desk, "cote=0&annee=2025").content.decode())


def test_the_comparison_leads_to_each_year_of_each_side(desk: Desk) -> None:
    query = f"au={AS_OF}&de=2024&a=2026&s=maribel_frozen"
    shown = unescape(desk.client.get(f"/scenarios/comparaison/?{query}").content.decode())
    for year in (2024, 2025, 2026):
        assert f"/scenarios/optimum/?{query}&cote=0&annee={year}" in shown
    assert desk.client.get(f"/scenarios/optimum/?{query}&cote=0&annee=2026").status_code == 200


@pytest.mark.parametrize(
    "query",
    [
        "cote=2&annee=2025",
        "cote=0&annee=2027",
        "cote=-1&annee=2025",
        "cote=x&annee=2025",
        "cote=0&annee=99999",
    ],
)
def test_a_side_or_a_year_that_is_not_compared_is_not_found(desk: Desk, query: str) -> None:
    assert page(desk, query).status_code == 404


def test_somebody_who_only_reads_sees_the_same_and_nobody_saves(desk: Desk) -> None:
    director = member(Role.DIRECTOR, desk.organisation)
    shown = director.get(f"/scenarios/optimum/?au={AS_OF}&de=2024&a=2026&annee=2025")
    assert shown.status_code == 200
    main = shown.content.decode().split("<main")[1].split("</main")[0]
    assert "<form" not in main
    assert desk.client.post(f"/scenarios/optimum/?au={AS_OF}&annee=2025").status_code == 405


def test_an_award_whose_amount_is_unknown_stays_and_its_own_funds_are_unknown(desk: Desk) -> None:
    Term.objects.filter(award=desk.posts[0].award, code="granted").delete()
    found = best(desk, 2025)
    unknown = next(one for one in found.awards if one.reference == "SUB-0")
    assert (unknown.moves, unknown.proposed) == (False, None)
    assert found.own_funds is None
    assert money.text(found.granted) == "20000.00"
