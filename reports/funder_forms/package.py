"""An XLSX package that somebody hands in: what it holds, and why it is refused."""

import io
import re
import zipfile
from dataclasses import dataclass
from xml.etree.ElementTree import Element, ParseError, fromstring

from django.utils.translation import gettext as _
from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format

MAX_PARTS = 5_000
MAX_UNPACKED = 200 * 1024 * 1024
MAX_XML = 20 * 1024 * 1024
"""What is read each time that the form is shown; its pictures are not."""
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_LINK = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_WORKBOOK = "xl/workbook.xml"
_FORMULA = re.compile(rb"<(?:\w+:)?f[ >]")
_CALCULATION = re.compile(rb"(<(?:\w+:)?calcPr)")
_AFTER_NAMES = re.compile(rb"(.*</(\w+:|)(?:definedNames|sheets)>)", re.DOTALL)
_MACROS = re.compile(r"(vbaproject|macrosheets/|vbadata)", re.IGNORECASE)


class FormRefused(ValueError):
    """The file cannot be the form; the message says why and what to do."""


@dataclass(frozen=True)
class Package:
    """The parts of a workbook by name, in their order, and the part of each sheet by its name.

    `epoch_1904` says from which day the file counts its days.
    """

    parts: dict[str, bytes]
    infos: tuple[zipfile.ZipInfo, ...]
    sheets: dict[str, str]
    epoch_1904: bool


def open_package(content: bytes) -> Package:
    """Read a workbook without changing anything of it.

    Raises:
        FormRefused: no workbook, damaged, encrypted, too large once unpacked, or with macros.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            infos = tuple(archive.infolist())
            _check_sizes(infos)
            parts = {info.filename: archive.read(info) for info in infos}
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError) as error:
        raise FormRefused(_unreadable()) from error
    _refuse_macros(parts)
    try:
        sheets, epoch = _sheets(parts)
    except (KeyError, ParseError) as error:
        raise FormRefused(_unreadable()) from error
    return Package(parts, infos, sheets, epoch)


def date_styles(package: Package) -> frozenset[str]:
    """The numbers of the cell styles that show days."""
    styles = package.parts.get("xl/styles.xml")
    if styles is None:
        return frozenset()
    root = _xml(styles)
    codes = {str(number): code for number, code in BUILTIN_FORMATS.items()}
    for one in root.iter(f"{_MAIN}numFmt"):
        codes[one.get("numFmtId", "")] = one.get("formatCode", "")
    kinds = root.find(f"{_MAIN}cellXfs")
    return frozenset(
        str(place)
        for place, one in enumerate(kinds if kinds is not None else ())
        if is_date_format(codes.get(one.get("numFmtId", ""), "General"))
    )


def calculates(package: Package) -> bool:
    """Whether a sheet of the form holds a formula."""
    return any(_FORMULA.search(package.parts[part]) for part in package.sheets.values())


def asking_to_calculate(package: Package) -> dict[str, bytes]:
    """The one part that changes when the form is to be calculated again as it is opened."""
    workbook = package.parts[_WORKBOOK]
    asked = b' fullCalcOnLoad="1"'
    if asked in workbook:
        return {}
    if _CALCULATION.search(workbook):
        return {_WORKBOOK: _CALCULATION.sub(rb"\1" + asked, workbook, count=1)}
    written = _AFTER_NAMES.sub(rb"\1<\2calcPr" + asked + rb"/>", workbook, count=1)
    return {_WORKBOOK: written}


def write_package(package: Package, changed: dict[str, bytes]) -> bytes:
    """The same package with other content for some parts; the others keep theirs to the byte."""
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w") as archive:
        for info in package.infos:
            content = changed.get(info.filename, package.parts[info.filename])
            archive.writestr(info, content, compress_type=info.compress_type)
    return kept.getvalue()


def _check_sizes(infos: tuple[zipfile.ZipInfo, ...]) -> None:
    names = [info.filename for info in infos]
    if len(set(names)) != len(names):
        raise FormRefused(_unreadable())
    xml = sum(one.file_size for one in infos if not one.filename.startswith("xl/media/"))
    unpacked = sum(info.file_size for info in infos)
    if len(infos) > MAX_PARTS or xml > MAX_XML or unpacked > MAX_UNPACKED:
        raise FormRefused(_("Le formulaire est trop grand une fois ouvert."))


def _refuse_macros(parts: dict[str, bytes]) -> None:
    types = parts.get("[Content_Types].xml", b"").lower()
    if any(_MACROS.search(name) for name in parts) or b"macroenabled" in types:
        raise FormRefused(
            _(
                "Ce classeur contient des macros : elles peuvent faire n'importe quoi. Demandez au "
                "pouvoir subsidiant un formulaire sans macros, ou enregistrez-le en .xlsx."
            )
        )


def _sheets(parts: dict[str, bytes]) -> tuple[dict[str, str], bool]:
    """The part of each worksheet by its name, in the order of the tabs."""
    workbook = _xml(parts[_WORKBOOK])
    links = _xml(parts["xl/_rels/workbook.xml.rels"])
    targets = {link.get("Id"): _target(link) for link in links}
    found = {}
    for sheet in workbook.iter(f"{_MAIN}sheet"):
        part = targets.get(sheet.get(_LINK))
        if part in parts and part.startswith("xl/worksheets/"):
            found[sheet.get("name", "")] = part
    if not found:
        raise KeyError("no worksheet")
    properties = workbook.find(f"{_MAIN}workbookPr")
    epoch = properties is not None and properties.get("date1904") in {"1", "true"}
    return found, epoch


def _xml(content: bytes) -> Element:
    """The elements of a part; one that declares entities is no part of a workbook."""
    if b"<!DOCTYPE" in content:
        raise ParseError("a document type")
    return fromstring(content)  # noqa: S314 - nothing is declared, so nothing expands


def _target(link: Element) -> str:
    target = link.get("Target", "")
    return target.removeprefix("/") if target.startswith("/") else f"xl/{target}"


def _unreadable() -> str:
    return _(
        "Ce fichier n'est pas un classeur XLSX lisible : ouvrez-le et enregistrez-le en .xlsx."
    )
