"""The pages of scenarios: what they show, to whom, and what their sliders redraw."""

import re
from datetime import date

import pytest
from django.http import QueryDict

from backoffice.federation.audit.entries import AuditEntry
from backoffice.federation.jobs import run_until_empty
from backoffice.federation.models import Job
from reports.board.kept import baseline_of, data_version
from reports.board.lens import lens_of
from tests.factories import WorkerFactory
from tests.reports.views.conftest import Service

pytestmark = pytest.mark.django_db
PAGE = "/scenarios/comparaison/"
AU = {"au": "2025-02-01", "de": "2025", "a": "2026"}


def figures(text: str) -> str:
    """The part that the sliders redraw."""
    found = re.search(
        r'<div id="chiffres">.*?(?=<section aria-labelledby="facteurs"|\Z)', text, re.S
    )
    assert found
    return found.group().strip()


def answers(text: str) -> str:
    """One line for each scenario, which the sliders redraw too."""
    found = re.search(r'<div id="reponses".*?</div>', text, re.S)
    assert found
    return re.sub(r"(<[^>]+>|\s)+", " ", found.group()).strip()


def test_a_service_sees_what_is_planned_today(service: Service) -> None:
    page = service.client.get(PAGE, AU).content.decode()
    assert service.organisation.name in page
    assert page.count("<svg") >= 2
    assert "2025" in page
    assert "2026" in page


def test_the_sliders_redraw_the_same_part_as_a_fresh_page(service: Service) -> None:
    asked = AU | {"montants": "90"}
    part = service.client.get(PAGE, asked, headers={"HX-Request": "true"}).content.decode()
    page = service.client.get(PAGE, asked).content.decode()
    assert "<html" not in part
    assert figures(page) == figures(part)
    assert answers(page) == answers(part)
    assert "Curseurs déplacés" in part


def test_a_scenario_that_is_not_theirs_does_not_exist(service: Service) -> None:
    page = service.client.get(PAGE, AU | {"s": "999999"}).content.decode()
    assert "Aujourd&#x27;hui, rien ne change" in page


def test_a_month_leads_to_its_workers_and_a_worker_to_the_article(service: Service) -> None:
    asked = AU | {"cote": "0", "annee": "2025"}
    page = service.client.get("/scenarios/explication/", asked).content.decode()
    assert "W01" in page
    link = re.search(r'href="([^"]*ligne=\d+)"', page)
    assert link
    told = service.client.get(link.group(1).replace("&amp;", "&")).content.decode()
    assert "Coût du mois" in told
    assert "Fonds propres" in told


@pytest.mark.parametrize("wrong", [{"annee": "1999"}, {"cote": "7"}, {"mois": "3"}, {"cote": "x"}])
def test_a_figure_that_is_not_there_is_not_explained(service: Service, wrong) -> None:
    asked = AU | {"cote": "0", "annee": "2025"} | wrong
    assert service.client.get("/scenarios/explication/", asked).status_code == 404


def test_what_moves_own_funds_comes_as_a_page_and_as_a_part(service: Service) -> None:
    page = service.client.get("/scenarios/facteurs/", AU).content.decode()
    part = service.client.get("/scenarios/facteurs/", AU, headers={"HX-Request": "true"})
    assert part.content.decode().strip() in page


def test_the_note_is_a_job_whose_file_can_be_fetched(service: Service, tmp_path, settings) -> None:
    settings.DATA_DIR = tmp_path
    service.client.post("/scenarios/note/?de=2025&a=2026&au=2025-02-01")
    run_until_empty()
    job = Job.objects.get(kind="board_note")
    assert job.state == Job.State.DONE
    answer = service.client.get(job.result["page"])
    assert b"".join(answer.streaming_content).startswith(b"%PDF")


def test_the_reading_is_kept_until_a_row_changes(service: Service) -> None:
    user = service.organisation.memberships.get().user
    lens = lens_of(QueryDict(), user, service.organisation, date(2025, 2, 1))
    first = baseline_of(lens.whose, lens.horizon, lens.assumptions)
    assert baseline_of(lens.whose, lens.horizon, lens.assumptions) is first
    version = data_version()
    WorkerFactory(organisation=service.organisation, number="W77")
    assert data_version() > version
    assert baseline_of(lens.whose, lens.horizon, lens.assumptions) is not first


def test_an_act_that_is_committed_late_makes_the_reading_stale(service: Service) -> None:
    last = AuditEntry.objects.order_by("pk").last()
    last.act, number = "created", last.pk
    last.pk = number + 2
    AuditEntry.objects.bulk_create([last])
    before = data_version()
    last.pk = number + 1
    AuditEntry.objects.bulk_create([last])
    assert data_version() != before
