"""A tornado: what each driver does to a result, moved both ways, the widest first."""

from collections.abc import Iterator, Sequence

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from reports.charts.chart import Chart, Swing
from reports.charts.drawing import WIDTH, cut, drawing, rule, tag, write
from reports.charts.rows import LEFT, RIGHT, TONES, TOP
from reports.charts.scale import Scale, scale
from reports.charts.units import EUR, Unit

_ROOM = 70
_ROW, _LINE, _THICK = 56, 16, 10


def tornado(code: str, title: str, swings: Sequence[Swing], *, unit: Unit = EUR) -> Chart:
    """Around zero, the result as it stands: under each name a bar for each end, and how far.

    Args:
        code: unique on the page.
        title: what the chart shows, with what it starts from.
        swings: one per driver, in the order to show.
        unit: what the values count.
    """
    ends = [0, *(value for one in swings for value in (one.low, one.high))]
    across = scale(ends, unit.least, LEFT + _ROOM, WIDTH - RIGHT + 20)
    parts = [
        write(0, 14, unit.name, look="muted"),
        *(part for place, one in enumerate(swings) for part in _row(across, place, one, unit)),
        rule(across.at(0), TOP, across.at(0), TOP + len(swings) * _ROW, "axis"),
    ]
    said = " ".join(
        _("%(name)s : de %(low)s à %(high)s.")
        % {"name": one.name, "low": _text(one.low, unit), "high": _text(one.high, unit)}
        for one in swings[:1]
    )
    return Chart(
        code,
        title,
        unit.name,
        drawing(code, (title, said), TOP + len(swings) * _ROW + 4, parts),
        (_("Facteur"), _("Hypothèse basse"), _("Hypothèse haute")),
        tuple(
            (
                one.name,
                _told(one.low_words, _text(one.low, unit)),
                _told(one.high_words, _text(one.high, unit)),
            )
            for one in swings
        ),
    )


def _row(across: Scale, place: int, one: Swing, unit: Unit) -> Iterator[SafeString]:
    top = TOP + place * _ROW + _LINE
    yield write(0, top, cut(one.name, across.at(across.ticks[0])), "start", "strong")
    yield from _end(across, top + _LINE, (one.low_words, one.low), unit)
    yield from _end(across, top + 2 * _LINE, (one.high_words, one.high), unit)


def _end(across: Scale, y: int, end: tuple[str, int], unit: Unit) -> Iterator[SafeString]:
    """One end on its own line: what is supposed, the bar, and how far it goes."""
    words, value = end
    yield write(0, y, cut(words, LEFT - 8), "start", "muted")
    x, width = across.over(0, value)
    tone = "more" if value > 0 else "less"
    shape = {"x": x, "y": y - _THICK, "width": max(width, 2), "height": _THICK}
    yield tag("rect", fill=TONES[tone], class_=tone, **shape)
    if value < 0:
        yield write(x - 6, y, unit.short(value), "end")
    else:
        yield write(x + width + 6, y, f"+{unit.short(value)}" if value else unit.short(value))


def _text(value: int, unit: Unit) -> str:
    return f"+{unit.text(value)}" if value > 0 else unit.text(value)


def _told(words: str, text: str) -> str:
    return f"{words} : {text}" if words else text
