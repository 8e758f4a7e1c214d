"""Every dossier of a year in one archive: asked on the page of the year, fetched on its job's."""

import io
import os
import shutil
import zipfile
from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from backoffice.federation.jobs import run_until_empty
from backoffice.federation.models import Job
from tests.factories import JobFactory, MembershipFactory, UserFactory
from tests.reports.views.conftest import AS_OF
from tests.reports.views.reading import markup, words

ASK = "/dossiers/2024/ecrire/"
PLAIN = {"au": AS_OF, "formats": "json xlsx"}
GONE = "Ce fichier n'est plus là"


@pytest.fixture(autouse=True)
def data(settings, tmp_path):
    settings.DATA_DIR = tmp_path
    return tmp_path


@pytest.fixture
def done(service) -> Job:
    """The archive of the service's year, written."""
    service.client.post(ASK, PLAIN)
    run_until_empty()
    job: Job = Job.objects.get()
    assert job.state == "done"
    return job


@dataclass
class Fetched:
    """An answer, and the bytes of the file that it carries."""

    response: HttpResponse
    content: bytes

    @property
    def status(self) -> int:
        return int(self.response.status_code)


def fetch(client: Client, job: Job):
    """The answer, with what it streams read to its end."""
    response = client.get(f"/travaux/{job.pk}/fichier/")
    return Fetched(response, b"".join(response) if response.streaming else b"")


def test_the_page_of_a_year_offers_its_archive_for_the_day_that_it_shows(service):
    page = markup(service.client.get("/dossiers/", {"au": AS_OF}))
    assert f'action="{ASK}?au={AS_OF}"' in page
    assert f'<input type="hidden" name="au" value="{AS_OF}">' in page
    assert "situation au 01/02/2025" in page
    assert "Elle y reste 7 jours au plus" in page


@pytest.mark.parametrize(
    ("formats", "said"),
    [("json xlsx", "JSON, XLSX"), ("json xlsx pdf", "JSON, XLSX, PDF")],
)
def test_asking_leads_to_the_page_of_the_job(service, formats, said):
    response = service.client.post(f"{ASK}?au={AS_OF}", {"au": AS_OF, "formats": formats})
    job = Job.objects.get()
    assert response.headers["Location"] == f"/travaux/{job.pk}/?au={AS_OF}"
    assert job.arguments == {"year": 2024, "as_of": AS_OF, "formats": formats.split()}
    assert (job.organisation, job.kind) == (service.organisation, "justifications")
    page = words(service.client.get(response.headers["Location"]))
    assert f"2024, {said}, situation au 01/02/2025." in page


def test_asking_again_meanwhile_is_a_sentence_on_the_page_of_the_first(service):
    service.client.post(ASK, PLAIN)
    response = service.client.post(ASK, PLAIN, follow=True)
    job = Job.objects.get()
    assert response.redirect_chain == [(f"/travaux/{job.pk}/", 302)]
    assert f"Ce travail est déjà demandé (n° {job.pk}, en attente)" in words(response)


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"formats": "exe"}, "Ces formats ne sont pas proposés"),
        ({"formats": ""}, "Choisissez les formats"),
        ({"au": "demain"}, "La date n'est pas lisible"),
        ({"au": "1989-12-31"}, "La date doit être entre 1990 et 2100"),
        ({"au": ""}, "Indiquez le jour de la situation"),
    ],
)
def test_a_bad_demand_is_one_sentence_on_the_page_of_the_year(service, changed, said):
    response = service.client.post(ASK, PLAIN | changed, follow=True)
    assert response.redirect_chain == [("/dossiers/?annee=2024", 302)]
    assert said in words(response)
    assert not Job.objects.exists()


def test_a_year_without_data_is_not_asked(service):
    assert service.client.post("/dossiers/2019/ecrire/", PLAIN).status_code == 404
    assert not Job.objects.exists()


def test_the_link_of_the_job_gives_the_archive(service, done):
    page = markup(service.client.get(f"/travaux/{done.pk}/"))
    assert f'href="/travaux/{done.pk}/fichier/">Télécharger les dossiers de 2024 (ZIP)' in page
    assert "Gardé jusqu'au" in page
    fetched = fetch(service.client, done)
    headers = fetched.response.headers
    name = f"justifications-{service.organisation.enterprise_number}-2024.zip"
    assert headers["Content-Disposition"] == f'attachment; filename="{name}"'
    assert headers["Content-Type"] == "application/zip"
    with zipfile.ZipFile(io.BytesIO(fetched.content)) as archive:
        assert sorted(archive.namelist()) == sorted(done.result["files"])
        assert archive.testzip() is None


def test_a_visitor_is_sent_to_the_login(service, done):
    for response in (Client().post(ASK, PLAIN), fetch(Client(), done).response):
        assert response.headers["Location"].startswith("/connexion/")
    assert Job.objects.count() == 1


def test_another_service_neither_asks_nor_fetches(service, other, done):
    number = service.organisation.enterprise_number
    assert other.client.post(f"{ASK}?organisation={number}", PLAIN).status_code == 404
    assert fetch(other.client, done).status == 404
    assert Job.objects.count() == 1


def test_a_user_without_access_neither_asks_nor_fetches(service, done):
    client = Client()
    client.force_login(UserFactory(is_staff=True, is_superuser=True))
    assert client.post(ASK, PLAIN).status_code == 403
    assert fetch(client, done).status == 403


def test_a_colleague_of_the_same_service_fetches_it(service, done):
    client = Client()
    client.force_login(MembershipFactory(organisation=service.organisation).user)
    assert fetch(client, done).status == 200


def test_only_the_row_of_the_job_leads_to_the_file(service, done, data):
    (path,) = (data / "exports" / str(done.pk)).iterdir()
    for address in (f"/exports/{done.pk}/{path.name}", f"/media/exports/{done.pk}/{path.name}"):
        assert service.client.get(address).status_code == 404
    assert service.client.post(f"/travaux/{done.pk}/fichier/").status_code == 405


@pytest.mark.parametrize("state", ["queued", "running", "failed", "cancelled"])
def test_a_job_that_is_not_done_gives_no_file(service, done, state):
    now = timezone.now()
    Job.objects.update(
        state=state, claim="x" if state == "running" else "", started_at=now, ended_at=now
    )
    assert fetch(service.client, done).status == 404


def test_a_job_of_another_kind_gives_no_file(service):
    job = JobFactory(
        kind="import", organisation=service.organisation, state="done", ended_at=timezone.now()
    )
    assert fetch(service.client, job).status == 404


def test_another_file_left_under_the_number_is_not_given(service, done, data):
    (path,) = (data / "exports" / str(done.pk)).iterdir()
    path.rename(path.with_name("justifications-0999999999-2024.zip"))
    assert fetch(service.client, done).status == 410


@pytest.mark.parametrize("why", ["removed", "expired"])
def test_a_file_that_is_gone_is_a_sentence_and_the_offer_to_ask_again(service, done, data, why):
    folder = data / "exports" / str(done.pk)
    if why == "removed":
        shutil.rmtree(folder)
    else:
        (path,) = folder.iterdir()
        age(path, days=8)
    response = fetch(service.client, done).response
    assert response.status_code == 410
    assert GONE in words(response)
    assert "Télécharger" not in words(response)
    assert GONE in words(service.client.get(f"/travaux/{done.pk}/"))
    again = f"/travaux/{done.pk}/redemander/"
    assert f'action="{again}"' in markup(response)
    service.client.post(again)
    run_until_empty()
    again = Job.objects.latest("pk")
    assert again.arguments == done.arguments
    assert fetch(service.client, again).status == 200
    assert GONE in words(fetch(service.client, done).response)


def age(path, *, days: int) -> None:
    then = (timezone.now() - timedelta(days=days)).timestamp()
    os.utime(path, (then, then))
