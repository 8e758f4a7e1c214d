"""Reminders: to whom, how long before, once each; by mail only where a server is set up."""

from datetime import date, timedelta
from io import StringIO

import pytest
from django.core import mail
from django.core.management import CommandError, call_command

from grants.models import Award, Deadline, DeadlineReminder
from grants.services.deadlines import close_deadline, move_deadline
from grants.services.reminders import schedule
from tests.factories import MembershipFactory, WorkerFactory

DUE = date(2025, 4, 15)
SERVER = "courriel.example.org"


def run(on: date, *arguments: str) -> str:
    out = StringIO()
    call_command("reminders", "--on", on.isoformat(), *arguments, stdout=out, stderr=out)
    return out.getvalue()


def before(days: int) -> date:
    return DUE - timedelta(days=days)


@pytest.fixture
def mailing(service, settings) -> None:
    """The user of the service has an address, and the site a mail server."""
    settings.EMAIL_HOST = SERVER
    service.user.email = "finances@example.org"
    service.user.save()


@pytest.mark.parametrize(
    ("days", "told"),
    [(31, None), (30, 30), (29, 30), (8, 30), (7, 7), (2, 7), (1, 1), (0, 1), (-1, None)],
)
def test_a_reminder_is_told_from_its_day_on_and_never_once_it_is_late(service, days, told) -> None:
    said = run(before(days))
    found = list(DeadlineReminder.objects.filter(deadline=service.pieces))
    assert [one.days for one in found] == ([told] if told else [])
    assert ("15/04/2025  CASG-24  Pièces justificatives" in said) == bool(told)


def test_each_reminder_is_told_once(service) -> None:
    run(before(30))
    assert f"Rien à signaler le {before(29):%d/%m/%Y}" in run(before(29))
    assert "rappel 7 jours avant" in run(before(7))
    assert list(
        DeadlineReminder.objects.filter(deadline=service.pieces)
        .order_by("told_on")
        .values_list("days", "told_on", "user")
    ) == [(30, before(30), service.user.pk), (7, before(7), service.user.pk)]


def test_a_deadline_that_moves_is_told_again_for_its_new_day(service) -> None:
    run(before(30))
    move_deadline(
        deadline=service.pieces, to=before(2), reason="Avancée", by=None, known_on=before(30)
    )
    assert "13/04/2025  CASG-24" in run(before(29))


def test_what_is_done_is_told_to_nobody(service) -> None:
    day = before(40)
    close_deadline(deadline=service.pieces, on=day, evidence="", by=None, today=day)
    assert "Rien à signaler" in run(before(7))


def test_every_active_account_of_the_organisation_is_told_and_no_other(service, other) -> None:
    gone = MembershipFactory(organisation=service.organisation).user
    gone.is_active = False
    gone.save()
    second = MembershipFactory(organisation=service.organisation).user
    run(before(7))
    told = DeadlineReminder.objects.filter(deadline=service.pieces)
    assert set(told.values_list("user", flat=True)) == {service.user.pk, second.pk}
    theirs = DeadlineReminder.objects.filter(user=other.user)
    assert {one.deadline.award.organisation for one in theirs} == {other.organisation}


def test_who_lost_the_access_since_is_mailed_nothing_more(service, mailing, settings) -> None:
    gone = MembershipFactory(organisation=service.organisation, user__email="parti@example.org")
    settings.EMAIL_HOST = ""
    run(before(7))
    gone.delete()
    settings.EMAIL_HOST = SERVER
    run(before(7))
    assert [one.to for one in mail.outbox] == [["finances@example.org"]]


def test_a_trial_keeps_nothing(service) -> None:
    assert "Essai : rien n'est enregistré" in run(before(7), "--dry-run")
    assert not DeadlineReminder.objects.exists()


def test_without_a_mail_server_nothing_leaves_and_it_is_said(service) -> None:
    said = run(before(7))
    assert "Aucun courriel n'est envoyé : BACKOFFICE_EMAIL_HOST n'est pas réglé." in said
    assert mail.outbox == []
    assert not DeadlineReminder.objects.exclude(sent_at=None).exists()


@pytest.mark.usefixtures("mailing")
def test_a_mail_names_awards_days_and_euros_and_no_person(service) -> None:
    WorkerFactory(organisation=service.organisation, number="W01", name="Personne Secrète")
    assert "1 courriel envoyé." in run(before(7))
    (letter,) = mail.outbox
    assert letter.to == ["finances@example.org"]
    assert letter.subject == "1 échéance à venir, la première le 15/04/2025"
    text = letter.body.replace("\u202f", " ")
    assert "15/04/2025 (dans 7 jours), Service CASG-24, CASG-24 : Pièces justificatives" in text
    assert "Si elle est manquée : 100 000,00 €" in text
    assert "Secrète" not in text
    assert service.user.username not in text
    run(before(6))
    assert len(mail.outbox) == 1


@pytest.mark.usefixtures("mailing")
@pytest.mark.parametrize("address", ["", "https://gestion.example.org"])
def test_a_mail_leads_to_its_pages_where_the_site_knows_its_address(
    service, settings, address
) -> None:
    settings.SITE_ADDRESS = address
    run(before(7))
    (letter,) = mail.outbox
    row = Deadline.objects.get(due_on=DUE)
    assert (f"{address}/echeances/{row.pk}/" in letter.body) == bool(address)
    assert (f"« Échéances » : {address}/echeances/" in letter.body) == bool(address)
    assert ("http" in letter.body) == bool(address)


@pytest.mark.usefixtures("mailing")
def test_an_account_without_an_address_is_told_and_not_mailed(service) -> None:
    other = MembershipFactory(organisation=service.organisation).user
    said = run(before(7))
    assert f"{other.username} (sans adresse : rien ne lui est envoyé)" in said
    assert [letter.to for letter in mail.outbox] == [["finances@example.org"]]


@pytest.mark.usefixtures("mailing")
def test_a_mail_that_does_not_leave_is_sent_by_the_next_run(service, monkeypatch) -> None:
    def refuse(self, messages):
        raise ConnectionRefusedError("finances@example.org")

    with monkeypatch.context() as patch:
        patch.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", refuse)
        with pytest.raises(CommandError, match="1 courriel resté ici"):
            run(before(7))
    assert not DeadlineReminder.objects.exclude(sent_at=None).exists()
    assert "1 courriel envoyé." in run(before(6))
    assert DeadlineReminder.objects.exclude(sent_at=None).count() == 1


def test_the_days_before_are_data_that_a_kind_may_set_for_itself() -> None:
    assert schedule().reached("pieces", 30) == 30
    assert schedule().reached("pieces", 31) is None
    assert schedule().reached("activity_report", 31) == 60


def test_the_queries_do_not_grow_with_the_deadlines(service, django_assert_num_queries) -> None:
    with django_assert_num_queries(3):
        run(before(7), "--dry-run")
    Award.objects.get().deadlines.update(due_on=DUE)
    MembershipFactory(organisation=service.organisation)
    with django_assert_num_queries(3):
        run(before(7), "--dry-run")
