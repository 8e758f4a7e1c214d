"""The files of a memorandum on disk."""

import hashlib
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from django.utils.translation import gettext as _

from reports.documents.writing import FORMATS, CannotWrite, Written
from reports.exchange.files import FileNotWritten, cause, write_whole
from reports.memorandum.computing import compute_memorandum
from reports.memorandum.json_file import render_json
from reports.memorandum.memorandum import Memorandum
from reports.memorandum.pdf_file import render_pdf
from reports.memorandum.xlsx_file import render_xlsx


def write_memorandum(year: int, as_of: date, folder: Path) -> list[Written]:
    """Compute the memorandum of a year and write its .json, .xlsx and .pdf.

    Raises:
        NothingToSay: no service has an approval in the year.
        CannotWrite: no room, no right, or a file where the folder should be.
    """
    return write_files(compute_memorandum(year, as_of), folder)


def write_files(
    memorandum: Memorandum, folder: Path, formats: Sequence[str] = FORMATS
) -> list[Written]:
    """Write the files asked for, each whole; nothing is written before all are rendered.

    Raises:
        CannotWrite: no room, no right, or a file where the folder should be.
    """
    contents = render_files(memorandum, formats)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in contents.items():
            write_whole(folder / name, content)
    except FileNotWritten as error:
        raise CannotWrite(str(error)) from error
    except OSError as error:
        raise CannotWrite(
            _("Le dossier %(folder)s n'a pas pu être créé (%(cause)s) : choisissez-en un autre.")
            % {"folder": folder, "cause": cause(error)}
        ) from error
    return [
        Written(folder / name, hashlib.sha256(content).hexdigest())
        for name, content in contents.items()
    ]


def render_files(memorandum: Memorandum, formats: Sequence[str] = FORMATS) -> dict[str, bytes]:
    """The bytes of each file by name; the PDF carries the two others."""
    stem = f"memorandum-{memorandum.year}"
    found = {
        f"{stem}.json": render_json(memorandum),
        f"{stem}.xlsx": render_xlsx(memorandum),
    }
    if "pdf" in formats:
        found[f"{stem}.pdf"] = render_pdf(memorandum, found)
    return {name: found[name] for name in found if name.rpartition(".")[2] in formats}
