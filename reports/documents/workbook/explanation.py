"""The explanation: every column of the computation, row by row, with its rule and its figures."""

from collections.abc import Callable, Mapping, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as mark

from backoffice.engine.sheet import EUR, HOURS, RATIO, Column, FigureUse, Sheet
from backoffice.web.templatetags.labels import cited, said
from reports.documents.cells import content, kind_of
from reports.documents.words import HEADS, rule_text, unit_text
from reports.documents.workbook.book import Book, Value
from reports.documents.workbook.lines import first_day

_COLUMNS_A_PAGE = 14
_SHORT = 18
_STAFF_HEADS = ("N°", "Travailleur", "Mois")
_INVOICE_HEADS = ("Pièce", "Fournisseur", "Date")
_KINDS = {EUR: "money", HOURS: "hours", RATIO: "ratio", "day": "day", "head": "code"}
Key = tuple[tuple[Value, str], ...]


def write_explanation(book: Book) -> None:
    """Both computations: staff lines, then invoice lines."""
    dossier = book.dossier
    staff: list[Key] = [
        ((line.worker, "code"), (line.name, "code"), (first_day(line.month), "month"))
        for line in sorted(dossier.staff, key=lambda line: line.row)
    ]
    _write(book, mark("Explication"), _STAFF_HEADS, dossier.staff_sheet, staff)
    invoices: list[Key] = [
        ((line.piece, "code"), (line.supplier, "code"), (line.issued_on, "day"))
        for line in sorted(dossier.invoices, key=lambda line: line.row)
    ]
    _write(book, mark("Explication factures"), _INVOICE_HEADS, dossier.invoice_sheet, invoices)


def _write(book: Book, name: str, keys: Sequence[str], sheet: Sheet, rows: Sequence[Key]) -> None:
    """One computation: the head says label, name, unit, rule and article of each column.

    A column whose figure changes from row to row is followed by the number of that figure in the
    sheet Valeurs; a figure that holds for every row stands in the head.
    """
    numbers = {use: f"V{place}" for place, use in enumerate(book.dossier.figures, start=1)}
    widths = [10, 22, 11]
    for column in sheet.columns:
        widths += [13] if column.use is None else [13, 7]
    page = book.sheet(name, widths)
    page.titles(_("%s : le calcul, ligne par ligne") % _(name))
    head = page.row
    page.heads([*keys, *_heads(sheet, lambda column: said(column.label), _("Valeur"))], height=58)
    for words in _descriptions(sheet, numbers):
        page.sheet.set_row(page.row, 34 if max(map(len, words)) > _SHORT else 12)
        for place, text in enumerate(words):
            page.sheet.write_string(page.row, place, text, book.format("small"))
        page.row += 1
    page.sheet.freeze_panes(page.row, 3)
    page.sheet.repeat_rows(head)
    page.sheet.repeat_columns(0, len(keys) - 1)
    page.sheet.fit_to_pages(-(-len(sheet.columns) // _COLUMNS_A_PAGE), 0)
    for row, key in enumerate(rows):
        page.line([*key, *_cells(sheet, row, numbers)])


def _heads(sheet: Sheet, text: Callable[[Column], str], beside: str) -> list[str]:
    """The text of each column, and what stands above the number of its figure."""
    found = []
    for column in sheet.columns:
        found.append(text(column))
        if column.use is not None:
            found.append(beside)
    return found


def _descriptions(sheet: Sheet, numbers: Mapping[FigureUse, str]) -> list[list[str]]:
    """Five rows under the head: name, unit, rule, article, figures."""
    return [
        [_("colonne"), "", "", *_heads(sheet, lambda column: column.name, "")],
        [_("unité"), "", "", *_heads(sheet, lambda column: unit_text(kind_of(column)), "")],
        [_("règle"), "", "", *_heads(sheet, lambda column: rule_text(column.rule), "")],
        [_("article"), "", "", *_heads(sheet, lambda column: cited(column.article), "")],
        [
            *(_("valeurs"), "", ""),
            *_heads(sheet, lambda c: ", ".join(numbers.get(use, use.code) for use in c.uses), ""),
        ],
    ]


def _cells(sheet: Sheet, row: int, numbers: Mapping[FigureUse, str]) -> list[tuple[Value, str]]:
    cells: list[tuple[Value, str]] = []
    for column in sheet.columns:
        kind = kind_of(column)
        value = content(column, row)
        if kind == "head":
            value = HEADS.get(str(value), str(value))
        cells.append((value, _KINDS.get(kind, "count")))
        if column.use is not None:
            use = column.figure(row)
            cells.append(("" if use is None else numbers.get(use, use.code), "code"))
    return cells
