"""The texts that the cells of a workbook share, by their length: each cell is given its own copy.

One long text that a million cells share is a small file and fills all the memory there is.
"""

from xml.parsers import expat

PART = "xl/sharedstrings.xml"
"""Where the texts are, whatever the case of its letters."""


class SharedStrings:
    """The length of each shared text, in the order of the file.

    Raises:
        expat.ExpatError: it is not XML.
    """

    def __init__(self, xml: bytes) -> None:
        self.lengths: list[int] = []
        self._in_text = False
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._characters
        parser.StartDoctypeDeclHandler = refuse_doctype
        parser.Parse(xml, True)  # noqa: FBT003

    def _start(self, element: str, _attributes: dict[str, str]) -> None:
        match element.rpartition(":")[2]:
            case "si":
                self.lengths.append(0)
            case "t":
                self._in_text = True

    def _end(self, element: str) -> None:
        if element.rpartition(":")[2] == "t":
            self._in_text = False

    def _characters(self, text: str) -> None:
        if self._in_text and self.lengths:
            self.lengths[-1] += len(text)


def refuse_doctype(*_declared: object) -> None:
    """No entity may stand for more than is written."""
    raise ValueError("a part of a workbook declares no entities")
