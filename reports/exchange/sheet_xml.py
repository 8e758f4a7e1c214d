"""A sheet's own XML, read once as a stream: the rectangle that it fills, the formulas that failed.

The reader of workbooks takes memory for the whole rectangle before it gives the first cell, so one
cell in the last corner would take all there is; it also copies a shared text into every cell.
"""

import re
from collections.abc import Sequence
from xml.parsers import expat

from openpyxl.utils import column_index_from_string, get_column_letter

from reports.exchange.shared_strings import refuse_doctype

MOST_CELLS = 10_000_000
"""A sheet whose rectangle, from A1 to its last filled cell, has more is not read."""
MOST_CHARACTERS = 50_000_000
"""A workbook whose cells hold more than this, each shared text counted as often, is not read."""
_SHOWN = 60
_AT = re.compile(r"([A-Za-z]+)(\d+)")


class TooManyCells(ValueError):
    """A sheet holds more than any data of an employer and a year."""


class SheetScan:
    """What is found in one sheet; `errors` maps (row, column letter) to what the cell shows.

    A formula that was never computed shows "". `characters` is how many its cells hold of the
    shared texts, whose `lengths` are given.

    Raises:
        TooManyCells: the rectangle, or what its cells hold, is too large.
        expat.ExpatError: it is not XML.
        ValueError: a cell has no possible place.
    """

    def __init__(self, xml: bytes, lengths: Sequence[int] = ()) -> None:
        self.errors: dict[tuple[int, str], str] = {}
        self.characters = 0
        self._lengths = lengths
        self._row = self._column = self._rows = self._columns = 0
        self._failed = self._formula = self._filled = self._in_value = self._shared = False
        self._text = ""
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._characters
        parser.StartDoctypeDeclHandler = refuse_doctype
        parser.Parse(xml, True)  # noqa: FBT003

    def _start(self, element: str, attributes: dict[str, str]) -> None:
        match element.rpartition(":")[2]:
            case "row":
                self._row = int(attributes.get("r", self._row + 1))
                self._column = 0
            case "c":
                self._place(attributes.get("r", ""))
                self._failed = attributes.get("t") == "e"
                self._shared = attributes.get("t") == "s"
                self._formula = self._filled = False
                self._text = ""
            case "f":
                self._formula = True
            case "v":
                self._filled = self._in_value = True
            case "is":
                self._filled = True

    def _characters(self, text: str) -> None:
        if self._in_value:
            self._text = (self._text + text)[:_SHOWN]

    def _end(self, element: str) -> None:
        name = element.rpartition(":")[2]
        if name == "v":
            self._in_value = False
        elif name == "c":
            self._settle()

    def _place(self, written: str) -> None:
        found = _AT.fullmatch(written)
        self._column += 1
        if found:
            self._column = column_index_from_string(found[1].upper())
            self._row = int(found[2])

    def _settle(self) -> None:
        """A cell is over: count its place, and keep it when its formula failed."""
        if self._filled:
            self._rows = max(self._rows, self._row)
            self._columns = max(self._columns, self._column)
            if self._rows * self._columns > MOST_CELLS:
                raise TooManyCells
        if self._shared and self._text:
            self._count_shared(int(self._text))
        if self._failed or (self._formula and not self._text):
            self.errors[self._row, get_column_letter(self._column)] = self._text

    def _count_shared(self, place: int) -> None:
        if place < len(self._lengths):
            self.characters += self._lengths[place]
        if self.characters > MOST_CHARACTERS:
            raise TooManyCells
