"""A supplier or a customer who is a natural person: said, frozen as a pseudonym, erased whole."""

import io
import json
from dataclasses import dataclass, replace
from decimal import Decimal

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from backoffice.federation.audit.sealing import seal_all
from backoffice.federation.audit.verifying import verify
from backoffice.federation.models import AuditEntry, Identity
from backoffice.federation.rows import rows_of, table_of
from invoices.models import SalesInvoice, Supplier
from reports.evidence.attaching import attach_file, detach_file
from reports.exchange.exporter import export_workbook
from reports.freezing import freeze
from reports.models import Justification
from reports.people.retention import apply, plan
from reports.pseudonyms import document_digest, named, people_of
from reports.radar.claimed import piece_of, pieces_sent
from reports.sent import sent_by
from reports.snapshots import year_facts
from reports.workflow.sent_lines import claimed_of
from reports.workflow.steps import MoveRefused
from tests.factories import (
    InvoiceFactory,
    SignOffFactory,
    SupplierFactory,
    VentilationFactory,
    WorkerFactory,
)
from tests.factories.federation import enterprise_number
from tests.federation.test_storing import a_pdf
from tests.reports.checks.situations import AS_OF, Service, service
from tests.reports.freezing.test_freezing import FILES, maribel
from tests.reports.people.conftest import LATER
from tests.reports.people.test_pages import later_day, signed_in, words  # noqa: F401
from tests.reports.views.reading import fetched
from tests.reports.workflow.life import life

pytestmark = pytest.mark.django_db
NAME, NUMBER = "Philippine Vandermarlière", enterprise_number(9_999)
PIECE = "FORM-1"


@dataclass
class Trainer:
    """A trainer who bills in her own name, and a customer too; one invoice is on an award."""

    place: Service
    award: object
    supplier: Supplier
    client: Client

    @property
    def identity(self) -> Identity:
        return Identity.objects.get(suppliers=self.supplier)

    def freeze(self) -> tuple[Justification, bool]:
        dossier = self.place.dossier(self.award, AS_OF)
        final = replace(dossier, cover=replace(dossier.cover, final=True, version=1))
        return freeze(self.award, final, FILES)

    def change(self, record: str, row, **typed: str):
        page = reverse("change_row", args=[record, row.pk])
        shown = self.client.get(page).context["form"]
        before = {field.name: field.value() for field in shown}
        data = {name: "" if value is None else value for name, value in before.items()}
        data |= {"reason": "Elle l'a écrit"} | typed
        return self.client.post(page, data, follow=True)

    def say_person(self) -> None:
        """As an officer says it, on the page of the supplier."""
        assert "Enregistré" in words(self.change("suppliers", self.supplier, nature="person"))


@pytest.fixture
def trainer(media) -> Trainer:
    place = service()
    award = maribel(place)
    supplier = SupplierFactory(
        organisation=place.organisation, code="F-9", name=NAME, enterprise_number=NUMBER
    )
    invoice = InvoiceFactory(
        organisation=place.organisation,
        supplier=supplier,
        piece=PIECE,
        category="training",
        evidence="FORM-1.pdf",
        amount=Decimal("480.00"),
    )
    VentilationFactory(invoice=invoice, award=award)
    return Trainer(place, award, supplier, signed_in(place.organisation))


def lines(row: Justification) -> list[dict]:
    return json.loads(row.document)["invoices"]


def claimed(row: Justification) -> dict:
    """What a document claims, without who."""
    who = ("supplier", "supplier_number")
    document = json.loads(row.document)
    bare = [{key: one[key] for key in one if key not in who} for one in document["invoices"]]
    return {"amounts": document["amounts"], "staff": document["staff"], "lines": bare}


def where_stored(*texts: str) -> list[str]:
    """Every table of the database that holds a text, in any of its columns."""
    found = []
    for model in apps.get_models():
        for row in rows_of(model).values_list():
            held = json.dumps(row, default=str, ensure_ascii=False)
            if any(text in held or json.dumps(text)[1:-1] in held for text in texts):
                found.append(table_of(model).label)
    return found


def test_nobody_guesses_that_a_supplier_is_a_person_and_the_list_says_what_is_left_to_say(trainer):
    assert (trainer.supplier.nature, trainer.supplier.identity) == ("", None)
    page = words(trainer.client.get("/fournisseurs/?nature=a-dire"))
    assert NAME in page
    assert "Nature à préciser" in page
    assert NAME not in words(trainer.client.get("/fournisseurs/?nature=person"))
    trainer.say_person()
    assert NAME in words(trainer.client.get("/fournisseurs/?nature=person"))
    assert NAME not in words(trainer.client.get("/fournisseurs/?nature=a-dire"))


def test_once_said_the_name_stands_in_her_identity_alone_and_the_trail_says_who_said_it(trainer):
    trainer.say_person()
    supplier = Supplier.objects.get(pk=trainer.supplier.pk)
    assert (supplier.name, supplier.firm, supplier.identity.name) == (NAME, "", NAME)
    assert set(where_stored(NAME)) == {"federation.Identity"}
    assert set(where_stored(NUMBER)) == {"invoices.Supplier"}
    entry = AuditEntry.objects.filter(model="invoices.supplier").latest("pk")
    assert json.loads(entry.changes)["rows"][0][1]["nature"] == ["", "person"]
    assert (entry.actor_id, entry.reason) == (
        int(trainer.client.session["_auth_user_id"]),
        "Elle l'a écrit",
    )


def test_said_by_mistake_it_is_taken_back_and_no_identity_is_left(trainer):
    trainer.say_person()
    trainer.change("suppliers", trainer.supplier, nature="firm")
    supplier = Supplier.objects.get(pk=trainer.supplier.pk)
    assert (supplier.name, supplier.firm, supplier.identity) == (NAME, NAME, None)
    assert not Identity.objects.filter(name=NAME).exists()


def test_supplier_customer_and_person_off_the_payroll_of_one_name_are_one_identity(trainer):
    trainer.say_person()
    own = trainer.place.organisation
    new = {
        "number": "V-90",
        "customer": NAME,
        "nature": "person",
        "issued_on": "15/02/2024",
        "description": "Location",
        "account": "700",
        "amount": "350",
    }
    assert trainer.client.post(reverse("new_row", args=["sales"]), new).status_code == 302
    InvoiceFactory(organisation=own, supplier=trainer.supplier, piece="X", person=NAME)
    sale = SalesInvoice.objects.get()
    assert (sale.customer, sale.firm) == (NAME, "")
    assert Identity.objects.filter(name=NAME).count() == 1
    page = words(trainer.client.post("/personnes/", {"who": NAME}))
    assert "1 personne trouvée" in page
    assert "Fournisseurs et clients de ce nom" not in page


def test_what_is_frozen_from_then_on_holds_her_pseudonym_and_no_number(trainer):
    trainer.say_person()
    row, _new = trainer.freeze()
    assert NAME not in row.document
    assert NUMBER not in row.document
    (line,) = [one for one in lines(row) if one["piece"] == PIECE]
    assert (line["supplier"], line["supplier_number"]) == (trainer.identity.pseudonym, "")
    shown = named(people_of(trainer.place.organisation), json.loads(row.document))
    (line,) = [one for one in shown["invoices"] if one["piece"] == PIECE]
    assert (line["supplier"], line["supplier_number"]) == (NAME, NUMBER)
    assert any(NAME in one.about for one in claimed_of(row).lines)


def test_the_same_invoice_is_recognised_among_those_sent(trainer):
    trainer.say_person()
    trainer.freeze()
    own = trainer.place.organisation
    facts = year_facts(own, 2024, AS_OF)
    now = [piece_of(one) for one in facts.invoices.rows if one.piece == PIECE]
    assert [one.piece for one in pieces_sent(sent_by(own, AS_OF))] == now


def test_saying_it_after_a_dossier_was_frozen_changes_neither_its_text_nor_its_content(trainer):
    row, _new = trainer.freeze()
    text = row.document
    assert NAME in text
    trainer.say_person()
    again, new = trainer.freeze()
    assert (again.pk, new, again.document) == (row.pk, False, text)


def test_her_file_of_personal_data_holds_the_invoices_that_she_sent_and_received(trainer):
    trainer.say_person()
    WorkerFactory(organisation=trainer.place.organisation, number="W77", name="Zoé Marchalier")
    address = reverse("person_file", args=[trainer.identity.pk, "json"])
    found = json.loads(trainer.client.get(address).content)
    held = json.dumps(found, ensure_ascii=False)
    assert NAME in held
    assert PIECE in held
    assert "F-9" in held
    assert "Zoé" not in held


def erase(trainer: Trainer):
    one = trainer.identity
    asked = {"reason": "Demande du 3 mars", "pseudonym": one.pseudonym}
    answer = trainer.client.post(reverse("erase_person", args=[one.pk]), asked)
    assert answer.status_code == 302, words(answer)
    one.refresh_from_db()
    return one


@pytest.mark.parametrize("said_first", [True, False], ids=["said-then-frozen", "frozen-then-said"])
@pytest.mark.django_db(transaction=True)
def test_erased_her_name_is_nowhere_and_the_frozen_dossier_claims_the_same(
    trainer,
    later_day,  # noqa: F811
    tmp_path,
    said_first,
):
    invoice = trainer.place.organisation.invoices.get(piece=PIECE)
    scan = SimpleUploadedFile("piece.pdf", a_pdf() + b"%")
    link = attach_file(kind="invoice", row=invoice, upload=scan, by=None)
    if said_first:
        trainer.say_person()
    row, _new = trainer.freeze()
    trainer.say_person()
    before, digest, text = claimed(row), row.digest, row.document
    one = erase(trainer)
    row.refresh_from_db()
    assert (claimed(row), row.digest) == (before, digest)
    assert (row.document == text) is said_first
    assert document_digest(row.document) == row.document_digest
    assert [each["before"] for each in row.redactions] == (
        [] if said_first else [document_digest(text)]
    )
    assert {each["supplier"] for each in lines(row) if each["piece"] == PIECE} == {one.pseudonym}
    assert where_stored(NAME, NUMBER) == []
    link.file.refresh_from_db()
    assert not link.file.file.storage.exists(link.file.file.name)
    assert everything_shown(trainer, tmp_path).count(one.pseudonym) > 4
    seal_all()
    chain = verify(trainer.place.organisation.pk)
    assert (chain.fault, chain.waiting) == (None, 0)
    again, new = trainer.freeze()
    assert (again.pk, new) == (row.pk, False)


def everything_shown(trainer: Trainer, tmp_path) -> str:
    """What lists, their files, the search, the workbook and the journal say, without her name."""
    client, own = trainer.client, trainer.place.organisation
    person = reverse("person", args=[trainer.identity.pk])
    shown = [
        words(client.get(page))
        for page in ("/fournisseurs/", "/factures/", "/ventes/", "/journal/", person)
    ]
    shown += [words(client.post("/recherche/", {"q": q}, follow=True)) for q in (PIECE, "F-9")]
    for found in ("Philippine", NUMBER):
        page = words(client.post("/recherche/", {"q": found}, follow=True))
        assert PIECE not in page
        assert "F-9" not in page
    workbook = tmp_path / "year.xlsx"
    export_workbook(own, 2024, workbook)
    files = [
        fetched(client, reverse("records_file", args=[record])).content
        for record in ("suppliers", "invoices", "sales")
    ]
    for content in (workbook.read_bytes(), *files):
        book = load_workbook(io.BytesIO(content))
        shown += [str(each.value) for sheet in book for line in sheet.iter_rows() for each in line]
    whole = "\n".join(shown)
    assert NAME not in whole
    assert NUMBER not in whole
    return whole


def test_an_erased_supplier_keeps_her_pseudonym_whatever_a_form_or_a_file_says(trainer, later_day):  # noqa: F811
    trainer.say_person()
    one = erase(trainer)
    trainer.change("suppliers", trainer.supplier, name=NAME, nature="firm")
    supplier = Supplier.objects.get(pk=trainer.supplier.pk)
    assert (supplier.name, supplier.nature, supplier.identity) == (one.pseudonym, "person", one)


def test_the_run_of_conservation_counts_her_and_erases_her_once_her_invoices_are_past(
    trainer, durations
):
    figures = durations()
    trainer.say_person()
    by_kind = {one.kind: one for one in plan(LATER, figures)}
    outside = by_kind["personnes hors paie"]
    assert (outside.held, outside.due) == (1, 1)
    apply(by=None, reason="Terme", today=LATER, figures=figures)
    assert where_stored(NAME, NUMBER) == []


def test_her_enterprise_number_typed_elsewhere_is_to_review(trainer, later_day):  # noqa: F811
    trainer.say_person()
    row = Supplier.objects.get(pk=trainer.supplier.pk)
    row.code = NUMBER
    row.save()
    page = words(trainer.client.get(reverse("person", args=[trainer.identity.pk])))
    assert "1 texte ou fichier nomme peut-être la personne" in page


def test_a_paper_of_her_invoice_that_was_taken_off_goes_with_her_too(trainer, later_day):  # noqa: F811
    trainer.say_person()
    invoice = trainer.place.organisation.invoices.get(piece=PIECE)
    scan = SimpleUploadedFile("piece.pdf", a_pdf())
    link = attach_file(kind="invoice", row=invoice, upload=scan, by=None)
    detach_file(link=link, reason="jointe par erreur")
    erase(trainer)
    link.file.refresh_from_db()
    assert link.file.name == "fichier effacé.pdf"


def test_what_waits_for_approval_does_not_name_her_and_what_was_sent_is_recognised(media):
    one = life("cocom_facultative")
    SignOffFactory(award=one.award, subject="costs:cocom_facultative:gross")
    supplier = SupplierFactory(
        organisation=one.place.organisation, name=NAME, nature="person", enterprise_number=NUMBER
    )
    one.place.invoice(one.award, supplier=supplier)
    one.move("ready")
    assert set(where_stored(NAME)) == {"federation.Identity"}
    assert set(where_stored(NUMBER)) == {"invoices.Supplier"}
    one.reach("sent")
    assert set(where_stored(NAME)) == {"federation.Identity"}
    one.move("correct")
    with pytest.raises(MoveRefused, match="dit déjà la même chose"):
        one.move("ready")
