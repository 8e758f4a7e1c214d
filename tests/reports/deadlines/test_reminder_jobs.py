"""Reminders by a job: told and mailed once, with what did not leave said on its row."""

from smtplib import SMTPServerDisconnected

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.core.management import CommandError
from django.utils import timezone

from backoffice.federation.jobs import run_until_empty
from backoffice.federation.models import Job
from tests.factories import JobFactory, MembershipFactory
from tests.people import federation
from tests.reports.deadlines.test_reminders import SERVER, before, run
from tests.reports.views.reading import words

NOW = timezone.now


@pytest.fixture
def mailing(service, settings) -> None:
    settings.EMAIL_HOST = SERVER
    service.user.email = "finances@example.org"
    service.user.save()


def carried() -> Job:
    run_until_empty()
    return Job.objects.get(kind="reminders")


def test_a_worker_tells_and_mails_what_is_due_once(mailing):
    assert "Rappels demandés : travail n°" in run(before(30), "--queue")
    assert mail.outbox == []
    job = carried()
    assert (job.state, job.result) == ("done", {"sent": 1, "failed": 0, "faults": {}})
    assert [one.to for one in mail.outbox] == [["finances@example.org"]]
    assert "Rien à signaler" in run(before(30))
    assert len(mail.outbox) == 1


def test_reminders_are_asked_once_at_a_time(mailing):
    run(before(30), "--queue")
    with pytest.raises(CommandError, match="déjà demandé"):
        run(before(30), "--queue")


def test_a_mail_that_does_not_leave_is_said_and_sent_by_the_next_job(service, mailing, monkeypatch):
    def down(*args, **kwargs):
        raise SMTPServerDisconnected

    run(before(30), "--queue")
    with monkeypatch.context() as patch:
        patch.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", down)
        job = carried()
    faults = {str(service.user.pk): "SMTPServerDisconnected"}
    assert job.result == {"sent": 0, "failed": 1, "faults": faults}
    assert job.problems == [
        "1 courriel n'est pas parti : vérifiez le serveur de courriel, puis redemandez les rappels."
    ]
    run(before(29), "--queue")
    run_until_empty()
    assert len(mail.outbox) == 1


def test_without_a_mail_server_the_job_says_what_to_set(service):
    run(before(30), "--queue")
    job = carried()
    assert job.state == "done"
    assert job.problems == ["Aucun courriel n'est envoyé : BACKOFFICE_EMAIL_HOST n'est pas réglé."]


def test_the_plain_command_is_a_job_too_that_an_administrator_sees(service, mailing):
    assert "1 courriel envoyé." in run(before(30))
    job = Job.objects.get()
    assert (job.state, job.owner, job.organisation) == ("done", None, None)
    assert "Rappels d'échéances" in words(federation("administrator").get("/travaux/"))
    assert "Rappels d'échéances" not in words(federation("analyst").get("/travaux/"))
    assert "Rappels d'échéances" not in words(service.client.get("/travaux/"))
    assert service.client.get(f"/travaux/{job.pk}/").status_code == 404


def test_a_seal_that_went_well_is_left_out_of_the_list_and_one_that_failed_is_not(db):
    administrator = federation("administrator")
    JobFactory(kind="seal_audit", state="done", organisation=None, owner=None, ended_at=NOW())
    assert "Scellement" not in words(administrator.get("/travaux/"))
    JobFactory(kind="seal_audit", state="failed", organisation=None, owner=None, ended_at=NOW())
    assert "Scellement" in words(administrator.get("/travaux/"))


def test_what_a_worker_took_first_is_left_to_it(mailing, monkeypatch):
    monkeypatch.setattr("reports.management.commands.reminders.carry_one", lambda _number: False)
    assert "Un travailleur s'en charge : travail n°" in run(before(30))
    assert mail.outbox == []


def test_a_cancel_between_two_mails_is_heard_and_what_left_is_remembered(
    service, mailing, monkeypatch
):
    MembershipFactory(organisation=service.organisation, user__email="direction@example.org")
    send = EmailBackend.send_messages

    def asked_meanwhile(self, messages):
        Job.objects.filter(state="running").update(cancel_asked=True)
        return send(self, messages)

    run(before(30), "--queue")
    with monkeypatch.context() as patch:
        patch.setattr(EmailBackend, "send_messages", asked_meanwhile)
        assert carried().state == "cancelled"
    assert len(mail.outbox) == 1
    run(before(30), "--queue")
    run_until_empty()
    assert sorted(one.to[0] for one in mail.outbox) == [
        "direction@example.org",
        "finances@example.org",
    ]
