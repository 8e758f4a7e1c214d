"""The page of the stacking matrix: every pair with its word, every word with its rule."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.factories import UserFactory
from tests.reports.views.reading import markup, words

PAGE = "/cumuls/matrice/"


def test_each_pair_has_its_word_and_each_word_leads_to_its_rule(service):
    page = markup(service.client.get(PAGE, {"au": "2024-03-01"}))
    assert '<th scope="row">Maribel social</th><td><a class="badge stack_forbidden"' in page
    for tone in ("forbidden", "suspicious"):
        link = page.split(f'badge stack_{tone}" href="#', 1)[1].split('"', 1)[0]
        assert f'id="{link}"' in page
    assert "Heures financées par Maribel : exclusives de tout autre financement" in page
    assert "Fe-Bi, 330 chambre 3" in page


def test_a_scheme_is_in_the_matrix_from_its_first_day(service):
    before = words(service.client.get(PAGE, {"au": "2021-12-31"}))
    assert "Pas en vigueur ce jour-là : " in before
    assert "APE, aide à la promotion de l'emploi" in before.split("Pas en vigueur")[1]
    after = words(service.client.get(PAGE, {"au": "2022-01-01"}))
    assert "APE, aide à la promotion de l'emploi" in after.split("Pas en vigueur")[0]
    assert "Pas en vigueur ce jour-là : APE" not in after
    assert "Aucun des régimes encodés n'existe" in words(
        service.client.get(PAGE, {"au": "1995-01-01"})
    )


def test_the_days_on_which_an_answer_changes_are_one_click_away(service):
    page = markup(service.client.get(PAGE, {"au": "2014-04-23"}))
    assert '<a href="?au=2014-04-24">24/04/2014</a>' in page
    after = markup(service.client.get(PAGE, {"au": "2014-04-24"}))
    assert "art. 94" not in page
    assert "art. 94" in after
    assert 'aria-current="date"' in after


@pytest.mark.parametrize("day", ["demain", "2025-02-30", "9999-12-31"])
def test_a_day_that_cannot_be_read_is_said_and_today_is_shown(service, day):
    response = service.client.get(PAGE, {"au": day})
    assert response.status_code == 200
    assert "La situation d'aujourd'hui est affichée." in words(response)


def test_nobody_reads_it_without_a_login_nor_names_another_service(service, other):
    assert Client().get(PAGE).headers["Location"].startswith("/connexion/")
    number = service.organisation.enterprise_number
    assert other.client.get(PAGE, {"organisation": number}).status_code == 404
    assert service.client.post(PAGE).status_code == 405


def test_the_rules_are_public_law_and_ask_nothing_of_the_database_but_who_looks(service):
    client = Client()
    client.force_login(UserFactory())
    assert client.get(PAGE).status_code == 200
    with CaptureQueriesContext(connection) as made:
        service.client.get(PAGE)
    asked = [query["sql"] for query in made]
    rooms = ("grants_", "staffing_", "invoices_", "reports_")
    assert [sql for sql in asked if any(f'"{room}' in sql for room in rooms)] == []
