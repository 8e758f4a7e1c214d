"""A tornado: what each driver does to a result, moved both ways, the widest first."""

from collections.abc import Iterator, Sequence

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from reports.charts.chart import Chart, Swing
from reports.charts.drawing import WIDTH, drawing, write
from reports.charts.rows import LEFT, RIGHT, ROW, TOP, bar, base, baseline, name
from reports.charts.scale import Scale, scale
from reports.charts.units import EUR, Unit

_ROOM = 70


def tornado(code: str, title: str, swings: Sequence[Swing], *, unit: Unit = EUR) -> Chart:
    """Rows around zero, the result as it stands; each end is written.

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
        *base(across, 0, len(swings)),
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
        drawing(code, (title, said), TOP + len(swings) * ROW + 4, parts),
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
    yield name(place, one.name)
    for value in (one.low, one.high):
        yield bar(across, place, (0, value), "more" if value > 0 else "less")
    y = baseline(place)
    least, most = min(0, one.low, one.high), max(0, one.low, one.high)
    if least < 0:
        yield write(across.at(least) - 6, y, unit.short(least), "end")
    if most > 0:
        yield write(across.at(most) + 6, y, f"+{unit.short(most)}")


def _text(value: int, unit: Unit) -> str:
    return f"+{unit.text(value)}" if value > 0 else unit.text(value)


def _told(words: str, text: str) -> str:
    return f"{words} : {text}" if words else text
