"""Amounts, working time and days as Belgian paper and screens write them: {{ cents|eur }}.

In French (fr-BE) thousands and the euro sign stand behind a narrow no-break space; in Dutch
(nl-BE) a point groups the thousands and EUR follows: 1.234,56 EUR. In both, decimals stand behind a
comma, a negative number behind a minus sign (U+2212), and a day is dd/mm/yyyy. What is unknown
(None) is said, never shown as 0.
"""

import re
from datetime import date
from decimal import Decimal
from fractions import Fraction

from django import template
from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from moneyed import Money

from backoffice.engine import money
from backoffice.engine.periods import month_start

register = template.Library()

NARROW = "\u202f"
NO_BREAK = "\u00a0"
MINUS = "\u2212"
DASH = "\u2013"
_FTE_DECIMALS = 4


def _dutch() -> bool:
    return (get_language() or "").startswith("nl")


def spaced(plain: str) -> SafeString:
    """A decimal text with a point, "-1234567.50", grouped by threes: nothing in it to escape."""
    whole, _point, decimals = plain.removeprefix("-").partition(".")
    grouped = f"{int(whole):,}".replace(",", "." if _dutch() else NARROW)
    sign = MINUS if plain.startswith("-") else ""
    return SafeString(f"{sign}{grouped},{decimals}" if decimals else f"{sign}{grouped}")


def _cents(amount: int | Decimal | Money) -> int:
    if isinstance(amount, Money):
        return money.cents(amount.amount)
    return int(amount) if isinstance(amount, int) else money.cents(amount)


@register.filter
def amount(value: int | Decimal | Money | None) -> str:
    """An amount without its sign of currency, for a column whose head says "€".

    Args:
        value: an int is a number of cents; a Decimal or a Money is in EUR.
    """
    return str(_("inconnu")) if value is None else spaced(money.text(_cents(value)))


@register.filter
def eur(value: int | Decimal | Money | None) -> str:
    """An amount with its sign of currency; see `amount`."""
    if value is None:
        return amount(value)
    return f"{amount(value)}{NO_BREAK}EUR" if _dutch() else f"{amount(value)}{NARROW}€"


@register.filter
def months(written: str) -> str:
    """The months of a finding, "2025-01 … 2025-12", as people write them: 01/2025 to 12/2025."""
    return re.sub(r"\b(\d{4})-(\d{2})\b", r"\2/\1", written).replace(" … ", f" {DASH} ")


@register.filter
def count(value: int) -> str:
    """How many there are, grouped by threes."""
    return spaced(str(value))


@register.filter
def fte(value: Fraction | Decimal | int | None) -> str:
    """A number of full-time equivalents, rounded to at most four decimals."""
    if value is None:
        return str(_("inconnu"))
    exact = Fraction(value) * 10**_FTE_DECIMALS
    scaled = money.round_ratio(exact.numerator, exact.denominator)
    whole, decimals = divmod(abs(scaled), 10**_FTE_DECIMALS)
    kept = f"{decimals:0{_FTE_DECIMALS}d}".rstrip("0").ljust(2, "0")
    return spaced(f"{'-' if scaled < 0 else ''}{whole}.{kept}")


@register.filter
def fte_column(value: Fraction | Decimal | int | None) -> str:
    """A number of full-time equivalents with two decimals, for a column of them."""
    if value is None:
        return str(_("inconnu"))
    exact = Fraction(value) * 100
    return spaced(money.text(money.round_ratio(exact.numerator, exact.denominator)))


@register.filter
def hours(value: int | Decimal | None) -> str:
    """A number of hours; an int is hundredths of hours (3800 gives "38,00")."""
    if value is None:
        return str(_("inconnu"))
    return spaced(money.text(value if isinstance(value, int) else money.cents(value)))


@register.filter
def share(value: Fraction) -> str:
    """A part of a whole: a percentage of at most two decimals, or else the fraction itself."""
    percent = value * 100
    if (percent * 100).denominator != 1:
        return str(value)
    shown = spaced(money.text(int(percent * 100))).rstrip("0").rstrip(",")
    return f"{shown}{NARROW}%"


@register.filter
def day(value: date | None) -> str:
    """A day as dd/mm/yyyy; no day is a dash."""
    return DASH if value is None else f"{value:%d/%m/%Y}"


@register.filter
def month(value: int | date | None) -> str:
    """A month as mm/yyyy; an int is year x 12 + (month - 1)."""
    if value is None:
        return DASH
    if isinstance(value, date):
        return f"{value:%m/%Y}"
    return f"{value % 12 + 1:02d}/{value // 12}"


@register.filter
def month_words(value: int | date) -> str:
    """A month inside a sentence, "janvier 2025"; an int is year x 12 + (month - 1)."""
    return date_format(month_start(value) if isinstance(value, int) else value, "F Y")
