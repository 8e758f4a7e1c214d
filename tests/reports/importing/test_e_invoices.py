"""An electronic invoice on the page: looked at, completed, imported once, refused with why."""

import hashlib
import json

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile

from backoffice.federation.jobs import run_until_empty
from backoffice.federation.models import AuditEntry
from invoices.models import Invoice, Supplier
from reports.evidence.attaching import files_of
from reports.models import WorkbookImport
from tests.factories import InvoiceFactory, SupplierFactory
from tests.federation.test_storing import SVG, a_pdf
from tests.invoices.ubl_files import SUPPLIER, inside, ubl
from tests.reports.views.conftest import build_service
from tests.reports.views.reading import markup, words

pytestmark = pytest.mark.django_db
CHOICE = {"piece": "2024-E001", "category": "office", "nature": "firm"}


@pytest.fixture
def service():
    return build_service()


def hand_in(service, **changed: str) -> str:
    """Have an invoice looked at; the address of its page."""
    content = ubl(**({"customer": service.organisation.enterprise_number} | changed))
    file = SimpleUploadedFile("facture.xml", content)
    address = service.client.post("/imports/", {"workbook": file}).headers["Location"]
    run_until_empty()
    return address


def bring_in(service, address: str, **choice: str) -> str:
    service.client.post(f"{address}importer/", CHOICE | choice)
    run_until_empty()
    return words(service.client.get(address))


def mine(service):
    return service.organisation.invoices.exclude(piece="A-W01")


def test_what_an_invoice_says_is_shown_and_nothing_is_written(service):
    address = hand_in(service)
    page = words(service.client.get(address))
    assert "Facture électronique" in page
    for said in ("Papeterie Éloïse 0999000129", "06/05/2024", "121,00 €", "Papier 60,00 €"):
        assert said in page
    assert 'value="2024-E001"' in markup(service.client.get(address))
    assert not mine(service).exists()


def test_what_an_invoice_says_is_told_in_the_language_of_the_reader_not_of_who_asked(service):
    address = hand_in(service, currency="USD")
    refused = words(service.client.get(address))
    assert "Les montants sont en USD." in refused
    service.client.cookies.load({settings.LANGUAGE_COOKIE_NAME: "nl"})
    page = words(service.client.get(address))
    assert "De bedragen zijn in USD." in page
    assert "Les montants" not in page
    seen = words(service.client.get(hand_in(service)))
    for said in ("Elektronische factuur", "Leveranciers", "Bedrag incl. btw", "121,00"):
        assert said in seen
    assert "Fournisseurs" not in seen


def test_an_invoice_goes_in_with_its_supplier_and_what_was_decided(service):
    page = bring_in(service, hand_in(service))
    assert "Facture importée." in page
    invoice = mine(service).get()
    assert (invoice.piece, invoice.number, invoice.category) == ("2024-E001", "2024/17", "office")
    assert (str(invoice.amount.amount), invoice.description) == ("121.00", "Papier; Encre")
    assert (invoice.supplier.name, invoice.supplier.enterprise_number) == (
        "Papeterie Éloïse",
        SUPPLIER,
    )


def test_the_original_and_the_document_inside_are_kept_with_their_fingerprint(service):
    pdf = a_pdf()
    said = inside("Facture lisible.pdf", pdf)
    address = hand_in(service, inside=said)
    assert "Facture lisible.pdf" in words(service.client.get(address))
    bring_in(service, address)
    original = ubl(customer=service.organisation.enterprise_number, inside=said)
    files = [link.file for link in files_of("invoice", mine(service).get())]
    kept = {one.name: (one.media_type, one.sha256) for one in files}
    assert kept == {
        "facture.xml": ("application/xml", hashlib.sha256(original).hexdigest()),
        "Facture lisible.pdf": ("application/pdf", hashlib.sha256(pdf).hexdigest()),
    }
    stranger = build_service("AUTRE-1")
    for one, content in zip(sorted(files, key=lambda one: one.name), (pdf, original), strict=True):
        answer = service.client.get(f"/fichiers/{one.pk}/")
        assert answer.content == content
        assert answer.headers["Content-Disposition"].startswith("attachment")
        assert stranger.client.get(f"/fichiers/{one.pk}/").status_code == 404


@pytest.mark.parametrize("content", [SVG, b"", b"MZ"], ids=["svg", "empty", "program"])
def test_a_document_inside_that_is_no_evidence_stays_in_the_original_alone(service, content):
    page = bring_in(service, hand_in(service, inside=inside("piege.pdf", content)))
    assert "Facture importée." in page
    assert "Le document 1 à l'intérieur de la facture n'est pas joint" in page
    (link,) = files_of("invoice", mine(service).get())
    assert link.file.name == "facture.xml"


def test_a_credit_note_is_recorded_as_negative(service):
    bring_in(service, hand_in(service, kind="CreditNote"))
    assert str(mine(service).get().amount.amount) == "-121.00"


def test_the_stored_supplier_is_recognised_and_proposes_its_last_category(service):
    known = SupplierFactory(
        organisation=service.organisation, name="Éloïse SA", enterprise_number=SUPPLIER
    )
    InvoiceFactory(organisation=service.organisation, supplier=known, piece="X", category="telecom")
    address = hand_in(service)
    assert '<option value="telecom" selected>' in markup(service.client.get(address))
    before = Supplier.objects.count()
    bring_in(service, address)
    assert Supplier.objects.count() == before
    assert mine(service).get(piece="2024-E001").supplier == known


def test_the_same_invoice_is_not_recorded_twice(service):
    bring_in(service, hand_in(service))
    page = words(service.client.get(hand_in(service)))
    assert "Cette facture est déjà enregistrée : pièce 2024-E001." in page
    assert mine(service).count() == 1


def test_two_files_of_one_invoice_looked_at_together_give_one_invoice(service):
    first, second = hand_in(service), hand_in(service)
    bring_in(service, first)
    page = bring_in(service, second, piece="2024-E002")
    assert "Cette facture est déjà enregistrée" in page
    assert mine(service).count() == 1


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"customer": "0999000228"}, "adressée à un autre employeur (0999000228)"),
        ({"currency": "USD"}, "Les montants sont en USD."),
        ({"day": "1900-01-01"}, "n'est pas plausible"),
        ({"before": '<!DOCTYPE x [<!ENTITY a "b">]>'}, "type de document"),
    ],
)
def test_an_invoice_that_cannot_go_in_says_why_and_is_forgotten(service, changed, sentence):
    page = words(service.client.get(hand_in(service, **changed)))
    assert sentence in page
    row = WorkbookImport.objects.get()
    assert (row.state, row.file.name) == ("refused", "")


def test_an_invoice_without_its_category_is_asked_again_and_nothing_is_lost(service):
    address = hand_in(service)
    answer = service.client.post(f"{address}importer/", {"piece": "Mienne", "category": ""})
    assert answer.status_code == 422
    page = markup(answer)
    assert 'value="Mienne"' in page
    assert "Ce champ est obligatoire." in page
    assert not Invoice.objects.filter(piece="Mienne").exists()


def test_a_piece_number_that_is_taken_is_said(service):
    page = bring_in(service, hand_in(service), piece="A-W01")
    assert "La pièce A-W01 existe déjà : choisissez-en une autre." in page


def test_the_nature_of_a_new_supplier_is_asked_and_nothing_goes_in_without(service):
    address = hand_in(service)
    assert "Nature du fournisseur" in words(service.client.get(address))
    answer = service.client.post(f"{address}importer/", CHOICE | {"nature": ""})
    assert answer.status_code == 422
    assert not mine(service).exists()
    bring_in(service, address)
    assert mine(service).get().supplier.nature == "firm"
    again = hand_in(service, number="2024/18")
    assert "Nature du fournisseur" not in words(service.client.get(again))


def test_a_stored_supplier_of_no_said_nature_is_asked_about_too(service):
    known = SupplierFactory(organisation=service.organisation, enterprise_number=SUPPLIER)
    address = hand_in(service)
    assert "Nature du fournisseur" in words(service.client.get(address))
    bring_in(service, address, nature="person")
    known.refresh_from_db()
    assert (known.nature, known.identity.name) == ("person", "Papeterie inventée")


def test_a_supplier_who_is_a_person_is_named_in_her_identity_and_the_kept_file_alone(service):
    name = "Philippine Vandermarlière"
    page = bring_in(service, hand_in(service, name=name), nature="person")
    supplier = mine(service).get().supplier
    assert (supplier.code, supplier.name, supplier.firm) == ("PERSONNE", name, "")
    assert supplier.identity.pseudonym in page
    report = json.dumps(WorkbookImport.objects.get().report, ensure_ascii=False)
    assert name not in report
    assert SUPPLIER not in report
    kept = AuditEntry.objects.filter(organisation=service.organisation)
    assert not any(
        name in json.dumps([one.changes, one.reason], ensure_ascii=False)
        or SUPPLIER in json.dumps(one.changes)
        for one in kept
    )
