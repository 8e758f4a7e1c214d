"""The summary sheet: live formulas over the line sheets, beside the frozen amounts.

Each recomputed amount stands beside the frozen one and a cell that says OK or ÉCART.
"""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as mark
from xlsxwriter.utility import xl_rowcol_to_cell

from backoffice.web.templatetags.labels import said
from reports.documents.sums import known_sum
from reports.documents.words import head_text, rule_text
from reports.documents.workbook.amounts import AMOUNT_HEADS, beside, write_amounts
from reports.documents.workbook.book import Book, Page, span
from reports.documents.workbook.lines import Places, eur
from reports.documents.workbook.receipts import write_instalments, write_receipts
from reports.dossier import Dossier, HeadLine

SUMMARY = mark("Récapitulatif")
_WIDTHS = (38, 14, 14, 10, 14, 15, 14, 14, 10, 14, 14, 10, 44)
_HEADS = (
    *("Rubrique", "Présenté (recalculé)", "Présenté (figé)", "Contrôle"),
    *("Admis avant maximum", "Maximum", "Admissible (recalculé)", "Admissible (figé)", "Contrôle"),
    *("Payable (recalculé)", "Payable (figé)", "Contrôle", "Règle"),
)


def write_summary(book: Book, places: Places) -> None:
    """Heads, amounts, instalments and receipts of the award."""
    dossier = book.dossier
    page = book.sheet(SUMMARY, _WIDTHS)
    page.titles(_("Récapitulatif"))
    page.row += 1
    heads = _write_heads(page, dossier, places)
    page.row += 1
    receipts = page.row + len(AMOUNT_HEADS) + 5
    rows = range(receipts, receipts + max(len(dossier.receipts), 1))
    write_amounts(page, dossier, places, heads, span(2, rows))
    page.row = receipts - 2
    write_receipts(page, dossier)
    page.row += 1
    write_instalments(page, dossier)
    if dossier.details:
        page.row += 1
        _write_details(page, dossier)


def _write_details(page: Page, dossier: Dossier) -> None:
    """The parts of what is granted, and the gap with the scale where there is one."""
    page.say(_("Détail (EUR)"), "section")
    page.heads(("Montant", "Figé", "Règle"), height=18)
    for one in dossier.details:
        rule = rule_text(one.rule)
        page.line([(said(one.label), "text"), (eur(one.amount), "money"), (rule, "code")])


def _write_heads(page: Page, dossier: Dossier, places: Places) -> range:
    page.say(_("Rubriques (EUR)"), "section")
    page.heads(_HEADS)
    first = page.row
    for head in dossier.heads:
        _write_head(page, dossier, places, head)
    if not dossier.heads:
        page.say(
            _("Rubriques inconnues tant qu'il manque une valeur ou un terme (voir Contrôles)."),
            "subtitle",
        )
    return range(first, page.row)


def _write_head(page: Page, dossier: Dossier, places: Places, head: HeadLine) -> None:
    sums = {name: _line_sum(dossier, head.name, name) for name in _CELLS}
    rule = rule_text(head.rule)
    page.make_room({len(_WIDTHS) - 1: rule})
    page.put(0, head_text(dossier, head.name), "code")
    label = xl_rowcol_to_cell(page.row, 0, col_abs=True)
    beside(
        page, 1, _sum_cells(places, head.name, "Présenté", label), sums["presented"], head.presented
    )
    base = _sum_cells(places, head.name, "Admissible", label)
    page.formula(4, base, head.admitted)
    _maximum(page, head)
    beside(page, 6, _within(page.row, head), _least(head), head.admissible)
    payable = _sum_cells(places, head.name, "Payable", label)
    beside(page, 9, payable, sums["payable"], head.payable)
    page.put(12, rule, "text")
    page.row += 1


_CELLS = ("presented", "payable")


def _line_sum(dossier: Dossier, head: str, name: str) -> int | None:
    lines = [line for line in dossier.invoices if line.head == head]
    staff = dossier.staff if head == "staff" else ()
    return known_sum(getattr(line, name) for line in (*staff, *lines))


def _sum_cells(places: Places, head: str, column: str, label: str) -> str:
    if head == "staff":
        return f"ROUND({places.all_staff(column)},2)"
    cells, heads = places.invoice_cells(column), places.invoice_cells("Rubrique")
    return f"ROUND(SUMIFS({cells},{heads},{label}),2)"


def _maximum(page: Page, head: HeadLine) -> None:
    if head.rule == "excluded":
        page.put(5, _("exclu"), "code")
    elif head.maximum is None:
        page.put(5, _("sans maximum"), "code")
    else:
        page.put(5, eur(head.maximum), "money")


def _within(row: int, head: HeadLine) -> str:
    if head.rule == "excluded":
        return "0"
    admitted, maximum = xl_rowcol_to_cell(row, 4), xl_rowcol_to_cell(row, 5)
    return f"{admitted}" if head.maximum is None else f"MIN({admitted},{maximum})"


def _least(head: HeadLine) -> int:
    if head.rule == "excluded":
        return 0
    return head.admitted if head.maximum is None else min(head.admitted, head.maximum)
