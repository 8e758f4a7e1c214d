"""An electronic invoice handed in: what it says, what hinders it, what a person decides."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.utils.translation import gettext_lazy
from django.utils.translation import gettext_noop as mark

from backoffice.federation.fields import FIRST_DAY, LAST_DAY
from backoffice.federation.media_types import UBL, FileRefused
from backoffice.federation.models import Approval, Organisation
from backoffice.figures.vocabulary import expense_categories
from backoffice.web.folding import fold
from backoffice.web.sentences import Sentence
from backoffice.web.sentences import gettext as _
from backoffice.web.templatetags.labels import label
from backoffice.web.templatetags.money import day, eur
from invoices.models import Invoice, Nature, Supplier
from invoices.services.e_invoices import (
    Booking,
    NotRecorded,
    description_of,
    record_e_invoice,
    recorded_as,
    supplier_of,
)
from invoices.ubl import EInvoice, InvoiceLine, NotAnInvoice, read_ubl
from reports.evidence.attaching import attach_file
from reports.exchange.outcome import Change, Count, ImportReport
from reports.exchange.problems import Problem
from reports.models import WorkbookImport
from reports.uploads import CannotApply, locked, refuse_unready, settle_upload

LONGEST_NUMBER = 60
_SHEET = mark("Facture électronique")


class BookingForm(forms.Form):
    """What the file does not say: the piece number, the category, the approval.

    And whether the supplier is a natural person, where nobody has said so yet.
    """

    piece = forms.CharField(label=gettext_lazy("Votre numéro de pièce"), max_length=20)
    category = forms.ChoiceField(label=gettext_lazy("Catégorie"))
    approval = forms.ModelChoiceField(
        label=gettext_lazy("Agrément"), queryset=Approval.objects.none(), required=False
    )

    nature = forms.ChoiceField(
        label=gettext_lazy("Nature du fournisseur"),
        choices=[("", "—"), *Nature.choices],
        help_text=gettext_lazy(
            "Une personne physique facture en son propre nom, même avec un numéro d'entreprise : "
            "la facture ne le dit pas."
        ),
    )

    def __init__(
        self,
        organisation: Organisation,
        data: Any = None,
        *,
        asks_nature: bool = True,
        **options: Any,
    ) -> None:
        super().__init__(data, auto_id="facture-%s", **options)
        if not asks_nature:
            del self.fields["nature"]
        names = [(code, label(one.label)) for code, one in expense_categories().items()]
        category, approval = self.fields["category"], self.fields["approval"]
        if isinstance(category, forms.ChoiceField):
            category.choices = [("", "—"), *sorted(names, key=lambda one: fold(one[1]) or "")]
        if isinstance(approval, forms.ModelChoiceField):
            approval.queryset = organisation.approvals.order_by("code")

    @property
    def booking(self) -> dict[str, Any]:
        """What was decided, as codes and numbers."""
        approval = self.cleaned_data["approval"]
        return {
            "piece": self.cleaned_data["piece"],
            "category": self.cleaned_data["category"],
            "approval": approval.pk if approval else None,
            "nature": self.cleaned_data.get("nature", ""),
        }


def booking_form(upload: WorkbookImport, data: Any = None) -> BookingForm | None:
    """The form of an invoice that may be imported; the category is that of the supplier's last."""
    organisation = upload.organisation
    if organisation is None or upload.state != WorkbookImport.State.PREVIEWED:
        return None
    supplier = supplier_of(organisation, read_ubl(Path(upload.file.path).read_bytes()))
    last = _last_of(organisation, supplier)
    year = upload.report.get("year")
    rank = organisation.invoices.filter(piece__startswith=f"{year}-E").count() + 1
    first = {"piece": f"{year}-E{rank:03d}", "category": last.category if last else ""}
    asks = supplier is None or not supplier.nature
    return BookingForm(organisation, data, asks_nature=asks, initial=first)


def _last_of(organisation: Organisation, supplier: Supplier | None) -> Invoice | None:
    rows = organisation.invoices.filter(supplier=supplier)
    return rows.order_by("-issued_on", "-pk").first() if supplier else None


def look_at_invoice(upload: WorkbookImport) -> ImportReport:
    """What an invoice says and what hinders it; nothing is written."""
    try:
        found = read_ubl(Path(upload.file.path).read_bytes())
    except NotAnInvoice as error:
        todo = _("Demandez le fichier UBL (Peppol) au fournisseur, puis déposez-le.")
        return ImportReport(problems=[_problem("not_an_invoice", str(error), todo)], dry_run=True)
    assert upload.organisation is not None  # noqa: S101 - a file of this site has one
    problems = list(_problems(upload.organisation, found))
    return _report(upload.organisation, found, problems, dry_run=True)


def _report(
    organisation: Organisation, found: EInvoice, problems: list[Problem], *, dry_run: bool
) -> ImportReport:
    blocked = any(problem.blocking for problem in problems)
    supplier = supplier_of(organisation, found)
    known = int(supplier is not None)
    counts = {
        mark("Fournisseurs"): Count(created=1 - known, unchanged=known),
        mark("Factures"): Count(created=1),
    }
    return ImportReport(
        enterprise_number=organisation.enterprise_number,
        year=found.issued_on.year,
        counts={} if blocked else counts,
        changes=[] if blocked else list(_changes(found, supplier)),
        problems=problems,
        applied=not dry_run and not blocked,
        dry_run=dry_run,
    )


def _changes(found: EInvoice, supplier: Supplier | None) -> Iterator[Change]:
    """What will be recorded, then each line of the invoice, as people read them.

    A report is kept: it says no name of a person.
    """
    written = f"{found.supplier.name} {found.supplier.enterprise_number}".strip()
    person = supplier and supplier.identity
    said = (
        (_("Nature"), _("note de crédit") if found.is_credit else _("facture")),
        (_("Fournisseur"), person.pseudonym if person else written),
        (_("Date"), day(found.issued_on)),
        (_("Description"), description_of(found)),
        (_("Total hors TVA"), Sentence(partial(eur, found.net))),
        (_("TVA"), Sentence(partial(eur, found.vat))),
        (_("Montant TVAC"), Sentence(partial(eur, found.total))),
        *((_("Ligne %s") % rank, _line(line)) for rank, line in enumerate(found.lines, start=1)),
        *(
            (_("Document %s à l'intérieur") % rank, one.name or _("sans nom"))
            for rank, one in enumerate(found.attached, start=1)
        ),
    )
    for field, value in said:
        yield Change(_(_SHEET), found.number, "", field, "", value)


def _line(line: InvoiceLine) -> str:
    amount = Sentence(partial(eur, line.amount))
    return f"{line.description} " + amount if line.description else amount


def _problems(organisation: Organisation, found: EInvoice) -> Iterator[Problem]:
    number = found.customer.enterprise_number
    if number and number != organisation.enterprise_number:
        yield _problem(
            "other_employer",
            _("Cette facture est adressée à un autre employeur (%s).") % number,
            _("Renvoyez-la au fournisseur ou déposez-la chez son destinataire."),
        )
    if not found.supplier.name:
        yield _problem("no_supplier", _("Le fournisseur n'est pas nommé."), _("Demandez-la-lui."))
    if found.currency != "EUR":
        yield _problem(
            "not_euro",
            _("Les montants sont en %s.") % (found.currency or "?"),
            _("Encodez-la à la main avec le montant payé en euros."),
        )
    if len(found.number) > LONGEST_NUMBER or not FIRST_DAY <= found.issued_on <= LAST_DAY:
        yield _problem(
            "implausible",
            _("Le numéro ou la date n'est pas plausible."),
            _("Encodez-la à la main."),
        )
    known = recorded_as(organisation, found)
    if known is not None:
        yield _problem(
            "known_invoice",
            _("Cette facture est déjà enregistrée : pièce %s.") % known.piece,
            _("Rien à faire, sauf si le fournisseur réutilise ses numéros."),
        )
    yield from _remarks(found)


def _remarks(found: EInvoice) -> Iterator[Problem]:
    if not found.adds_up:
        yield _problem(
            "does_not_add_up",
            _("Le total n'est pas la somme du montant hors TVA et de la TVA."),
            _("Comparez avec la facture lisible avant d'importer."),
            blocking=False,
        )
    if not found.customer.enterprise_number:
        yield _problem(
            "no_customer_number",
            _("La facture ne dit pas à quel numéro d'entreprise elle est adressée."),
            _("Vérifiez qu'elle est bien pour vous."),
            blocking=False,
        )


def _problem(code: str, message: str, todo: str, *, blocking: bool = True) -> Problem:
    return Problem(code, message, todo, sheet=_(_SHEET), blocking=blocking)


@transaction.atomic
def apply_invoice(
    *, upload: WorkbookImport, piece: str, category: str, approval: int | None, nature: str
) -> Any:
    """Record the invoice of a file, after checking that it is still the same file.

    Raises:
        CannotApply: it was imported or thrown away, or the invoice is known by now.
    """
    row = locked(upload)
    refuse_unready(row)
    organisation = row.organisation
    assert organisation is not None  # noqa: S101 - a file of this site has one
    content = Path(row.file.path).read_bytes()
    found = read_ubl(content)
    own = organisation.approvals.filter(pk=approval).first() if approval else None
    try:
        booking = Booking(piece, category, own, nature)
        invoice = record_e_invoice(organisation=organisation, found=found, booking=booking)
    except NotRecorded as error:
        raise CannotApply(str(error)) from error
    problems = [*_remarks(found), *_keep_files(invoice, row, content, found)]
    settle_upload(row, _report(organisation, found, problems, dry_run=False))
    return row


def _keep_files(
    invoice: Invoice, upload: WorkbookImport, content: bytes, found: EInvoice
) -> Iterator[Problem]:
    """Join the original to the invoice, then each document inside it; a problem for each refused.

    A document that is refused stays in the original.
    """
    original = SimpleUploadedFile(upload.name or "facture.xml", content)
    types, by = frozenset({UBL}), upload.uploaded_by
    attach_file(kind="invoice", row=invoice, upload=original, by=by, types=types)
    for rank, one in enumerate(found.attached, start=1):
        inside = SimpleUploadedFile(one.name or f"document-{rank}", one.content)
        try:
            attach_file(kind="invoice", row=invoice, upload=inside, by=by)
        except FileRefused as error:
            yield _problem(
                "document_not_kept",
                _("Le document %(rank)d à l'intérieur de la facture n'est pas joint : %(why)s")
                % {"rank": rank, "why": error},
                _("Rien à faire s'il ne prouve rien : il reste dans le fichier XML gardé."),
                blocking=False,
            )
