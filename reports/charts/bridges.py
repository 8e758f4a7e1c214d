"""A bridge: from one amount to another, driver by driver, summing exactly."""

from collections.abc import Sequence

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from reports.charts.chart import Chart
from reports.charts.drawing import WIDTH, drawing, rule, write
from reports.charts.rows import LEFT, RIGHT, ROW, TOP, bar, baseline, link, name
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
    across = scale([_floor(levels), *levels], unit.least, LEFT, WIDTH - RIGHT)
    foot = max(across.ticks[0], 0)
    parts = [
        write(0, 14, _axis_words(foot, unit), look="muted"),
        name(0, start_name, "strong"),
        _amount(0, unit.short(start)),
        bar(across, 0, (foot, start), "whole"),
    ]
    for place, (words, step) in enumerate(steps, 1):
        parts += _step(across, place, words, (levels[place - 1], step), unit)
    last = len(steps) + 1
    zero = across.at(foot)
    parts += [
        link(across, last - 1, end),
        name(last, end_name, "strong"),
        _amount(last, unit.short(end)),
        bar(across, last, (foot, end), "whole"),
        rule(zero, TOP, zero, TOP + (last + 1) * ROW, "axis"),
    ]
    said = _("De %(start)s (%(from)s) à %(end)s (%(to)s).") % {
        "start": unit.text(start),
        "from": start_name,
        "end": unit.text(end),
        "to": end_name,
    }
    return Chart(
        code,
        title,
        unit.name,
        drawing(code, (title, said), TOP + (last + 1) * ROW + 4, parts),
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


def _step(
    across: Scale, place: int, words: str, moved: tuple[int, int], unit: Unit
) -> list[SafeString]:
    before, step = moved
    return [
        link(across, place - 1, before),
        name(place, words),
        _amount(place, _signed(step, unit.short(step))),
        bar(across, place, (before, before + step), "more" if step > 0 else "less"),
    ]


def _amount(place: int, text: str) -> SafeString:
    return write(WIDTH, baseline(place), text, "end")


def _signed(value: int, text: str) -> str:
    return f"+{text}" if value > 0 else text
