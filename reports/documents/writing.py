"""The files of a document on disk: all of them whole, or none replaced."""

import hashlib
import re
import tempfile
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext as _

from reports.documents.json_file import render_json
from reports.documents.pdf_file import render_pdf
from reports.documents.xlsx_file import render_xlsx
from reports.dossier import Dossier
from reports.exchange.files import FileNotWritten, cause, write_whole

FORMATS = ("json", "xlsx", "pdf")


class CannotWrite(OSError):
    """The files of a justification were not written; the message is one sentence for users."""


@dataclass(frozen=True)
class Written:
    """A file that stands on disk, and the SHA-256 of its bytes in hexadecimal."""

    path: Path
    sha256: str


def write_files(
    dossier: Dossier, folder: Path, *, formats: Sequence[str] = FORMATS
) -> list[Written]:
    """Write a justification in the formats asked for; see `write_contents`."""
    return write_contents(render_files(dossier, formats), folder, file_name(dossier))


def write_contents(contents: Mapping[str, bytes], folder: Path, name: str) -> list[Written]:
    """Write a document in several formats, by extension; what stood there is replaced at the end.

    Raises:
        CannotWrite: no room, no right, or a file where the folder should be.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder, prefix=".document-") as beside:
            for extension, content in contents.items():
                write_whole(Path(beside) / f"{name}.{extension}", content)
            for extension in contents:
                file = f"{name}.{extension}"
                (Path(beside) / file).replace(folder / file)
    except FileNotWritten as error:
        raise CannotWrite(str(error)) from error
    except OSError as error:
        raise CannotWrite(
            _(
                "Les fichiers n'ont pas pu être écrits dans %(folder)s (%(cause)s) : libérez de la "
                "place ou choisissez un autre dossier."
            )
            % {"folder": folder, "cause": cause(error)}
        ) from error
    return [
        Written(folder / f"{name}.{extension}", hashlib.sha256(content).hexdigest())
        for extension, content in contents.items()
    ]


def render_files(dossier: Dossier, formats: Sequence[str] = FORMATS) -> Mapping[str, bytes]:
    """The bytes of each format asked for; the PDF carries the JSON and the XLSX."""
    found: dict[str, bytes] = {}
    if "json" in formats or "pdf" in formats:
        found["json"] = render_json(dossier)
    if "xlsx" in formats or "pdf" in formats:
        found["xlsx"] = render_xlsx(dossier)
    if "pdf" in formats:
        name = file_name(dossier)
        found["pdf"] = render_pdf(dossier, {f"{name}.{key}": found[key] for key in found})
    return {extension: found[extension] for extension in FORMATS if extension in formats}


def file_name(dossier: Dossier) -> str:
    """The name of the files of a justification."""
    return plain_name("justification", dossier.cover.reference, dossier.cover.year)


def plain_name(kind: str, reference: str, year: int) -> str:
    """A name from the reference and the year alone, without any personal data.

    A reference that does not fit in a file name ends with a part of its digest, so that two
    references never share a file.
    """
    bare = unicodedata.normalize("NFKD", reference).encode("ascii", "ignore").decode()
    slug = re.sub(r"[^a-z0-9]+", "-", bare.lower()).strip("-")
    if slug.upper() != reference:
        digest = hashlib.sha256(reference.encode()).hexdigest()[:6]
        slug = f"{slug[:60]}-{digest}".strip("-")
    return f"{kind}-{slug}-{year}"
