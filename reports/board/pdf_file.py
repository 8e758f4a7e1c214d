"""The note for the board on paper: four pages, PDF/A-3a and PDF/UA-1."""

from io import BytesIO

import pikepdf
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from reports.board.note import file_title, shown, whose
from reports.board.reading import Reading
from reports.documents.pdf_file import typeset
from reports.documents.presses import PRESSES
from reports.scenarios.json_file import render_json

PAGE = "documents/board_note.html"
PAGES = 4
_LENGTHS = (12, 8, 5, 3, 1)
"""How many lines each list shows: the first that fits in the pages is kept."""


class NoteTooLong(RuntimeError):
    """Even the shortest note does not fit in its pages: a fault of ours."""


def render_pdf(read: Reading) -> bytes:
    """The note, the same bytes for the same arguments.

    Raises:
        PressFailed: the page could not be printed.
        NoteTooLong: it does not fit in four pages.
    """
    files = {}
    if read.found:
        words = _("Tous les chiffres de la comparaison (JSON)")
        files["scenario.json"] = (words, render_json(read.found))
    for most in _LENGTHS:
        html = typeset(render_to_string(PAGE, context(read, most)))
        pdf = PRESSES.print(html.encode(), read.base.horizon.as_of, files)
        if _pages(pdf) == PAGES:
            return pdf
    raise NoteTooLong(f"{PAGE}: {_pages(pdf)} pages")


def context(read: Reading, most: int) -> dict[str, object]:
    """What the template shows: the note, whose it is and what every page must say."""
    demo = any(one.is_demo for one in read.base.scope.organisations)
    return {
        **shown(read, most),
        "demo": demo,
        "attached": read.found is not None,
        "file_title": file_title(read),
        "whose": whose(read),
        "marks": _("DEMO : DONNÉES INVENTÉES, SANS VALEUR") if demo else _("SIMULATION"),
    }


def _pages(pdf: bytes) -> int:
    with pikepdf.open(BytesIO(pdf)) as opened:
        return len(opened.pages)
