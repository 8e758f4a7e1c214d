"""What goes into a chart and what comes out."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.safestring import SafeString

OWN = -1
"""The colour of own funds: the grey that no funder bears."""


@dataclass(frozen=True)
class Over:
    """What a chart goes over: the name of each category, and the doubt on its figures.

    A doubt is "", "confirmed", "to_confirm", "forecast", "assumption" or "missing"; leave them out
    where none has any.
    """

    names: Sequence[str]
    doubts: Sequence[str] = ()


@dataclass(frozen=True)
class Series:
    """Values under one name, one per category; `None` is unknown, never zero.

    `colour` is the place in the palette; without it, the place in the list of series.
    """

    name: str
    values: tuple[int | None, ...]
    colour: int | None = None


@dataclass(frozen=True)
class Swing:
    """A driver moved both ways: what the result becomes more (or less, below zero) each time."""

    name: str
    low: int
    high: int
    low_words: str = ""
    high_words: str = ""


@dataclass(frozen=True)
class Chart:
    """A drawing, the same for a narrow screen, and their table.

    `code` is unique on its page (letters, digits, hyphens); `unit` says what the cells count;
    `head` names the columns of the table; each row starts with its name; `total` says that the last
    row sums the others.
    """

    code: str
    title: str
    unit: str | Promise
    svg: SafeString
    narrow: SafeString
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    total: bool = False


def places(series: Sequence[Series]) -> list[int]:
    """The colour of each series."""
    return [place if one.colour is None else one.colour for place, one in enumerate(series)]
