"""Stacked bars: what each funder pays, by year or by scenario."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from reports.charts.chart import Chart, Over, Series, places
from reports.charts.drawing import Sheet, box, cut, drawing, folded, on_both, patterns, rule, write
from reports.charts.frame import DEPTH, TOP, Columns, axis, heads, legend
from reports.charts.scale import scale
from reports.charts.units import EUR, Unit

_SUM, _LINE, _THICK, _APART = 92, 15, 20, 26


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
    stacks = [_stack([one.values[place] for one in series]) for place in range(len(over.names))]
    totals = [_total([one.values[place] for one in series]) for place in range(len(over.names))]
    words = "; ".join(
        f"{name} {unit.text(one)}" for name, one in zip(over.names, totals, strict=True)
    )
    said = _("Totaux %(unit)s : %(totals)s.") % {"unit": unit.name, "totals": words}
    pile = _Pile(over, stacks, totals, places(series), unit)

    def draw(sheet: Sheet) -> SafeString:
        depth, parts = _lying(sheet, pile) if sheet.is_narrow else _standing(sheet, pile)
        height, keys = legend(sheet, series, depth)
        defined = patterns(sheet.code, pile.colours)
        return drawing(sheet, (title, said), depth + height, [defined, *parts, *keys])

    svg, narrow = on_both(code, draw)
    return Chart(
        code,
        title,
        unit.name,
        svg,
        narrow,
        heads(_("Part"), over),
        (
            *((one.name, *(unit.text(value) for value in one.values)) for one in series),
            (_("Total"), *(unit.text(one) for one in totals)),
        ),
        total=True,
    )


@dataclass(frozen=True)
class _Pile:
    """What is drawn: for each category its pieces from start to stop, and their sum."""

    over: Over
    stacks: Sequence[Sequence[tuple[int, int] | None]]
    totals: Sequence[int | None]
    colours: Sequence[int]
    unit: Unit

    @property
    def ends(self) -> list[int]:
        """All that the axis must hold."""
        return [0, *(end for stack in self.stacks for piece in stack if piece for end in piece)]

    def drawn(self, place: int) -> Iterator[tuple[tuple[int, int], int]]:
        """The pieces of a category that have a length, each with its colour."""
        for piece, colour in zip(self.stacks[place], self.colours, strict=True):
            if piece and piece[0] != piece[1]:
                yield piece, colour

    def said(self, place: int) -> str:
        """The sum of a category, unknown as soon as a part is."""
        whole = self.totals[place]
        return _("inconnu") if whole is None else self.unit.short(whole)


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


def _standing(sheet: Sheet, pile: _Pile) -> tuple[int, list[SafeString]]:
    """Bars side by side, above each its sum, below its name; and how deep they go."""
    columns = Columns(sheet, pile.over)
    upright = scale(pile.ends, pile.unit.least, TOP + DEPTH, TOP)
    parts = list(axis(sheet, upright, pile.unit, columns.right))
    width = min(columns.width * 3 // 5, 64)
    for place, stack in enumerate(pile.stacks):
        x = columns.middle(place) - width // 2
        for (start, stop), colour in pile.drawn(place):
            y, height = upright.over(start, stop)
            parts.append(box(x, y, width, max(height, 1), code=sheet.code, colour=colour))
        top = max([0, *(piece[1] for piece in stack if piece)])
        written = cut(pile.said(place), columns.width + 14)
        parts.append(write(columns.middle(place), upright.at(top) - 6, written, "middle"))
    return TOP + DEPTH + columns.foot, [*parts, *columns.drawn()]


def _lying(sheet: Sheet, pile: _Pile) -> tuple[int, list[SafeString]]:
    """A row for each bar, above it its name and its sum; and how deep they go."""
    across = scale(pile.ends, pile.unit.least, 1, sheet.width - 1)
    parts, y = [write(0, 14, pile.unit.name, look="muted")], TOP
    for place, name in enumerate(heads("", pile.over)[1:]):
        lines = folded(name, sheet.width - _SUM, 3)
        for line, words in enumerate(lines):
            parts.append(write(0, y + 10 + line * _LINE, words))
        y += 10 + (len(lines) - 1) * _LINE
        parts.append(write(sheet.width, y, pile.said(place), "end", "strong"))
        for (start, stop), colour in pile.drawn(place):
            x, width = across.over(start, stop)
            parts.append(box(x, y + 6, max(width, 1), _THICK, code=sheet.code, colour=colour))
        parts.append(rule(across.at(0), y + 4, across.at(0), y + 8 + _THICK, "axis"))
        y += _THICK + _APART
    return y, parts
