"""A bridge: from one amount to another, driver by driver, summing exactly."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from reports.charts.chart import Chart
from reports.charts.drawing import Sheet, drawing, on_both, write
from reports.charts.rows import Rows
from reports.charts.scale import Scale, scale
from reports.charts.units import EUR, Unit

_FAR = 4


class BridgeBroken(ValueError):
    """The steps do not lead from the start to the end."""


def bridge(
    code: str,
    title: str,
    ends: tuple[tuple[str, int], tuple[str, int]],
    steps: Sequence[tuple[str, int]],
    unit: Unit = EUR,
) -> Chart:
    """Rows from the start through each step to the end.

    Args:
        code: unique on the page.
        title: what the chart shows.
        ends: name and amount of the start, and of the end.
        steps: name and amount of each driver, in order; more is in one tone, less in the other.
        unit: what the amounts count.

    Raises:
        BridgeBroken: start and steps do not sum to the end.
    """
    (start_name, start), (end_name, end) = ends
    if start + sum(amount for _name, amount in steps) != end:
        raise BridgeBroken(f"{code}: {start} and {[amount for _n, amount in steps]} make not {end}")
    levels = [start]
    for _name, step in steps:
        levels.append(levels[-1] + step)
    said = _("De %(start)s (%(from)s) à %(end)s (%(to)s).") % {
        "start": unit.text(start),
        "from": start_name,
        "end": unit.text(end),
        "to": end_name,
    }

    def draw(sheet: Sheet) -> SafeString:
        rows = Rows(sheet, (start_name, *(words for words, _step in steps), end_name))
        return drawing(sheet, (title, said), rows.height, _parts(rows, levels, unit))

    svg, narrow = on_both(code, draw)
    return Chart(
        code,
        title,
        unit.name,
        svg,
        narrow,
        (_("Étape"), _("Montant")),
        (
            (start_name, unit.text(start)),
            *((words, _signed(step, unit.text(step))) for words, step in steps),
            (end_name, unit.text(end)),
        ),
        total=True,
    )


def _floor(levels: Sequence[int]) -> int:
    """Zero; or, where all levels are close to each other and far from it, some way below them."""
    low, high = min(levels), max(levels)
    return max(low - (high - low), 0) if low > (high - low) * _FAR else 0


def _axis_words(foot: int, unit: Unit) -> str:
    """The unit, and where the axis starts when it is not at zero."""
    if not foot:
        return str(unit.name)
    return _("%(unit)s ; l'axe commence à %(foot)s") % {
        "unit": unit.name,
        "foot": unit.short(foot),
    }


def _parts(rows: Rows, levels: Sequence[int], unit: Unit) -> Iterator[SafeString]:
    """The start, each step between two levels, the end."""
    across = scale([_floor(levels), *levels], unit.least, rows.start, rows.stop)
    foot = max(across.ticks[0], 0)
    yield write(0, 14, _axis_words(foot, unit), look="muted")
    yield from _end(rows, across, 0, (foot, levels[0]), unit)
    for place, between in enumerate(pairwise(levels), 1):
        yield rows.link(across, place - 1, between[0])
        yield from _step(rows, across, place, between, unit)
    yield rows.link(across, len(levels) - 1, levels[-1])
    yield from _end(rows, across, len(levels), (foot, levels[-1]), unit)
    yield from rows.base(across, foot)


def _end(
    rows: Rows, across: Scale, place: int, ends: tuple[int, int], unit: Unit
) -> Iterator[SafeString]:
    yield rows.name(place, "strong")
    yield rows.amount(place, unit.short(ends[1]))
    yield rows.bar(across, place, ends, "whole")


def _step(
    rows: Rows, across: Scale, place: int, between: tuple[int, int], unit: Unit
) -> Iterator[SafeString]:
    step = between[1] - between[0]
    yield rows.name(place)
    yield rows.amount(place, _signed(step, unit.short(step)))
    yield rows.bar(across, place, between, "more" if step > 0 else "less")


def _signed(value: int, text: str) -> str:
    return f"+{text}" if value > 0 else text
