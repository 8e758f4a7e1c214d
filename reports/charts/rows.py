"""What charts of one row per name share: names at the left, bars across, amounts at the right."""

from collections.abc import Iterator

from django.utils.safestring import SafeString

from reports.charts.drawing import LESS, LINE, MORE, WHOLE, folded, rule, tag, together, write
from reports.charts.scale import Scale

LEFT, RIGHT = 210, 92
TOP, ROW, THICK = 26, 30, 16
_LINE = 14
TONES = {"whole": WHOLE, "more": MORE, "less": LESS}
"""A level, what makes own funds grow, what makes them shrink."""


def bar(across: Scale, place: int, ends: tuple[int, int], tone: str) -> SafeString:
    """A bar on its row between two values; a null one is a thin mark."""
    x, width = across.over(*ends)
    return tag(
        "rect",
        x=x,
        y=TOP + place * ROW + (ROW - THICK) // 2,
        width=max(width, 2),
        height=THICK,
        fill=TONES[tone],
        class_=tone,
    )


def name(place: int, text: str, look: str = "ink") -> SafeString:
    """The name of a row, on two lines where one is too short."""
    lines = folded(text, LEFT - 8, 2)
    top = baseline(place) - (len(lines) - 1) * _LINE // 2
    return together(
        write(0, top + _LINE * line, words, "start", look) for line, words in enumerate(lines)
    )


def baseline(place: int) -> int:
    """Where the text of a row stands."""
    return TOP + place * ROW + ROW // 2 + 4


def base(across: Scale, value: int, count: int) -> Iterator[SafeString]:
    """The vertical line of a value, over all the rows."""
    x = across.at(value)
    yield rule(x, TOP, x, TOP + count * ROW, "axis")


def link(across: Scale, place: int, value: int) -> SafeString:
    """The thin line from a row to the next, at a value."""
    x = across.at(value)
    middle = TOP + place * ROW + ROW // 2
    return tag(
        "line",
        x1=x,
        y1=middle + THICK // 2,
        x2=x,
        y2=middle + ROW - THICK // 2,
        stroke=LINE,
        stroke_width=1,
        class_="grid",
    )
