"""A tie-out as a workbook: every total and difference is a live formula over the rows behind it."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as mark

from reports.documents.workbook.book import Bound, Imprint
from reports.tie_out.content import TieOut
from reports.tie_out.workbook.holidays import write_holidays
from reports.tie_out.workbook.receivables import write_receivables
from reports.tie_out.workbook.rows import write_rows
from reports.tie_out.workbook.summary import SUMMARY_WIDTHS, write_summary

SUMMARY = mark("Rapprochement")


def render_xlsx(found: TieOut) -> bytes:
    """The workbook as bytes, identical for the same tie-out.

    The summary is the first sheet and the last one written: its formulas name the rows of the
    others.
    """
    imprint = Imprint(
        title=_("Rapprochement comptable %s") % found.year,
        organisation=found.organisation,
        subject=_("Rapprochement comptable"),
        year=found.year,
        as_of=found.as_of,
        marks=_("DEMO \u2014 DONNÉES INVENTÉES, SANS VALEUR") if found.demo else "",
    )
    book = Bound(imprint)
    summary = book.sheet(SUMMARY, SUMMARY_WIDTHS)
    rows = write_rows(book, found)
    owed = write_receivables(book, found)
    holiday = write_holidays(book, found)
    write_summary(summary, found, rows, {**owed, **holiday})
    return book.close()
