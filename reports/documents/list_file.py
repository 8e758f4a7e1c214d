"""A list of the site as a workbook: the rows found, with a live total of their amounts."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as mark

from backoffice.engine import money
from backoffice.federation.models import Organisation
from reports.documents.workbook.book import Bound, Column, Imprint
from reports.pages.invoices import InvoiceRow
from reports.pages.workers import WorkerRow
from reports.workflow.rehearsal import Asked, Drawn, Rehearsal


def _shares(row: InvoiceRow) -> str:
    return ", ".join(f"{reference} {part}" for reference, part in row.shares)


_INVOICES: tuple[Column[InvoiceRow], ...] = (
    Column("Pièce", "code", 14, lambda row: row.invoice.piece),
    Column("Organisation", "text", 28, lambda row: row.invoice.organisation.name),
    Column("Date", "day", 11, lambda row: row.invoice.issued_on),
    Column("Fournisseur", "text", 28, lambda row: row.invoice.supplier.name),
    Column("N° du fournisseur", "text", 18, lambda row: row.invoice.number),
    Column("Description", "text", 36, lambda row: row.invoice.description),
    Column("Catégorie", "text", 24, lambda row: row.category),
    Column("Montant (EUR)", "money", 14, lambda row: row.invoice.amount.amount, total=True),
    Column("Payée le", "day", 11, lambda row: row.invoice.paid_on),
    Column("Preuve de paiement", "text", 18, lambda row: row.invoice.payment_reference),
    Column("Pièce justificative", "text", 18, lambda row: row.invoice.evidence),
    Column("Subventions", "text", 30, _shares),
)
_WORKERS: tuple[Column[WorkerRow], ...] = (
    Column("Numéro", "code", 10, lambda row: row.worker.number),
    Column("Nom", "text", 28, lambda row: row.worker.name),
    Column("Organisation", "text", 28, lambda row: row.worker.organisation.name),
    Column("État", "text", 18, lambda row: row.state.words),
    Column("Fonction", "text", 22, lambda row: _of_line(row, "get_function_display")),
    Column("Contrat du", "day", 11, lambda row: row.line.starts_on if row.line else None),
    Column("au", "day", 11, lambda row: row.line.ends_on if row.line else None),
    Column("ETP", "fte", 9, lambda row: row.fte),
    Column("Agréments", "text", 20, lambda row: ", ".join(row.approvals)),
    Column("Subventions", "text", 30, lambda row: ", ".join(row.awards)),
    Column("Coût (EUR)", "money", 14, lambda row: _euros(row.cost), total=True),
)


_REHEARSAL: tuple[Column[tuple[Drawn, Asked]], ...] = (
    Column("Ligne", "code", 14, lambda row: row[0].who),
    Column("Nom", "text", 28, lambda row: row[0].name),
    Column("Détail", "text", 28, lambda row: row[0].about),
    Column("Présenté (EUR)", "money", 14, lambda row: money.euros(row[0].presented)),
    Column("Document demandé", "text", 32, lambda row: row[1].words),
    Column("Référence", "text", 24, lambda row: row[1].reference or row[1].standing),
    Column("Texte", "text", 40, lambda row: row[1].article),
    Column("Vu", "code", 8, lambda _row: ""),
)


def rehearsal_file(found: Rehearsal, imprint: Imprint) -> bytes:
    """The documents to bring for each line drawn, with a column to tick."""
    rows = [(line, asked) for line in found.lines for asked in line.asked]
    return _file(_("Contrôle"), _REHEARSAL, rows, imprint)


def invoices_file(rows: Sequence[InvoiceRow], imprint: Imprint) -> bytes:
    """The invoices found, the same bytes for the same rows."""
    return _file(mark("Factures"), _INVOICES, rows, imprint)


def workers_file(rows: Sequence[WorkerRow], imprint: Imprint) -> bytes:
    """The workers found, the same bytes for the same rows."""
    return _file(mark("Travailleurs"), _WORKERS, rows, imprint)


def imprint_of(
    subject: str, organisations: Sequence[Organisation], year: int | None, as_of: date
) -> Imprint:
    """What every page of the file says; several organisations are counted, not named."""
    one = organisations[0].name if len(organisations) == 1 else ""
    return Imprint(
        title=_(subject),
        organisation=one or _("%(count)s organisations") % {"count": len(organisations)},
        subject=_(subject),
        year=year or _("toutes les années"),
        as_of=as_of,
        marks=_("DEMO — DONNÉES INVENTÉES, SANS VALEUR")
        if any(organisation.is_demo for organisation in organisations)
        else _("Usage interne : données personnelles"),
    )


def _file(
    name: str, columns: Sequence[Column[Any]], rows: Sequence[Any], imprint: Imprint
) -> bytes:
    book = Bound(imprint)
    page = book.sheet(name, [column.width for column in columns])
    page.titles(_(name))
    page.listing(columns, rows, _("Rien ne correspond à cette recherche."))
    return book.close()


def _of_line(row: WorkerRow, name: str) -> str:
    return "" if row.line is None else str(getattr(row.line, name)())


def _euros(cents: int | None) -> Any:
    return None if cents is None else money.euros(cents)
