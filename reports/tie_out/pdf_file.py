"""A tie-out on paper: PDF/A-3a and PDF/UA-1, with the JSON and the XLSX inside."""

from collections.abc import Mapping

from django.template.loader import render_to_string

from backoffice.web.words import Spoken
from reports.documents.pdf_file import typeset
from reports.documents.presses import PRESSES
from reports.tie_out.content import TieOut
from reports.tie_out.shown import shown

PAGE = "documents/tie_out.html"
_DESCRIPTIONS = Spoken(
    {
        "json": "Rapprochement complet, avec chaque écriture (JSON)",
        "xlsx": "Rapprochement complet, avec formules et écritures (classeur)",
    }
)


def render_pdf(found: TieOut, attachments: Mapping[str, bytes]) -> bytes:
    """The paper with its attachments, by file name; the same bytes for the same arguments.

    Raises:
        PressFailed: the page could not be printed.
    """
    html = typeset(render_to_string(PAGE, shown(found)))
    files = {
        name: (_DESCRIPTIONS[name.rpartition(".")[2]], content)
        for name, content in attachments.items()
    }
    return PRESSES.print(html.encode(), found.as_of, files)
