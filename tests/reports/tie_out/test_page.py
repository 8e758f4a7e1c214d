"""The page of the tie-out: what it shows, how a balance comes in, and for whom."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from backoffice.federation.jobs import run_until_empty
from invoices.models import TrialBalance
from tests.factories import (
    InvoiceFactory,
    MembershipFactory,
    OrganisationFactory,
    SupplierFactory,
    UserFactory,
)
from tests.reports.tie_out.files import PLAIN, workbook
from tests.reports.tie_out.situations import add_award, add_pay, assign, balance, service
from tests.reports.views.reading import fetched, markup, words

pytestmark = pytest.mark.django_db
PAGE = "/rapprochement/"
ASKED = {"annee": "2024", "au": "2025-03-01"}


@pytest.fixture
def organisation():
    return service()


@pytest.fixture
def client(organisation) -> Client:
    found = Client()
    found.force_login(MembershipFactory(organisation=organisation).user)
    return found


def deposit(client, content: bytes, name: str = "balance.csv", **data: str):
    file = SimpleUploadedFile(name, content)
    return client.post(f"{PAGE}?annee=2024&au=2025-03-01", {"balance": file, **data})


def test_both_sides_their_difference_and_the_leads_are_on_the_page(organisation, client):
    balance(
        organisation,
        ("612000", "100", "130.00"),
        ("733000", "100", "-98.00"),
        ("413000", "", "98.00"),
    )
    page = words(client.get(PAGE, ASKED))
    assert "1 écart à expliquer" in page
    assert "130,00 100,00 30,00 0,00 30,00 écart" in page


def test_the_entries_behind_a_line_are_one_click_away(organisation, client):
    assert "ligne=running%3A100" in markup(client.get(PAGE, ASKED))
    page = words(client.get(PAGE, {**ASKED, "ligne": "running:100"}))
    assert "F1 Papeterie inventée, Fournitures facture 15/02/2024 612 SUB-A 98,00" in page
    assert "Fonds propres 2,00" in page


def test_a_line_that_does_not_exist_shows_no_entry(client):
    response = client.get(PAGE, {**ASKED, "ligne": "nothing:at-all"})
    assert response.status_code == 200
    assert "Écritures de ce logiciel" not in words(response)


def looked_at(client, content: bytes, name: str = "balance.csv", **data: str) -> str:
    """Hand a balance in and have a worker look at it: the address of its page."""
    response = deposit(client, content, name, **data)
    assert response.status_code == 302
    run_until_empty()
    return str(response.headers["Location"])


def brought_in(client, content: bytes, name: str = "balance.csv", **data: str):
    """The page of an import that was looked at, then asked."""
    page = looked_at(client, content, name, **data)
    address, _mark, query = page.partition("?")
    assert client.post(f"{address}importer/?{query}").status_code == 302
    run_until_empty()
    return client.get(page)


def test_a_balance_is_looked_at_then_stored_and_compared(organisation, client):
    page = words(client.get(looked_at(client, PLAIN.encode("cp1252"))))
    assert "balance.csv prêt à importer" in page
    assert "Rien n'est encore enregistré. 3 lignes nouvelles, 0 ligne modifiée." in page
    assert "Total au débit comme au crédit \u2013 2 100,00 €" in page
    assert not TrialBalance.objects.exists()
    response = brought_in(client, PLAIN.encode())
    assert "Balance enregistrée." in words(response)
    assert 'href="/rapprochement/?annee=2024' in markup(response)
    assert TrialBalance.objects.get().organisation == organisation


def test_a_second_balance_says_that_it_replaces_the_first(client):
    brought_in(client, PLAIN.encode())
    page = words(client.get(looked_at(client, PLAIN.encode())))
    assert "0 ligne nouvelle, 3 lignes modifiées." in page
    assert "la balance déjà enregistrée" in page
    assert "Balance enregistrée." in words(brought_in(client, PLAIN.encode()))
    assert TrialBalance.objects.get().lines.count() == 3


def test_a_workbook_can_be_handed_in_too(client, tmp_path):
    path = workbook(tmp_path, [["Compte", "Solde"], [550000, 5], [100000, -5]])
    refused = words(client.get(looked_at(client, path.read_bytes(), "balance.XLSX")))
    assert "aucun compte de charges ou de produits" in refused
    response = brought_in(client, path.read_bytes(), "balance.XLSX", partial="on")
    assert "Balance enregistrée. 2 lignes nouvelles" in words(response)


def test_a_bad_balance_is_refused_with_its_problems(client):
    page = words(client.get(looked_at(client, PLAIN.replace("865,44", "x").encode())))
    assert "balance.csv refusé" in page
    assert "Cette cellule n'est pas un montant." in page
    assert not TrialBalance.objects.exists()


def test_a_file_that_is_no_text_is_refused_by_its_name(client):
    page = words(client.get(looked_at(client, b"\x89PNG\r\n\x1a\n\x00", "photo.csv")))
    assert "Le fichier photo.csv n'est ni un texte" in page


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("photo.png", b"x", "Ce n'est ni un CSV ni un classeur"),
        ("vide.csv", b"", "Le fichier est vide"),
        ("gros.csv", b"x" * (10 * 1024 * 1024 + 1), "dépasse 10 Mo"),
    ],
)
def test_a_file_that_is_no_balance_is_refused(client, name, content, message):
    response = deposit(client, content, name)
    assert response.status_code == 422
    assert message in words(response)


def test_each_format_is_handed_out(client, organisation):
    for extension in ("json", "xlsx", "pdf"):
        found = fetched(client, f"{PAGE}2024/fichiers/{extension}/", {"au": "2025-03-01"})
        assert found.name == f"rapprochement-{organisation.enterprise_number}-2024.{extension}"
    assert client.post(f"{PAGE}2024/fichiers/doc/").status_code == 404
    assert client.post(f"{PAGE}1999/fichiers/json/").status_code == 404
    assert client.get(PAGE, {"annee": "1999"}).status_code == 404


def test_nobody_sees_it_without_a_login_nor_for_another_service(organisation):
    file = f"{PAGE}2024/fichiers/json/"
    assert Client().get(PAGE).headers["Location"].startswith("/connexion/")
    assert Client().post(file).headers["Location"].startswith("/connexion/")
    stranger = Client()
    stranger.force_login(MembershipFactory(organisation=OrganisationFactory()).user)
    asked = {"organisation": organisation.enterprise_number}
    assert stranger.get(PAGE, asked).status_code == 404
    assert stranger.post(file, query_params=asked).status_code == 404


def test_a_stranger_cannot_replace_the_balance_of_a_service(organisation):
    balance(organisation, ("612000", "100", "130.00"))
    stranger = Client()
    stranger.force_login(MembershipFactory(organisation=OrganisationFactory()).user)
    number = organisation.enterprise_number
    file = SimpleUploadedFile("balance.csv", PLAIN.encode())
    asked = f"{PAGE}?annee=2024&organisation={number}"
    assert stranger.post(asked, {"balance": file}).status_code == 404
    assert TrialBalance.objects.get().lines.count() == 1


def test_a_user_without_a_service_is_told_so():
    client = Client()
    client.force_login(UserFactory())
    assert "Votre rôle ne permet pas ceci" in words(client.get(PAGE))


def test_the_number_of_queries_does_not_depend_on_the_rows(organisation, client):
    def count() -> int:
        with CaptureQueriesContext(connection) as made:
            client.get(PAGE, ASKED)
        return len(made)

    assign(add_pay(organisation), organisation.awards.get())
    few = count()
    supplier = SupplierFactory(organisation=organisation)
    for number in range(20):
        InvoiceFactory(supplier=supplier, piece=f"G{number}")
        add_award(organisation, organisation.approvals.get(), f"SUB-{number}")
        assign(add_pay(organisation, f"X{number}"), organisation.awards.get(reference="SUB-A"))
    assert count() == few
