"""The first demonstration employer (CASG and SASPP), as tests and measures know it."""

from collections.abc import Mapping, Sequence

from reports.demo.carrefour.organisation import DEMO_ENTERPRISE_NUMBER
from reports.demo.carrefour.workbook import carrefour_rows
from reports.demo.rows import YEARS, Row, demo_year
from reports.demo.truth import FAULTS, planted_at

__all__ = ["DEMO_ENTERPRISE_NUMBER", "PLANTED", "YEARS", "demo_rows"]

PLANTED = tuple(fact for fact in planted_at(DEMO_ENTERPRISE_NUMBER) if fact.kind in FAULTS)
"""Its three faults, one of each kind."""


def demo_rows(year: int) -> Mapping[str, Sequence[Row]]:
    """Every sheet of one employer-year, by canonical sheet code; the same at each call.

    Raises:
        NotADemoYear: the year is not one of `YEARS`.
    """
    return carrefour_rows(demo_year(year))
