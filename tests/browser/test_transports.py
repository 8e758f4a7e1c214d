"""One day of a finance officer, the same whoever carries her jobs: no server, Redis, RabbitMQ."""

import json
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from backoffice.federation.models import Job
from backoffice.federation.roles import Role
from reports.freezing import open_checks
from reports.justifications import award_dossier
from reports.sign_offs import Signature, sign_off_all
from reports.workflow.preparing import approve, make_ready
from reports.workflow.steps import Step, mark_of, standing_file
from tests.browser.carriers import BROKERS, carrier_of, real_worker
from tests.browser.test_import import hand_in, workbook, written
from tests.browser.test_site import log_in
from tests.factories import MembershipFactory

__all__ = ["workbook"]
pytestmark = [pytest.mark.browser, pytest.mark.database]  # the run on PostgreSQL has the brokers
NO_BROKER = pytest.mark.skip(reason="TEST_BROKER_URLS names no Redis or RabbitMQ to try")
PATIENCE = 30_000
each_transport = pytest.mark.parametrize(
    "transport",
    ["", *(BROKERS or [pytest.param(name, marks=NO_BROKER) for name in ("redis", "amqp")])],
    ids=lambda url: url.split(":")[0] or "no server",
)


@pytest.fixture
def worker(transport: str, service, settings, monkeypatch) -> Iterator[None]:
    """A worker process as a site has it, reached by one transport."""
    for carrier in carrier_of(transport, settings, monkeypatch):
        with real_worker(transport, carrier.queue):
            yield


def approved(service) -> None:
    """The justification signed, declared ready, then approved by the director."""
    award, today = service.award, timezone.localdate()
    finance = service.organisation.memberships.get().user
    director = MembershipFactory(organisation=service.organisation, role=Role.DIRECTOR).user
    dossier = award_dossier(service.organisation, award.reference, 2024, today)
    sign_off_all(
        award=award,
        dossier=dossier,
        subjects=[check.subject for check in open_checks(dossier)],
        by=Signature("Jeanne Exemple", "Comparé avec la source", finance),
        on=today,
    )
    for act, by in ((make_ready, finance), (approve, director)):
        act(step=Step(award, 2024, by, mark_of(standing_file(award, 2024)), today))


def fetched(page: Page, words: str) -> bytes:
    """The file of the job that the page shows, once it is written."""
    link = page.get_by_role("link", name=words)
    link.wait_for(timeout=PATIENCE)
    with page.expect_download() as download:
        link.click()
    return Path(download.value.path()).read_bytes()


@each_transport
def test_a_day_is_the_same_through_each_transport(page, service, worker, workbook):
    log_in(page, service)
    approved(service)
    page.goto("/imports/")
    hand_in(page, written(workbook, "Montant", 12.345))
    expect(page.get_by_role("alert")).to_contain_text("rien n'a été enregistré", timeout=PATIENCE)

    page.goto("/factures/")
    page.get_by_role("button", name="Classeur de la sélection (xlsx)").click()
    file = fetched(page, "Télécharger le fichier (XLSX)")
    sheet = openpyxl.load_workbook(BytesIO(file)).active
    assert "A-W01" in [row[0].value for row in sheet.iter_rows()]

    page.goto(service.page)
    page.get_by_role("button", name="JSON").click()
    dossier = json.loads(fetched(page, "Télécharger le fichier (JSON)"))
    assert dossier["amounts"]["payable"] == "3280.90"

    page.goto(service.page)
    page.get_by_role("button", name="Figer").click()
    done = page.get_by_role("link", name="Voir la justification")
    done.wait_for(timeout=PATIENCE)
    done.click()
    assert page.locator('.places [aria-current="step"]').inner_text() == "figée"
    found = set(Job.objects.values_list("kind", "state", "attempts"))
    kinds = ("look", "list_file", "justification_file", "freeze")
    assert found == {(kind, "done", 1) for kind in kinds}
