"""A change that a comparison would refuse is not kept: its form says why, with what was typed."""

from datetime import date

import pytest
from django.utils.html import escape

from backoffice.engine.scenario.patch import Value
from reports.board.trying import objections
from reports.models import StoredScenario
from reports.scenarios.assumed import NONE_ASSUMED
from reports.scenarios.scenario import Change, Scenario
from reports.scenarios.toml.reading import read_scenario
from tests.engine.projection.made import FIRST_YEAR, made
from tests.reports.scenarios.beside import beside
from tests.reports.views.conftest import Service

BASE = beside(made(workers=2, employers=12).facts)
DAY = date(FIRST_YEAR + 1, 1, 1)
FROM = {"target": "MARIBEL-1", "since": "01/01/2026"}


@pytest.fixture
def kept(service: Service) -> StoredScenario:
    service.client.post("/scenarios/nouveau/", {"name": "Le mien", "reason": "pour le conseil"})
    return StoredScenario.objects.get(organisation=service.organisation)


def added(service: Service, kept: StoredScenario, kind: str = "award", **sent: str) -> str:
    """The page of the form that was refused; empty where the change was added."""
    answer = service.client.post(f"/scenarios/{kept.pk}/ajouter/{kind}/", {**FROM, **sent})
    kept.refresh_from_db()
    assert answer.status_code in {302, 422}
    return answer.content.decode() if answer.status_code == 422 else ""


@pytest.mark.parametrize(
    ("kind", "sent", "said"),
    [
        ("award", {"granted": "4321", "factor": "95 %"}, "donnez une seule valeur parmi"),
        ("award", {"granted": "4321", "since": "01/03/1999"}, "Aucune paie"),
        ("award", {"granted": "4321", "since": "01/03/2199"}, "La dernière paie connue"),
        (
            "worker",
            {"target": "W01", "scale": "", "column": "", "share": "43,21 %", "end": "on"},
            "donnez une seule valeur parmi",
        ),
    ],
)
def test_a_change_that_the_calculation_refuses_is_said_at_its_form_and_not_kept(
    service: Service, kept: StoredScenario, kind: str, sent: dict[str, str], said: str
) -> None:
    page = added(service, kept, kind, **sent)
    assert escape(said) in page
    assert ("4321" in page) or ("43,21" in page)
    assert read_scenario(kept.text).changes == ()


def test_a_change_that_undoes_another_is_said_with_the_way_out(
    service: Service, kept: StoredScenario
) -> None:
    assert not added(service, kept, granted="40000")
    page = added(service, kept, granted="4321")
    assert escape("fixe la même valeur de « MARIBEL-1 »") in page
    assert escape("Retirez l'une des deux.") in page
    assert "4321" in page
    assert len(read_scenario(kept.text).changes) == 1


def test_a_change_may_begin_after_the_years_that_are_compared_at_first(
    service: Service, kept: StoredScenario
) -> None:
    assert not added(service, kept, granted="40000", since="01/01/2035")
    assert len(read_scenario(kept.text).changes) == 1


def test_a_file_comes_in_with_a_change_that_the_comparison_refuses(
    service: Service, tmp_path
) -> None:
    path = tmp_path / "inconnue.toml"
    path.write_text(
        "name = 'essai'\n[[patches]]\nkind = 'award'\ntarget = 'NOPE'\n"
        "from = 2027-01-01\nstop = true\n"
    )
    with path.open("rb") as file:
        service.client.post("/scenarios/nouveau/", {"file": file, "reason": "essai"})
    assert StoredScenario.objects.filter(organisation=service.organisation).count() == 1


def against(kind: str, target: str, *, alone: bool, **values: Value) -> list[str]:
    scenario = Scenario("essai", (Change(1, kind, target, DAY, values),))
    return list(objections(BASE, scenario, NONE_ASSUMED, alone=alone))


def test_the_federation_learns_from_no_form_whether_a_service_has_an_award() -> None:
    name = BASE.facts.names.awards[0]
    assert against("award", "NOPE", alone=True, factor=0)
    assert not against("award", name, alone=True, factor=0)
    for target in ("NOPE", name):
        assert against("award", target, alone=False, factor=0) == []


def test_a_change_of_all_that_makes_no_sense_is_said_to_the_federation_too() -> None:
    [said] = against("award", "*", alone=False, factor=0, stop=True)
    assert "donnez une seule valeur parmi" in said
