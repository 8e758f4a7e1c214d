"""The line sheets of the workbook: personnel, then running costs, training and equipment."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as mark

from backoffice.engine import money
from backoffice.web.templatetags.labels import said
from reports.documents.words import enterprise_number, head_text
from reports.documents.workbook.book import Book, Column, span
from reports.dossier import InvoiceLine, StaffLine

STAFF, OUTSIDE, INVOICES = mark("Personnel"), mark("Hors paie"), mark("Factures")


def eur(cents: int | None) -> Decimal | None:
    """Cents as EUR; unknown stays unknown."""
    return None if cents is None else money.euros(cents)


def first_day(month: int) -> date:
    """The first day of a month index."""
    return date(month // 12, month % 12 + 1, 1)


_STAFF: tuple[Column[StaffLine], ...] = (
    Column("N°", "code", 9, lambda line: line.worker),
    Column("Travailleur", "text", 24, lambda line: line.name),
    Column("Poste", "code", 14, lambda line: line.post),
    Column("Fonction", "text", 18, lambda line: said(line.function)),
    Column("Mois", "month", 9, lambda line: first_day(line.month)),
    Column("Jours", "count", 7, lambda line: line.days),
    Column("Heures par semaine", "hours", 10, lambda line: money.euros(line.hours)),
    Column("Temps plein", "hours", 9, lambda line: money.euros(line.full_time)),
    Column("ETP-mois", "fte", 9, lambda line: line.fte),
    Column("Brut", "money", 12, lambda line: eur(line.gross), total=True),
    Column("Charges patronales", "money", 12, lambda line: eur(line.charges), total=True),
    Column("Autres éléments", "money", 11, lambda line: eur(line.benefits), total=True),
    Column("Déjà payé par ailleurs", "money", 11, lambda line: eur(line.deducted), total=True),
    Column("Présenté", "money", 13, lambda line: eur(line.presented), total=True),
    Column("Admissible", "money", 13, lambda line: eur(line.admissible), total=True),
    Column("Payable", "money", 13, lambda line: eur(line.payable), total=True),
    Column("Compte individuel", "code", 19, lambda line: line.pay_evidence or _("MANQUANT")),
    Column("Contrat", "code", 26, lambda line: line.contract_evidence or _("MANQUANT")),
)


def _number(book: Book) -> Column[InvoiceLine]:
    """The running number of each piece, by category of expense."""
    numbers = book.dossier.numbers
    return Column("N°", "count", 6, lambda line: numbers[line.piece])


_OUTSIDE: tuple[Column[InvoiceLine], ...] = (
    Column("Pièce", "code", 12, lambda line: line.piece),
    Column("Date", "day", 11, lambda line: line.issued_on),
    Column("Personne", "text", 24, lambda line: line.person or _("inconnue")),
    Column("Fonction", "text", 18, lambda line: said(line.function) if line.function else None),
    Column("Heures", "hours", 9, lambda line: eur(line.hours)),
    Column("Catégorie", "text", 22, lambda line: said(line.category)),
    Column("Fournisseur", "text", 24, lambda line: line.supplier),
    Column("N° de facture", "code", 18, lambda line: line.number),
    Column("Total TVAC", "money", 12, lambda line: eur(line.total), total=True),
    Column("Part imputée", "share", 9, lambda line: line.share),
    Column("Présenté", "money", 12, lambda line: eur(line.presented), total=True),
    Column("Admissible", "money", 12, lambda line: eur(line.admissible), total=True),
    Column("Payable", "money", 12, lambda line: eur(line.payable), total=True),
    Column("Payée le", "day", 11, lambda line: line.paid_on),
    Column("Preuve de paiement", "code", 24, lambda line: line.payment_reference or _("MANQUANTE")),
    Column("Justificatif", "code", 22, lambda line: line.evidence or _("MANQUANT")),
    Column("Autres subventions", "text", 22, lambda line: "\n".join(line.others)),
)


def _invoice_columns(book: Book) -> tuple[Column[InvoiceLine], ...]:
    return (
        _number(book),
        Column("Pièce", "code", 12, lambda line: line.piece),
        Column("Date", "day", 11, lambda line: line.issued_on),
        Column("Fournisseur", "text", 26, lambda line: line.supplier),
        Column("N° d'entreprise", "code", 14, lambda line: enterprise_number(line.supplier_number)),
        Column("N° de facture", "code", 18, lambda line: line.number),
        Column("Libellé", "text", 30, lambda line: line.description),
        Column("Catégorie", "text", 22, lambda line: said(line.category)),
        Column("Rubrique", "code", 18, lambda line: head_text(book.dossier, line.head)),
        Column("Total TVAC", "money", 12, lambda line: eur(line.total), total=True),
        Column("Part imputée", "share", 9, lambda line: line.share),
        Column("Présenté", "money", 12, lambda line: eur(line.presented), total=True),
        Column("Admissible", "money", 12, lambda line: eur(line.admissible), total=True),
        Column("Payable", "money", 12, lambda line: eur(line.payable), total=True),
        Column("Payée le", "day", 11, lambda line: line.paid_on),
        Column(
            "Preuve de paiement", "code", 24, lambda line: line.payment_reference or _("MANQUANTE")
        ),
        Column("Justificatif", "code", 22, lambda line: line.evidence or _("MANQUANT")),
        Column("Autres subventions", "text", 22, lambda line: "\n".join(line.others)),
    )


@dataclass(frozen=True)
class Places:
    """Where the amounts of the line sheets stand, for the formulas of the summary.

    `outside` is None where nobody works outside the payroll: there is no such sheet.
    """

    staff: range
    outside: range | None
    invoices: range

    def all_staff(self, label: str) -> str:
        """The sum of a column of the personnel sheet, and of the people outside the payroll."""
        words = f"SUM({span(_place(_STAFF, label), self.staff, STAFF)})"
        if self.outside is None:
            return words
        outside = span(_place(_OUTSIDE, label) + 1, self.outside, OUTSIDE)
        return f"{words}+SUM({outside})"

    def invoice_cells(self, label: str) -> str:
        """The cells of a column of the invoice sheet."""
        return span(_INVOICE_PLACES[label], self.invoices, INVOICES)


_INVOICE_PLACES = {"Rubrique": 8, "Présenté": 11, "Admissible": 12, "Payable": 13}


def write_lines(book: Book) -> Places:
    """The line sheets; the one of people outside the payroll only where there are some."""
    dossier = book.dossier
    page = book.sheet(STAFF, [column.width for column in _STAFF])
    page.titles(_("Frais de personnel"))
    staff = page.listing(_STAFF, dossier.staff, _("Aucun travailleur sur cette subvention."))
    outside = _write_outside(book) if dossier.outside_payroll else None
    columns = _invoice_columns(book)
    page = book.sheet(INVOICES, [column.width for column in columns])
    page.titles(_("Frais de fonctionnement, formation et équipement"))
    invoices = page.listing(columns, dossier.purchases, _("Aucune facture sur cette subvention."))
    return Places(staff, outside, invoices)


def _write_outside(book: Book) -> range:
    columns = (_number(book), *_OUTSIDE)
    page = book.sheet(OUTSIDE, [column.width for column in columns])
    page.titles(_("Frais de personnel : personnes hors paie"))
    return page.listing(columns, book.dossier.outside_payroll, "")


def _place(columns: Sequence[Column[Any]], label: str) -> int:
    return [column.label for column in columns].index(label)
