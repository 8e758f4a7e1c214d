"""Lines over the years, each named at its end."""

from collections.abc import Iterator, Sequence

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from reports.charts.chart import Chart, Over, Series, places
from reports.charts.drawing import (
    DASHES,
    Sheet,
    colour_of,
    drawing,
    folded,
    look_of,
    on_both,
    tag,
    write,
)
from reports.charts.frame import DEPTH, TOP, Columns, axis, heads
from reports.charts.scale import Scale, scale
from reports.charts.units import EUR, Unit

_RIGHT = 150
_APART = 16
_FOLDED = ((4, 3), (6, 2), (99, 1))
_DOT = 4
_MARK = 14
_SAMPLE, _NARROW_RIGHT = 40, 10


def lines(
    code: str,
    title: str,
    over: Over,
    series: Sequence[Series],
    unit: Unit = EUR,
) -> Chart:
    """One line per series; it stops where a value is unknown. The axis need not start at zero.

    Args: as for `bars`.
    """
    known = [value for one in series for value in one.values if value is not None]
    upright = scale(known, unit.least, TOP + DEPTH, TOP)
    said = " ".join(
        _("%(name)s : de %(first)s à %(last)s.")
        % {
            "name": one.name,
            "first": unit.text(one.values[0]),
            "last": unit.text(one.values[-1]),
        }
        for one in series
        if one.values
    )

    def draw(sheet: Sheet) -> SafeString:
        right = _NARROW_RIGHT if sheet.is_narrow else _RIGHT
        columns = Columns(sheet, over, right)
        parts = [*axis(sheet, upright, unit, right), *columns.drawn()]
        for one, colour in zip(series, places(series), strict=True):
            parts += _line(one, colour, columns, upright)
        below = TOP + DEPTH + columns.foot
        if not sheet.is_narrow:
            parts += _named(series, columns, upright)
            return drawing(sheet, (title, said), below, parts)
        height, keys = _keys(sheet, series, below + 6)
        return drawing(sheet, (title, said), below + height, [*parts, *keys])

    svg, narrow = on_both(code, draw)
    return Chart(
        code,
        title,
        unit.name,
        svg,
        narrow,
        heads(_("Série"), over),
        tuple((one.name, *(unit.text(value) for value in one.values)) for one in series),
    )


def _line(one: Series, colour: int, columns: Columns, upright: Scale) -> Iterator[SafeString]:
    """The stretches of known values, and a dot at each."""
    run: list[str] = []
    for place, value in enumerate((*one.values, None)):
        if value is not None:
            x, y = columns.middle(place), upright.at(value)
            run.append(f"{x},{y}")
            yield tag("circle", cx=x, cy=y, r=_DOT, fill=colour_of(colour), class_=look_of(colour))
            continue
        if len(run) > 1:
            yield _stroke(" ".join(run), colour)
        run = []


def _stroke(points: str, colour: int) -> SafeString:
    return tag(
        "polyline",
        points=points,
        fill="none",
        stroke=colour_of(colour),
        stroke_width=2,
        stroke_dasharray=DASHES[colour % len(DASHES)],
        class_=f"line {look_of(colour)}",
    )


def _keys(sheet: Sheet, series: Sequence[Series], top: int) -> tuple[int, list[SafeString]]:
    """The names below, each beside a piece of its line; and the height they take."""
    drawn, y = [], top
    for one, colour in zip(series, places(series), strict=True):
        drawn.append(_stroke(f"0,{y + 8} {_SAMPLE - 8},{y + 8}", colour))
        for words in folded(_said(one, series[0]), sheet.width - _SAMPLE, 2):
            drawn.append(write(_SAMPLE, y + 12, words))
            y += _APART
        y += 6
    return y - top, drawn


def _named(series: Sequence[Series], columns: Columns, upright: Scale) -> Iterator[SafeString]:
    """The names beside the last known points, moved apart where they would meet."""
    ends = []
    for one, colour in zip(series, places(series), strict=True):
        known = [(place, value) for place, value in enumerate(one.values) if value is not None]
        if known:
            ends.append((upright.at(known[-1][1]), _said(one, series[0]), colour))
    ends.sort()
    x = columns.middle(len(columns.over.names) - 1) + 10
    room = _RIGHT + columns.width // 2 - 14 - _MARK
    lines_each = next(lines for most, lines in _FOLDED if len(ends) <= most)
    names = [folded(name, room, lines_each) for _y, name, _c in ends]
    tops = _apart([y + 4 for y, _name, _c in ends], [len(name) * _APART for name in names])
    for top, name, (_y, _name, colour) in zip(tops, names, ends, strict=True):
        look = look_of(colour)
        yield tag("rect", x=x, y=top - 9, width=9, height=9, fill=colour_of(colour), class_=look)
        for line, words in enumerate(name):
            yield write(x + _MARK, top + line * _APART, words)


def _said(one: Series, first: Series) -> str:
    """The name of a line; of one that lies on the first, which hides it, that it is the same."""
    same = one is not first and one.values == first.values
    return f"= {first.name} : {one.name}" if same else one.name


def _apart(wanted: Sequence[int], heights: Sequence[int]) -> list[int]:
    """Where each name starts: near its point, below the former one, above the names of years."""
    tops: list[int] = []
    free = 0
    for y, height in zip(wanted, heights, strict=True):
        tops.append(max(y, free))
        free = tops[-1] + height
    limit = TOP + DEPTH
    for place in range(len(tops) - 1, -1, -1):
        limit -= heights[place]
        tops[place] = min(tops[place], limit + _APART)
    return tops
