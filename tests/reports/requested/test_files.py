"""Files that are asked on a page: written by a job, given to whoever may see their rows now."""

from io import BytesIO
from typing import Any

import openpyxl
import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from backoffice.federation.jobs import run_until_empty
from backoffice.federation.models import Job, Membership
from reports.requested.asking import ask_file
from tests.factories import MembershipFactory
from tests.people import consent_of, federation
from tests.reports.records.situations import BY_SLUG
from tests.reports.views.conftest import Service
from tests.reports.views.reading import Fetched, asked_file, fetched, markup, words

FILE = reverse("records_file", args=["suppliers"])
NAMED = {"texte": "zenobie", "tri": "-code"}


@pytest.fixture(autouse=True)
def data(settings, tmp_path) -> None:
    settings.DATA_DIR = tmp_path


@pytest.fixture
def listed(service: Service) -> None:
    for n in range(4):
        BY_SLUG["suppliers"].add(service, n)


def codes(file: Fetched) -> list[str]:
    """The suppliers in a file, in its order."""
    sheet = openpyxl.load_workbook(BytesIO(file.content)).worksheets[0]
    return [row[0].value for row in sheet.iter_rows() if str(row[0].value).startswith("Z")]


def colleague(service: Service, **role: str) -> Client:
    client = Client()
    client.force_login(MembershipFactory(organisation=service.organisation, **role).user)
    return client


def status(client: Client, job: Job) -> int:
    answer = client.get(reverse("job_file", args=[job.pk]))
    b"".join(answer)  # read to its end, which closes the file
    return answer.status_code


def test_a_list_is_written_as_it_was_asked(service, listed):
    page = markup(service.client.get("/fournisseurs/"))
    assert f'<form method="post" action="{FILE}' in page
    assert codes(fetched(service.client, FILE, NAMED)) == ["Z03", "Z02", "Z01", "Z00"]


def test_what_was_typed_is_nowhere_in_the_clear(service, listed):
    job = asked_file(service.client, FILE, NAMED)
    kept = str(Job.objects.filter(pk=job.pk).values()[0])
    assert "zenobie" not in kept
    assert "zenobie" not in words(service.client.get("/travaux/"))
    assert job.arguments["sealed"] != asked_file(service.client, FILE, NAMED).arguments["sealed"]


def test_a_key_that_is_gone_is_a_sentence(service, listed, settings):
    service.client.post(FILE, query_params=NAMED)
    settings.IDENTITY_KEYS = ["another key of the same length, for a test alone, nothing else"]
    run_until_empty()
    job = Job.objects.get()
    assert job.state == "failed"
    assert job.problems == ["Ce qui était demandé ne peut plus être lu : redemandez-le."]


def test_the_same_file_is_asked_once_at_a_time(service, listed):
    for _time in range(2):
        answer = service.client.post(FILE, query_params=NAMED, follow=True)
    assert "déjà demandé" in words(answer)
    assert Job.objects.count() == 1
    service.client.post(FILE, query_params={"texte": "autre"})
    assert Job.objects.count() == 2


def test_whoever_may_export_the_rows_fetches_the_file_and_nobody_else(service, other, listed):
    job = asked_file(service.client, FILE, NAMED)
    assert status(colleague(service), job) == 200
    assert status(colleague(service, role="director"), job) == 200
    assert status(other.client, job) == 404
    assert status(Client(), job) == 302
    assert status(federation("analyst"), job) == 403


def test_a_role_that_is_withdrawn_takes_the_file_with_it(service, other, listed):
    job = asked_file(service.client, FILE, NAMED)
    membership = Membership.objects.get(organisation=service.organisation)
    assert status(service.client, job) == 200
    Membership.objects.filter(pk=membership.pk).update(organisation=other.organisation)
    assert status(service.client, job) == 404
    assert service.client.get(reverse("job", args=[job.pk])).status_code == 404
    assert service.client.post(reverse("ask_job_again", args=[job.pk])).status_code == 404
    membership.delete()
    assert status(service.client, job) == 403


def test_a_consent_that_is_withdrawn_takes_the_file_with_it(service, listed):
    officer = federation("finance")
    consent = consent_of(service.organisation)
    job = asked_file(officer, FILE, NAMED)
    assert status(officer, job) == 200
    consent.delete()
    assert status(officer, job) == 403


def test_a_file_of_several_services_is_lost_with_one_of_them(service, other, listed):
    user = service.organisation.memberships.get().user
    second = MembershipFactory(user=user, organisation=other.organisation)
    job = asked_file(service.client, FILE)
    assert set(job.result["organisations"]) == {service.organisation.pk, other.organisation.pk}
    assert status(service.client, job) == 200
    assert status(colleague(service), job) == 404
    second.delete()
    assert status(service.client, job) == 404


def test_a_person_who_lost_her_role_before_it_was_written_is_told_so(service, other, listed):
    service.client.post(FILE, query_params=NAMED)
    Membership.objects.filter(organisation=service.organisation).update(
        organisation=other.organisation
    )
    run_until_empty()
    job = Job.objects.get()
    assert job.state == "failed"
    assert "Votre rôle ne permet pas ceci : exporter des fichiers." in job.problems[0]


def test_a_file_given_up_or_failed_is_asked_again_from_its_page(service, listed):
    service.client.post(FILE, query_params=NAMED)
    job = Job.objects.get()
    service.client.post(reverse("cancel_job", args=[job.pk]))
    page = markup(service.client.get(reverse("job", args=[job.pk])))
    assert "Redemander ce fichier" in page
    assert codes(fetched(service.client, reverse("ask_job_again", args=[job.pk]))) != []


def test_a_cancel_while_it_is_written_leaves_no_file(service, listed, monkeypatch, tmp_path):
    def cancelled(*_of: Any) -> bytes:
        Job.objects.update(cancel_asked=True)
        return b"x"

    monkeypatch.setattr("reports.requested.kinds.list_file", cancelled)
    job = asked_file(service.client, FILE, NAMED)
    assert job.state == "cancelled"
    assert not list(tmp_path.glob("exports/*/*"))


def test_a_job_that_writes_no_file_is_not_asked_again_here(service):
    user = service.organisation.memberships.get().user
    job = Job.objects.create(
        kind="import", subject="import:1", organisation=service.organisation, owner=user
    )
    assert service.client.post(reverse("ask_job_again", args=[job.pk])).status_code == 404


def test_the_workbook_of_a_year_is_the_one_of_the_command_line(service, tmp_path):
    page = markup(service.client.get("/dossiers/"))
    assert 'action="/dossiers/2024/classeur/"' in page
    file = fetched(service.client, "/dossiers/2024/classeur/")
    number, path = service.organisation.enterprise_number, tmp_path / "classeur.xlsx"
    assert file.name == f"classeur-{number}-2024.xlsx"
    call_command("export", organisation=number, year="2024", out=str(path))
    assert file.content == path.read_bytes()
    assert service.client.post("/dossiers/2019/classeur/").status_code == 404


def test_what_stands_no_more_is_a_sentence(service):
    user = service.organisation.memberships.get().user
    wanted = {"reference": "RIEN", "year": 2024, "format": "json", "as_of": "2025-02-01"}
    ask_file("justification_file", organisation=service.organisation, by=user, of=wanted)
    run_until_empty()
    assert Job.objects.get().problems == ["Cette subvention ne porte plus sur cet exercice."]
