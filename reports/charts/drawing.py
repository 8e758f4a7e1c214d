"""SVG written element by element: whole coordinates, classes and presentation attributes only.

Colours and patterns stand as attributes, which paper needs; the style sheet of the site overrides
them by class (`s0` to `s7`, `own`, `ink`...), which a dark screen needs. No style, no script.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from textwrap import wrap

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from reports.charts.chart import OWN

WIDTH, NARROW = 560, 320
FONT = 13
INK, MUTED, LINE, PAPER = "#1a222c", "#54606d", "#d5dae0", "#ffffff"
MORE, LESS, WHOLE = "#98161c", "#17592f", "#0b4f6c"
PALETTE = (
    "#0b4f6c",
    "#c8553d",
    "#4b8b3b",
    "#7b4ea3",
    "#a8770a",
    "#2f7fc1",
    "#8c6d5a",
    "#c2528b",
)
"""Eight colours of at least three to one on white, told apart by their pattern too."""
_OWN = "#5b6673"
_STROKES = (
    "",
    "M-2 10L10 -2M-2 2L2 -2M6 10L10 6",
    "M2 2h2v2h-2zM6 6h2v2h-2z",
    "M-2 -2L10 10M-2 6L2 10M6 -2L10 2",
    "M0 2h8M0 6h8",
    "M2 0v8M6 0v8",
    "M0 4h8M4 0v8",
    "M-2 10L10 -2M-2 -2L10 10",
)
DASHES = ("", "7 3", "2 3", "9 3 2 3", "4 4", "12 4", "1 4", "6 2 1 2")
_CHARACTER = 7  # the mean width of a character at 13 units, rounded up


@dataclass(frozen=True)
class Sheet:
    """What a drawing is made on: what its ids start with, and how many units across."""

    code: str
    width: int = WIDTH

    @property
    def is_narrow(self) -> bool:
        """Whether names stand above what they name, not beside it: the sheet of a telephone."""
        return self.width < WIDTH


def on_both(code: str, draw: Callable[[Sheet], SafeString]) -> tuple[SafeString, SafeString]:
    """The same drawing on the wide sheet and on the narrow one; the page shows one of them."""
    return draw(Sheet(code)), draw(Sheet(f"{code}-etroit", NARROW))


def tag(name: str, content: str = "", /, **attributes: object) -> SafeString:
    """One element; `stroke_width=2` is written stroke-width="2", an empty value is left out."""
    written = format_html_join(
        "",
        ' {}="{}"',
        (
            (key.rstrip("_").replace("_", "-"), value)
            for key, value in attributes.items()
            if value != ""
        ),
    )
    known = mark_safe(name)  # noqa: S308 - the names are ours
    return format_html("<{}{}>{}</{}>", known, written, content, known)


def together(elements: Iterable[SafeString]) -> SafeString:
    """Elements one after the other."""
    return format_html_join("", "{}", ((one,) for one in elements))


def write(x: int, y: int, text: object, anchor: str = "start", look: str = "ink") -> SafeString:
    """A text with its baseline at y; `look` is `ink`, `muted` or `strong`."""
    return tag(
        "text",
        str(text),
        x=x,
        y=y,
        text_anchor=anchor,
        font_size=FONT,
        fill=MUTED if look == "muted" else INK,
        font_weight="600" if look == "strong" else "",
        class_=look,
    )


def cut(text: str, room: int) -> str:
    """The text, shortened where it would not fit in so many units; the table has it whole."""
    fits = max(room // _CHARACTER, 2)
    return text if len(text) <= fits else f"{text[: fits - 1].rstrip()}…"


def folded(text: str, room: int, most: int) -> list[str]:
    """The text on at most so many lines of a width; the last is shortened where it must be."""
    if most == 1:
        return [cut(text, room)]
    fits = max(room // _CHARACTER, 2)
    first, *others = wrap(text, fits, break_long_words=False, break_on_hyphens=False) or [""]
    rest = " ".join(others)
    return [cut(first, room), *(folded(rest, room, most - 1) if rest else ())]


def rule(x1: int, y1: int, x2: int, y2: int, look: str = "grid") -> SafeString:
    """A thin line: of the `grid`, or the `axis` itself."""
    stroke = MUTED if look == "axis" else LINE
    return tag("line", x1=x1, y1=y1, x2=x2, y2=y2, stroke=stroke, stroke_width=1, class_=look)


def box(  # noqa: PLR0913 - a rectangle has four numbers
    x: int, y: int, width: int, height: int, *, code: str, colour: int
) -> SafeString:
    """A bar in a colour of the palette, under its pattern."""
    shape: dict[str, object] = {"x": x, "y": y, "width": width, "height": height}
    plain = tag("rect", fill=colour_of(colour), class_=look_of(colour), **shape)
    if not pattern_of(colour):
        return plain
    return plain + tag("rect", fill=f"url(#{code}-p{colour % len(PALETTE)})", **shape)


def colour_of(colour: int) -> str:
    """The colour of a place, on white."""
    return _OWN if colour == OWN else PALETTE[colour % len(PALETTE)]


def look_of(colour: int) -> str:
    """The class of a place."""
    return "own" if colour == OWN else f"s{colour % len(PALETTE)}"


def pattern_of(colour: int) -> str:
    """The strokes of the pattern of a place; own funds and the first place have none."""
    return "" if colour == OWN else _STROKES[colour % len(PALETTE)]


def patterns(code: str, colours: Iterable[int]) -> SafeString:
    """The patterns that a drawing uses."""
    used = sorted({one % len(PALETTE) for one in colours if pattern_of(one)})
    return tag(
        "defs",
        together(
            tag(
                "pattern",
                tag(
                    "path",
                    d=_STROKES[one],
                    fill="none",
                    stroke=PAPER,
                    stroke_width=1,
                    class_="pattern",
                ),
                id=f"{code}-p{one}",
                width=8,
                height=8,
                patternUnits="userSpaceOnUse",
            )
            for one in used
        ),
    )


def drawing(
    sheet: Sheet, words: tuple[str, str], height: int, parts: Iterable[SafeString]
) -> SafeString:
    """The whole drawing, with the title and the description that a screen reader says."""
    title, description = words
    return tag(
        "svg",
        together(
            (
                tag("title", title, id=f"{sheet.code}-titre"),
                tag("desc", description, id=f"{sheet.code}-resume"),
                *parts,
            )
        ),
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {sheet.width} {height}",
        role="img",
        aria_labelledby=f"{sheet.code}-titre {sheet.code}-resume",
        font_family="IBM Plex Sans, Plex, sans-serif",
        class_="on-narrow" if sheet.is_narrow else "on-wide",
    )
