"""The sheet of the holiday-pay provision: base and provision recompute from gross and rates."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as mark
from xlsxwriter.utility import xl_rowcol_to_cell

from backoffice.figures.reading import exact
from backoffice.web.templatetags.labels import cited, said
from backoffice.web.templatetags.money import day
from reports.documents.words import STATUSES, figure_text, unknown
from reports.documents.workbook.book import Bound, Page, sheet_name, span
from reports.documents.workbook.lines import eur
from reports.tie_out.classes import HOLIDAY_COST, HOLIDAY_DEBT
from reports.tie_out.content import HolidayLine, TieOut
from reports.tie_out.words import analytical_text, worker_text

SHEET = mark("Pécules")
_HEADS = (
    *("N°", "Travailleur", "Statut", "Compte analytique", "Brut de l'année", "Part du brut"),
    *("Base", "Taux", "Provision", "Un jour de congé", "Charges de ce jour"),
)
_WIDTHS = (10, 28, 26, 18, 16, 12, 16, 12, 16, 16, 16)
_GROSS, _PART, _BASE, _RATE, _OWED = range(4, 9)
_CODES = {
    False: ("", "employer.holiday_provision_employees"),
    True: ("employer.manual_base", "employer.holiday_provision_manual"),
}


def write_holidays(book: Bound, found: TieOut) -> dict[str, str]:
    """The list and the figures; returns the addresses of the provision and of its movement."""
    page, holiday = book.sheet(SHEET, _WIDTHS), found.holiday
    page.titles(_("Provision pour pécules de vacances au %s") % day(found.closing))
    page.heads(_HEADS)
    page.freeze(2)
    texts = {use.code: use.text for use in holiday.figures}
    first = page.row
    for line in holiday.lines:
        _write_line(page, line, texts)
    if not holiday.lines:
        _amount_line(page, holiday.source, holiday.total)
    rows = range(first, page.row)
    total = _sum_line(page, _("Provision"), f"ROUND(SUM({span(_OWED, rows)}),2)", holiday.total)
    before = xl_rowcol_to_cell(page.row, _OWED)
    words = _("Provision un an plus tôt (%s)") % holiday.previous_source
    _amount_line(page, words, holiday.previous)
    moved = None
    if holiday.total is not None and holiday.previous is not None:
        moved = holiday.total - holiday.previous
    words = _("Dotation (négatif : reprise)")
    change = _sum_line(page, words, f"ROUND({total}-{before},2)", moved)
    page.row += 1
    if holiday.missing:
        page.say(holiday.missing, "warning")
    page.say(_("Valeurs utilisées"), "section")
    for use in holiday.figures:
        status = STATUSES.get(use.status, use.status)
        since = _("depuis le %s") % day(use.since)
        parts = (said(use.label), figure_text(use), since, status, cited(use.source))
        page.say(" \u2013 ".join(parts), "subtitle")
    sheet = sheet_name(SHEET)
    return {HOLIDAY_DEBT.code: f"{sheet}!{total}", HOLIDAY_COST.code: f"{sheet}!{change}"}


def _write_line(page: Page, line: HolidayLine, texts: dict[str, str]) -> None:
    part, rate = (texts.get(code) for code in _CODES[line.manual])
    page.put(0, line.worker, "code")
    page.put(1, line.name, "text")
    page.put(2, worker_text(line), "code")
    page.put(3, analytical_text(line.analytical), "code")
    page.put(_GROSS, eur(line.gross), "money")
    _ratio(page, _PART, part if line.manual else "1")
    _ratio(page, _RATE, rate)
    gross, share, base, owed = (
        xl_rowcol_to_cell(page.row, column) for column in (_GROSS, _PART, _BASE, _RATE)
    )
    _known(page, _BASE, f"ROUND({gross}*{share},2)", line.base)
    _known(page, _OWED, f"ROUND({base}*{owed},2)", line.provision)
    page.put(9, "\u2013" if line.day_pay is None else eur(line.day_pay), "money")
    page.put(10, "\u2013" if line.day_charges is None else eur(line.day_charges), "money")
    page.row += 1


def _ratio(page: Page, column: int, text: str | None) -> None:
    if text is None:
        page.put(column, unknown(), "code")
    else:
        page.put(column, exact(text)[0], "ratio")


def _known(page: Page, column: int, formula: str, value: int | None) -> None:
    if value is None:
        page.put(column, unknown(), "code")
    else:
        page.formula(column, formula, value)


def _label(page: Page, words: str, look: str = "line") -> None:
    page.put(0, words, "code", look)
    for column in range(1, _OWED):
        page.put(column, None, "code", look)


def _amount_line(page: Page, words: str, amount: int | None) -> None:
    _label(page, words)
    page.put(_OWED, eur(amount), "money")
    page.row += 1


def _sum_line(page: Page, words: str, formula: str, value: int | None) -> str:
    _label(page, words, "total")
    if value is None:
        page.put(_OWED, unknown(), "code", "total")
    else:
        page.formula(_OWED, formula, value, "total")
    place = str(xl_rowcol_to_cell(page.row, _OWED, row_abs=True, col_abs=True))
    page.row += 1
    return place
