"""What the whole numbers of a chart count, and how they are written."""

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from backoffice.engine import money
from backoffice.web.templatetags.money import amount, fte_column, spaced

_FTE = 10_000


@dataclass(frozen=True)
class Unit:
    """A unit: its name, the text of a value (unknown said), the text on an axis, its least step."""

    name: str | Promise
    text: Callable[[int | None], str]
    short: Callable[[int], str]
    least: int


def _euros(cents: int) -> str:
    """Whole euros, half up, away from zero."""
    return spaced(str(money.round_ratio(cents, 100)))


def _fte(value: int | None) -> str:
    return fte_column(None if value is None else Fraction(value, _FTE))


EUR = Unit(_("en euros"), amount, _euros, 100)
"""Cents; the axis and the labels in the drawing are whole euros, the table has cents."""
FTE = Unit(_("en ETP"), _fte, _fte, _FTE // 100)
"""Ten-thousandths of a full-time equivalent, written with two decimals."""
