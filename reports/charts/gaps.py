"""Gaps: how far each of several things stands from the same level, each apart from the others."""

from collections.abc import Iterator, Sequence

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from reports.charts.chart import Chart
from reports.charts.drawing import WIDTH, drawing, write
from reports.charts.rows import LEFT, RIGHT, ROW, TOP, bar, base, baseline, name
from reports.charts.scale import Scale, scale
from reports.charts.units import EUR, Unit


def gaps(code: str, title: str, moves: Sequence[tuple[str, int]], unit: Unit = EUR) -> Chart:
    """One bar per row from zero, its amount at the right.

    Args:
        code: unique on the page.
        title: what the chart shows.
        moves: name and gap of each row, in order.
        unit: what the gaps count.
    """
    across = scale([0, *(value for _name, value in moves)], unit.least, LEFT, WIDTH - RIGHT)
    parts = [
        write(0, 14, unit.name, look="muted"),
        *(part for place, one in enumerate(moves) for part in _row(across, place, one, unit)),
        *base(across, 0, len(moves)),
    ]
    told = tuple((words, _signed(value, unit.text(value))) for words, value in moves)
    said = " ".join(f"{words} : {text}." for words, text in told)
    height = TOP + len(moves) * ROW + 4
    svg = drawing(code, (title, said), height, parts)
    return Chart(code, title, unit.name, svg, (_("Scénario"), _("Écart")), told)


def _row(across: Scale, place: int, one: tuple[str, int], unit: Unit) -> Iterator[SafeString]:
    words, value = one
    yield name(place, words)
    yield bar(across, place, (0, value), "more" if value > 0 else "less")
    yield write(WIDTH, baseline(place), _signed(value, unit.short(value)), "end")


def _signed(value: int, text: str) -> str:
    return f"+{text}" if value > 0 else text
