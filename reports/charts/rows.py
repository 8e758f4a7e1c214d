"""What charts of one row per name share: names beside their bars, or above on a narrow sheet."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.safestring import SafeString

from reports.charts.drawing import (
    LESS,
    LINE,
    MORE,
    WHOLE,
    Sheet,
    folded,
    rule,
    tag,
    together,
    write,
)
from reports.charts.scale import Scale

LEFT, RIGHT = 210, 92
TOP, THICK = 26, 16
_ROW, _LINE, _APART = 33, 14, 16
TONES = {"whole": WHOLE, "more": MORE, "less": LESS}
"""A level, what makes own funds grow, what makes them shrink."""


@dataclass(frozen=True)
class Rows:
    """The rows of a sheet, each with its name, its bar and its amount at the right."""

    sheet: Sheet
    names: tuple[str, ...]

    @property
    def start(self) -> int:
        """Where bars may start."""
        return 0 if self.sheet.is_narrow else LEFT

    @property
    def stop(self) -> int:
        """Where bars must end."""
        return self.sheet.width if self.sheet.is_narrow else self.sheet.width - RIGHT

    @property
    def row(self) -> int:
        """The height of a row."""
        return self._head + THICK + _APART if self.sheet.is_narrow else _ROW

    @property
    def height(self) -> int:
        """The height of the drawing."""
        return TOP + len(self.names) * self.row + 4

    def name(self, place: int, look: str = "ink") -> SafeString:
        """The name of a row, on two lines where one is too short."""
        lines = self._folded(self.names[place])
        top = self.top(place) - 6 - (len(lines) - 1) * _LINE
        if not self.sheet.is_narrow:
            top = self._baseline(place) - (len(lines) - 1) * _LINE // 2
        return together(
            write(0, top + _LINE * line, words, "start", look) for line, words in enumerate(lines)
        )

    def amount(self, place: int, text: str) -> SafeString:
        """The amount of a row: at the right of its bar, or of its name above it."""
        y = self.top(place) - 6 if self.sheet.is_narrow else self._baseline(place)
        return write(self.sheet.width, y, text, "end")

    def bar(self, across: Scale, place: int, ends: tuple[int, int], tone: str) -> SafeString:
        """A bar on its row between two values; a null one is a thin mark."""
        x, width = across.over(*ends)
        width = max(width, 2)
        x = min(x, self.sheet.width - width)
        shape = {"x": x, "y": self.top(place), "width": width, "height": THICK}
        return tag("rect", fill=TONES[tone], class_=tone, **shape)

    def base(self, across: Scale, value: int) -> Iterator[SafeString]:
        """The vertical line of a value, beside the bars of all the rows."""
        x = across.at(value)
        for place in range(len(self.names)) if self.sheet.is_narrow else ():
            yield rule(x, self.top(place) - 2, x, self.top(place) + THICK + 2, "axis")
        if not self.sheet.is_narrow:
            yield rule(x, TOP, x, TOP + len(self.names) * self.row, "axis")

    def link(self, across: Scale, place: int, value: int) -> SafeString:
        """The thin line from a row to the next, at a value; above a bar there is a name."""
        x, start = across.at(value), self.top(place) + THICK
        stop = self.top(place) + self.row if not self.sheet.is_narrow else start + _APART // 2
        line = {"x1": x, "y1": start, "x2": x, "y2": stop}
        return tag("line", stroke=LINE, stroke_width=1, class_="grid", **line)

    def top(self, place: int) -> int:
        """The upper side of the bar of a row."""
        before = self._head if self.sheet.is_narrow else (_ROW - THICK) // 2
        return TOP + place * self.row + before

    @property
    def _head(self) -> int:
        """What the names take above the bars."""
        return max((len(self._folded(name)) for name in self.names), default=1) * _LINE + 6

    def _folded(self, name: str) -> list[str]:
        room = self.sheet.width - RIGHT if self.sheet.is_narrow else LEFT - 8
        return folded(name, room, 2)

    def _baseline(self, place: int) -> int:
        """Where the text of a row stands."""
        return TOP + place * self.row + self.row // 2 + 4
