"""A service opens itself to the federation for a purpose and a time, and sees every look."""

import hashlib
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from backoffice.federation.audit.looks import LINK, SHOWING
from backoffice.federation.models import Consent, ConsentUse
from reports.pages.consents import PAGES
from tests.factories import ConsentFactory, ConsentUseFactory, StoredFileFactory, UserFactory
from tests.golden import cases
from tests.people import consent_of, federation, member
from tests.reports.views.conftest import Service
from tests.reports.views.reading import fetched, words

TODAY = timezone.localdate()
GIVEN = {
    "purpose": "Contrôle de la justification",
    "starts_on": TODAY.isoformat(),
    "ends_on": (TODAY + timedelta(days=90)).isoformat(),
}


@pytest.fixture
def director(service: Service) -> Client:
    return member("director", service.organisation, first_name="Awa", last_name="Diallo")


@pytest.fixture
def officer(service: Service) -> Client:
    """The federation's finance officer."""
    return federation("finance")


def test_a_consent_opens_the_service_until_it_is_withdrawn(service, director, officer):
    assert officer.get("/dossiers/").status_code == 403
    page = words(director.post("/accords/", GIVEN, follow=True))
    assert "L'accès est donné." in page
    assert "Contrôle de la justification" in page
    assert "Awa Diallo" in page
    assert "MARIBEL-1" in words(officer.get("/dossiers/"))
    assert service.organisation.name in words(officer.get("/accords/recus/"))
    consent = Consent.objects.get()
    page = words(director.post(f"/accords/{consent.pk}/retirer/", follow=True))
    assert "L'accès est retiré : la fédération ne voit plus rien." in page
    assert officer.get("/dossiers/").status_code == 403
    assert "Aucun service ne vous donne accès" in words(officer.get("/accords/recus/"))


@pytest.mark.parametrize(
    ("name", "written", "told"),
    [
        ("purpose", "  ", "Indiquez le but de l'accès."),
        ("purpose", "x" * 251, "Ce texte est trop long : 250 caractères au plus."),
        ("starts_on", "hier", "La date n'est pas lisible : écrivez-la jj/mm/aaaa."),
        ("starts_on", (TODAY - timedelta(days=1)).isoformat(), "ne se donne pas pour le passé"),
        ("starts_on", "1900-01-01", "La date doit être entre 1990 et 2100."),
        ("ends_on", "", "Indiquez le jour."),
        ("ends_on", (TODAY - timedelta(days=1)).isoformat(), "La date de fin précède"),
        ("ends_on", (TODAY + timedelta(days=366)).isoformat(), "Un accès dure douze mois au plus"),
    ],
)
def test_a_consent_that_cannot_be_given_is_told_beside_its_field(director, name, written, told):
    answer = director.post("/accords/", {**GIVEN, name: written})
    assert answer.status_code == 422
    assert told in words(answer)
    assert not Consent.objects.exists()


def test_a_consent_of_twelve_months_is_given_and_one_day_more_is_not(director):
    last = TODAY.replace(year=TODAY.year + 1, day=min(TODAY.day, 28)) - timedelta(days=1)
    assert director.post("/accords/", {**GIVEN, "ends_on": last.isoformat()}).status_code == 302
    over = (last + timedelta(days=4)).isoformat()
    assert director.post("/accords/", {**GIVEN, "ends_on": over}).status_code == 422
    assert Consent.objects.count() == 1


@pytest.mark.parametrize("ends", ["withdrawn", "over"])
def test_a_consent_that_ends_while_a_page_is_open_shows_nothing_more_and_says_why(
    service, officer, ends
):
    consent = consent_of(service.organisation)
    file = StoredFileFactory(organisation=service.organisation)
    assert "W01" in words(officer.get("/travailleurs/"))
    yesterday = TODAY - timedelta(days=1)
    changed = (
        {"withdrawn_at": timezone.now(), "withdrawn_by": UserFactory()}
        if ends == "withdrawn"
        else {"starts_on": yesterday, "ends_on": yesterday}
    )
    Consent.objects.filter(pk=consent.pk).update(**changed)
    for address in ("/travailleurs/", service.page, "/registres/workers/classeur/"):
        answer = officer.get(address)
        assert answer.status_code == 403
        assert "Votre rôle ne permet pas ceci" in words(answer)
        assert "W01" not in words(answer)
    assert officer.get(f"/fichiers/{file.pk}/").status_code == 403
    assert "W01" not in words(officer.post("/recherche/", {"q": "W01"}, follow=True)).replace(
        'value="W01"', ""
    )


@pytest.mark.parametrize("days", [(-30, -1), (1, 30)])
def test_a_consent_opens_nothing_outside_its_days(service, officer, days):
    first, last = (TODAY + timedelta(days=day) for day in days)
    ConsentFactory(organisation=service.organisation, starts_on=first, ends_on=last)
    assert officer.get("/dossiers/").status_code == 403


def test_a_consent_over_or_withdrawn_is_not_withdrawn_again(service, director):
    over = consent_of(service.organisation, ends_on=TODAY - timedelta(days=1))
    page = words(director.post(f"/accords/{over.pk}/retirer/", follow=True))
    assert "Cet accès a déjà pris fin." in page
    over.refresh_from_db()
    assert over.withdrawn_at is None


def test_the_consent_of_another_service_is_not_withdrawn(director, other):
    consent = consent_of(other.organisation)
    assert director.post(f"/accords/{consent.pk}/retirer/").status_code == 404
    consent.refresh_from_db()
    assert consent.withdrawn_at is None


def test_somebody_who_sees_the_service_only_does_not_withdraw_its_consent(service):
    consent = consent_of(service.organisation)
    assert service.client.post(f"/accords/{consent.pk}/retirer/").status_code == 403


def test_every_page_looked_at_under_a_consent_is_noted_once_a_day(service, director, officer):
    consent_of(service.organisation)
    for address in ("/dossiers/", "/dossiers/", service.page, "/travailleurs/", "/aujourdhui/"):
        assert officer.get(address).status_code == 200
    pages = ConsentUse.objects.values_list("page", flat=True)
    assert sorted(pages) == ["justification", "subsidies", "today", "workers"]
    page = words(director.get("/accords/"))
    assert f"{TODAY:%d/%m/%Y} Travailleurs" in page


def test_a_file_that_leaves_and_a_person_found_are_looks_too(service, director, officer):
    consent_of(service.organisation)
    digest = hashlib.sha256(b"%PDF-1.7").hexdigest()
    file = StoredFileFactory(organisation=service.organisation, sha256=digest)
    officer.get(f"/fichiers/{file.pk}/")
    officer.post("/recherche/", {"q": "W01"}, follow=True)
    fetched(officer, "/registres/workers/classeur/")
    pages = ConsentUse.objects.values_list("page", flat=True)
    assert sorted(pages) == ["job_file", "search", "stored_file"]
    assert f"{TODAY:%d/%m/%Y} Fichier joint" in words(director.get("/accords/"))


def test_every_page_that_a_consent_opens_has_a_name_for_those_who_read_who_looked():
    opened = {
        row["page"]
        for row in cases("rights.csv")
        if row["consented"].startswith("200") and row["federation"] != row["consented"]
    }
    assert len(opened) > 30
    assert {page for page in opened if page not in PAGES} == set()


def test_every_page_that_shows_rows_of_a_service_has_a_name_in_the_journal():
    """Those of one service alone answer two things: to its own people, and to those of another."""
    kept = {
        row["page"]
        for row in cases("rights.csv")
        for role, said in row.items()
        if role not in ("page", "method") and " " in said and int(said.split()[0]) in SHOWING
    }
    assert len(kept) > 60
    assert {page for page in kept | {LINK} if page not in PAGES} == set()


def test_the_rules_are_no_look_at_the_service(service, officer):
    consent_of(service.organisation)
    officer.get("/regles/")
    officer.get("/valeurs/")
    assert not ConsentUse.objects.exists()


def test_a_list_of_several_services_notes_a_look_at_each(service, other, officer):
    for one in (service, other):
        consent_of(one.organisation)
    officer.get("/travailleurs/")
    seen = ConsentUse.objects.values_list("consent__organisation", flat=True)
    assert set(seen) == {service.organisation.pk, other.organisation.pk}


def test_the_people_of_the_service_look_under_no_consent(service):
    consent_of(service.organisation)
    service.client.get("/dossiers/")
    service.client.get("/travailleurs/")
    assert not ConsentUse.objects.exists()


def test_a_consent_draws_no_calendar_address_of_the_service(service, officer):
    consent_of(service.organisation)
    page = words(officer.post("/echeances/calendriers/", {"approval": ""}))
    address = page and officer.post("/echeances/calendriers/", {"approval": ""}).context["address"]
    assert "MARIBEL-1" not in Client().get(address).content.decode()


def test_the_page_asks_as_many_queries_for_one_consent_as_for_twenty(
    service, director, django_assert_num_queries
):
    ConsentUseFactory(consent=consent_of(service.organisation))
    with CaptureQueriesContext(connection) as one:
        director.get("/accords/")
    for _number in range(20):
        ConsentUseFactory(consent=consent_of(service.organisation), user=UserFactory())
    with django_assert_num_queries(len(one)):
        director.get("/accords/")
