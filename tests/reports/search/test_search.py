"""The search over everything that one may see: kinds, accents, odd texts, isolation, queries."""

import re
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from reports.search.words import KEPT
from tests.factories import (
    DeadlineFactory,
    FederationMemberFactory,
    InvoiceFactory,
    JustificationFactory,
    MembershipFactory,
    ReceiptFactory,
    StoredFileFactory,
    SupplierFactory,
    WorkerFactory,
)
from tests.reports.views.conftest import add_worker, build_service
from tests.reports.views.reading import markup, words

pytestmark = pytest.mark.django_db


def found(client: Client, text: str) -> str:
    response = client.post("/recherche/", {"q": text}, follow=True)
    assert response.status_code == 200
    return words(response).split("Chercher Chercher", maxsplit=1)[-1]


@pytest.fixture
def service():
    return build_service()


def test_every_kind_is_found_by_what_people_remember_of_it(service):
    own = service.organisation
    supplier = SupplierFactory(organisation=own, code="F-PAP", name="Papeterie Éloïse")
    InvoiceFactory(
        organisation=own, supplier=supplier, piece="A-900", number="2024/17", amount=Decimal("77.5")
    )
    DeadlineFactory(award=service.award, label_fr="Rapport d'activité")
    JustificationFactory(award=service.award, year=2024)
    StoredFileFactory(organisation=own, name="lettre-octroi.pdf")
    for text, expected in {
        "w01": "Travailleurs Nom de W01",
        "maribel-1": "Subventions MARIBEL-1",
        "MARIBEL-1 2024": "Dossiers figés MARIBEL-1, exercice 2024, version 1",
        "a-900": "Factures A-900, Papeterie Éloïse",
        "2024/17": "Factures A-900",
        "77,50": "Factures A-900",
        "eloise": "Fournisseurs Papeterie Éloïse",
        "rapport activite": "Échéances Rapport d'activité",
        "lettre-octroi": "Fichiers lettre-octroi.pdf",
        "maribel social": "Règles par régime",
        "maribel.ceiling_332": "Valeurs de référence",
    }.items():
        assert expected in found(service.client, text)


def test_capitals_and_accents_change_nothing(service):
    WorkerFactory(organisation=service.organisation, number="W77", name="Zoë Müller-Ångström")
    pages = [found(service.client, text) for text in ("ZOE MULLER", "zoë müller", "angstrom ZOË")]
    assert ["Zoë Müller-Ångström" in page for page in pages] == [True] * 3


@pytest.mark.parametrize("text", ["%%", "__", "%_", "''", '""', "\\\\", "'; --", "🙂🙂"])
def test_signs_that_a_database_reads_otherwise_are_only_text(service, text):
    assert "Rien ne correspond." in found(service.client, text)
    WorkerFactory(organisation=service.organisation, number="W99", name=f"Nom {text}")
    assert "W99" in found(service.client, text)
    assert "W01" not in found(service.client, text)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("🙂", "Écrivez au moins deux caractères."),
        ("x" * 10_000, "Écrivez cent caractères au plus"),
        ("  ", "Écrivez ce que vous cherchez."),
        ("a\x00b", "Ce texte ne peut pas être cherché."),
    ],
)
def test_a_text_that_cannot_be_searched_is_refused_with_a_sentence(service, text, sentence):
    response = service.client.post("/recherche/", {"q": text})
    assert response.status_code == 422
    assert sentence in words(response)


def test_the_page_without_a_text_asks_for_one_and_says_nothing_else(service):
    page = words(service.client.get("/recherche/"))
    assert "Rien ne correspond" not in page
    assert "Écrivez" not in page


def test_nothing_of_another_service_is_ever_found(service):
    other = build_service("AUTRE-1")
    supplier = SupplierFactory(organisation=other.organisation, code="X9", name="Seulement là-bas")
    InvoiceFactory(organisation=other.organisation, supplier=supplier, piece="B-1")
    DeadlineFactory(award=other.award, label_fr="Seulement là-bas")
    JustificationFactory(award=other.award)
    StoredFileFactory(organisation=other.organisation, name="seulement.pdf")
    WorkerFactory(organisation=other.organisation, number="Z1", name="Seulement Unetelle")
    for text in ("seulement", "AUTRE-1", "Z1", "B-1", "X9"):
        assert "Rien ne correspond." in found(service.client, text)
    assert "Seulement Unetelle" in found(other.client, "seulement")


def test_an_analyst_finds_rules_and_no_row(service):
    client = Client()
    client.force_login(FederationMemberFactory(role="analyst").user)
    page = found(client, "maribel")
    assert "Règles par régime" in page
    assert "MARIBEL-1" not in page


def test_someone_with_two_services_is_told_whose_each_hit_is_and_goes_there(service):
    other = build_service("AUTRE-1")
    user = MembershipFactory(organisation=service.organisation).user
    MembershipFactory(organisation=other.organisation, user=user)
    client = Client()
    client.force_login(user)
    page = markup(client.post("/recherche/", {"q": "autre-1"}, follow=True))
    assert other.organisation.name in page
    number = other.organisation.enterprise_number
    assert f"/subventions/AUTRE-1/2024/?organisation={number}" in page


def test_a_kind_shows_five_hits_and_says_that_there_are_others(service):
    for number in range(2, 10):
        add_worker(service.post, service.organisation, f"W{number:02}")
    page = found(service.client, "nom de")
    assert page.count("Nom de W0") == 5
    assert "Et d'autres encore : précisez votre recherche." in page


def test_the_words_are_in_no_address_and_the_button_back_finds_them_again(service):
    WorkerFactory(organisation=service.organisation, number="W77", name="Zoë Müller")
    sent = service.client.post("/recherche/", {"q": "Zoë Müller"})
    assert re.fullmatch(r"/recherche/\?n=[0-9a-f]{8}", sent.headers["Location"])
    for _time in range(2):
        page = markup(service.client.get(sent.headers["Location"]))
        assert 'value="Zoë Müller"' in page
        assert "W77" in page
        assert not re.search(r'(?:href|action)="[^"]*(?:Zo|M%C3|ller)', page)
    again = service.client.post("/recherche/", {"q": "Zoë Müller"})
    assert again.headers["Location"] == sent.headers["Location"]


def test_the_search_of_another_session_or_a_former_one_is_not_found_again(service):
    gone = "Cette recherche n'est plus gardée"
    address = service.client.post("/recherche/", {"q": "Zoë"}).headers["Location"]
    assert gone not in words(service.client.get(address))
    assert gone in words(build_service("AUTRE-1").client.get(address))
    for number in range(KEPT):
        service.client.post("/recherche/", {"q": f"mot {number}"})
    assert gone in words(service.client.get(address))


def queries(service) -> int:
    with CaptureQueriesContext(connection) as asked:
        assert "Nom de W01" in found(service.client, "nom")
    return len(asked)


def test_the_queries_do_not_grow_with_what_is_found(service):
    first = queries(service)
    for number in range(2, 22):
        add_worker(service.post, service.organisation, f"W{number:02}")
    assert queries(service) == first


@pytest.mark.parametrize("text", ["7 290,00", "7.290,00 EUR", "7290", "EXT-9"])
def test_a_payment_received_is_found_by_its_amount_or_its_reference(service, text):
    ReceiptFactory(award=service.award, reference="EXT-9", amount=Decimal("7290.00"))
    assert "Versements reçus EXT-9, MARIBEL-1" in found(service.client, text)


@pytest.mark.parametrize("text", ["0999.011.908", "BE 0999.011.908", "0999011908", "999.011"])
def test_a_supplier_is_found_by_the_number_that_an_invoice_prints(service, text):
    SupplierFactory(
        organisation=service.organisation, name="Imprimerie", enterprise_number="0999011908"
    )
    assert "Fournisseurs Imprimerie" in found(service.client, text)
