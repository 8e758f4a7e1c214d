"""Depreciation of a purchase: the part of its price that each exercise bears, exact by months."""

from datetime import date
from fractions import Fraction

from backoffice.engine import money
from backoffice.engine.periods import Period, month_index

MONTHS_A_YEAR = 12


def depreciated(price: int, bought_on: date, years: Fraction, exercise: Period) -> int:
    """Cents of a price that an exercise bears.

    The month of the purchase counts whole, and so does each month that the exercise touches. Each
    part is a difference of rounded sums, so that the parts of exercises that follow one another
    over the whole life make the price, to the cent.

    Args:
        price: cents, any sign (a credit note is spread like the purchase).
        bought_on: day of the invoice.
        years: life of the thing, at least 1.
        exercise: the days for which costs are claimed.

    Raises:
        OpenPeriod: the exercise has no end.
    """
    life, first = years * MONTHS_A_YEAR, month_index(bought_on)
    months = exercise.months()

    def borne_before(month: int) -> int:
        elapsed = min(Fraction(max(month - first, 0)), life)
        part = price * elapsed / life
        return money.round_ratio(part.numerator, part.denominator)

    return borne_before(months.stop) - borne_before(months.start)
