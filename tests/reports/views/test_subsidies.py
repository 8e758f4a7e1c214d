"""The list of a year's awards."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import (
    AwardFactory,
    JustificationFactory,
    JustificationFileFactory,
    MembershipFactory,
    OrganisationFactory,
)
from tests.reports.views.conftest import AS_OF
from tests.reports.views.reading import markup, words


def page_of(service, **query):
    return service.client.get("/dossiers/", {"au": AS_OF, **query})


def test_the_newest_year_opens_first_and_each_year_has_its_tab(service):
    page = markup(page_of(service))
    assert "Dossiers de subvention 2024" in page
    assert f'?annee=2024&au={AS_OF}" aria-current="page">2024' in page


def test_a_row_shows_the_amounts_of_the_award(service):
    page = markup(page_of(service))
    assert "MARIBEL-1" in page
    for amount in ("50 000,00", "3 459,51", "3 280,90", "2 000,00", "1 280,90"):
        assert amount in page
    assert "à recevoir" in page


def test_an_unknown_amount_is_said_and_makes_the_total_a_minimum(service):
    AwardFactory(organisation=service.organisation, reference="APE-1", scheme="ape")
    page = markup(page_of(service))
    assert "inconnu" in page
    assert "au moins, 1 inconnu" in page
    assert "partiel, 1 inconnu" in page


def test_a_payment_that_did_not_come_is_named_with_its_amount(service):
    page = words(page_of(service))
    assert "1 versement en retard : 12 500,00 € attendus et non reçus au 01/02/2025" in page


def test_a_frozen_version_is_the_state_of_the_award(service):
    version = JustificationFactory(award=service.award, version=1)
    JustificationFileFactory(award=service.award, justification=version)
    assert "envoyée v1" in markup(page_of(service))


@pytest.mark.parametrize("year", ["2019", "abc", "99999999", "2024 or 1"])
def test_a_year_without_data_does_not_exist(service, year):
    assert page_of(service, annee=year).status_code == 404


@pytest.mark.parametrize("day", ["demain", "2025-02-30", "0001-01-01", "9999-12-31"])
def test_a_day_that_cannot_be_read_is_said_and_today_is_shown(service, day):
    response = service.client.get("/dossiers/", {"au": day})
    assert response.status_code == 200
    assert "La situation d'aujourd'hui est affichée" in markup(response)


def test_a_day_may_be_written_as_people_write_it(service):
    assert 'value="2025-02-01"' in markup(service.client.get("/dossiers/", {"au": "01/02/2025"}))


def test_every_page_of_a_demonstration_says_so(service, settings):
    settings.DEMO = False
    assert "DEMO" not in markup(page_of(service))
    type(service.organisation).objects.update(is_demo=True)
    assert "<strong>DEMO</strong>" in markup(page_of(service))
    assert "<strong>DEMO</strong>" in markup(service.get())


def test_a_service_without_data_is_led_to_the_import(service):
    user = MembershipFactory(organisation=OrganisationFactory()).user
    service.client.force_login(user)
    page = markup(service.client.get("/dossiers/"))
    assert "n'a encore ni paie ni facture" in page
    assert 'href="/imports/"' in page


def test_the_number_of_queries_does_not_grow_with_the_rows(
    service, worker_adder, django_assert_num_queries
):
    with CaptureQueriesContext(connection) as one:
        page_of(service)
    for number in range(2, 21):
        worker_adder(f"W{number:02d}")
    AwardFactory(organisation=service.organisation, reference="APE-1", scheme="ape")
    with django_assert_num_queries(len(one)):
        page_of(service)


def test_an_award_without_recorded_deadline_sends_to_its_letter(service):
    assert "inconnue (voir la lettre)" in words(page_of(service))
    assert "Prochaine échéance inconnue (voir la lettre)" in words(service.get())


@pytest.mark.parametrize(
    ("day", "shown"),
    [
        ("2025-04-15", "Prochaine échéance Pièces justificatives : 15/04/2025"),
        ("2025-04-16", "Prochaine échéance Rapport d'activité approuvé"),
        ("2025-10-01", "Dernière échéance Rapport d'activité approuvé"),
    ],
)
def test_the_day_on_which_the_funder_pays_is_no_deadline_of_the_officer(service, day, shown):
    AwardFactory(organisation=service.organisation, reference="CASG-1", scheme="cocof_casg")
    page = words(service.client.get("/subventions/CASG-1/2024/", {"au": day}))
    assert shown in page
    listed = words(page_of(service, au=day))
    assert "31/10/2025" not in listed
    assert ("Dernière échéance 30/06/2025" in listed) == (day == "2025-10-01")
