"""My tasks on the first page: set, given, done, and those that follow from what waits for me."""

import html
import re
from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from backoffice.federation.models import Task
from backoffice.federation.services.tasks import (
    NotATask,
    Wish,
    finish_task,
    hand_over_task,
    set_task,
)
from tests.factories import (
    ConsentFactory,
    DeadlineFactory,
    FederationMemberFactory,
    JobFactory,
    JustificationFileFactory,
    MembershipFactory,
    TaskFactory,
    UserFactory,
    WorkbookImportFactory,
)
from tests.people import member
from tests.reports.today.test_page import client_of
from tests.reports.views.conftest import build_service
from tests.reports.views.reading import markup, words

pytestmark = pytest.mark.django_db
DAY = {"au": "2025-04-01"}


@pytest.fixture
def service():
    return build_service()


def me(service):
    return service.organisation.memberships.get(role="finance").user


def page(service) -> str:
    return words(service.client.get("/aujourdhui/", DAY))


def ask(service, **typed: str):
    data = {"text": "Demander la lettre", "assigned_to": me(service).pk} | typed
    return service.client.post("/aujourdhui/taches/", data, follow=True)


def test_a_task_is_noted_shown_with_its_day_and_done(service):
    assert "La tâche est notée." in words(ask(service, due_on="2025-04-05"))
    assert "Demander la lettre dans 4 jours" in page(service)
    done = service.client.post(f"/aujourdhui/taches/{Task.objects.get().pk}/faite/", follow=True)
    assert "Tâche faite." in words(done)
    assert "Rien ne vous attend." in page(service)
    assert Task.objects.get().done_by == me(service)


def test_a_task_given_to_a_colleague_is_on_her_page_and_remembered_on_mine(service):
    director = MembershipFactory(organisation=service.organisation, role="director").user
    ask(service, assigned_to=director.pk)
    hers = words(client_of(director).get("/aujourdhui/", DAY))
    assert "Mes tâches Demander la lettre" in hers
    assert f"Demandées à d'autres Demander la lettre {director.username}" in page(service)


def test_a_task_leads_to_the_dossier_the_award_or_the_deadline_that_it_is_about(service):
    deadline = DeadlineFactory(award=service.award, due_on=date(2025, 4, 15))
    offered = {
        service.page: "MARIBEL-1, exercice 2024",
        f"/registres/awards/{service.award.pk}/": f"MARIBEL-1, {service.award.label}",
        f"/echeances/{deadline.pk}/": "15/04/2025 MARIBEL-1, Pièces justificatives",
    }
    for address, label in offered.items():
        assert service.client.get(address, DAY).status_code == 200
        ask(service, about=address)
        row = Task.objects.latest("pk")
        assert (row.link, row.link_words) == (address, label)
        assert f"Demander la lettre {label}" in page(service)
    assert "À propos de" in words(ask(service, about="/valeurs/"))
    assert Task.objects.count() == len(offered)


def test_the_page_of_a_dossier_or_of_a_deadline_opens_the_form_about_itself(service):
    deadline = DeadlineFactory(award=service.award)
    for address in (service.page, f"/echeances/{deadline.pk}/"):
        shown = markup(service.client.get(address, DAY))
        (link,) = re.findall(r'href="(/aujourdhui/\?[^"]*sujet=[^"]*)#noter"', shown)
        form = markup(service.client.get(html.unescape(link)))
        assert '<details class="add" id="noter" open>' in form
        assert f'<option value="{address}" selected>' in form


def test_a_task_is_handed_over_to_a_colleague_and_comes_back_once_done(service):
    director = MembershipFactory(organisation=service.organisation, role="director").user
    ask(service)
    task = Task.objects.get()
    answer = service.client.post(
        f"/aujourdhui/taches/{task.pk}/confier/", {"to": director.pk}, follow=True
    )
    assert f"La tâche est confiée à {director.username}." in words(answer)
    hers = client_of(director)
    assert "Mes tâches Demander la lettre" in words(hers.get("/aujourdhui/", DAY))
    hers.post(f"/aujourdhui/taches/{task.pk}/faite/")
    assert "1 tâche faite ces deux dernières semaines" in words(hers.get("/aujourdhui/", DAY))
    again = hers.post(f"/aujourdhui/taches/{task.pk}/a-refaire/", follow=True)
    assert "La tâche est de nouveau à faire." in words(again)
    assert "Mes tâches Demander la lettre" in words(hers.get("/aujourdhui/", DAY))
    task.refresh_from_db()
    assert (task.assigned_to, task.done_at, task.done_by) == (director, None, None)


def test_a_task_is_handed_over_to_nobody_outside_the_service(service):
    ask(service)
    task = Task.objects.get()
    stranger = MembershipFactory(role="director").user
    address = f"/aujourdhui/taches/{task.pk}/confier/"
    refused = service.client.post(address, {"to": stranger.pk}, follow=True)
    assert "Choisissez à qui confier la tâche." in words(refused)
    with pytest.raises(NotATask, match="personnes du même service"):
        hand_over_task(task=task, to=stranger, by=me(service))
    with pytest.raises(NotATask, match="Seule une personne du service"):
        hand_over_task(task=task, to=me(service), by=stranger)
    finish_task(task=task, by=me(service))
    with pytest.raises(NotATask, match="déjà faite"):
        hand_over_task(task=task, to=me(service), by=me(service))


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"text": ""}, "À faire : Ce champ est obligatoire."),
        ({"due_on": "1900-01-01"}, "La date doit être entre 1990 et 2100."),
        ({"due_on": "demain"}, "Saisissez une date valide."),
        ({"assigned_to": "999999"}, "Pour :"),
    ],
)
def test_a_task_that_cannot_be_noted_says_why(service, typed, sentence):
    assert sentence in words(ask(service, **typed))
    assert not Task.objects.exists()


def test_nobody_gives_a_task_to_someone_outside_the_service(service):
    stranger = UserFactory()
    with pytest.raises(NotATask, match="personnes du même service"):
        set_task(
            organisation=service.organisation,
            wish=Wish("Lire ceci"),
            assigned_to=stranger,
            by=me(service),
        )


@pytest.mark.parametrize("link", ["https://ailleurs.example/", "//ailleurs.example/", "x"])
def test_a_task_leads_to_no_other_site(service, link):
    with pytest.raises(NotATask, match="une page de ce site"):
        set_task(
            organisation=service.organisation,
            wish=Wish("Lire ceci", link=link),
            assigned_to=me(service),
            by=me(service),
        )


def test_the_federation_to_whom_a_service_consents_gives_it_no_task(service):
    officer = FederationMemberFactory(role="finance").user
    ConsentFactory(organisation=service.organisation, ends_on=date(2099, 12, 31))
    data = {"text": "Lire ceci", "assigned_to": me(service).pk}
    answer = client_of(officer).post("/aujourdhui/taches/", data, follow=True)
    assert "Une tâche se donne entre personnes du même service." in words(answer)
    task = TaskFactory(organisation=service.organisation)
    client_of(officer).post(f"/aujourdhui/taches/{task.pk}/faite/")
    task.refresh_from_db()
    assert task.done_at is None


def test_another_service_neither_sees_nor_ends_a_task(service):
    other = build_service("AUTRE-1")
    task = TaskFactory(organisation=service.organisation, assigned_to=me(service))
    assert other.client.post(f"/aujourdhui/taches/{task.pk}/faite/").status_code == 404
    assert "Demander la lettre" not in page(other)


def test_what_waits_for_me_is_a_task_too(service):
    own = {"organisation": service.organisation}
    WorkbookImportFactory(**own, uploaded_by=me(service), name="2024.xlsx")
    WorkbookImportFactory(**own, uploaded_by=UserFactory(), name="pas-le-mien.xlsx")
    mine = page(service)
    assert "Terminer l'import de 2024.xlsx" in mine
    assert "pas-le-mien" not in mine


def test_a_justification_waits_for_whoever_may_approve_it_and_did_not_prepare_it(service):
    director = member("director", service.organisation)
    JustificationFileFactory(
        justification=None,
        award=service.award,
        state="ready",
        sent_at=None,
        sent_reference="",
        as_of=date(2025, 4, 1),
        content="{}",
        digest="0" * 64,
        prepared_at=datetime(2025, 4, 1, 9, tzinfo=UTC),
        prepared_by=me(service),
    )
    asked = "Approuver la justification MARIBEL-1, 2024"
    assert asked in words(director.get("/aujourdhui/", DAY))
    assert asked not in page(service)


def queries(service) -> int:
    with CaptureQueriesContext(connection) as asked:
        page(service)
    return len(asked)


def test_the_queries_do_not_grow_with_the_tasks(service):
    own = {"organisation": service.organisation}
    TaskFactory(**own, assigned_to=me(service))
    first = queries(service)
    for _number in range(20):
        TaskFactory(**own, assigned_to=me(service), set_by=me(service))
        TaskFactory(**own, set_by=me(service))
        WorkbookImportFactory(**own, uploaded_by=me(service))
        JobFactory(**own, owner=me(service), subject=f"x:{_number}")
    assert queries(service) == first
