"""The values of a comparison: one row per scenario, figure and month; the delta is a formula."""

from collections.abc import Mapping

from django.utils.translation import get_language
from django.utils.translation import gettext_noop as mark
from xlsxwriter.utility import xl_rowcol_to_cell

from backoffice.engine.periods import month_start
from reports.documents.workbook.book import Bound, Page
from reports.scenarios.comparing import Comparison
from reports.scenarios.figures import DOUBTS, FTE, Figure
from reports.scenarios.labels import STATUSES, UNITS, figure_label
from reports.scenarios.workbook.cells import KINDS, number

MONTHS = mark("Mois")
_WIDTHS = (34, 44, 8, 11, 17, 17, 17, 18)
MONTHS_HEADS = (
    *("Scénario", "Chiffre", "Unité", "Mois", "Aujourd'hui", "Avec le scénario", "Écart"),
    "Statut",
)
BASELINE, SCENARIO = 4, 5
_MONTHS = 12
Places = Mapping[tuple[int, str], int]


def write_months(book: Bound, found: Comparison) -> Places:
    """The sheet of values; returns the row of the first month of each scenario's figures."""
    page = book.sheet(MONTHS, _WIDTHS)
    page.heads(MONTHS_HEADS)
    page.freeze(2)
    places: dict[tuple[int, str], int] = {}
    for place, outcome in enumerate(found.outcomes):
        title = outcome.scenario.titled(get_language() or "fr")
        for figure in outcome.figures:
            places[place, figure.code] = page.row
            _write(page, title, figure, found.base.facts.first)
    return places


def _write(page: Page, name: str, figure: Figure, first: int) -> None:
    label, kind = figure_label(figure.code), KINDS[figure.unit]
    for place in range(len(figure.baseline)):
        sides = [int(side[place]) for side in (figure.baseline, figure.scenario)]
        page.put(0, name, "code")
        page.put(1, label, "code")
        page.put(2, UNITS[figure.unit], "code")
        page.put(3, month_start(first + place), "month")
        for column, value in zip((BASELINE, SCENARIO), sides, strict=True):
            page.put(column, number(figure.unit, value), kind)
        told, held = (xl_rowcol_to_cell(page.row, column) for column in (BASELINE, SCENARIO))
        decimals = 4 if figure.unit == FTE else 2
        delta = number(figure.unit, sides[1] - sides[0])
        form = page.book.format(kind, "line")
        page.sheet.write_formula(page.row, 6, f"=ROUND({held}-{told},{decimals})", form, delta)
        page.put(7, STATUSES[DOUBTS[int(figure.status[place])]], "code")
        page.row += 1
