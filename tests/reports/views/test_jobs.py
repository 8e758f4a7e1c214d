"""The pages of the jobs: one's own only, where each one is, and giving one up."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from backoffice.federation.models import Job
from tests.factories import (
    FederationMemberFactory,
    JobFactory,
    JobStepFactory,
    MembershipFactory,
    UserFactory,
)
from tests.people import federation
from tests.reports.views.reading import markup, words

NOW = timezone.now


@pytest.fixture
def job(service) -> Job:
    owner = service.organisation.memberships.get().user
    return JobFactory(kind="import", organisation=service.organisation, owner=owner)


def running(job: Job, *, beat: timedelta = timedelta(0), **changes: object) -> None:
    now = NOW()
    Job.objects.filter(pk=job.pk).update(
        state="running", claim="token", started_at=now, heartbeat_at=now - beat, **changes
    )


def page(service, job: Job, **headers: str):
    return service.client.get(f"/travaux/{job.pk}/", headers=headers)


def test_the_list_shows_what_who_and_where(service, job):
    shown = words(service.client.get("/travaux/"))
    assert "Import d'un classeur en attente" in shown
    assert job.owner.username in shown


def test_a_job_of_no_service_says_where_it_is_to_who_asked_for_it(db):
    member = FederationMemberFactory(user=UserFactory(), role="finance")
    job = JobFactory(kind="memorandum", organisation=None, owner=member.user)
    client = Client()
    client.force_login(member.user)
    answer = client.get(f"/travaux/{job.pk}/")
    assert answer.status_code == 200
    assert member.user.username in words(answer)


def test_a_job_of_another_service_does_not_exist(service, other, job):
    assert "Aucun travail." in words(other.client.get("/travaux/"))
    assert page(other, job).status_code == 404
    assert other.client.post(f"/travaux/{job.pk}/annuler/").status_code == 404
    job.refresh_from_db()
    assert job.state == "queued"


def test_a_job_of_nobodys_organisation_is_shown_to_nobody(service):
    job = JobFactory(kind="import")
    assert "Aucun travail." in words(service.client.get("/travaux/"))
    assert page(service, job).status_code == 404


@pytest.mark.parametrize("path", ["/travaux/", "/travaux/1/"])
def test_a_visitor_is_sent_to_the_login(db, path):
    assert Client().get(path).headers["Location"].startswith("/connexion/")
    assert Client().post("/travaux/1/annuler/").headers["Location"].startswith("/connexion/")


def test_a_waiting_job_says_so_and_is_given_up_at_once(service, job):
    assert "en attente Ce travail attend son tour." in words(page(service, job))
    response = service.client.post(f"/travaux/{job.pk}/annuler/", follow=True)
    assert "annulé Ce travail est annulé : il n'a rien enregistré." in words(response)
    assert "Annuler ce travail" not in words(response)
    JobStepFactory(job=job)
    assert "ce que ses étapes finies ont enregistré est resté" in words(page(service, job))


def test_a_running_job_shows_where_it_is_and_asks_again_every_second(service, job):
    running(job, done=3, total=12, doing="Factures")
    shown = page(service, job)
    assert "en cours Factures Avancement 3 / 12" in words(shown)
    assert f'hx-get="/travaux/{job.pk}/" hx-trigger="every 1s"' in markup(shown)
    assert '<noscript><meta http-equiv="refresh" content="3"></noscript>' in markup(shown)
    response = service.client.post(f"/travaux/{job.pk}/annuler/", follow=True)
    assert "le travail s'arrête à la fin de son étape" in words(response)


def test_the_part_that_moves_is_the_same_as_in_the_page_and_stops_at_the_end(service, job):
    running(job, done=3, total=12)
    part = markup(page(service, job, **{"HX-Request": "true"}))
    assert "<html" not in part
    without_token = part.split("<form")[0]
    assert without_token.strip() in markup(page(service, job))
    Job.objects.update(state="done", claim="", ended_at=NOW())
    assert "hx-get" not in markup(page(service, job, **{"HX-Request": "true"}))


def test_a_job_that_nobody_takes_is_kept_and_its_user_is_given_no_command(service, job):
    Job.objects.update(asked_at=NOW() - timedelta(seconds=11))
    shown = words(page(service, job))
    assert "votre demande est gardée et reprendra d'elle-même" in shown
    assert "prévenez l'administrateur du site" in shown
    assert "backoffice worker" not in shown


def test_the_administrator_is_told_how_to_start_a_worker(db):
    job = JobFactory(organisation=None)
    Job.objects.update(asked_at=NOW() - timedelta(seconds=11))
    client = federation("administrator")
    shown = words(client.get(reverse("job", args=[job.pk])))
    assert "lancez backoffice worker sur le serveur" in shown


def test_a_job_behind_another_one_only_waits(service, job):
    Job.objects.update(asked_at=NOW() - timedelta(seconds=11))
    running(JobFactory())
    assert "Ce travail attend son tour." in words(page(service, job))


def test_a_running_job_whose_worker_is_silent_says_so(service, job):
    running(job, beat=timedelta(seconds=31))
    assert "Rien n'avance pour l'instant" in words(page(service, job))


def test_a_message_that_could_not_leave_is_said(service, job, settings):
    settings.CELERY_BROKER_URL = "redis://127.0.0.1:1/0"
    shown = words(page(service, job))
    assert "Le serveur de messages ne répond pas : votre demande est gardée" in shown


def test_a_failed_job_shows_its_problems(service, job):
    problem = "Le classeur a été effacé : déposez-le à nouveau."
    Job.objects.update(state="failed", ended_at=NOW(), problems=[problem])
    assert f"échoué {problem}" in words(page(service, job))


def test_the_list_asks_as_many_questions_for_one_job_as_for_twenty(service, job):

    with CaptureQueriesContext(connection) as one:
        service.client.get("/travaux/")
    JobFactory.create_batch(19, kind="import", organisation=service.organisation, owner=job.owner)
    with CaptureQueriesContext(connection) as twenty:
        service.client.get("/travaux/")
    assert len(twenty) == len(one)


def mention(service) -> str:
    return words(service.client.get("/travaux/en-cours/"))


@pytest.mark.parametrize("look", ["/travaux/{}/", "/travaux/"])
def test_a_job_that_has_ended_is_mentioned_until_its_owner_looks_at_it(service, job, look):
    assert mention(service) == "1 travail en cours"
    Job.objects.filter(pk=job.pk).update(state="done", ended_at=NOW())
    assert mention(service) == "1 travail fini"
    colleague = Client()
    colleague.force_login(MembershipFactory(organisation=service.organisation).user)
    assert colleague.get(look.format(job.pk)).status_code == 200
    assert mention(service) == "1 travail fini"
    service.client.get(look.format(job.pk))
    assert mention(service) == ""


def test_a_job_that_ended_long_ago_or_was_given_up_is_not_mentioned(service, job):
    Job.objects.filter(pk=job.pk).update(state="failed", ended_at=NOW() - timedelta(days=3))
    assert mention(service) == ""
    Job.objects.filter(pk=job.pk).update(state="cancelled", ended_at=NOW())
    assert mention(service) == ""
