"""A curve of cash: the balance of each day as steps, its lowest point marked."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from backoffice.engine import money
from backoffice.web.templatetags.money import day as day_text
from backoffice.web.templatetags.money import month as month_text
from reports.charts.chart import Chart
from reports.charts.drawing import MORE, WHOLE, Sheet, drawing, on_both, rule, tag, write
from reports.charts.frame import DEPTH, TOP, axis, left_of
from reports.charts.scale import Scale, scale
from reports.charts.units import EUR, Unit

_RIGHT = 20
_NAME = 20
_MOST_NAMES, _FEW_NAMES = 8, 3
_HALF = 84


def curve(
    code: str,
    title: str,
    days: Sequence[tuple[date, int]],
    doubt_from: tuple[date, str] | None = None,
    unit: Unit = EUR,
) -> Chart:
    """The balance from each day on, until the next one.

    Args:
        code: unique on the page.
        title: what the chart shows.
        days: days in order, each with the balance at its end; one at least.
        doubt_from: from which day the balance is foreseen, and the words that say so.
        unit: what the balances count.
    """
    upright = scale([0, *(balance for _day, balance in days)], unit.least, TOP + DEPTH, TOP)
    when, lowest = min(days, key=lambda one: (one[1], one[0]))
    said = _("Le plus bas : %(words)s. À la fin : %(last)s.") % {
        "words": _words(lowest, when, unit),
        "last": unit.text(days[-1][1]),
    }

    def draw(sheet: Sheet) -> SafeString:
        at = _Days(sheet, days)
        parts = [
            *axis(sheet, upright, unit, _RIGHT),
            *_months(at),
            *_foreseen(at, doubt_from),
            _steps(at, upright),
            *_lowest(at, when, upright.at(lowest), _words(lowest, when, unit)),
        ]
        return drawing(sheet, (title, said), TOP + DEPTH + _NAME + 10, parts)

    svg, narrow = on_both(code, draw)
    return Chart(
        code,
        title,
        unit.name,
        svg,
        narrow,
        (_("Mois"), _("À la fin du mois"), _("Au plus bas"), _("Jour")),
        tuple(_by_month(days, unit)),
    )


def _words(balance: int, when: date, unit: Unit) -> str:
    return f"{unit.short(balance)}, {day_text(when)}"


@dataclass(frozen=True)
class _Days:
    """The days of a curve across a sheet."""

    sheet: Sheet
    days: Sequence[tuple[date, int]]

    def across(self, when: date) -> int:
        first, last = self.days[0][0], self.days[-1][0]
        left = left_of(self.sheet)
        room = self.sheet.width - _RIGHT - left
        return left + money.round_ratio((when - first).days * room, max((last - first).days, 1))


def _steps(at: _Days, upright: Scale) -> SafeString:
    """A level line to each day, then up or down to its balance."""
    (first, start), *others = at.days
    path = [f"M{at.across(first)} {upright.at(start)}"]
    path += [f"H{at.across(when)}V{upright.at(balance)}" for when, balance in others]
    return tag("path", d="".join(path), fill="none", stroke=WHOLE, stroke_width=2, class_="line s0")


def _lowest(at: _Days, when: date, y: int, words: str) -> Iterator[SafeString]:
    x, width = at.across(when), at.sheet.width
    yield tag("circle", cx=x, cy=y, r=5, fill="none", stroke=MORE, stroke_width=2, class_="mark")
    beside = y - 8 if y > TOP + DEPTH - 12 else y + 20
    if at.sheet.is_narrow:
        middle = min(max(x, left_of(at.sheet) + _HALF), width - _HALF)
        yield write(middle, beside, words, "middle", "strong")
        return
    right = x > width // 2
    yield write(x - 8 if right else x + 8, beside, words, "end" if right else "start", "strong")


def _months(at: _Days) -> Iterator[SafeString]:
    """The first days of months below the axis, few enough to be read."""
    firsts = [
        date(index // 12, index % 12 + 1, 1)
        for index in range(_index(at.days[0][0]) + 1, _index(at.days[-1][0]) + 1)
    ]
    every = -(-len(firsts) // (_FEW_NAMES if at.sheet.is_narrow else _MOST_NAMES)) or 1
    for one in firsts[::every]:
        x = at.across(one)
        yield rule(x, TOP + DEPTH, x, TOP + DEPTH + 5, "axis")
        yield write(x, TOP + DEPTH + _NAME, month_text(one), "middle")


def _index(when: date) -> int:
    return when.year * 12 + when.month - 1


def _foreseen(at: _Days, doubt_from: tuple[date, str] | None) -> Iterator[SafeString]:
    """The line from which balances are foreseen, with its words."""
    if doubt_from is None:
        return
    when, words = doubt_from
    x = at.across(max(when, at.days[0][0]))
    yield rule(x, TOP - 8, x, TOP + DEPTH, "axis")
    if x > at.sheet.width // 2:
        yield write(x - 4, TOP - 6, words, "end", look="muted")
    else:
        yield write(x + 4, TOP - 6, words, look="muted")


def _by_month(days: Sequence[tuple[date, int]], unit: Unit) -> Iterator[tuple[str, ...]]:
    for _month, held in groupby(days, key=lambda one: _index(one[0])):
        found = list(held)
        when, lowest = min(found, key=lambda one: (one[1], one[0]))
        yield month_text(when), unit.text(found[-1][1]), unit.text(lowest), day_text(when)
