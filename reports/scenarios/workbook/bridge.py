"""The bridges: from today's own funds to those of each scenario, and from one scenario to the next.

Every step is a formula over the comparison by year; the last column of each bridge is a check that
must be zero.
"""

from collections.abc import Sequence

from django.utils.translation import get_language
from django.utils.translation import gettext as _
from xlsxwriter.utility import xl_rowcol_to_cell

from reports.documents.workbook.book import Page, sheet_name, span
from reports.scenarios.comparing import Comparison, Outcome
from reports.scenarios.figures import EUR
from reports.scenarios.labels import figure_label
from reports.scenarios.workbook.cells import live
from reports.scenarios.workbook.years import Cells

BRIDGE_WIDTHS = (60, *([18] * 30))
_OWN, _COST, _PAID = "own_funds", "cost", "funded."
_SHEET = "Comparaison"


def write_bridge(page: Page, found: Comparison, cells: Cells) -> None:
    """A bridge for each scenario, then one through all of them."""
    page.titles(_("Pont des fonds propres"))
    for place, outcome in enumerate(found.outcomes):
        page.row += 1
        title = outcome.scenario.titled(get_language() or "fr")
        page.say(_("D'aujourd'hui à « %s »") % title, "section")
        page.heads(_heads(found))
        _of_one(page, (place, outcome), cells)
    page.row += 1
    page.say(_("D'un scénario au suivant"), "section")
    page.heads(_heads(found))
    _through_all(page, found, cells)


def _heads(found: Comparison) -> list[str]:
    horizon = found.base.horizon
    return [_("Fonds propres (EUR)"), *(str(y) for y in range(horizon.first, horizon.last + 1))]


def _of_one(page: Page, at: tuple[int, Outcome], cells: Cells) -> None:
    place, outcome = at
    first = page.row
    _line(page, _("Aujourd'hui"), _side(cells, place, _OWN, 0), _level(outcome, 0))
    more = _("Coût : en plus")
    _line(page, more, _side(cells, place, _COST, 2), _deltas(outcome, _COST))
    for figure in outcome.figures:
        if figure.code.startswith(_PAID):
            less = [-one for one in _deltas(outcome, figure.code)]
            words = _("Effet sur les fonds propres : %s") % figure_label(figure.code)
            _line(page, words, _side(cells, place, figure.code, 2), less, sign="-")
    _closed(page, range(first, page.row), _side(cells, place, _OWN, 1), _level(outcome, 1))


def _through_all(page: Page, found: Comparison, cells: Cells) -> None:
    first = page.row
    start = found.outcomes[0]
    _line(page, _("Aujourd'hui"), _side(cells, 0, _OWN, 0), _level(start, 0))
    before, held = _side(cells, 0, _OWN, 0), _level(start, 0)
    for place, outcome in enumerate(found.outcomes):
        after, now = _side(cells, place, _OWN, 1), _level(outcome, 1)
        steps = [f"{a}-{b}" for a, b in zip(after, before, strict=True)]
        differences = [a - b for a, b in zip(now, held, strict=True)]
        _line(page, outcome.scenario.titled(get_language() or "fr"), steps, differences)
        before, held = after, now
    _closed(page, range(first, page.row), before, held)


def _side(cells: Cells, place: int, code: str, side: int) -> list[str]:
    """The cells of one side of a figure, a year each."""
    years = sorted(
        year for at, name, year, which in cells if (at, name, which) == (place, code, side)
    )
    return [f"{sheet_name(_SHEET)}!{cells[place, code, year, side]}" for year in years]


def _level(outcome: Outcome, side: int) -> list[int]:
    years = outcome.figure(_OWN).years
    found: list[int] = (years.scenario if side else years.baseline).tolist()
    return found


def _deltas(outcome: Outcome, code: str) -> list[int]:
    found: list[int] = outcome.figure(code).years.delta.tolist()
    return found


def _line(
    page: Page, words: str, formulas: Sequence[str], values: Sequence[int], sign: str = ""
) -> None:
    page.put(0, words, "code")
    for column, (formula, value) in enumerate(zip(formulas, values, strict=True), 1):
        live(page, column, f"ROUND({sign}({formula}),2)", (EUR, value))
    page.row += 1


def _closed(page: Page, rows: range, ends: Sequence[str], values: Sequence[int]) -> None:
    """The sum of the steps, and what separates it from the level where the bridge must end."""
    page.put(0, _("Avec le scénario"), "code", "total")
    for column, value in enumerate(values, 1):
        live(page, column, f"ROUND(SUM({span(column, rows)}),2)", (EUR, value), "total")
    page.row += 1
    page.put(0, _("Contrôle : doit être zéro"), "code")
    for column, end in enumerate(ends, 1):
        total = xl_rowcol_to_cell(page.row - 1, column)
        live(page, column, f"ROUND({total}-{end},2)", (EUR, 0))
    page.row += 1
