"""Gaps: how far each of several things stands from the same level, each apart from the others."""

from collections.abc import Iterator, Sequence

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from reports.charts.chart import Chart
from reports.charts.drawing import Sheet, drawing, on_both, write
from reports.charts.rows import Rows
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
    told = tuple((words, _signed(value, unit.text(value))) for words, value in moves)
    said = " ".join(f"{words} : {text}." for words, text in told)

    def draw(sheet: Sheet) -> SafeString:
        rows = Rows(sheet, tuple(name for name, _value in moves))
        across = scale([0, *(value for _n, value in moves)], unit.least, rows.start, rows.stop)
        parts = [
            write(0, 14, unit.name, look="muted"),
            *(
                part
                for place, (_name, value) in enumerate(moves)
                for part in _row(rows, across, place, value, unit)
            ),
            *rows.base(across, 0),
        ]
        return drawing(sheet, (title, said), rows.height, parts)

    svg, narrow = on_both(code, draw)
    return Chart(code, title, unit.name, svg, narrow, (_("Scénario"), _("Écart")), told)


def _row(rows: Rows, across: Scale, place: int, value: int, unit: Unit) -> Iterator[SafeString]:
    yield rows.name(place)
    yield rows.bar(across, place, (0, value), "more" if value > 0 else "less")
    yield rows.amount(place, _signed(value, unit.short(value)))


def _signed(value: int, text: str) -> str:
    return f"+{text}" if value > 0 else text
