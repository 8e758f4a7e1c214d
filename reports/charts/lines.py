"""Lines over the years, each named at its end."""

from collections.abc import Iterator, Sequence

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from reports.charts.chart import Chart, Over, Series, places
from reports.charts.drawing import DASHES, colour_of, drawing, folded, look_of, tag, write
from reports.charts.frame import DEPTH, TOP, Columns, axis, heads
from reports.charts.scale import Scale, scale
from reports.charts.units import EUR, Unit

_RIGHT = 150
_APART = 16
_FOLDED = 6
_DOT = 4
_MARK = 14


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
    columns = Columns(over, _RIGHT)
    known = [value for one in series for value in one.values if value is not None]
    upright = scale(known, unit.least, TOP + DEPTH, TOP)
    parts = [
        *axis(upright, unit, _RIGHT),
        *columns.drawn(),
        *(
            part
            for one, colour in zip(series, places(series), strict=True)
            for part in _line(one, colour, columns, upright)
        ),
        *_named(series, columns, upright),
    ]
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
    return Chart(
        code,
        title,
        unit.name,
        drawing(code, (title, said), TOP + DEPTH + columns.foot, parts),
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
            yield tag(
                "polyline",
                points=" ".join(run),
                fill="none",
                stroke=colour_of(colour),
                stroke_width=2,
                stroke_dasharray=DASHES[colour % len(DASHES)],
                class_=f"line {look_of(colour)}",
            )
        run = []


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
    names = [folded(name, room, 2 if len(ends) <= _FOLDED else 1) for _y, name, _c in ends]
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
