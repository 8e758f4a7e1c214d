"""The sheet of the subsidies to receive and to give back on the closing day."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as mark
from xlsxwriter.utility import xl_rowcol_to_cell

from backoffice.web.templatetags.labels import said
from backoffice.web.templatetags.money import day
from reports.documents.words import unknown
from reports.documents.workbook.book import Bound, Page, sheet_name, span
from reports.documents.workbook.lines import eur
from reports.tie_out.classes import RECEIVABLE, REPAYABLE
from reports.tie_out.content import Receivable, TieOut
from reports.tie_out.words import BASES, analytical_text, state_text

SHEET = mark("Subventions")
_HEADS = (
    *("Subvention", "Intitulé", "Compte analytique", "Exercice", "Acquis (EUR)"),
    *("Reçu au jour de clôture", "Solde", "Compte du bilan", "Acquis : base"),
)
_WIDTHS = (24, 46, 18, 11, 16, 16, 16, 20, 44)
_EARNED, _RECEIVED, _BALANCE = 4, 5, 6


def write_receivables(book: Bound, found: TieOut) -> dict[str, str]:
    """The list; returns the addresses of its two totals, by class."""
    page = book.sheet(SHEET, _WIDTHS)
    page.titles(_("Subventions à recevoir et à rembourser au %s") % day(found.closing))
    page.heads(_HEADS)
    page.freeze(1)
    first = page.row
    for line in found.receivables:
        _write_line(page, line)
    if not found.receivables:
        page.say(_("Aucune subvention."), "subtitle")
    return _totals(page, found, span(_BALANCE, range(first, page.row)))


def _write_line(page: Page, line: Receivable) -> None:
    page.make_room({1: line.label, 8: BASES[line.basis]})
    page.put(0, line.reference, "code")
    page.put(1, line.label, "text")
    page.put(2, analytical_text(line.analytical), "code")
    page.put(3, "\u2013" if line.year is None else str(line.year), "code")
    page.put(_EARNED, eur(line.earned), "money")
    page.put(_RECEIVED, eur(line.received), "money")
    earned, received = (xl_rowcol_to_cell(page.row, column) for column in (_EARNED, _RECEIVED))
    if line.balance is None:
        page.put(_BALANCE, unknown(), "code")
    else:
        page.formula(_BALANCE, f"ROUND({earned}-{received},2)", line.balance)
    page.put(7, state_text(line), "code")
    page.put(8, BASES[line.basis], "text")
    page.row += 1


def _totals(page: Page, found: TieOut, cells: str) -> dict[str, str]:
    """What is to receive and what is to give back, each apart."""
    addresses: dict[str, str] = {}
    known = [line.balance for line in found.receivables if line.balance is not None]
    for group, sign, test in ((RECEIVABLE, "", '">0"'), (REPAYABLE, "-", '"<0"')):
        page.put(0, _("Total %s, montants connus") % said(group.label), "code", "total")
        for column in range(1, _BALANCE):
            page.put(column, None, "code", "total")
        value = sum(max(-amount if sign else amount, 0) for amount in known)
        page.formula(_BALANCE, f"ROUND({sign}SUMIF({cells},{test}),2)", value, "total")
        place = xl_rowcol_to_cell(page.row, _BALANCE, row_abs=True, col_abs=True)
        addresses[group.code] = f"{sheet_name(SHEET)}!{place}"
        page.row += 1
    return addresses
