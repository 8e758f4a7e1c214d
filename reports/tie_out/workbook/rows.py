"""The rows behind both sides: the accounts, the entries of the product, the reasons, the dossiers.

Each names its class and analytical account in its first two columns, as the summary does.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as mark

from backoffice.web.templatetags.labels import said
from reports.documents.workbook.book import Bound, Column, span
from reports.documents.workbook.lines import eur
from reports.tie_out.classes import BALANCES, CLASSES
from reports.tie_out.content import Booked, Entry, Line, Reason, Share, TieOut
from reports.tie_out.words import KINDS, analytical_text

ACCOUNTS, ENTRIES = mark("Comptes"), mark("Écritures")
REASONS, DOSSIERS = mark("Explications"), mark("Dossiers")
_LABELS = {one.code: one.label for one in (*CLASSES, *BALANCES)}


def _class_words(code: str) -> str:
    return said(_LABELS[code]) if code in _LABELS else _("hors classes comparées")


_ACCOUNTS: tuple[Column[Booked], ...] = (
    Column("Classe", "code", 34, lambda one: said(_LABELS[one.group])),
    Column("Compte analytique", "code", 16, lambda one: analytical_text(one.analytical)),
    Column("Compte", "code", 12, lambda one: one.account),
    Column("Intitulé", "text", 60, lambda one: one.label),
    Column("Montant", "money", 15, lambda one: eur(one.amount), total=True),
)
_ENTRIES: tuple[Column[Entry], ...] = (
    Column("Classe", "code", 34, lambda one: _class_words(one.group)),
    Column("Compte analytique", "code", 16, lambda one: analytical_text(one.analytical)),
    Column("Compte", "code", 12, lambda one: one.account),
    Column("Nature", "code", 12, lambda one: KINDS[one.kind]),
    Column("Pièce, n° ou référence", "code", 22, lambda one: one.key),
    Column("Date", "day", 12, lambda one: one.day),
    Column("Libellé", "text", 50, lambda one: one.label),
    Column("Dossier", "code", 22, lambda one: one.dossier or "\u2013"),
    Column("Montant", "money", 15, lambda one: eur(one.amount), total=True),
)
_REASONS: tuple[Column[tuple[Line, Reason, str]], ...] = (
    Column("Classe", "code", 34, lambda one: said(one[0].group.label)),
    Column("Compte analytique", "code", 16, lambda one: analytical_text(one[0].analytical)),
    Column("Retenue ?", "code", 12, lambda one: one[2]),
    Column("Explication ou piste", "text", 80, lambda one: one[1].label),
    Column("Montant", "money", 15, lambda one: eur(one[1].amount)),
)
_DOSSIERS: tuple[Column[tuple[Line, Share]], ...] = (
    Column("Classe", "code", 34, lambda one: said(one[0].group.label)),
    Column("Compte analytique", "code", 16, lambda one: analytical_text(one[0].analytical)),
    Column("Dossier", "code", 24, lambda one: one[1].reference),
    Column("Intitulé", "text", 50, lambda one: one[1].label),
    Column("Présenté", "money", 15, lambda one: eur(one[1].presented)),
    Column("Payable", "money", 15, lambda one: eur(one[1].payable)),
)
KEPT, LEAD = "oui", "piste"


@dataclass(frozen=True)
class Sums:
    """Formulas that sum the rows of a class and, if named, of an analytical account.

    Both are given as addresses.
    """

    accounts: range
    entries: range
    reasons: range

    def of_accounts(self, *where: str) -> str:
        """What the accounts hold."""
        return _sum(ACCOUNTS, self.accounts, 4, where)

    def of_entries(self, *where: str) -> str:
        """What the product holds."""
        return _sum(ENTRIES, self.entries, 8, where)

    def of_reasons(self, *where: str) -> str:
        """What is explained of the difference."""
        kept = f'{span(2, self.reasons, REASONS)},"{KEPT}"'
        return _sum(REASONS, self.reasons, 4, where, kept)


def _sum(sheet: str, rows: range, amount: int, where: Sequence[str], kept: str = "") -> str:
    parts = [span(amount, rows, sheet)]
    for column, address in enumerate(where):
        parts += [span(column, rows, sheet), address]
    if kept:
        parts.append(kept)
    return f"ROUND(SUMIFS({','.join(parts)}),2)"


def write_rows(book: Bound, found: TieOut) -> Sums:
    """The four lists."""
    page = book.sheet(DOSSIERS, [column.width for column in _DOSSIERS])
    page.titles(_("Dossiers qui portent chaque montant"))
    shares = [(line, share) for line in found.lines for share in line.shares]
    page.listing(_DOSSIERS, shares, _("Aucun dossier ne porte de coût."))
    page = book.sheet(REASONS, [column.width for column in _REASONS])
    page.titles(_("Explications et pistes"))
    both = (*found.lines, *found.balances)
    listed = [(line, one, KEPT) for line in both for one in line.reasons]
    listed += [(line, one, LEAD) for line in both for one in line.hints]
    reasons = page.listing(_REASONS, listed, _("Aucun écart."))
    page = book.sheet(ENTRIES, [column.width for column in _ENTRIES])
    page.titles(_("Écritures de ce logiciel"))
    entries = page.listing(_ENTRIES, found.entries, _("Ce logiciel n'a rien pour cette année."))
    page = book.sheet(ACCOUNTS, [column.width for column in _ACCOUNTS])
    page.titles(_("Comptes de la balance"))
    accounts = page.listing(_ACCOUNTS, found.booked, _("Aucune balance n'est importée."))
    return Sums(accounts, entries, reasons)
