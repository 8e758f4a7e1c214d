"""The cells of a file that accounting software exported: a text in columns, or a workbook."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from backoffice.web.sentences import gettext as _
from reports.exchange.files import cause
from reports.exchange.package import NotAWorkbook, open_pages
from reports.exchange.problems import Problem
from reports.exchange.raw import Raw

MOST_BYTES = 10 * 1024 * 1024
_WORKBOOK = b"PK\x03\x04"
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_SEPARATORS = ";\t,"


@dataclass(frozen=True)
class Table:
    """The rows of one sheet, from its first; `title` is empty for a text.

    The title and the number of a row, from 1, are what problems name.
    """

    title: str
    rows: Sequence[Sequence[Raw]]


class NotATable(ValueError):
    """The file cannot be read at all; carries the problem to show."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message)
        self.problem = problem


def content_of(path: Path) -> bytes:
    """The bytes of a file that may be a balance.

    Raises:
        NotATable: absent, not readable, or too large.
    """
    try:
        if path.stat().st_size > MOST_BYTES:
            raise NotATable(_too_large(path.name))
        return path.read_bytes()
    except OSError as error:
        raise NotATable(
            Problem(
                "unreadable_file",
                _("Le fichier %(name)s ne peut pas être lu (%(cause)s).")
                % {"name": path.name, "cause": cause(error)},
                _("Vérifiez le nom et l'emplacement du fichier."),
            )
        ) from error


def tables_of(path: Path, content: bytes, name: str) -> list[Table]:
    """Every sheet of a workbook, or the text under each separator that may be its own.

    Args:
        path: where the bytes are, for the reader of workbooks.
        content: its bytes.
        name: what problems call the file.

    Raises:
        NotATable: neither a text nor a workbook.
    """
    if content.startswith(_WORKBOOK):
        try:
            return [Table(page.title, page.cells) for page in open_pages(path, name)]
        except NotAWorkbook as error:
            raise NotATable(error.problem) from error
    text = _decoded(content)
    if text is None or not text.strip():
        raise NotATable(
            Problem(
                "not_a_table",
                _("Le fichier %(name)s n'est ni un texte CSV ni un classeur .xlsx.")
                % {"name": name},
                _("Exportez la balance de votre logiciel comptable en CSV ou en .xlsx."),
            )
        )
    return [Table("", _split(text, separator)) for separator in _SEPARATORS]


def _decoded(content: bytes) -> str | None:
    """UTF-8, UTF-16 with its mark, or Windows-1252; None for what is no text."""
    if content.startswith(_UTF16):
        return content.decode("utf-16", "replace")
    if b"\0" in content:
        return None
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")


def _split(text: str, separator: str) -> list[list[str]]:
    """The cells of a text; one whose quotes never close gives no row."""
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=separator))
    except csv.Error:
        return []


def _too_large(name: str) -> Problem:
    return Problem(
        "too_large_file",
        _("Le fichier %(name)s dépasse 10 Mo : la balance d'un employeur est bien plus petite.")
        % {"name": name},
        _("Exportez la balance d'une seule année."),
    )
