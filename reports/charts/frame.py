"""What charts over categories share: the vertical axis, the names below, the legend."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from django.utils.safestring import SafeString

from backoffice.web.words import Spoken
from reports.charts.chart import Over, Series, places
from reports.charts.drawing import Sheet, box, cut, folded, rule, write
from reports.charts.scale import Scale
from reports.charts.units import Unit

TOP, DEPTH = 30, 220
_LEFT, _NARROW_LEFT = 92, 86
_LEAST = 38
_NAME, _DOUBT = 20, 21
_LINE, _LINES = 15, 3
_ROW = 22
DOUBTS = Spoken(
    {
        "to_confirm": "à confirmer",
        "forecast": "prévision",
        "assumption": "hypothèse",
        "missing": "incomplet",
    }
)
"""What a category says of itself when its figures rest on something not confirmed."""


@dataclass(frozen=True)
class Columns:
    """The categories side by side, with the room left on the right."""

    sheet: Sheet
    over: Over
    right: int = 12

    @property
    def width(self) -> int:
        whole = self.sheet.width - left_of(self.sheet) - self.right
        return whole // max(len(self.over.names), 1)

    def middle(self, place: int) -> int:
        """The coordinate of the middle of a category."""
        return left_of(self.sheet) + self.width * place + self.width // 2

    @property
    def names(self) -> list[list[str]]:
        """The lines of each name."""
        return [folded(name, self.width, _LINES) for name in self.over.names]

    @property
    def foot(self) -> int:
        """The height that the names take below the axis."""
        doubts = len(self._doubts)
        if not self.sheet.is_narrow:
            doubts = min(doubts, 1)
        return self._below + _DOUBT * doubts + 14

    @property
    def _below(self) -> int:
        """From the axis to the baseline of the last line of the names."""
        return _NAME + _LINE * (max((len(name) for name in self.names), default=1) - 1)

    def drawn(self) -> Iterator[SafeString]:
        """The names, every other one where they would touch; below, what their figures rest on."""
        base = TOP + DEPTH
        every = 1 if self.width >= _LEAST else 2
        for place, name in list(enumerate(self.names))[::every]:
            for line, words in enumerate(name):
                yield write(self.middle(place), base + _NAME + line * _LINE, words, "middle")
        for row, (first, last, said) in enumerate(self._doubts):
            if self.sheet.is_narrow:
                names = dict.fromkeys((self.over.names[first], self.over.names[last]))
                y = base + self._below + _DOUBT * (row + 1)
                yield write(0, y, f"{' - '.join(names)} ({said})", look="muted")
            else:
                yield from self._doubted(first, last, said)

    @property
    def _doubts(self) -> list[tuple[int, int, str]]:
        """The first and last of neighbours that share a doubt, with its word."""
        found = []
        for doubt, held in groupby(enumerate(self.over.doubts), key=lambda one: one[1]):
            places = [place for place, _doubt in held]
            if doubt in DOUBTS:
                found.append((places[0], places[-1], DOUBTS[doubt]))
        return found

    def _doubted(self, first: int, last: int, said: str) -> Iterator[SafeString]:
        """A line under the categories that share a doubt, and its word below."""
        left = left_of(self.sheet)
        start, stop = left + self.width * first + 6, left + self.width * (last + 1) - 6
        y = TOP + DEPTH + self._below + 6
        yield rule(start, y, stop, y, "axis")
        yield write((start + stop) // 2, y + 15, cut(said, stop - start), "middle", "muted")


def left_of(sheet: Sheet) -> int:
    """Where a vertical axis stands: the values of its ticks are at its left."""
    return _NARROW_LEFT if sheet.is_narrow else _LEFT


def axis(sheet: Sheet, scale: Scale, unit: Unit, right: int) -> Iterator[SafeString]:
    """The horizontal lines with their values, and what they count."""
    yield write(0, 14, unit.name, look="muted")
    for tick in scale.ticks:
        y = scale.at(tick)
        yield rule(left_of(sheet), y, sheet.width - right, y, "axis" if tick == 0 else "grid")
        yield write(left_of(sheet) - 8, y + 4, unit.short(tick), "end", "muted")


def legend(sheet: Sheet, series: Sequence[Series], top: int) -> tuple[int, list[SafeString]]:
    """The series, each with its colour and pattern, in two columns; and the height it takes.

    A narrow sheet has one column.
    """
    drawn, across = [], 1 if sheet.is_narrow else 2
    width = sheet.width // across
    for place, (one, colour) in enumerate(zip(series, places(series), strict=True)):
        x, y = place % across * width, top + place // across * _ROW
        drawn.append(box(x, y, 16, 14, code=sheet.code, colour=colour))
        drawn.append(write(x + 24, y + 12, cut(one.name, width - 30)))
    return -(-len(series) // across) * _ROW, drawn


def heads(first: str, over: Over) -> tuple[str, ...]:
    """The head of the table: the categories, each with what it rests on."""
    doubts = over.doubts or [""] * len(over.names)
    return (
        first,
        *(
            f"{name} ({DOUBTS[doubt]})" if doubt in DOUBTS else name
            for name, doubt in zip(over.names, doubts, strict=True)
        ),
    )
