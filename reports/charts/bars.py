"""Stacked bars: what each funder pays, by year or by scenario."""

from collections.abc import Iterator, Sequence

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from reports.charts.chart import Chart, Over, Series, places
from reports.charts.drawing import box, cut, drawing, patterns, write
from reports.charts.frame import DEPTH, TOP, Columns, axis, heads, legend
from reports.charts.scale import Scale, scale
from reports.charts.units import EUR, Unit


def bars(
    code: str,
    title: str,
    over: Over,
    series: Sequence[Series],
    unit: Unit = EUR,
) -> Chart:
    """Bars stacked from zero: what is positive above it, what is negative below.

    Args:
        code: unique on the page.
        title: what the chart shows.
        over: the categories, in order.
        series: one per colour, with one value per category; what is unknown is written, not drawn.
        unit: what the values count.
    """
    columns = Columns(over)
    stacks = [_stack([one.values[place] for one in series]) for place in range(len(over.names))]
    ends = [end for stack in stacks for piece in stack if piece for end in piece]
    totals = [_total([one.values[place] for one in series]) for place in range(len(over.names))]
    upright = scale([0, *ends], unit.least, TOP + DEPTH, TOP)
    below = TOP + DEPTH + columns.foot
    height, keys = legend(code, series, below)
    colours = places(series)
    parts = [
        patterns(code, colours),
        *axis(upright, unit, columns.right),
        *_drawn(code, stacks, colours, (columns, upright)),
        *_totals(stacks, totals, unit, (columns, upright)),
        *columns.drawn(),
        *keys,
    ]
    words = "; ".join(
        f"{name} {unit.text(one)}" for name, one in zip(over.names, totals, strict=True)
    )
    said = _("Totaux %(unit)s : %(totals)s.") % {"unit": unit.name, "totals": words}
    return Chart(
        code,
        title,
        unit.name,
        drawing(code, (title, said), below + height, parts),
        heads(_("Part"), over),
        (
            *((one.name, *(unit.text(value) for value in one.values)) for one in series),
            (_("Total"), *(unit.text(one) for one in totals)),
        ),
        total=True,
    )


def _stack(values: Sequence[int | None]) -> list[tuple[int, int] | None]:
    """Where each value starts and ends on the stack; nothing where it is unknown."""
    above = below = 0
    found: list[tuple[int, int] | None] = []
    for value in values:
        if value is None:
            found.append(None)
        elif value >= 0:
            found.append((above, above + value))
            above += value
        else:
            found.append((below + value, below))
            below += value
    return found


def _total(values: Sequence[int | None]) -> int | None:
    """The sum; unknown as soon as a part is."""
    known = [value for value in values if value is not None]
    return sum(known) if len(known) == len(values) else None


def _drawn(
    code: str,
    stacks: Sequence[Sequence[tuple[int, int] | None]],
    colours: Sequence[int],
    place_of: tuple[Columns, Scale],
) -> Iterator[SafeString]:
    columns, upright = place_of
    width = min(columns.width * 3 // 5, 64)
    for place, stack in enumerate(stacks):
        x = columns.middle(place) - width // 2
        for piece, colour in zip(stack, colours, strict=True):
            if piece and piece[0] != piece[1]:
                y, height = upright.over(*piece)
                yield box(x, y, width, max(height, 1), code=code, colour=colour)


def _totals(
    stacks: Sequence[Sequence[tuple[int, int] | None]],
    totals: Sequence[int | None],
    unit: Unit,
    place_of: tuple[Columns, Scale],
) -> Iterator[SafeString]:
    """Above each bar its sum, unknown as soon as a part is."""
    columns, upright = place_of
    for place, (stack, whole) in enumerate(zip(stacks, totals, strict=True)):
        top = max([0, *(piece[1] for piece in stack if piece)])
        said = _("inconnu") if whole is None else unit.short(whole)
        written = cut(said, columns.width + 14)
        yield write(columns.middle(place), upright.at(top) - 6, written, "middle")
