"""Numbers of a comparison as cells: cents as euros, FTE in full, and formulas with their value."""

from decimal import Decimal

from backoffice.engine import money
from reports.documents.workbook.book import Page
from reports.scenarios.figures import EUR, FTE

_TEN_THOUSANDTHS = 4
KINDS = {EUR: "money", FTE: "fte"}


def number(unit: str, value: int) -> Decimal:
    """Cents in euros; ten-thousandths of FTE in FTE."""
    return money.euros(value) if unit == EUR else Decimal(value).scaleb(-_TEN_THOUSANDTHS)


def live(page: Page, column: int, formula: str, value: tuple[str, int], look: str = "line") -> None:
    """A formula and the value it has today: its unit, in cents, or hundredths of FTE-years."""
    unit, shown = value
    kind = "money" if unit == EUR else "hours"
    form = page.book.format(kind, look)
    page.sheet.write_formula(page.row, column, f"={formula}", form, money.euros(shown))
