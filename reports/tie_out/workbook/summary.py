"""The summary sheet: each line recomputed from the rows of the other sheets."""

from collections.abc import Mapping

from django.utils.translation import gettext as _
from xlsxwriter.utility import xl_rowcol_to_cell

from backoffice.web.templatetags.labels import said
from backoffice.web.templatetags.money import day
from reports.documents.words import unknown
from reports.documents.workbook.book import Page, span
from reports.reliance import reliance
from reports.tie_out.content import EXPLAINED, GAP, OK, Line, TieOut
from reports.tie_out.words import METHOD, STATUSES, analytical_text, verdict
from reports.tie_out.workbook.rows import Sums

SUMMARY_WIDTHS = (38, 18, 60, 16, 16, 14, 14, 16, 12)
_HEADS = (
    *("Classe", "Compte analytique", "Agrément", "Comptabilité", "Dans ce logiciel", "Écart"),
    *("Expliqué", "Reste à expliquer", "État"),
)
_LOOKS = {GAP: "alert", OK: "line", EXPLAINED: "line"}
_SAID, _HELD, _GAP, _WHY, _LEFT, _STATE = range(3, 9)
Formula = tuple[str, int | None]


def write_summary(page: Page, found: TieOut, sums: Sums, cells: Mapping[str, str]) -> None:
    """The lines by class with their totals, the balance sheet, then the method.

    Args:
        page: the first sheet, empty.
        found: the tie-out.
        sums: how the other sheets sum up.
        cells: where the product's side of each balance-sheet class is computed.
    """
    page.titles(_("Rapprochement comptable"))
    page.say(verdict(found), "subtitle")
    digest = (
        _("Balance des comptes : SHA-256 %s") % found.sha256 if found.sha256 else _("Sans balance")
    )
    page.say(digest, "subtitle")
    page.row += 1
    page.say(_("Charges et produits de %s (EUR)") % found.year, "section")
    page.heads(_HEADS)
    page.freeze(0)
    for total in found.totals:
        first = page.row
        for line in found.lines:
            if line.group.code == total.group.code:
                where = _where(page.row)
                texts = (analytical_text(line.analytical), line.name or "\u2013")
                _write_line(page, (line, *texts), (sums, where), sums.of_entries(*where))
        _write_total(page, total, range(first, page.row))
    page.row += 1
    page.say(_("Bilan au %s (EUR)") % day(found.closing), "section")
    page.heads(_HEADS)
    for line in found.balances:
        where = _where(page.row)[:1]
        _write_line(page, (line, _("tous"), "\u2013"), (sums, where), cells[line.group.code])
    page.row += 1
    page.say(_("Comment lire ce rapprochement"), "section")
    doubtful = reliance(found.holiday.figures, found.as_of).sentence
    for sentence in (*map(_, METHOD), *([doubtful] if doubtful else [])):
        page.say(sentence, "subtitle")


def _where(row: int) -> tuple[str, ...]:
    """The cells of a row that name its class and analytical account."""
    return xl_rowcol_to_cell(row, 0, col_abs=True), xl_rowcol_to_cell(row, 1)


def _write_line(
    page: Page, words: tuple[Line, str, str], sums: tuple[Sums, tuple[str, ...]], held: str
) -> None:
    """One line with its words; `sums` say where its rows are, `held` is the product's formula."""
    line, where = words[0], sums[1]
    look = _LOOKS.get(line.status, "doubt")
    page.make_room({2: words[2]})
    page.put(0, said(line.group.label), "code", look)
    page.put(1, words[1], "code", look)
    page.put(2, words[2], "text", look)
    _amount(page, _SAID, (sums[0].of_accounts(*where), line.accounts), look)
    _amount(page, _HELD, (held, line.product), look)
    _differences(page, line, sums[0].of_reasons(*where), look)


def _write_total(page: Page, total: Line, rows: range) -> None:
    page.put(0, _("Total %s") % said(total.group.label), "code", "total")
    page.put(1, None, "code", "total")
    page.put(2, None, "code", "total")
    for column, value in ((_SAID, total.accounts), (_HELD, total.product)):
        _amount(page, column, (f"SUM({span(column, rows)})", value), "total")
    _differences(page, total, f"SUM({span(_WHY, rows)})", "total")


def _differences(page: Page, line: Line, explained: str, look: str) -> None:
    """The columns that follow from the two sides, and the end of the row."""
    told, held, gap, why, left = (
        xl_rowcol_to_cell(page.row, column) for column in (_SAID, _HELD, _GAP, _WHY, _LEFT)
    )
    _amount(page, _GAP, (f"ROUND({told}-{held},2)", line.difference), look)
    _amount(page, _WHY, (explained, line.explained), look)
    _amount(page, _LEFT, (f"ROUND({gap}-{why},2)", line.unexplained), look)
    if line.unexplained is None:
        page.put(_STATE, STATUSES[line.status], "code", look)
    else:
        words = [f'"{STATUSES[one]}"' for one in (GAP, OK, EXPLAINED)]
        nothing = f"IF({why}=0,{words[1]},{words[2]})"
        shown = f"IF({left}<>0,{words[0]},{nothing})"
        page.formula(_STATE, shown, STATUSES[line.status], look)
    page.row += 1


def _amount(page: Page, column: int, formula: Formula, look: str) -> None:
    words, value = formula
    if value is None:
        page.put(column, unknown(), "code", look)
    else:
        page.formula(column, words, value, look)
