"""A justification as a workbook: declaration, lines, live summary, evidence and explanation."""

from reports.documents.workbook.account import write_account, write_honour
from reports.documents.workbook.book import Book
from reports.documents.workbook.cover import write_cover
from reports.documents.workbook.explanation import write_explanation
from reports.documents.workbook.lines import write_lines
from reports.documents.workbook.lists import write_checks, write_evidence, write_figures
from reports.documents.workbook.months import write_months
from reports.documents.workbook.summary import write_summary
from reports.dossier import Dossier


def render_xlsx(dossier: Dossier) -> bytes:
    """The workbook as bytes, identical for the same dossier."""
    book = Book(dossier)
    write_cover(book)
    write_honour(book)
    places = write_lines(book)
    write_summary(book, places)
    write_account(book)
    write_months(book)
    write_evidence(book)
    write_checks(book)
    write_explanation(book)
    write_figures(book)
    return book.close()
