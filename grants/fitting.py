"""What fits an award: the days of its posts, the exercises and the days of its payments."""

from datetime import date

from backoffice.engine.periods import Period

YEARS_BEFORE, YEARS_AFTER = 1, 2
"""A payment is usually due from the year before its exercise to the second one after it."""


def first_day_outside(own: Period, whole: Period) -> tuple[str, date] | None:
    """The column of a row whose day leaves the period of what it belongs to, and the bound left.

    A row without a last day ends with what it belongs to. None: it stays inside.
    """
    if own.start < whole.start:
        return "starts_on", whole.start
    if whole.ends_on and max(own.start, own.ends_on or own.start) > whole.ends_on:
        return "ends_on" if own.start <= whole.ends_on else "starts_on", whole.ends_on
    return None


def has_exercise(award: Period, year: int) -> bool:
    """Whether an award has days in a civil year."""
    return award.start.year <= year <= (award.ends_on or date.max).year


def is_due_far(due_on: date, year: int) -> bool:
    """Whether a payment is expected at an unusual distance of its exercise: perhaps a slip."""
    return not year - YEARS_BEFORE <= due_on.year <= year + YEARS_AFTER
