"""The file itself: is it a workbook at all, what does it hold, and which formulas failed.

The reader gives an empty cell for a formula that failed, which would pass for a blank: the cells
in error are found in the sheets' own XML.
"""

import html
import io
import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext as _
from python_calamine import CalamineError, CalamineWorkbook

from backoffice.federation.media_types import MACROS
from reports.exchange.files import cause
from reports.exchange.problems import Problem
from reports.exchange.raw import Raw

MOST_BYTES = 200_000_000
"""A workbook that unpacks to more than this is refused before it fills the memory."""
_ATTRIBUTE = re.compile(r'(?:\w+:)?(\w+)="([^"]*)"')
_CELL = re.compile(rb"<(?:\w+:)?c\b([^>]*?)(?:/>|>(.*?)</(?:\w+:)?c>)", re.DOTALL)
_AT = re.compile(rb'\br="([A-Z]+)(\d+)"')
_IS_ERROR = re.compile(rb'\bt="e"')
_VALUE = re.compile(rb"<(?:\w+:)?v>([^<]+)</")
_FORMULA = re.compile(rb"<(?:\w+:)?f\b")


class NotAWorkbook(ValueError):
    """The file cannot be read as a workbook; carries the problem to show."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message)
        self.problem = problem


@dataclass(frozen=True)
class Page:
    """One sheet as found: its title, its cells from A1 on, and its failed formulas.

    `errors` maps (row number, column letter) to what the cell shows, "" for a formula that was
    never computed.
    """

    title: str
    cells: Sequence[Sequence[Raw]]
    errors: Mapping[tuple[int, str], str]


def open_pages(path: Path, name: str) -> list[Page]:
    """Every sheet of a workbook, in order; problems call the file `name`.

    Raises:
        NotAWorkbook: absent, another kind of file, cut short, locked by a password, too large.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        raise NotAWorkbook(
            Problem(
                "unreadable_file",
                _("Le fichier %(name)s ne peut pas être lu (%(cause)s).")
                % {"name": name, "cause": cause(error)},
                _("Vérifiez le nom et l'emplacement du fichier."),
            )
        ) from error
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            _refuse_too_large(package, name)
            _refuse_macros(package)
            errors = _errors_by_title(package)
        with CalamineWorkbook.from_filelike(io.BytesIO(content)) as book:
            return [
                Page(
                    title,
                    book.get_sheet_by_name(title).to_python(skip_empty_area=False),
                    errors.get(title, {}),
                )
                for title in book.sheet_names
            ]
    except NotAWorkbook:
        raise
    except (
        zipfile.BadZipFile,
        zlib.error,
        CalamineError,
        KeyError,
        ValueError,
        EOFError,
        OSError,
        RuntimeError,
        NotImplementedError,
    ) as error:
        raise NotAWorkbook(_not_xlsx(name)) from error


def _not_xlsx(name: str) -> Problem:
    return Problem(
        "not_a_workbook",
        _("Le fichier %(name)s n'est pas un classeur .xlsx lisible, ou il est incomplet.")
        % {"name": name},
        _("Ouvrez-le dans votre tableur, sans mot de passe, et enregistrez-le au format .xlsx."),
    )


def _refuse_too_large(package: zipfile.ZipFile, name: str) -> None:
    if sum(part.file_size for part in package.infolist()) <= MOST_BYTES:
        return
    raise NotAWorkbook(
        Problem(
            "too_large_file",
            _("Le fichier %(name)s est trop grand pour les données d'un employeur et d'une année.")
            % {"name": name},
            _("Repartez du modèle et n'y mettez que les données d'une année."),
        )
    )


def _refuse_macros(package: zipfile.ZipFile) -> None:
    if any(one.lower().endswith(MACROS) for one in package.namelist()):
        raise NotAWorkbook(
            Problem(
                "macros",
                _("Ce classeur contient des macros, que nous ne lisons pas."),
                _("Enregistrez-le au format .xlsx, sans macro, puis déposez-le à nouveau."),
            )
        )


def _errors_by_title(package: zipfile.ZipFile) -> dict[str, dict[tuple[int, str], str]]:
    """Failed formulas of each sheet, by the sheet's title."""
    links = package.read("xl/_rels/workbook.xml.rels")
    parts = {one.get("Id"): one.get("Target", "") for one in _elements("Relationship", links)}
    found = {}
    for sheet in _elements("sheet", package.read("xl/workbook.xml")):
        part = parts.get(sheet.get("id"), "")
        name = part.lstrip("/") if part.startswith("/") else f"xl/{part}"
        if name in package.NameToInfo:
            found[sheet.get("name", "")] = _errors(package.read(name))
    return found


def _elements(name: str, xml: bytes) -> Iterator[dict[str, str]]:
    """The attributes, without prefixes, of each element of that name."""
    for element in re.finditer(rf"<(?:\w+:)?{name}\s([^>]*)>", xml.decode("utf-8")):
        yield {key: html.unescape(value) for key, value in _ATTRIBUTE.findall(element[1])}


def _errors(xml: bytes) -> dict[tuple[int, str], str]:
    if b't="e"' not in xml and not _FORMULA.search(xml):
        return {}
    found = {}
    for cell in _CELL.finditer(xml):
        attributes, content = cell[1], cell[2] or b""
        at = _AT.search(attributes)
        value = _VALUE.search(content)
        if at and (_IS_ERROR.search(attributes) or (_FORMULA.search(content) and not value)):
            shown = value[1].decode("utf-8", "replace") if value else ""
            found[int(at[2]), at[1].decode()] = shown
    return found
