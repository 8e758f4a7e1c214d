"""Who sees what: a login everywhere, one's own service only, French error pages."""

import pytest
from django.test import Client

from tests.factories import MembershipFactory, UserFactory
from tests.reports.views.reading import markup

ADDRESSES = (
    "/",
    "/aujourdhui/",
    "/dossiers/",
    "/subventions/MARIBEL-1/2024/",
    "/subventions/MARIBEL-1/2024/explication/montants/payable/",
    "/imports/",
    "/imports/modele/",
    "/imports/1/",
    "/imports/1/problemes/",
)
POSTS = (
    "/subventions/MARIBEL-1/2024/acceptations/",
    "/subventions/MARIBEL-1/2024/fichiers/json/",
    "/dossiers/2024/classeur/",
    "/imports/1/importer/",
    "/imports/1/abandonner/",
)


@pytest.mark.parametrize("address", ADDRESSES)
def test_nobody_reads_a_page_without_a_login(service, address):
    response = Client().get(address)
    assert response.status_code == 302
    assert response.headers["Location"].startswith("/connexion/?next=")


@pytest.mark.parametrize("address", POSTS)
def test_nobody_writes_without_a_login(service, address):
    assert Client().post(address).headers["Location"].startswith("/connexion/")


@pytest.mark.parametrize("address", [a for a in ADDRESSES if "MARIBEL" in a])
def test_the_award_of_another_service_does_not_exist(service, other, address):
    assert other.client.get(address).status_code == 404


def test_another_service_cannot_sign_off(service, other):
    data = {"subject": "x", "reason": "parce que"}
    assert other.client.post(POSTS[0], data).status_code == 404


def test_an_organisation_that_is_not_ones_own_cannot_be_named(service, other):
    number = service.organisation.enterprise_number
    assert other.client.get("/dossiers/", {"organisation": number}).status_code == 404


def test_a_user_without_a_service_is_told_so(db):
    client = Client()
    client.force_login(UserFactory())
    for address in ("/dossiers/", "/subventions/MARIBEL-1/2024/", "/travailleurs/", "/factures/"):
        answer = client.get(address)
        assert answer.status_code == 403
        assert "voir les lignes du service. Demandez-le à la direction" in markup(answer)


def test_a_user_of_two_services_chooses_and_keeps_the_choice(service, other):
    user = MembershipFactory(organisation=service.organisation).user
    MembershipFactory(organisation=other.organisation, user=user)
    client = Client()
    client.force_login(user)
    number = other.organisation.enterprise_number
    page = client.get("/dossiers/", {"organisation": number}).content.decode()
    assert "AUTRE-1" in page
    assert "MARIBEL-1" not in page
    assert f"/subventions/AUTRE-1/2024/?organisation={number}" in page
    own = client.get("/subventions/AUTRE-1/2024/", {"organisation": number})
    assert own.status_code == 200


def test_the_login_page_is_french_and_never_repeats_a_password(db):
    UserFactory(username="officier")
    data = {"login": "officier", "password": "mauvais-secret"}
    page = Client().post("/connexion/", data).content.decode()
    assert "mot de passe incorrect" in page
    assert "mauvais-secret" not in page


def test_logging_in_leads_to_the_page_of_the_day_and_out_again(service):
    client = Client()
    user = MembershipFactory(organisation=service.organisation).user
    data = {"login": user.username, "password": "a plain password"}
    assert client.post("/connexion/", data).headers["Location"] == "/"
    assert client.get("/").headers["Location"] == "/aujourdhui/"
    assert client.get("/aujourdhui/").status_code == 200
    assert client.post("/deconnexion/").headers["Location"] == "/connexion/"
    assert client.get("/").headers["Location"] == "/connexion/?next=/"


def test_the_page_not_found_is_french_and_names_nobody(service):
    response = service.client.get("/subventions/AUCUNE/2024/")
    page = response.content.decode()
    assert response.status_code == 404
    assert "Page introuvable" in page
    assert service.organisation.name not in page


def test_the_page_of_a_fault_is_french_and_shows_nothing_of_it(service, monkeypatch):
    def broken(*args, **kwargs):
        raise RuntimeError("Nom de W01")

    monkeypatch.setattr("reports.views.subsidies.page_of", broken)
    client = service.client
    client.raise_request_exception = False
    response = client.get(service.page)
    page = response.content.decode()
    assert response.status_code == 500
    assert "Un imprévu de notre côté" in page
    assert "Nom de W01" not in page
    assert "default-src 'none'" in response.headers["Content-Security-Policy"]


def test_a_form_without_its_token_is_refused_in_french(service):
    client = Client(enforce_csrf_checks=True)
    response = client.post("/connexion/", {"login": "x", "password": "y"})
    assert response.status_code == 403
    assert "Formulaire expiré" in response.content.decode()


@pytest.mark.parametrize(
    "path", ["/aujourdhui/", "/dossiers/", "/imports/", "/subventions/MARIBEL-1/2024/"]
)
def test_the_head_of_a_page_is_answered_as_the_page(service, path):
    assert service.client.head(path).status_code == service.client.get(path).status_code == 200
