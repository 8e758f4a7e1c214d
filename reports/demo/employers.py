"""Every employer of the demonstration federation by enterprise number, and its workbooks."""

from collections.abc import Mapping, Sequence

from reports.demo.carrefour.organisation import DEMO_ENTERPRISE_NUMBER
from reports.demo.employer import demo_rows
from reports.demo.federation.plan import BY_NUMBER
from reports.demo.federation.workbook import drawn_rows
from reports.demo.rows import YEARS, Row, demo_year

__all__ = ["NUMBERS", "YEARS", "employer_rows"]

NUMBERS: tuple[str, ...] = (DEMO_ENTERPRISE_NUMBER, *BY_NUMBER)
"""The first, hand-written employer; the thirty-seven drawn ones; the federation's two."""


def employer_rows(number: str, year: int) -> Mapping[str, Sequence[Row]]:
    """Every sheet of one employer-year, by canonical sheet code; the same at each call.

    Raises:
        KeyError: no such employer.
        NotADemoYear: the year is not one of `YEARS`.
    """
    if number == DEMO_ENTERPRISE_NUMBER:
        return demo_rows(year)
    return drawn_rows(BY_NUMBER[number], demo_year(year))
