"""A row of the workbook: canonical column code to Python value."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from backoffice.engine.periods import Period, year_period

Row = Mapping[str, object]

YEARS = (2023, 2024, 2025)


class NotADemoYear(ValueError):
    """The demonstration only exists in the years of `YEARS`."""


def demo_year(year: int) -> int:
    """The year itself.

    Raises:
        NotADemoYear: it is not one of `YEARS`.
    """
    if year not in YEARS:
        years = ", ".join(str(each) for each in YEARS)
        raise NotADemoYear(f"La démonstration n'existe qu'en {years}, pas en {year}.")
    return year


def touches(year: int, starts_on: date, ends_on: date | None) -> bool:
    """Does a period, both days included, have a day in common with the year?"""
    return starts_on.year <= year and (ends_on is None or ends_on.year >= year)


def row_touches(year: int, row: Row) -> bool:
    """Same, for a row with `starts_on` and `ends_on`."""
    return not row_period(row).overlap(year_period(year)).is_empty


def row_period(row: Row) -> Period:
    """The days of a row with `starts_on` and `ends_on`."""
    starts_on, ends_on = row["starts_on"], row["ends_on"]
    if not isinstance(starts_on, date) or not (ends_on is None or isinstance(ends_on, date)):
        raise TypeError(f"not a period: {starts_on!r} to {ends_on!r}")
    return Period.inclusive(starts_on, ends_on)


def hours(hundredths: int) -> Decimal:
    """Hundredths of hours as hours with two decimals: 3040 gives 30.40."""
    return Decimal(hundredths).scaleb(-2)
