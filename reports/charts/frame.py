"""What charts over categories share: the vertical axis, the names below, the legend."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from django.utils.safestring import SafeString

from backoffice.web.words import Spoken
from reports.charts.chart import Over, Series, places
from reports.charts.drawing import WIDTH, box, cut, folded, rule, write
from reports.charts.scale import Scale
from reports.charts.units import Unit

LEFT, TOP, DEPTH = 92, 30, 220
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

    over: Over
    right: int = 12

    @property
    def width(self) -> int:
        return (WIDTH - LEFT - self.right) // max(len(self.over.names), 1)

    def middle(self, place: int) -> int:
        """The coordinate of the middle of a category."""
        return LEFT + self.width * place + self.width // 2

    @property
    def names(self) -> list[list[str]]:
        """The lines of each name."""
        return [folded(name, self.width, _LINES) for name in self.over.names]

    @property
    def foot(self) -> int:
        """The height that the names take below the axis."""
        return self._below + (_DOUBT if any(self.over.doubts) else 0) + 14

    @property
    def _below(self) -> int:
        """From the axis to the baseline of the last line of the names."""
        return _NAME + _LINE * (max((len(name) for name in self.names), default=1) - 1)

    def drawn(self) -> Iterator[SafeString]:
        """The names, and below each what its figures rest on."""
        base = TOP + DEPTH
        for place, name in enumerate(self.names):
            for line, words in enumerate(name):
                yield write(self.middle(place), base + _NAME + line * _LINE, words, "middle")
        for doubt, held in groupby(enumerate(self.over.doubts), key=lambda one: one[1]):
            places = [place for place, _doubt in held]
            if doubt in DOUBTS:
                yield from self._doubted(places[0], places[-1], DOUBTS[doubt])

    def _doubted(self, first: int, last: int, said: str) -> Iterator[SafeString]:
        """A line under the categories that share a doubt, and its word below."""
        start, stop = LEFT + self.width * first + 6, LEFT + self.width * (last + 1) - 6
        y = TOP + DEPTH + self._below + 6
        yield rule(start, y, stop, y, "axis")
        yield write((start + stop) // 2, y + 15, cut(said, stop - start), "middle", "muted")


def axis(scale: Scale, unit: Unit, right: int) -> Iterator[SafeString]:
    """The horizontal lines with their values, and what they count."""
    yield write(0, 14, unit.name, look="muted")
    for tick in scale.ticks:
        y = scale.at(tick)
        yield rule(LEFT, y, WIDTH - right, y, "axis" if tick == 0 else "grid")
        yield write(LEFT - 8, y + 4, unit.short(tick), "end", "muted")


def legend(code: str, series: Sequence[Series], top: int) -> tuple[int, list[SafeString]]:
    """The series in two columns, each with its colour and pattern; and the height it takes."""
    drawn = []
    for place, (one, colour) in enumerate(zip(series, places(series), strict=True)):
        x, y = place % 2 * (WIDTH // 2), top + place // 2 * _ROW
        drawn.append(box(x, y, 16, 14, code=code, colour=colour))
        drawn.append(write(x + 24, y + 12, cut(one.name, WIDTH // 2 - 30)))
    return -(-len(series) // 2) * _ROW, drawn


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
