"""A tornado: what each driver does to a result, moved both ways, the widest first."""

from collections.abc import Iterator, Sequence

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from reports.charts.chart import Chart, Swing
from reports.charts.drawing import Sheet, cut, drawing, folded, on_both, rule, tag, write
from reports.charts.rows import LEFT, RIGHT, TONES, TOP
from reports.charts.scale import Scale, scale
from reports.charts.units import EUR, Unit

_ROOM = 70
_ROW, _LINE, _THICK = 56, 16, 10
_NARROW_ROW, _END = 114, 30


def tornado(code: str, title: str, swings: Sequence[Swing], *, unit: Unit = EUR) -> Chart:
    """Around zero, the result as it stands: under each name a bar for each end, and how far.

    Args:
        code: unique on the page.
        title: what the chart shows, with what it starts from.
        swings: one per driver, in the order to show.
        unit: what the values count.
    """
    said = " ".join(
        _("%(name)s : de %(low)s à %(high)s.")
        % {"name": one.name, "low": _text(one.low, unit), "high": _text(one.high, unit)}
        for one in swings[:1]
    )

    def draw(sheet: Sheet) -> SafeString:
        row = _NARROW_ROW if sheet.is_narrow else _ROW
        height = TOP + len(swings) * row + 4
        parts = _above(sheet, swings, unit) if sheet.is_narrow else _beside(sheet, swings, unit)
        return drawing(sheet, (title, said), height, parts)

    svg, narrow = on_both(code, draw)
    return Chart(
        code,
        title,
        unit.name,
        svg,
        narrow,
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


def _beside(sheet: Sheet, swings: Sequence[Swing], unit: Unit) -> Iterator[SafeString]:
    """What is supposed at the left of its bar, how far it goes at its end."""
    across = scale(_ends(swings), unit.least, LEFT + _ROOM, sheet.width - RIGHT + 20)
    yield write(0, 14, unit.name, look="muted")
    for place, one in enumerate(swings):
        yield from _row(across, place, one, unit)
    yield rule(across.at(0), TOP, across.at(0), TOP + len(swings) * _ROW, "axis")


def _above(sheet: Sheet, swings: Sequence[Swing], unit: Unit) -> Iterator[SafeString]:
    """What is supposed and how far it goes above its bar."""
    across = scale(_ends(swings), unit.least, 2, sheet.width - 2)
    yield write(0, 14, unit.name, look="muted")
    for place, one in enumerate(swings):
        top = TOP + place * _NARROW_ROW + _LINE
        for line, words in enumerate(folded(one.name, sheet.width, 2)):
            yield write(0, top + line * _LINE, words, "start", "strong")
        for end, (words, value) in enumerate(
            ((one.low_words, one.low), (one.high_words, one.high)), 1
        ):
            y = top + _LINE + 2 + end * _END - _LINE
            yield write(0, y, cut(words, sheet.width - RIGHT), "start", "muted")
            yield write(sheet.width, y, _short(value, unit), "end")
            yield _bar(across, y + 5, value)
            yield rule(across.at(0), y + 3, across.at(0), y + _THICK + 7, "axis")


def _ends(swings: Sequence[Swing]) -> list[int]:
    return [0, *(value for one in swings for value in (one.low, one.high))]


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
    yield _bar(across, y - _THICK, value)
    if value < 0:
        yield write(x - 6, y, _short(value, unit), "end")
    else:
        yield write(x + width + 6, y, _short(value, unit))


def _bar(across: Scale, top: int, value: int) -> SafeString:
    x, width = across.over(0, value)
    tone = "more" if value > 0 else "less"
    shape = {"x": x, "y": top, "width": max(width, 2), "height": _THICK}
    return tag("rect", fill=TONES[tone], class_=tone, **shape)


def _short(value: int, unit: Unit) -> str:
    return f"+{unit.short(value)}" if value > 0 else unit.short(value)


def _text(value: int, unit: Unit) -> str:
    return f"+{unit.text(value)}" if value > 0 else unit.text(value)


def _told(words: str, text: str) -> str:
    return f"{words} : {text}" if words else text
