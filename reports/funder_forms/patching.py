"""Write some cells in the XML of a worksheet, and leave every other byte of it as it was.

The places of rows and cells are read by a parser; the text between two places is copied. A library
that reads and writes the sheet again drops what it does not know: shapes, controls, extensions.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from xml.parsers import expat
from xml.sax.saxutils import escape, quoteattr

from django.utils.translation import gettext as _
from openpyxl.utils.cell import column_index_from_string, coordinate_from_string

from reports.funder_forms.package import FormRefused

Value = str | Decimal | date
_EPOCH, _EPOCH_1904 = date(1899, 12, 30), date(1904, 1, 1)
_FORBIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
MAX_TEXT = 32_767


@dataclass
class Cell:
    """One cell of the sheet: where its text stands in the file, its style, what it holds."""

    start: int
    end: int = 0
    style: str = ""
    formula: bool = False


@dataclass
class Row:
    """One row: where its text stands, where its content ends, its cells by column.

    An `empty` one is written <row/>: its content would be inside its only tag.
    """

    start: int
    end: int = 0
    inner_end: int = 0
    empty: bool = False
    cells: dict[int, Cell] = field(default_factory=dict)


@dataclass
class Sheet:
    """The places of a worksheet's rows, and of the element that holds them; `prefix` is XML's."""

    prefix: str = ""
    found: bool = False
    data: Row = field(default_factory=lambda: Row(0))
    rows: dict[int, Row] = field(default_factory=dict)
    merged: list[str] = field(default_factory=list)


def fill_sheet(content: bytes, values: Mapping[str, Value], *, epoch_1904: bool) -> bytes:
    """The XML of a worksheet with these values, by address ("B7").

    A cell keeps its style. What exists elsewhere is copied byte for byte.

    Raises:
        FormRefused: the sheet is written in a way that is not known.
    """
    sheet = read_places(content)
    edits: list[tuple[int, int, bytes]] = []
    missing: dict[int, dict[int, bytes]] = {}
    for address, value in values.items():
        column, row = place_of(address)
        known = sheet.rows.get(row)
        cell = known.cells.get(column) if known else None
        written = _cell(sheet.prefix, address, value, cell, epoch_1904=epoch_1904)
        if cell:
            edits.append((cell.start, cell.end, written))
        else:
            missing.setdefault(row, {})[column] = written
    edits.extend(_insertions(sheet, missing))
    return _edited(content, edits)


def place_of(address: str) -> tuple[int, int]:
    """The column and the row of an address, both from 1.

    Raises:
        FormRefused: it is not the address of a cell.
    """
    try:
        letters, row = coordinate_from_string(address)
        return column_index_from_string(letters), row
    except ValueError as error:
        raise FormRefused(
            _("« %s » n'est pas l'adresse d'une cellule : écrivez-la comme B7.") % address[:20]
        ) from error


class _Reader:
    """Notes the places while the parser goes through the sheet."""

    def __init__(self, content: bytes) -> None:
        self.content, self.sheet = content, Sheet()
        self.row: Row | None = None
        self.cell: Cell | None = None
        self.row_number = self.column = 0
        self.parser = expat.ParserCreate()
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end
        self.parser.StartDoctypeDeclHandler = self.doctype

    def doctype(self, *_names: object) -> None:
        raise FormRefused(_unknown())

    def start(self, name: str, attributes: dict[str, str]) -> None:
        kind = name.rpartition(":")[2]
        begin = {"sheetData": self._data, "row": self._row, "c": self._cell}.get(kind)
        if begin:
            begin(name, attributes)
        elif kind == "f" and self.cell:
            self.cell.formula = True
        elif kind == "mergeCell":
            self.sheet.merged.append(attributes.get("ref", ""))

    def _data(self, name: str, _attributes: dict[str, str]) -> None:
        self.sheet.prefix = name.removesuffix("sheetData")
        self.sheet.found = True
        self.sheet.data.start = self.parser.CurrentByteIndex

    def _row(self, _name: str, attributes: dict[str, str]) -> None:
        self.row_number = int(attributes.get("r", self.row_number + 1))
        self.column = 0
        self.row = self.sheet.rows[self.row_number] = Row(self.parser.CurrentByteIndex)

    def _cell(self, _name: str, attributes: dict[str, str]) -> None:
        self.column += 1
        if "r" in attributes:
            self.column = place_of(attributes["r"])[0]
        self.cell = Cell(self.parser.CurrentByteIndex, style=attributes.get("s", ""))
        if self.row is not None:
            self.row.cells[self.column] = self.cell

    def end(self, name: str) -> None:
        kind = name.rpartition(":")[2]
        if kind == "c" and self.cell:
            self._close(name, self.cell)
            self.cell = None
        elif kind == "row" and self.row:
            self._close(name, self.row)
            self.row = None
        elif kind == "sheetData":
            self._close(name, self.sheet.data)

    def _close(self, name: str, element: Cell | Row) -> None:
        """Note where an element is over: after its closing tag, or after its only one."""
        here = self.parser.CurrentByteIndex
        empty = not re.match(rb"</" + re.escape(name.encode()) + rb"\s*>", self.content[here:])
        element.end = here if empty else self.content.index(b">", here) + 1
        if isinstance(element, Row):
            element.inner_end, element.empty = here, empty


def read_places(content: bytes) -> Sheet:
    """Where the rows and cells of a worksheet stand in its bytes.

    Raises:
        FormRefused: it is not UTF-8 XML of a worksheet.
    """
    reader = _Reader(content)
    try:
        reader.parser.Parse(content, True)  # noqa: FBT003 - the parser's own signature
    except (expat.ExpatError, ValueError) as error:
        raise FormRefused(_unknown()) from error
    if not reader.sheet.found:
        raise FormRefused(_unknown())
    return reader.sheet


def _cell(prefix: str, address: str, value: Value, cell: Cell | None, *, epoch_1904: bool) -> bytes:
    style = f" s={quoteattr(cell.style)}" if cell and cell.style else ""
    head = f"<{prefix}c r={quoteattr(address)}{style}"
    if isinstance(value, str):
        text = escape(_FORBIDDEN.sub("", value)[:MAX_TEXT])
        inner = f'<{prefix}is><{prefix}t xml:space="preserve">{text}</{prefix}t></{prefix}is>'
        return f'{head} t="inlineStr">{inner}</{prefix}c>'.encode()
    if isinstance(value, date):
        value = Decimal((value - (_EPOCH_1904 if epoch_1904 else _EPOCH)).days)
    return f"{head}><{prefix}v>{value:f}</{prefix}v></{prefix}c>".encode()


def _insertions(
    sheet: Sheet, missing: Mapping[int, Mapping[int, bytes]]
) -> list[tuple[int, int, bytes]]:
    """Where the cells that the sheet does not hold yet go, in the order of rows and columns."""
    found: list[tuple[int, int, bytes]] = []
    rows: dict[int, bytes] = {}
    starts = {number: row.start for number, row in sheet.rows.items()}
    for number, cells in sorted(missing.items()):
        row = sheet.rows.get(number)
        if row is None:
            whole = b"".join(cells[column] for column in sorted(cells))
            tag = f"{sheet.prefix}row"
            written = f'<{tag} r="{number}">'.encode() + whole + f"</{tag}>".encode()
            place = _before(starts, number, sheet.data)
            rows[place] = rows.get(place, b"") + written
        else:
            found.extend(_in_row(sheet.prefix, row, cells))
    found.extend(
        _put(sheet.data, place, written, f"{sheet.prefix}sheetData")
        for place, written in rows.items()
    )
    return found


def _in_row(prefix: str, row: Row, cells: Mapping[int, bytes]) -> Iterator[tuple[int, int, bytes]]:
    starts = {column: cell.start for column, cell in row.cells.items()}
    places: dict[int, bytes] = {}
    for column in sorted(cells):
        place = _before(starts, column, row)
        places[place] = places.get(place, b"") + cells[column]
    for place, written in places.items():
        yield _put(row, place, written, f"{prefix}row")


def _before(starts: Mapping[int, int], number: int, holder: Row) -> int:
    """Where the next one after `number` starts; at the end of what holds them when it is last."""
    later = [start for other, start in starts.items() if other > number]
    return min(later, default=holder.inner_end)


def _put(holder: Row, place: int, written: bytes, name: str) -> tuple[int, int, bytes]:
    """Put something in at a place of an element; <row/> becomes <row>...</row>."""
    if holder.empty:
        return holder.end - 2, holder.end, b">" + written + f"</{name}>".encode()
    return place, place, written


def _edited(content: bytes, edits: list[tuple[int, int, bytes]]) -> bytes:
    done, last = [], 0
    for start, end, written in sorted(edits):
        done += [content[last:start], written]
        last = end
    return b"".join([*done, content[last:]])


def _unknown() -> str:
    return _("Une feuille du formulaire ne peut pas être lue : enregistrez-le de nouveau en .xlsx.")
