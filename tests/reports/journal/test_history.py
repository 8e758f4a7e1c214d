"""The trail as people read it: the history of a row and the journal of a service."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.template.loader import render_to_string
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation
from djmoney.money import Money

from backoffice.federation.audit import acting
from backoffice.federation.audit.looks import looked
from backoffice.federation.audit.sealing import seal_all
from backoffice.federation.models import AuditEntry, Organisation
from backoffice.web.templatetags.money import DASH
from grants.models import Instalment, Post
from reports.journal.reading import SHOWN, history_of
from tests.factories import (
    AwardFactory,
    DeadlineFactory,
    InstalmentFactory,
    InvoiceFactory,
    MembershipFactory,
    PostFactory,
    UserFactory,
    WorkerFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def marie() -> User:
    return UserFactory.create(username="marie", first_name="Marie", last_name="Exemple")


@pytest.fixture
def service(marie: User) -> Organisation:
    return MembershipFactory.create(user=marie).organisation


@pytest.fixture
def client(marie: User, service: Organisation) -> Client:
    client = Client()
    client.force_login(marie)
    client.get(reverse("journal"))  # the first look of the day is an act of its own
    return client


def said(line: Any) -> list[tuple[str, str, str]]:
    return [(c.field, c.before, c.after) for row in line.rows for c in row.changes]


def test_a_code_of_a_list_is_told_by_its_name_in_the_language_of_the_reader(marie: User) -> None:
    row = InvoiceFactory.create(category="office")
    with acting(marie, ""):
        row.category = "energy"
        row.save()
    assert said(history_of(row)[0])[0][1:] == ("Fournitures de bureau", "Énergie et eau")
    with translation.override("nl"):
        assert said(history_of(row)[0])[0][1:] == ("Kantoorbenodigdheden", "Energie en water")


def test_a_change_is_told_in_the_words_of_the_screen(marie: User) -> None:
    row = InstalmentFactory.create(amount=Money("1000", "EUR"), due_on=date(2025, 3, 1))
    with acting(marie, "lettre reçue"):
        row.amount, row.due_on = Money("1250.5", "EUR"), date(2025, 4, 1)
        row.kind = Instalment.Kind.BALANCE
        row.save()

    changed, created = history_of(row)

    assert (changed.who, changed.act, changed.reason) == (
        "Marie Exemple",
        "modification",
        "lettre reçue",
    )
    assert said(changed) == [
        ("Nature", "avance", "solde"),
        ("Due le", "01/03/2025", "01/04/2025"),
        ("Montant attendu", "1\u202f000,00\u202f€", "1\u202f250,50\u202f€"),
    ]
    assert created.act == "création"
    assert ("Due le", DASH, "01/03/2025") in said(created)


def test_a_link_is_told_by_the_row_that_it_names() -> None:
    first, second = AwardFactory.create(label="Un"), AwardFactory.create(label="Deux")
    post = PostFactory.create(award=first)
    post.award = second
    post.save()
    assert said(history_of(post)[0]) == [("Subvention", str(first), str(second))]


def test_a_hidden_value_is_told_as_changed_without_being_shown() -> None:
    worker = WorkerFactory.create(name="Prudence Exemple")
    worker.name = "Prudence Invention"
    worker.save()
    (changed, _created) = history_of(worker.identity)
    assert said(changed) == [("Nom", "non gardé au journal", "non gardé au journal")]


def test_only_the_row_asked_is_told_of_a_change_in_bulk() -> None:
    award = AwardFactory.create()
    posts = [PostFactory.create(award=award, code=f"P{n}", fte=1) for n in range(30)]
    Post.objects.filter(award=award).update(fte=Decimal("0.5"))
    (changed, _created) = history_of(posts[17])
    assert said(changed) == [("ETP", "1,0000", "0,5000")]
    assert changed.count == 30


def test_the_history_costs_the_same_queries_for_one_change_and_for_thirty() -> None:
    award = AwardFactory.create()
    few, many = (PostFactory.create(award=award, code=code) for code in ("P1", "P2"))
    for number in range(30):
        many.code = f"P2-{number}"
        many.save()
    counts = []
    for row in (few, many):
        with CaptureQueriesContext(connection) as captured:
            assert history_of(row)
        counts.append(len(captured))
    assert counts[0] == counts[1]


def test_the_fragment_shows_the_history_and_says_when_there_is_none() -> None:
    post = PostFactory.create(code="P1")
    post.code = "P<2>"
    post.save()
    shown = render_to_string("ui/_history.html", {"history": history_of(post)})
    assert "P&lt;2&gt;" in shown
    assert "Rien n" in render_to_string("ui/_history.html", {"history": []})


def test_the_journal_says_what_is_sealed(client: Client, service: Organisation) -> None:
    seal_all()
    AwardFactory.create(organisation=service)
    found = client.get(reverse("journal")).context["found"]
    assert not found.lines[0].is_sealed
    assert all(line.is_sealed for line in found.lines[1:])
    assert found.sealed_until is not None


def test_the_journal_is_that_of_the_service_alone(client: Client, service: Organisation) -> None:
    mine = AwardFactory.create(organisation=service, label="À moi")
    AwardFactory.create(label="À un autre")
    page = client.get(reverse("journal")).content.decode()
    assert mine.label in page
    assert "À un autre" not in page


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"acte": "deleted"}, ["suppression"]),
        ({"acte": "changed"}, ["modification"]),
        ({"jusque": "2020-01-01"}, []),
        ({"acte": "n'importe quoi", "depuis": "hier"}, None),
    ],
)
def test_the_journal_keeps_what_is_asked(
    client: Client, service: Organisation, query: dict[str, str], expected: list[str] | None
) -> None:
    award = AwardFactory.create(organisation=service)
    award.label = "Autre"
    award.save()
    award.delete()
    response = client.get(reverse("journal"), query)
    assert response.status_code == 200
    acts = [line.act for line in response.context["found"].lines]
    assert acts == expected or (expected is None and len(acts) > 3)


def test_the_journal_keeps_the_acts_of_one_person(
    client: Client, service: Organisation, marie: User
) -> None:
    with acting(marie):
        AwardFactory.create(organisation=service)
    found = client.get(reverse("journal"), {"par": str(marie.pk)}).context["found"]
    assert {line.who for line in found.lines} == {"Marie Exemple"}
    found = client.get(reverse("journal"), {"par": "0"}).context["found"]
    assert {line.who for line in found.lines} == {"système"}


def test_the_journal_names_the_row_and_the_page(
    client: Client, service: Organisation, marie: User
) -> None:
    award = AwardFactory.create(organisation=service)
    AuditEntry.objects.create(
        organisation=service, actor=marie, act="looked", model="workers", count=0
    )
    look, made = client.get(reverse("journal")).context["found"].lines[:2]
    assert (look.about, look.name) == ("Travailleurs", "")
    assert (made.about, made.name) == ("Subvention", str(award))


def test_a_change_in_bulk_shows_some_rows_and_counts_the_others(
    client: Client, service: Organisation
) -> None:
    award = AwardFactory.create(organisation=service)
    for number in range(SHOWN + 5):
        PostFactory.create(award=award, code=f"P{number}", fte=1)
    Post.objects.filter(award=award).update(fte=2)
    line = client.get(reverse("journal")).context["found"].lines[0]
    assert (line.count, len(line.rows), line.more) == (SHOWN + 5, SHOWN, 5)


def test_the_journal_costs_the_same_queries_for_one_act_and_for_forty(
    client: Client, service: Organisation
) -> None:
    award = AwardFactory.create(organisation=service)
    PostFactory.create(award=award, code="P0")
    counts = []
    for time in range(2):
        with CaptureQueriesContext(connection) as captured:
            assert client.get(reverse("journal")).status_code == 200
        counts.append(len(captured))
        for number in range(40):
            PostFactory.create(award=award, code=f"P{time}-{number}")
    assert counts[0] == counts[1]


def test_a_page_of_the_journal_holds_fifty_acts(client: Client, service: Organisation) -> None:
    for number in range(60):
        AwardFactory.create(organisation=service, reference=f"R{number}")
    found = client.get(reverse("journal")).context["found"]
    assert len(found.lines) == 50
    assert client.get(reverse("journal"), {"page": "99"}).context["found"].page.number == 2


def test_somebody_else_sees_no_journal(service: Organisation) -> None:
    client = Client()
    client.force_login(UserFactory.create())
    address = f"{reverse('journal')}?organisation={service.enterprise_number}"
    assert client.get(address).status_code in {403, 404}


def test_an_act_of_an_account_that_is_gone_keeps_its_number(
    client: Client, service: Organisation
) -> None:
    gone = UserFactory.create()
    key = gone.pk
    with acting(gone):
        AwardFactory.create(organisation=service)
    gone.delete()
    line = client.get(reverse("journal")).context["found"].lines[0]
    assert line.who == f"compte n° {key}, supprimé"


def test_a_look_says_which_row_it_saw(client: Client, service: Organisation, marie: User) -> None:
    award = AwardFactory.create(organisation=service, reference="CASG-7", label="Agrément")
    worker = WorkerFactory.create(organisation=service, number="W07")
    deadline = DeadlineFactory.create(award=award, label_fr="Rapport d'activité")
    for page, at in (
        ("record_row", {"record": "awards", "number": str(award.pk)}),
        ("record_row", {"record": "workers", "number": str(worker.pk)}),
        ("justification", {"reference": "CASG-7", "year": "2024"}),
        ("deadline", {"number": str(deadline.pk)}),
        ("person", {"number": str(worker.identity_id)}),
        ("job", {"number": "77"}),
        ("workers", {}),
    ):
        looked([service.pk], page, by=marie, at=at)
    lines = client.get(reverse("journal"), {"acte": "looked"}).context["found"].lines
    assert [line.name for line in reversed(lines)] == [
        "CASG-7 Agrément",
        "W07",
        "CASG-7 2024",
        "Rapport d'activité 2024",
        worker.identity.pseudonym,
        "n° 77",
        "",
    ]


def test_what_a_look_saw_is_asked_in_as_many_queries_for_one_as_for_many(
    client: Client, service: Organisation, marie: User
) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as found:
            client.get(reverse("journal"), {"acte": "looked"})
        return len(found)

    for number in range(2):
        looked([service.pk], "deadline", by=marie, at={"number": str(10**6 + number)})
    few = asked()
    for number in range(2, 30):
        looked([service.pk], "deadline", by=marie, at={"number": str(10**6 + number)})
    assert asked() == few
