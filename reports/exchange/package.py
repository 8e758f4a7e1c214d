"""The file itself: is it a workbook at all, what does it hold, and which formulas failed.

The reader gives an empty cell for a formula that failed, which would pass for a blank: the cells
in error are found in the sheets' own XML, and a sheet too large to read is refused there.
"""

import html
import io
import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from xml.parsers.expat import ExpatError

from python_calamine import CalamineError, CalamineWorkbook

from backoffice.federation.media_types import MACROS
from backoffice.web.sentences import gettext as _
from reports.exchange.files import cause
from reports.exchange.problems import Problem
from reports.exchange.raw import Raw
from reports.exchange.shared_strings import PART, SharedStrings
from reports.exchange.sheet_xml import MOST_CELLS, MOST_CHARACTERS, SheetScan, TooManyCells

MOST_BYTES = 200_000_000
"""A workbook that unpacks to more than this is refused before it fills the memory."""
_Errors = Mapping[tuple[int, str], str]
_ATTRIBUTE = re.compile(r'(?:\w+:)?(\w+)="([^"]*)"')


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
    errors: _Errors


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
            return list(_pages(book, errors))
    except NotAWorkbook:
        raise
    except TooManyCells as error:
        raise NotAWorkbook(_too_large(name)) from error
    except (
        zipfile.BadZipFile,
        zlib.error,
        ExpatError,
        CalamineError,
        KeyError,
        ValueError,
        EOFError,
        OSError,
        RuntimeError,
        NotImplementedError,
    ) as error:
        raise NotAWorkbook(_not_xlsx(name)) from error


def _pages(book: CalamineWorkbook, errors: Mapping[str, _Errors]) -> Iterator[Page]:
    """Every sheet; one sheet that is listed many times counts as often."""
    room = MOST_CELLS
    for title in book.sheet_names:
        cells = book.get_sheet_by_name(title).to_python(skip_empty_area=False)
        room -= sum(map(len, cells))
        if room < 0:
            raise TooManyCells
        yield Page(title, cells, errors.get(title, {}))


def _not_xlsx(name: str) -> Problem:
    return Problem(
        "not_a_workbook",
        _("Le fichier %(name)s n'est pas un classeur .xlsx lisible, ou il est incomplet.")
        % {"name": name},
        _("Ouvrez-le dans votre tableur, sans mot de passe, et enregistrez-le au format .xlsx."),
    )


def _refuse_too_large(package: zipfile.ZipFile, name: str) -> None:
    if sum(part.file_size for part in package.infolist()) > MOST_BYTES:
        raise NotAWorkbook(_too_large(name))


def _too_large(name: str) -> Problem:
    return Problem(
        "too_large_file",
        _("Le fichier %(name)s est trop grand pour les données d'un employeur et d'une année.")
        % {"name": name},
        _("Repartez du modèle et n'y mettez que les données d'une année."),
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


def _errors_by_title(package: zipfile.ZipFile) -> Mapping[str, _Errors]:
    """Failed formulas of each sheet, by the sheet's title.

    Every part that may be read as a sheet is looked at, wherever it is and whatever it is called.

    Raises:
        TooManyCells: a sheet, or all that the workbook lists, holds too much.
    """
    lengths = _shared_lengths(package)
    scans = {
        part.filename: SheetScan(xml, lengths)
        for part in package.infolist()
        if b"sheetData" in (xml := package.read(part))
    }
    links = package.read("xl/_rels/workbook.xml.rels")
    parts = {one.get("Id"): one.get("Target", "") for one in _elements("Relationship", links)}
    found, characters = dict[str, _Errors](), 0
    for sheet in _elements("sheet", package.read("xl/workbook.xml")):
        part = parts.get(sheet.get("id"), "")
        scan = scans.get(part.lstrip("/") if part.startswith("/") else f"xl/{part}")
        found[sheet.get("name", "")] = scan.errors if scan else {}
        characters += scan.characters if scan else 0
        if characters > MOST_CHARACTERS:
            raise TooManyCells
    return found


def _shared_lengths(package: zipfile.ZipFile) -> list[int]:
    names = [name for name in package.namelist() if name.lower() == PART]
    return SharedStrings(package.read(names[-1])).lengths if names else []


def _elements(name: str, xml: bytes) -> Iterator[dict[str, str]]:
    """The attributes, without prefixes, of each element of that name."""
    for element in re.finditer(rf"<(?:\w+:)?{name}\s([^<>]*)>", xml.decode("utf-8")):
        yield {key: html.unescape(value) for key, value in _ATTRIBUTE.findall(element[1])}
