"""A curve of cash: the balance of each day as steps, its lowest point marked.

Under a scenario, the balance of today goes with it, dashed.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from backoffice.engine import money
from backoffice.web.templatetags.money import day as day_text
from backoffice.web.templatetags.money import month as month_text
from reports.charts.chart import OWN, Chart
from reports.charts.drawing import (
    DASHES,
    MORE,
    PAPER,
    WHOLE,
    Sheet,
    colour_of,
    drawing,
    look_of,
    on_both,
    rule,
    tag,
    write,
)
from reports.charts.frame import DEPTH, TOP, axis, left_of
from reports.charts.scale import Scale, scale
from reports.charts.units import EUR

Days = Sequence[tuple[date, int]]
"""Days in order, each with the balance at its end."""
_RIGHT = 20
_NAME = 20
_KEY, _SAMPLE = 22, 32
_MOST_NAMES, _FEW_NAMES = 8, 3
_HALF, _LETTER = 84, 7


def curve(
    code: str,
    title: str,
    days: Days,
    doubt_from: tuple[date, str] | None = None,
    today: Days = (),
) -> Chart:
    """The balance from each day on, until the next one.

    Args:
        code: unique on the page.
        title: what the chart shows.
        days: one at least.
        doubt_from: from which day the balance is foreseen, and the words that say so.
        today: the balances of what stands today over the same days, where `days` are a scenario's.
    """
    upright = scale(
        [0, *(balance for _day, balance in (*days, *today))], EUR.least, TOP + DEPTH, TOP
    )
    when, lowest = min(days, key=lambda one: (one[1], one[0]))

    def draw(sheet: Sheet) -> SafeString:
        at = _Days(sheet, days)
        parts = [
            *axis(sheet, upright, EUR, _RIGHT),
            *_months(at),
            *_foreseen(at, doubt_from),
            *(_today(at, upright, today) if today else ()),
            _steps(at, upright, days, stroke=WHOLE, class_="line s0"),
            *_lowest(at, when, upright.at(lowest), _words(lowest, when)),
        ]
        height = TOP + DEPTH + _NAME + 10 + (_KEY if today else 0)
        return drawing(sheet, (title, _said(days, today)), height, parts)

    svg, narrow = on_both(code, draw)
    others = (_("Aujourd'hui, à la fin du mois"),) if today else ()
    head = (_("Mois"), _("À la fin du mois"), _("Au plus bas"), _("Jour"), *others)
    return Chart(code, title, EUR.name, svg, narrow, head, tuple(_by_month(days, today)))


def _said(days: Days, today: Days) -> str:
    """The lowest point and the end, for a screen reader."""
    when, lowest = min(days, key=lambda one: (one[1], one[0]))
    said = _("Le plus bas : %(words)s. À la fin : %(last)s.") % {
        "words": _words(lowest, when),
        "last": EUR.text(days[-1][1]),
    }
    if not today:
        return said
    end = _("Sans le scénario, à la fin : %s.") % EUR.text(today[-1][1])
    return f"{said} {end}"


def _words(balance: int, when: date) -> str:
    return f"{EUR.short(balance)}, {day_text(when)}"


@dataclass(frozen=True)
class _Days:
    """The days of a curve across a sheet."""

    sheet: Sheet
    days: Days

    def across(self, when: date) -> int:
        first, last = self.days[0][0], self.days[-1][0]
        left = left_of(self.sheet)
        room = self.sheet.width - _RIGHT - left
        return left + money.round_ratio((when - first).days * room, max((last - first).days, 1))


def _steps(at: _Days, upright: Scale, days: Days, **look: object) -> SafeString:
    """A level line to each day, then up or down to its balance."""
    (first, start), *others = days
    path = [f"M{at.across(first)} {upright.at(start)}"]
    path += [f"H{at.across(when)}V{upright.at(balance)}" for when, balance in others]
    return tag("path", d="".join(path), fill="none", stroke_width=2, **look)


def _today(at: _Days, upright: Scale, today: Days) -> Iterator[SafeString]:
    """The curve of today, dashed, and the words below that say what it is."""
    look = {
        "stroke": colour_of(OWN),
        "stroke_dasharray": DASHES[1],
        "class_": f"line {look_of(OWN)}",
    }
    yield _steps(at, upright, today, **look)
    y = TOP + DEPTH + _NAME + _KEY
    left = 0 if at.sheet.is_narrow else left_of(at.sheet)
    yield tag(
        "path", d=f"M{left} {y - 4}H{left + _SAMPLE - 8}", stroke_width=2, fill="none", **look
    )
    yield write(left + _SAMPLE, y, _("ce qui est en place aujourd'hui"))


def _lowest(at: _Days, when: date, y: int, words: str) -> Iterator[SafeString]:
    x, width = at.across(when), at.sheet.width
    yield tag("circle", cx=x, cy=y, r=5, fill="none", stroke=MORE, stroke_width=2, class_="mark")
    beside = y - 8 if y > TOP + DEPTH - 12 else y + 20
    if at.sheet.is_narrow:
        middle = min(max(x, left_of(at.sheet) + _HALF), width - _HALF)
        yield _behind(middle - _HALF, beside, 2 * _HALF)
        yield write(middle, beside, words, "middle", "strong")
        return
    right, long = x > width // 2, _LETTER * len(words)
    yield _behind(x - 8 - long if right else x + 8, beside, long)
    yield write(x - 8 if right else x + 8, beside, words, "end" if right else "start", "strong")


def _behind(x: int, y: int, width: int) -> SafeString:
    """The paper under words that stand on the curve."""
    return tag(
        "rect", x=x, y=y - 11, width=width, height=14, fill=PAPER, opacity="0.8", class_="paper"
    )


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


def _by_month(days: Days, today: Days) -> Iterator[tuple[str, ...]]:
    """The rows of the table; that of today ends with what stands at the end of the month."""
    ends = {_index(when): EUR.text(balance) for when, balance in today}
    for month, held in groupby(days, key=lambda one: _index(one[0])):
        found = list(held)
        when, lowest = min(found, key=lambda one: (one[1], one[0]))
        row = (month_text(when), EUR.text(found[-1][1]), EUR.text(lowest), day_text(when))
        yield (*row, ends.get(month, "")) if today else row
