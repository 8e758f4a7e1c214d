"""The page of the complements, and the word about one on the page of its award."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.factories import MembershipFactory, OrganisationFactory, UserFactory
from tests.reports.complements.situations import Year, year_of
from tests.reports.complements.test_scenarios import late_ceiling
from tests.reports.views.conftest import add_worker
from tests.reports.views.reading import fetched, markup, words

pytestmark = pytest.mark.django_db
PAGE = "/complements/"


def client_of(place: Year) -> Client:
    client = Client()
    client.force_login(MembershipFactory(organisation=place.organisation).user)
    return client


def asked(place: Year) -> dict[str, str]:
    return {"au": place.decided_on.isoformat()}


def test_the_amount_its_cause_and_its_months_are_on_the_page():
    place = late_ceiling()
    page = words(client_of(place).get(PAGE, asked(place)))
    assert "À demander 1 097,00 €" in page
    assert "41 881,00 42 978,00 1 097,00 à demander" in page
    cause = "41 881,00 EUR → 42 978,00 EUR depuis le 01/01/2022"
    assert cause in page
    assert "décidé le 01/06/2023, LETTRE-2023, 01/06/2023 (confirmé)" in page
    assert "Fonds Maribel social 1 097,00 01/2022 91,4" in page


def test_the_page_of_the_award_says_that_what_was_sent_stays():
    place = late_ceiling()
    client = client_of(place)
    said = "La version envoyée (v1) ne change pas ; un complément de 1 097,00 € peut être demandé."
    response = client.get("/subventions/A/2022/", asked(place))
    assert said in words(response)
    assert f"/complements/?au={asked(place)['au']}" in markup(response)
    before = (place.decided_on - timedelta(days=1)).isoformat()
    assert "ne change pas" not in words(client.get("/subventions/A/2022/", {"au": before}))


def test_money_to_give_back_is_said_on_both_pages():
    place = year_of()
    place.term("ceiling", "41881.00")
    place.send()
    place.worker.assignments.all().delete()
    client = client_of(place)
    page = words(client.get(PAGE, asked(place)))
    assert "À rendre \u221241 881,00 €" in page
    assert "12 mois de paie en moins" in page
    award = words(client.get("/subventions/A/2022/", asked(place)))
    assert "41 881,00 € sont à rendre." in award


def test_what_cannot_be_computed_any_more_says_which_term_is_missing():
    place = year_of("cocom_facultative", 2023)
    place.term("granted", "60000.00")
    place.send()
    place.award.terms.filter(code="granted").delete()
    client = client_of(place)
    page = words(client.get(PAGE, asked(place)))
    assert "1 autre n'est pas calculable" in page
    assert "inconnu à déterminer" in page
    award = words(client.get("/subventions/A/2023/", asked(place)))
    assert "tant qu'un terme manque" in award


def test_nothing_sent_and_nothing_changed_are_two_sentences():
    place = year_of()
    place.term("ceiling", "41881.00")
    client = client_of(place)
    assert "Aucune justification n'a été figée" in words(client.get(PAGE, asked(place)))
    place.send()
    page = words(client.get(PAGE, asked(place)))
    assert "Aucune décision arrivée depuis l'envoi ne change un montant." in page


def test_the_same_is_handed_out_as_files():
    place = late_ceiling()
    client, number = client_of(place), place.organisation.enterprise_number
    for extension in ("json", "xlsx"):
        found = fetched(client, f"{PAGE}fichiers/{extension}/", asked(place))
        assert found.name == f"complements-{number}.{extension}"
        assert extension == "xlsx" or b'"amount": "1097.00"' in found.content
    assert client.post(f"{PAGE}fichiers/pdf/", query_params=asked(place)).status_code == 404
    stranger = Client()
    stranger.force_login(UserFactory())
    assert stranger.post(f"{PAGE}fichiers/json/").status_code == 403
    assert Client().post(f"{PAGE}fichiers/json/").status_code == 302


def test_who_may_see_it():
    place = late_ceiling()
    assert Client().get(PAGE).headers["Location"].startswith("/connexion/")
    stranger = Client()
    stranger.force_login(MembershipFactory(organisation=OrganisationFactory()).user)
    number = place.organisation.enterprise_number
    assert stranger.get(PAGE, {"organisation": number}).status_code == 404
    assert "1 097,00" not in words(stranger.get(PAGE, asked(place)))
    nobody = Client()
    nobody.force_login(UserFactory())
    assert "Votre rôle ne permet pas ceci" in words(nobody.get(PAGE))
    assert client_of(place).post(PAGE).status_code == 405


@pytest.mark.parametrize("day", ["demain", "2025-02-30", "0001-01-01"])
def test_a_day_that_cannot_be_read_is_said(day):
    response = client_of(late_ceiling()).get(PAGE, {"au": day})
    assert response.status_code == 200
    assert "La situation d'aujourd'hui est affichée." in words(response)


def test_the_number_of_queries_does_not_depend_on_the_rows():
    place = late_ceiling()
    client = client_of(place)

    def count() -> int:
        with CaptureQueriesContext(connection) as made:
            assert client.get(PAGE, asked(place)).status_code == 200
        return len(made)

    few = count()
    for number in range(20):
        add_worker(place.post, place.organisation, f"X{number}")
    place.send(place.decided_on)
    assert count() == few
