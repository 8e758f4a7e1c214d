"""The pages of deadlines: what they show, who may change what, and what is refused."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from grants.models import Award, Deadline, DeadlineEvent
from tests.factories import AwardFactory, MembershipFactory, TermFactory, UserFactory
from tests.reports.views.reading import markup, words

ACTIONS = {
    "faite": {"on": "2025-04-10", "evidence": "REC-1"},
    "deplacer": {"to": "2025-05-15", "reason": "Report accordé"},
    "sans-objet": {"reason": "Dossier repris"},
}


def test_the_list_shows_the_day_the_days_left_and_the_cost_in_euros(service):
    page = words(service.get())
    assert "2 échéances, les plus urgentes d'abord" in page
    assert "Pièces justificatives exercice 2024 15/04/2025 dans 14 jours" in page
    assert "à rembourser : 100 000,00 €" in page
    assert "1 échéance dans les trente jours" in page
    assert page.index("15/04/2025") < page.index("30/06/2025")


def test_what_is_late_is_said_first_and_in_words(service):
    page = words(service.get(au="2025-04-20"))
    assert "1 échéance en retard au 20/04/2025" in page
    assert "passée depuis 5 jours" in page
    assert "en retard" in page


@pytest.mark.parametrize(
    ("asked", "shown"),
    [
        ({}, {"15/04/2025", "30/06/2025"}),
        ({"etat": "en_retard"}, {"15/04/2025"}),
        ({"etat": "closes"}, {"31/12/2024"}),
        ({"etat": "toutes"}, {"15/04/2025", "30/06/2025", "31/12/2024"}),
        ({"etat": "a_encoder"}, {"inconnu"}),
        ({"annee": "2023", "etat": "toutes"}, {"31/12/2024"}),
        ({"pouvoir": "cocom", "etat": "a_encoder"}, {"inconnu"}),
    ],
)
def test_the_list_is_filtered_by_state_exercise_and_authority(service, asked, shown):
    former = AwardFactory(organisation=service.organisation, starts_on=date(2023, 1, 1))
    day = date(2024, 12, 31)
    Deadline.objects.create(
        award=former, year=2023, code="x", kind="x", label_fr="Ancien", label_nl="Oud",
        source="x", status="confirmed", planned_on=day, rule_on=day, due_on=day, state="done",
        done_on=day,
    )  # fmt: skip
    AwardFactory(organisation=service.organisation, scheme="cocom_facultative", reference="FAC")
    page = markup(service.get(au="2025-05-01", **asked))
    table = page[page.index("<tbody") :]
    every = ("15/04/2025", "30/06/2025", "31/12/2024", "inconnu")
    assert {text for text in every if text in table} - (
        {"inconnu"} if "inconnu" not in shown else set()
    ) == shown


def test_a_filter_that_cannot_be_read_is_said_and_left_aside(service):
    page = words(service.get(etat="demain", annee="l'an 40"))
    assert "« demain » n'est pas dans la liste" in page
    assert "15/04/2025" in page


def test_a_day_that_the_letter_must_tell_is_to_be_written_down(service):
    AwardFactory(organisation=service.organisation, scheme="cocom_facultative", reference="FAC")
    page = words(service.get())
    assert "jour à encoder" in page


def test_days_that_are_not_written_down_are_written_on_request(service):
    award = AwardFactory(
        organisation=service.organisation, scheme="cocof_casg", reference="CASG-25",
        starts_on=date(2025, 1, 1), ends_on=date(2025, 12, 31),
    )  # fmt: skip
    page = words(service.get())
    assert "Inscrire les échéances 2025" in page
    response = service.client.post("/echeances/planifier/", {"year": "2025"}, follow=True)
    assert "2 échéances inscrites" in words(response)
    assert award.deadlines.count() == 2
    assert service.client.post("/echeances/planifier/", {"year": "x"}).status_code == 404


def test_one_deadline_shows_its_history_its_source_and_the_law(service):
    service.change("deplacer", **ACTIONS["deplacer"])
    page = words(service.client.get(service.page))
    assert "15/04/2025 15/05/2025" in page
    assert "Report accordé" in page
    assert service.user.username in page
    assert "art. 94 §4" in page
    assert "Échéance d'origine 15/04/2025" in page


@pytest.mark.parametrize("action", sorted(ACTIONS))
def test_each_change_is_made_by_its_form_and_kept_with_who_made_it(service, action):
    response = service.change(action, **ACTIONS[action])
    assert response.headers["Location"] == service.page
    event = DeadlineEvent.objects.get()
    assert event.by == service.user
    state, due_on = service.pieces.state, service.pieces.due_on
    assert (state, due_on) == {
        "faite": ("done", date(2025, 4, 15)),
        "deplacer": ("open", date(2025, 5, 15)),
        "sans-objet": ("waived", date(2025, 4, 15)),
    }[action]
    if action != "deplacer":
        assert service.change("rouvrir", reason="Erreur").status_code == 302
        assert service.pieces.state == "open"


def test_what_is_done_costs_nothing_any_more(service):
    service.change("faite", **ACTIONS["faite"])
    page = words(service.get(etat="closes"))
    assert "REC-1" not in page
    assert "à rembourser" not in page
    one = words(service.client.get(service.page))
    assert "Faite le 10/04/2025, REC-1" in one
    assert "Si elle est manquée" not in one


TOMORROW = (timezone.localdate() + timedelta(days=1)).isoformat()


@pytest.mark.parametrize(
    ("action", "typed", "said"),
    [
        ("faite", {"on": ""}, "Indiquez le jour."),
        ("faite", {"on": TOMORROW}, "n'est pas encore passé"),
        ("faite", {"on": "demain"}, "jj/mm/aaaa"),
        ("faite", {"on": "1889-01-01"}, "entre 1990 et 2100"),
        ("deplacer", {"to": "2025-05-15", "reason": " "}, "Indiquez le motif."),
        ("deplacer", {"to": "2025-04-15", "reason": "x"}, "est déjà le 15/04/2025"),
        ("deplacer", {"to": "2025-04-15", "reason": "x" * 251}, "250"),
        ("sans-objet", {"reason": ""}, "Indiquez le motif."),
        ("rouvrir", {"reason": "x"}, "Elle est déjà ouverte."),
    ],
)
def test_a_change_that_cannot_be_made_is_refused_and_says_why(service, action, typed, said):
    response = service.change(action, **typed)
    assert response.status_code == 422
    assert said in words(response)
    assert not DeadlineEvent.objects.exists()


def test_a_rule_that_gives_another_day_proposes_it_and_waits(service):
    TermFactory(award=service.award, code="justify_by", value="2025-03-20")
    service.client.post("/echeances/planifier/", {"year": "2024"})
    TermFactory(
        award=service.award, code="justify_by", value="2025-04-30", decided_on=date(2025, 2, 1)
    )
    assert "la règle donne maintenant le 30/04/2025" in words(service.get())
    row = service.award.deadlines.get(code="letter")
    page = markup(service.client.get(f"/echeances/{row.pk}/"))
    assert "La règle donne maintenant le 30/04/2025" in page
    assert 'name="deplacer-to" value="30/04/2025"' in page
    assert row.due_on == date(2025, 3, 20)


def test_a_deadline_without_a_rule_any_more_is_kept_and_the_page_stops_asking(service):
    Award.objects.filter(pk=service.award.pk).update(scheme="maribel")
    row = service.award.deadlines.get(code="activity_report")
    address = f"/echeances/{row.pk}/"
    page = markup(service.client.get(address))
    assert "La règle ne prévoit plus cette échéance." in page
    assert 'name="deplacer-to" value="30/06/2025"' in page
    typed = {"deplacer-to": "2025-06-30", "deplacer-reason": "Demandé par courriel"}
    page = words(service.client.post(f"{address}deplacer/", typed, follow=True))
    assert "Enregistré dans l'historique." in page
    assert "La règle ne prévoit plus cette échéance." not in page


def test_several_are_done_at_once_or_none(service, other):
    numbers = [str(row.pk) for row in service.award.deadlines.all()]
    typed = {"number": [*numbers, str(other.pieces.pk)], "on": "2025-04-10", "evidence": "REC-2"}
    page = words(service.client.post("/echeances/faites/", typed, follow=True))
    assert "2 échéances faites." in page
    assert set(service.award.deadlines.values_list("state", "evidence")) == {("done", "REC-2")}
    assert other.pieces.state == "open"
    page = words(service.client.post("/echeances/faites/", typed, follow=True))
    assert "Elle est déjà « faite »" in page
    page = words(service.client.post("/echeances/faites/", {"on": "2025-04-10"}, follow=True))
    assert "Cochez au moins une échéance." in page
    page = words(service.client.post("/echeances/faites/", {**typed, "on": "x"}, follow=True))
    assert "jj/mm/aaaa" in page


@pytest.mark.parametrize("wrong", ["x", "0", "-1", "9" * 30, "9" * 5000])
def test_a_number_that_is_no_deadline_is_left_aside(service, wrong):
    typed = {"number": wrong, "on": "2025-04-10"}
    page = words(service.client.post("/echeances/faites/", typed, follow=True))
    assert "Cochez au moins une échéance." in page
    typed["number"] = [wrong, str(service.pieces.pk)]
    page = words(service.client.post("/echeances/faites/", typed, follow=True))
    assert "1 échéance faite." in page


@pytest.mark.parametrize("path", ["", "planifier/", "faites/", "1/", "1/faite/"])
def test_nobody_sees_or_changes_a_deadline_without_a_login(service, path):
    method = Client().get if path in {"", "1/"} else Client().post
    assert method(f"/echeances/{path}").headers["Location"].startswith("/connexion/")


def test_another_service_sees_and_changes_nothing(service, other):
    assert "CASG-24" not in words(other.get())
    assert other.client.get(service.page).status_code == 404
    data = {"deplacer-to": "2025-05-15", "deplacer-reason": "x"}
    assert other.client.post(f"{service.page}deplacer/", data).status_code == 404
    assert service.pieces.due_on == date(2025, 4, 15)


def test_a_change_needs_its_token_its_method_and_a_known_name(service):
    client = Client(enforce_csrf_checks=True)
    client.force_login(service.user)
    assert client.post(f"{service.page}faite/", {"faite-on": "2025-04-10"}).status_code == 403
    assert service.client.get(f"{service.page}faite/").headers["Location"] == service.page
    assert service.client.post(f"{service.page}effacer/").status_code == 404
    assert service.client.post("/echeances/").status_code == 405


def test_a_user_without_a_service_is_told_so(db):
    client = Client()
    client.force_login(UserFactory())
    assert "Votre rôle ne permet pas ceci" in words(client.get("/echeances/"))
    assert client.post("/echeances/planifier/", {"year": "2025"}).status_code == 403


def test_a_user_of_two_services_changes_the_deadlines_of_both(service, other):
    MembershipFactory(user=service.user, organisation=other.organisation)
    assert service.client.get(other.page).status_code == 200


def test_the_queries_do_not_grow_with_the_deadlines(service, django_assert_num_queries):
    service.get()
    with CaptureQueriesContext(connection) as listed:
        service.get()
    few = len(listed)
    with CaptureQueriesContext(connection) as shown:
        service.client.get(service.page)
    one = len(shown)
    for number in range(5):
        award = AwardFactory(
            organisation=service.organisation, scheme="cocof_casg", reference=f"PLUS-{number}"
        )
        TermFactory(award=award, code="granted", value="1000.00")
    service.client.post("/echeances/planifier/", {"year": "2024"})
    service.change("deplacer", **ACTIONS["deplacer"])
    with django_assert_num_queries(few):
        assert "PLUS-4" in words(service.get())
    with django_assert_num_queries(one):
        service.client.get(service.page)
