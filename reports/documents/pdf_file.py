"""A justification on paper: PDF/A-3a and PDF/UA-1, with the JSON and the XLSX inside."""

from collections.abc import Mapping

from django.template.loader import render_to_string

from backoffice.web.typography import set_spaces
from backoffice.web.words import Spoken
from reports.documents.paper import shown
from reports.documents.presses import PRESSES
from reports.dossier import Dossier

APOSTROPHE = "\u2019"
PAGE = "documents/justification.html"
_DESCRIPTIONS = Spoken(
    {
        "json": "Justification complète, avec l'explication de chaque ligne (JSON)",
        "xlsx": "Justification complète, avec formules et explication (classeur)",
    }
)


def render_pdf(dossier: Dossier, attachments: Mapping[str, bytes]) -> bytes:
    """The paper with its attachments, the same bytes for the same arguments.

    Args:
        dossier: what is justified.
        attachments: bytes by file name.

    Raises:
        PressFailed: the page could not be printed.
    """
    html = typeset(render_to_string(PAGE, shown(dossier)))
    files = {
        name: (_DESCRIPTIONS.get(name.rpartition(".")[2], name), content)
        for name, content in attachments.items()
    }
    return PRESSES.print(html.encode(), dossier.cover.as_of, files)


def typeset(html: str) -> str:
    """The page with the apostrophes and the spaces of its language."""
    return set_spaces(html).replace("&#x27;", APOSTROPHE).replace("'", APOSTROPHE)
