"""The rule book on disk: an index, and one page and one paper per scheme."""

from datetime import date
from pathlib import Path

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from backoffice.engine.figures import Figures
from reports.documents.pdf_file import typeset
from reports.documents.presses import PRESSES
from reports.documents.writing import CannotWrite
from reports.exchange.files import FileNotWritten, cause, write_whole
from reports.rulebook.book import matrix, pages
from reports.rulebook.content import SchemePage


def write_book(figures: Figures, day: date, folder: Path) -> list[Path]:
    """Write index.html, then <scheme>.html and <scheme>.pdf for each scheme, each whole.

    Raises:
        CannotWrite: no room, no right, or a file where the folder should be.
        PressFailed: a page could not be printed.
    """
    found = pages(figures)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        written = [_write(folder / "index.html", _index(found, day))]
        for page in found:
            written.append(_write(folder / f"{page.code}.html", _html("page", page, day)))
            paper = PRESSES.print(_html("paper", page, day), day, {})
            written.append(_write(folder / f"{page.code}.pdf", paper))
    except FileNotWritten as error:
        raise CannotWrite(str(error)) from error
    except OSError as error:
        raise CannotWrite(
            _("Le dossier %(folder)s n'a pas pu être créé (%(cause)s) : choisissez-en un autre.")
            % {"folder": folder, "cause": cause(error)}
        ) from error
    return written


@translation.override("fr")  # a paper has both languages: French, then Dutch
def _index(found: list[SchemePage], day: date) -> bytes:
    context = {"pages": found, "matrix": matrix(), "day": day, "marks": _marks()}
    return typeset(render_to_string("documents/rules_index.html", context)).encode()


@translation.override("fr")
def _html(kind: str, page: SchemePage, day: date) -> bytes:
    context = {"page": page, "day": day, "marks": _marks()}
    return typeset(render_to_string(f"documents/rules_{kind}.html", context)).encode()


def _marks() -> str:
    """The rules are real in a demonstration too: what users filled in there may not be."""
    return (
        _("DEMO : les valeurs remplies sur ce site peuvent être inventées") if settings.DEMO else ""
    )


def _write(path: Path, content: bytes) -> Path:
    write_whole(path, content)
    return path
