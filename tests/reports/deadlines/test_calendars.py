"""Calendar addresses: what a program reads there, and who no longer reads anything."""

import re
from datetime import date, timedelta

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from icalendar import Calendar, Event

from backoffice.federation.models import Membership
from grants.models import CalendarFeed
from grants.services.calendars import draw_feed, withdraw_feed
from grants.services.deadlines import close_deadline, move_deadline, plan_deadlines
from tests.factories import ApprovalFactory, AwardFactory, MembershipFactory, WorkerFactory
from tests.reports.views.reading import markup, words

TODAY = date(2025, 4, 1)


def read(token: str, client: Client | None = None) -> Calendar:
    """What a program without any session reads at an address."""
    response = (client or Client()).get(f"/echeances/agenda/{token}.ics")
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "text/calendar; charset=utf-8"
    found = Calendar.from_ical(response.content)
    assert isinstance(found, Calendar)
    return found


def events(token: str) -> dict[date, Event]:
    return {event.start: event for event in read(token).walk("VEVENT")}


def gone(token: str) -> bool:
    return Client().get(f"/echeances/agenda/{token}.ics").status_code == 404


@pytest.fixture
def token(service) -> str:
    return draw_feed(by=service.user)


def test_a_program_reads_all_day_events_with_their_award_cost_and_alarms(service, token) -> None:
    WorkerFactory(organisation=service.organisation, name="Personne Secrète")
    pieces = events(token)[date(2025, 4, 15)]
    assert pieces["SUMMARY"] == "CASG-24 : Pièces justificatives"
    assert pieces.end == date(2025, 4, 16)
    assert pieces["DTSTART"].params["VALUE"] == "DATE"
    description = pieces["DESCRIPTION"].replace("\u202f", " ")
    assert "Si elle est manquée : 100 000,00 €" in description
    assert "art. 122 remplacé" in description
    assert description.endswith("(à confirmer)")
    triggers = [alarm["TRIGGER"].dt for alarm in pieces.walk("VALARM")]
    assert triggers == [timedelta(days=-days, hours=9) for days in (30, 7, 1)]
    everything = read(token).to_ical().decode()
    assert "Secrète" not in everything
    assert service.user.username not in everything
    assert read(token)["X-WR-TIMEZONE"] == "Europe/Brussels"
    assert read(token)["X-WR-CALNAME"] == "Échéances Service CASG-24"
    assert pieces["URL"] == f"http://testserver{service.page}"


def test_a_deadline_that_moves_keeps_its_identifier_and_raises_its_sequence(service, token) -> None:
    before = events(token)[date(2025, 4, 15)]
    for to in (date(2025, 5, 15), date(2025, 5, 16)):
        move_deadline(deadline=service.pieces, to=to, reason="Report", by=None, known_on=TODAY)
    after = events(token)[date(2025, 5, 16)]
    assert date(2025, 4, 15) not in events(token)
    assert (after["UID"], before["SEQUENCE"], after["SEQUENCE"]) == (before["UID"], 0, 2)
    assert after["DTSTAMP"].dt >= before["DTSTAMP"].dt


def test_every_event_has_an_identifier_of_its_own(service, other, token) -> None:
    Membership.objects.create(user=service.user, organisation=other.organisation)
    assert read(token)["X-WR-CALNAME"] == "Échéances"
    found = [event["UID"] for event in read(token).walk("VEVENT")]
    assert len(found) == len(set(found)) == 4


def test_what_is_done_is_no_longer_in_the_calendar(service, token) -> None:
    close_deadline(deadline=service.pieces, on=TODAY, evidence="", by=None, today=TODAY)
    assert list(events(token)) == [date(2025, 6, 30)]


def test_a_user_reads_what_he_may_see_today_and_never_another_organisation(
    service, other, token
) -> None:
    assert "AUTRE-24" not in read(token).to_ical().decode()
    Membership.objects.filter(user=service.user).delete()
    assert events(token) == {}


def test_a_service_has_its_own_calendar_with_its_own_awards(service, other) -> None:
    second = ApprovalFactory(organisation=service.organisation)
    award = AwardFactory(
        organisation=service.organisation, approval=second, scheme="cocof_casg", reference="DEUX"
    )
    plan_deadlines(organisation=service.organisation, year=2024, known_on=TODAY)
    text = read(draw_feed(by=service.user, approval=second)).to_ical().decode()
    assert award.deadlines.count() == text.count("BEGIN:VEVENT") == 2
    assert "DEUX" in text
    assert "CASG-24" not in text
    assert "AUTRE-24" not in text


def test_an_address_that_is_replaced_or_withdrawn_answers_nobody(service, token) -> None:
    second = draw_feed(by=service.user)
    assert gone(token)
    assert not gone(second)
    withdraw_feed(feed=CalendarFeed.objects.get(revoked_at=None))
    assert gone(second)
    assert CalendarFeed.objects.count() == 2


def test_an_account_that_is_closed_reads_nothing(service, token) -> None:
    User.objects.filter(pk=service.user.pk).update(is_active=False)
    assert gone(token)


@pytest.mark.parametrize("leaves", ["account closed", "access lost"])
def test_the_address_of_a_service_answers_while_who_drew_it_may_see_it(service, leaves) -> None:
    token = draw_feed(by=service.user, approval=service.award.approval)
    assert not gone(token)
    if leaves == "account closed":
        User.objects.filter(pk=service.user.pk).update(is_active=False)
    else:
        Membership.objects.filter(user=service.user).delete()
    assert gone(token)
    colleague = MembershipFactory(organisation=service.organisation).user
    assert not gone(draw_feed(by=colleague, approval=service.award.approval))


def test_colleagues_draw_the_address_of_a_service_one_after_the_other(service) -> None:
    with CaptureQueriesContext(connection) as asked:
        draw_feed(by=service.user, approval=service.award.approval)
    statements = [query["sql"] for query in asked if "federation_approval" in query["sql"]]
    assert statements[0].startswith("SELECT")
    assert ("FOR UPDATE" in statements[0]) == connection.features.has_select_for_update


@pytest.mark.parametrize("wrong", ["x", "é", "0" * 43, "%00"])
def test_an_address_that_nobody_drew_is_not_found(service, token, wrong) -> None:
    assert gone(wrong)


def test_only_a_keyed_hash_of_the_address_is_kept(service, token, settings) -> None:
    feed = CalendarFeed.objects.get()
    assert len(token) >= 43
    assert token not in {str(value) for value in vars(feed).values()}
    assert not gone(token)
    settings.SECRET_KEY = "k" * 50
    assert gone(token)


def test_the_page_draws_an_address_and_shows_it_once(service) -> None:
    page = words(service.client.get("/echeances/calendriers/"))
    assert "Toutes mes échéances aucune Créer une adresse" in page
    shown = markup(service.client.post("/echeances/calendriers/", {"approval": ""}))
    (drawn,) = re.findall(r'value="http://testserver/echeances/agenda/([^"]+)\.ics"', shown)
    assert not gone(drawn)
    page = markup(service.client.get("/echeances/calendriers/"))
    assert drawn not in page
    assert "Renouveler" in page
    assert "ouverte" in page
    feed = CalendarFeed.objects.get()
    said = service.client.post(f"/echeances/calendriers/{feed.pk}/retirer/", follow=True)
    assert "ne répond plus" in words(said)
    assert gone(drawn)


def test_another_service_draws_and_withdraws_nothing_here(service, other, token) -> None:
    approval = service.award.approval
    for wanted in (str(approval.pk), "x", "0", "9" * 30, "9" * 5000):
        response = other.client.post("/echeances/calendriers/", {"approval": wanted})
        assert response.status_code == 404
    feed = CalendarFeed.objects.get()
    assert other.client.post(f"/echeances/calendriers/{feed.pk}/retirer/").status_code == 404
    assert not gone(token)


def test_the_pages_need_a_login_a_token_and_their_method(service, token) -> None:
    for method, path in ((Client().get, ""), (Client().post, ""), (Client().post, "1/retirer/")):
        location = method(f"/echeances/calendriers/{path}").headers["Location"]
        assert location.startswith("/connexion/")
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(service.user)
    assert strict.post("/echeances/calendriers/").status_code == 403
    read = service.client.get("/echeances/calendriers/1/retirer/")
    assert read.headers["Location"] == "/echeances/calendriers/"
    assert Client().post(f"/echeances/agenda/{token}.ics").status_code == 405


def test_the_queries_do_not_grow_with_the_deadlines(
    service, token, django_assert_num_queries
) -> None:
    with django_assert_num_queries(9):
        read(token)
    for number in range(4):
        AwardFactory(
            organisation=service.organisation, scheme="cocof_casg", reference=f"PLUS-{number}"
        )
    plan_deadlines(organisation=service.organisation, year=2024, known_on=TODAY)
    with django_assert_num_queries(9):
        assert len(read(token).walk("VEVENT")) == 10
