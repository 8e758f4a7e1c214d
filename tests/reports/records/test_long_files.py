"""A list too long to wait for: a job writes its workbook, for the person who asked it."""

from io import BytesIO

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse

from backoffice.federation.jobs import run_until_empty
from backoffice.federation.models import Job, Membership
from reports.views import records
from tests.factories import MembershipFactory
from tests.reports.records.situations import BY_SLUG
from tests.reports.views.reading import markup, words

FILE = reverse("records_file", args=["suppliers"])


@pytest.fixture(autouse=True)
def short(settings, tmp_path, monkeypatch) -> None:
    settings.DATA_DIR = tmp_path
    monkeypatch.setattr(records, "MOST_ROWS", 2)


@pytest.fixture
def long(service) -> None:
    for n in range(4):
        BY_SLUG["suppliers"].add(service, n)


def asked(service) -> Job:
    service.client.post(f"{FILE}?texte=zenobie&tri=-code")
    return Job.objects.get()


def test_a_long_list_offers_a_job_and_refuses_to_make_wait(service, long):
    page = markup(service.client.get("/fournisseurs/"))
    assert f'<form method="post" action="{FILE}' in page
    told = service.client.get(FILE, follow=True)
    assert "demandez le classeur par le bouton" in words(told)


def test_the_job_writes_what_was_asked_for_who_asked_it(service, long):
    job = asked(service)
    assert service.client.get(reverse("list_job_file", args=[job.pk])).status_code == 404
    run_until_empty()
    job.refresh_from_db()
    assert job.state == Job.State.DONE, job.problems
    assert "Télécharger le classeur" in markup(service.client.get(reverse("job", args=[job.pk])))
    content = b"".join(service.client.get(job.result["page"]).streaming_content)
    sheet = openpyxl.load_workbook(BytesIO(content)).worksheets[0]
    codes = [row[0].value for row in sheet.iter_rows() if str(row[0].value).startswith("Z")]
    assert codes == ["Z03", "Z02", "Z01", "Z00"]


def test_nobody_else_fetches_the_file_not_even_a_colleague(service, other, long):
    job = asked(service)
    run_until_empty()
    colleague = Client()
    colleague.force_login(MembershipFactory(organisation=service.organisation).user)
    address = reverse("list_job_file", args=[job.pk])
    assert colleague.get(address).status_code == 404
    assert other.client.get(address).status_code == 404


def test_a_person_who_has_lost_her_access_gets_no_row(service, other, long):
    job = asked(service)
    Membership.objects.filter(organisation=service.organisation).update(
        organisation=other.organisation
    )
    run_until_empty()
    job.refresh_from_db()
    path = next((records.list_path(job.pk, "x").parent).glob("*.xlsx"))
    sheet = openpyxl.load_workbook(path).worksheets[0]
    assert not any(str(row[0].value).startswith("Z") for row in sheet.iter_rows())


def test_the_same_file_is_asked_once(service, long):
    service.client.post(f"{FILE}?texte=zenobie")
    again = service.client.post(f"{FILE}?texte=zenobie", follow=True)
    assert "déjà demandé" in words(again)
    assert Job.objects.count() == 1
