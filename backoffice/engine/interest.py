"""Simple interest on an amount to give back: exact, by the days of each rate, rounded once."""

from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from itertools import pairwise

from backoffice.engine import money
from backoffice.engine.figures import Figure
from backoffice.engine.periods import Period


def simple_interest(
    principal: int, rates: Sequence[tuple[Period, Fraction]], days_a_year: int
) -> int:
    """Interest in cents, never on interest.

    Args:
        principal: cents to give back, not negative.
        rates: the yearly rate of each period; the periods do not overlap.
        days_a_year: what the days of a period are divided by, leap years included.

    Returns:
        principal x sum of rate x days / days_a_year, rounded once to the cent, half up.

    Raises:
        OpenPeriod: a period has no end.
    """
    share = sum((rate * period.days for period, rate in rates), Fraction(0)) / days_a_year
    return money.times_one(principal, share)


def rates_over(figure: Figure, period: Period, known_on: date) -> list[tuple[Period, Fraction]]:
    """The rate of each part of a period, cut where the figure changes.

    Raises:
        FigureNotDefined: no rate is known on a day of the period.
        OpenPeriod: the period has no end.
    """
    changes = {value.since for value in figure.values if period.contains(value.since)}
    cuts = sorted({period.start, period.stop, *changes} if period.days else set())
    parts = [Period(start, stop) for start, stop in pairwise(cuts)]
    return [(part, figure.on(part.start, known_on).exact) for part in parts]
