"""The page of the tie-out: what it shows, how a balance comes in, and for whom."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

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
from tests.reports.views.reading import markup, words

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


def test_a_deposit_is_imported_and_compared_at_once(organisation, client):
    response = deposit(client, PLAIN.encode("cp1252"))
    assert response.status_code == 200
    assert "La balance est enregistrée. 3 lignes, 2 100,00 €" in words(response)
    assert TrialBalance.objects.get().organisation == organisation
    assert "La balance remplace la précédente." in words(deposit(client, PLAIN.encode()))


def test_a_workbook_can_be_deposited_too(client, tmp_path):
    path = workbook(tmp_path, [["Compte", "Solde"], [550000, 5], [100000, -5]])
    refused = deposit(client, path.read_bytes(), "balance.XLSX")
    assert refused.status_code == 422
    assert "aucun compte de charges ou de produits" in words(refused)
    response = deposit(client, path.read_bytes(), "balance.XLSX", partial="on")
    assert "La balance est enregistrée. 2 lignes, 5,00 €" in words(response)


def test_a_deposit_only_looked_at_is_not_stored(client):
    page = words(deposit(client, PLAIN.encode(), look="on"))
    assert "La balance peut être importée ; rien n'a été enregistré." in page
    assert not TrialBalance.objects.exists()


def test_a_bad_balance_is_refused_with_its_problems(client):
    response = deposit(client, PLAIN.replace("865,44", "x").encode())
    assert response.status_code == 422
    assert "Balance refusée" in words(response)
    assert "Cette cellule n'est pas un montant." in words(response)
    assert not TrialBalance.objects.exists()


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("photo.png", b"x", "Ce n'est ni un CSV ni un classeur"),
        ("vide.csv", b"", "Le fichier est vide"),
        ("gros.csv", b"x" * (10 * 1024 * 1024 + 1), "dépasse 10 Mo"),
        ("photo.csv", b"\x89PNG\r\n\x1a\n\x00", "Le fichier photo.csv n'est ni un texte"),
    ],
)
def test_a_file_that_is_no_balance_is_refused(client, name, content, message):
    response = deposit(client, content, name)
    assert response.status_code == 422
    assert message in words(response)


def test_each_format_is_handed_out(client, organisation):
    for extension in ("json", "xlsx", "pdf"):
        response = client.get(f"{PAGE}2024/fichiers/{extension}/", {"au": "2025-03-01"})
        assert response.status_code == 200
        name = f"rapprochement-{organisation.enterprise_number}-2024.{extension}"
        assert name in response.headers["Content-Disposition"]
    assert client.get(f"{PAGE}2024/fichiers/doc/").status_code == 404
    assert client.get(f"{PAGE}1999/fichiers/json/").status_code == 404
    assert client.get(PAGE, {"annee": "1999"}).status_code == 404


@pytest.mark.parametrize("path", [PAGE, f"{PAGE}2024/fichiers/json/"])
def test_nobody_sees_it_without_a_login_nor_for_another_service(organisation, path):
    assert Client().get(path).headers["Location"].startswith("/connexion/")
    stranger = Client()
    stranger.force_login(MembershipFactory(organisation=OrganisationFactory()).user)
    number = organisation.enterprise_number
    assert stranger.get(path, {"organisation": number}).status_code == 404


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
