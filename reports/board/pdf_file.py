"""The note for the board on paper: four pages, PDF/A-3a and PDF/UA-1."""

from collections.abc import Mapping
from datetime import date
from io import BytesIO
from typing import cast

import pikepdf
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from reports.board.cash import Cash, told
from reports.board.note import Lengths, file_title, listed, shown, whose
from reports.board.reading import Reading
from reports.documents.pdf_file import typeset
from reports.documents.presses import PRESSES, PressFailed
from reports.documents.writing import CannotWrite
from reports.scenarios.json_file import render_json

PAGE = "documents/board_note.html"
PAGES = 4
NO_CASH = Cash()
_STEPS = (12, 8, 5, 3, 1, 0)
"""How many lines the lists of a page show: the first number with which it fits on one sheet."""
_BESIDE_CASH = 3
"""The step with which a last page that shows the treasury begins: it has no room for more."""


class NoteTooLong(CannotWrite):
    """Even the shortest note does not fit in its pages: a fault of ours."""


def render_pdf(read: Reading, cash: Cash = NO_CASH) -> bytes:
    """The note, the same bytes for the same arguments; a page too full shows less of its lists.

    Args:
        read: the comparison.
        cash: the treasury of its service, see `cash_of`.

    Raises:
        CannotWrite: the page could not be printed, or does not fit in four pages.
    """
    files = {}
    if read.found:
        words = _("Tous les chiffres de la comparaison (JSON)")
        files["scenario.json"] = (words, render_json(read.found))
    steps, same = [0] * PAGES, context(read, cash)
    steps[-1] = _BESIDE_CASH if cash.pages else 0
    while True:
        lists = listed(read, Lengths(*(_STEPS[step] for step in steps)))
        pdf = _printed(same | lists, read.base.horizon.as_of, files)
        full = _overflowing(pdf)
        if not full:
            return pdf
        if any(steps[place] == len(_STEPS) - 1 for place in full):
            raise NoteTooLong(
                _("La note ne tient pas en %s pages : choisissez moins de scénarios ou d'années.")
                % PAGES
            )
        steps = [step + (place in full) for place, step in enumerate(steps)]


def _printed(
    said: Mapping[str, object], made: date, files: Mapping[str, tuple[str, bytes]]
) -> bytes:
    html = typeset(render_to_string(PAGE, said))
    try:
        return PRESSES.print(html.encode(), made, files)
    except PressFailed as error:
        why = str(error).partition("\n")[0]
        raise CannotWrite(
            _("La note n'a pas pu être mise en page (%s) : redemandez-la, ou signalez-le.") % why
        ) from error


def context(read: Reading, cash: Cash = NO_CASH) -> dict[str, object]:
    """What the template shows at any length: whose the note is and what every page must say."""
    demo = any(one.is_demo for one in read.base.scope.organisations)
    return {
        **shown(read),
        **told(cash, read.names),
        "demo": demo,
        "attached": read.found is not None,
        "file_title": file_title(read),
        "whose": whose(read),
        "marks": _("DEMO : DONNÉES INVENTÉES, SANS VALEUR") if demo else _("SIMULATION"),
    }


def _overflowing(pdf: bytes) -> list[int]:
    """The places of the pages that take more than one sheet, from the sheet where each starts."""
    with pikepdf.open(BytesIO(pdf)) as opened, opened.open_outline() as outline:
        sheets = [page.obj.objgen for page in opened.pages]
        starts = [
            sheets.index(cast("pikepdf.Array", one.destination)[0].objgen) for one in outline.root
        ]
    ends = [*starts[1:], len(sheets)]
    return [
        place
        for place, (start, end) in enumerate(zip(starts, ends, strict=True))
        if end - start > 1
    ]
