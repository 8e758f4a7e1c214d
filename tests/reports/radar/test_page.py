"""The page of the radar: totals by word, where they are, and each finding with its rule."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from backoffice.federation.services import choose_language
from tests.factories import AssignmentFactory, MembershipFactory, OrganisationFactory, UserFactory
from tests.reports.checks.situations import Service, service
from tests.reports.radar.situations import move, send
from tests.reports.views.conftest import add_worker
from tests.reports.views.reading import markup, words

pytestmark = pytest.mark.django_db
PAGE = "/cumuls/"
ASKED = {"annee": "2024", "au": "2025-03-01"}


def client_of(place: Service) -> Client:
    client = Client()
    client.force_login(MembershipFactory(organisation=place.organisation).user)
    return client


@pytest.fixture
def place() -> Service:
    return service()


def test_an_employer_without_any_stack_is_told_so(place):
    place.funded("maribel", "MAR")
    page = words(client_of(place).get(PAGE, ASKED))
    assert "cumul interdit 0 aucun cumul suspect 0 aucun cumul autorisé 0 aucun" in page
    assert "Aucune heure ni aucun mois de paie n'est demandé deux fois." in page
    assert "Aucune pièce n'est demandée deux fois." in page


def test_the_word_the_awards_the_hours_the_euros_and_the_rule_are_there(place):
    place.funded("acs", "ACS")
    place.funded("cocof_casg", "COCOF")
    response = client_of(place).get(PAGE, ASKED)
    page = words(response)
    assert "cumul suspect 1 1 000,00 € en jeu" in page
    assert "ACS : 2 000,00 € COCOF : 1 000,00 €" in page
    assert "38,00 \u2013 1 000,00 Lecture de ce logiciel, aucun article trouvé" in page
    link = markup(response).split('class="badge stack_suspicious" href="#', 1)[1].split('"', 1)[0]
    assert f'id="{link}"' in markup(response)


def test_a_reading_of_our_own_is_said_in_the_readers_language(place):
    place.funded("acs", "ACS")
    place.funded("cocof_casg", "COCOF")
    client = client_of(place)
    choose_language(user=place.organisation.memberships.get().user, language="nl")
    page = words(client.get(PAGE, ASKED))
    assert "Lezing van deze software, geen artikel gevonden" in page
    assert "Lecture de ce logiciel" not in page


def test_a_month_that_was_sent_and_moved_is_named_with_its_version(place):
    maribel, cocof = place.funded("maribel", "MAR"), place.award("cocof_casg", "COCOF")
    send(place, maribel)
    move(place, maribel, to=cocof)
    page = words(client_of(place).get(PAGE, ASKED))
    assert "MAR, envoyée v1 : 3 000,00 €" in page
    assert "Mois de paie demandé au-delà de son coût" in page


def test_two_pieces_of_one_invoice_are_one_line(place):
    first = place.invoice(place.award("cocof_facultative", "ONE"), piece="P1")
    other = place.award("cocom_facultative", "OTHER")
    place.invoice(other, piece="P2", supplier=first.supplier, issued_on=first.issued_on)
    page = words(client_of(place).get(PAGE, ASKED))
    assert "P1 = P2 02/2024 cumul interdit Pièce demandée au-delà de son montant" in page
    assert "cumul interdit 1 200,00 € à retirer" in page


def test_an_unknown_amount_is_said_and_leads_to_its_award(place):
    place.funded("maribel", "MAR", ceiling=None, fund=None)
    response = client_of(place).get(PAGE, ASKED)
    assert "Montant payable inconnu, aucun euro comparé : MAR" in words(response)
    assert "/subventions/MAR/2024/?au=2025-03-01" in markup(response)


def test_who_may_see_it(place):
    place.funded("maribel", "MAR")
    assert Client().get(PAGE).headers["Location"].startswith("/connexion/")
    stranger = Client()
    stranger.force_login(MembershipFactory(organisation=OrganisationFactory()).user)
    number = place.organisation.enterprise_number
    assert stranger.get(PAGE, {"organisation": number}).status_code == 404
    nobody = Client()
    nobody.force_login(UserFactory())
    assert "Votre rôle ne permet pas ceci" in words(nobody.get(PAGE))
    assert client_of(place).post(PAGE).status_code == 405


@pytest.mark.parametrize("year", ["2019", "abc", "99999999", "2024 or 1"])
def test_a_year_without_data_does_not_exist(place, year):
    assert client_of(place).get(PAGE, {"annee": year}).status_code == 404


def test_a_day_that_cannot_be_read_is_said(place):
    response = client_of(place).get(PAGE, {"au": "demain"})
    assert response.status_code == 200
    assert "La situation d'aujourd'hui est affichée." in words(response)


def test_the_number_of_queries_does_not_depend_on_the_rows(place):
    client = client_of(place)
    maribel, cocof = place.funded("maribel", "MAR"), place.funded("cocof_casg", "COCOF")
    send(place, maribel)

    def count() -> int:
        with CaptureQueriesContext(connection) as made:
            assert client.get(PAGE, ASKED).status_code == 200
        return len(made)

    few = count()
    for number in range(20):
        add_worker(maribel.posts.get(), place.organisation, f"X{number}")
        worker = place.organisation.workers.get(number=f"X{number}")
        AssignmentFactory(worker=worker, post=cocof.posts.get())
        send(place, place.award("cocof_facultative", f"FAC-{number}"))
    assert count() == few
