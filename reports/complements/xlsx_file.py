"""Complements as a workbook: every difference and sum is a live formula over the months."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as mark
from xlsxwriter.utility import xl_rowcol_to_cell

from backoffice.federation.models import Organisation
from backoffice.web.templatetags.labels import cited, said
from reports.complements.content import Complement, Difference, months_of
from reports.complements.words import amount_words, cause_words, changed_words
from reports.documents.words import HEADS, unknown
from reports.documents.workbook.book import Bound, Imprint, Page, span
from reports.documents.workbook.lines import eur, first_day

_SUMMARY_HEADS = (
    *("Pouvoir subsidiant", "Subvention", "Exercice", "Version", "Situation envoyée"),
    *("Payable envoyé", "Payable aujourd'hui", "Complément", "Somme des mois", "Écart", "Sens"),
)
_LINES_HEADS = (
    *("Pouvoir subsidiant", "Subvention", "Exercice", "Mois", "Rubrique"),
    *("Envoyé", "Aujourd'hui", "Complément"),
)
_MONTHS_HEADS = ("Pouvoir subsidiant", "Mois", "Complément")
_CAUSES_HEADS = (
    *("Subvention", "Exercice", "Valeur", "Depuis", "Ancienne", "Nouvelle", "Décision"),
    *("Statut", "Source"),
)
_KEY, _SENT, _NOW, _AMOUNT, _SUM, _GAP = range(1, 3), 5, 6, 7, 8, 9


@dataclass(frozen=True)
class _Lines:
    """Where the months are on their sheet; None when there is none."""

    rows: range | None

    def sum_where(self, pairs: Sequence[tuple[int, str]]) -> str:
        """The sum of the complements of the rows whose columns equal some cells."""
        if self.rows is None:
            return "0"
        asked = ",".join(f"{span(column, self.rows, 'Mois')},{cell}" for column, cell in pairs)
        return f"ROUND(SUMIFS({span(7, self.rows, 'Mois')},{asked}),2)"


def render_xlsx(found: Sequence[Complement], organisation: Organisation, as_of: date) -> bytes:
    """The workbook as bytes, the same for the same complements."""
    years = sorted({one.year for one in found})
    book = Bound(
        Imprint(
            title=_("Compléments"),
            organisation=organisation.name,
            subject=_("Compléments à demander"),
            year=", ".join(map(str, years)) or _("aucun exercice"),
            as_of=as_of,
            marks=_("DEMO \u2013 données inventées") if organisation.is_demo else "",
        )
    )
    summary = book.sheet(mark("Compléments"), (30, 18, 10, 9, 14, 15, 15, 15, 15, 12, 16))
    lines = _write_lines(book.sheet(mark("Mois"), (30, 18, 10, 11, 22, 15, 15, 15)), found)
    _write_months(book.sheet(mark("Par pouvoir et mois"), (34, 12, 16)), found, lines)
    _write_causes(book.sheet(mark("Causes"), (18, 10, 40, 12, 22, 22, 30, 14, 50)), found)
    _write_summary(summary, found, lines)
    return book.close()


def _write_lines(page: Page, found: Sequence[Complement]) -> _Lines:
    """Each month and head that differs."""
    page.titles(_("Mois et rubriques qui diffèrent"))
    page.heads(_LINES_HEADS)
    page.freeze(2)
    first = page.row
    for one in found:
        for line in one.lines:
            _write_line(page, one, line)
    if page.row == first:
        page.say(_("Aucun mois ne diffère."), "subtitle")
        return _Lines(None)
    return _Lines(range(first, page.row))


def _write_line(page: Page, one: Complement, line: Difference) -> None:
    page.put(0, said(one.funder), "code")
    page.put(1, one.reference, "code")
    page.put(2, one.year, "code")
    page.put(3, first_day(line.month), "month")
    page.put(4, HEADS[line.head], "code")
    page.put(5, eur(line.sent), "money")
    page.put(6, eur(line.now), "money")
    sent, now = (xl_rowcol_to_cell(page.row, column) for column in (5, 6))
    page.formula(7, f"ROUND({now}-{sent},2)", line.amount)
    page.row += 1


def _write_months(page: Page, found: Sequence[Complement], lines: _Lines) -> None:
    """The sums by funder and month."""
    page.titles(_("Compléments par pouvoir subsidiant et par mois"))
    page.heads(_MONTHS_HEADS)
    first = page.row
    sums = months_of(tuple(found))
    for one in sums:
        page.put(0, one.funder, "code")
        page.put(1, first_day(one.month), "month")
        funder, month = (xl_rowcol_to_cell(page.row, column) for column in (0, 1))
        page.formula(2, lines.sum_where(((0, funder), (3, month))), one.total)
        page.row += 1
    if sums:
        total = sum(one.total for one in sums)
        page.put(0, _("Total"), "code", "total")
        page.put(1, None, "code", "total")
        page.formula(2, f"SUM({span(2, range(first, page.row))})", total, "total")


def _write_causes(page: Page, found: Sequence[Complement]) -> None:
    """The values that changed, and what was encoded since."""
    page.titles(_("Valeurs et lignes qui ont changé depuis l'envoi"))
    page.heads(_CAUSES_HEADS)
    for one in found:
        for cause in one.causes:
            words = cause_words(cause)
            texts = (words.label, words.since, words.old, words.new, words.decided)
            cells = [one.reference, str(one.year), *texts, words.status, cited(words.source)]
            page.line([(text, "text") for text in cells])
        for changed in changed_words(one):
            page.line([(text, "text") for text in (one.reference, str(one.year), changed)])


def _write_summary(page: Page, found: Sequence[Complement], lines: _Lines) -> None:
    """Each version that was sent: its complement, and that the months sum to it."""
    page.titles(_("Compléments à demander"))
    page.say(_("Ce qui a été envoyé ne change pas ; un complément se demande à part."), "subtitle")
    page.heads(_SUMMARY_HEADS)
    page.freeze(2)
    first = page.row
    for one in found:
        _write_award(page, one, lines)
    if not found:
        page.say(_("Aucune justification n'a été envoyée."), "subtitle")
        return
    rows = span(_AMOUNT, range(first, page.row))
    known = [one.amount for one in found if one.amount is not None]
    for label, sign, total in (
        (_("À demander"), ">0", sum(max(amount, 0) for amount in known)),
        (_("À rendre"), "<0", sum(min(amount, 0) for amount in known)),
    ):
        page.put(0, label, "code", "total")
        page.formula(_AMOUNT, f'SUMIF({rows},"{sign}")', total, "total")
        page.row += 1


def _write_award(page: Page, one: Complement, lines: _Lines) -> None:
    texts = (said(one.funder), one.reference)
    for column, text in enumerate(texts):
        page.put(column, text, "code")
    page.put(2, one.year, "code")
    page.put(3, one.version, "code")
    page.put(4, one.sent_as_of, "day")
    page.put(_SENT, eur(one.sent), "money")
    page.put(_NOW, eur(one.payable), "money")
    sent, now, amount, months = (
        xl_rowcol_to_cell(page.row, column) for column in (_SENT, _NOW, _AMOUNT, _SUM)
    )
    if one.amount is None:
        for column in (_AMOUNT, _SUM, _GAP):
            page.put(column, unknown(), "code")
    else:
        key = tuple((column, xl_rowcol_to_cell(page.row, column)) for column in _KEY)
        page.formula(_AMOUNT, f"ROUND({now}-{sent},2)", one.amount)
        page.formula(_SUM, lines.sum_where(key), one.amount)
        page.formula(_GAP, f"ROUND({amount}-{months},2)", 0)
    page.put(10, amount_words(one.amount), "code")
    page.row += 1
