"""The comparison by civil year: each amount sums the months of the sheet of values."""

from collections.abc import Mapping

from django.utils.translation import get_language
from django.utils.translation import gettext as _
from xlsxwriter.utility import xl_rowcol_to_cell

from backoffice.engine import money
from reports.documents.workbook.book import Page, span
from reports.scenarios.comparing import Comparison, Horizon, Outcome
from reports.scenarios.figures import DOUBTS, EUR, Figure
from reports.scenarios.json_file import shown
from reports.scenarios.labels import STATUSES, UNITS, figure_label
from reports.scenarios.provisions import Provision, explained, parts, provisions_of
from reports.scenarios.workbook.cells import live
from reports.scenarios.workbook.months import BASELINE, MONTHS, SCENARIO, Places

_MONTHS = 12
_FIXED, _SIDES = 2, 3
Cells = Mapping[tuple[int, str, int, int], str]
"""Where each scenario, figure, year and side (0 today, 1 scenario, 2 delta) stands."""


def years_widths(horizon: Horizon) -> tuple[int, ...]:
    """The widths of the columns: the figure, its unit, three amounts a year, the status."""
    return (44, 8, *([16] * _SIDES * _size(horizon)), 18)


def _size(horizon: Horizon) -> int:
    return horizon.last - horizon.first + 1


def write_years(page: Page, found: Comparison, places: Places) -> Cells:
    """A table for each scenario; returns where its amounts stand."""
    page.titles(_("Comparaison de scénarios"))
    page.say(
        _(
            "Les ETP d'une année sont la moyenne de ses mois. Chaque montant est une formule, "
            "sauf les provisions."
        ),
        "subtitle",
    )
    cells: dict[tuple[int, str, int, int], str] = {}
    for place, outcome in enumerate(found.outcomes):
        page.row += 1
        page.say(outcome.scenario.titled(get_language() or "fr"), "section")
        for sentence in outcome.refused:
            page.say(sentence, "warning")
        page.heads(_heads(found.base.horizon))
        _write_figures(page, (place, outcome), places, cells)
        page.say(_("Pécules de vacances dus (provision)"), "section")
        page.say(explained(), "subtitle")
        for one in provisions_of(found, outcome):
            _write_provision(page, one)
    return cells


def _write_provision(page: Page, one: Provision) -> None:
    """The level on 31 December of each year and its change: values, but for what parts the two."""
    for name, today, then in parts(one):
        page.put(0, f"{name} ({one.employer})", "code")
        page.put(1, UNITS[EUR], "code")
        for year, sides in enumerate(zip(today, then, strict=True)):
            column = _FIXED + year * _SIDES
            for side, cents in enumerate(sides):
                page.put(column + side, None if cents is None else money.euros(cents), "money")
            if None in sides:
                page.put(column + 2, None, "money", "total")
                continue
            before, after = (xl_rowcol_to_cell(page.row, column + side) for side in (0, 1))
            gap = (sides[1] or 0) - (sides[0] or 0)
            live(page, column + 2, f"ROUND({after}-{before},2)", (EUR, gap), "total")
        status = (
            "missing"
            if None in (*one.baseline, *one.scenario)
            else max(one.doubts, key=DOUBTS.index)
        )
        page.put(_FIXED + len(today) * _SIDES, STATUSES[status], "code")
        page.row += 1


def _heads(horizon: Horizon) -> list[str]:
    sides = _("Aujourd'hui"), _("Avec le scénario"), _("Écart")
    years = range(horizon.first, horizon.last + 1)
    amounts = [f"{side} {year}" for year in years for side in sides]
    return [_("Chiffre"), _("Unité"), *amounts, _("Statut")]


def _write_figures(
    page: Page,
    at: tuple[int, Outcome],
    places: Places,
    cells: dict[tuple[int, str, int, int], str],
) -> None:
    place, outcome = at
    for figure in outcome.figures:
        page.put(0, figure_label(figure.code), "code")
        page.put(1, UNITS[figure.unit], "code")
        years = figure.years
        for year in range(len(years.baseline)):
            first = places[place, figure.code] + year * _MONTHS
            _write_year(page, years, year, range(first, first + _MONTHS))
            for side in range(_SIDES):
                where = xl_rowcol_to_cell(page.row, _FIXED + year * _SIDES + side)
                cells[place, figure.code, year, side] = where
        worst = DOUBTS[int(years.status.max())]
        page.put(_FIXED + len(years.baseline) * _SIDES, STATUSES[worst], "code")
        page.row += 1


def _write_year(page: Page, years: Figure, year: int, months: range) -> None:
    column, unit = _FIXED + year * _SIDES, years.unit
    sides = [int(side[year]) for side in (years.baseline, years.scenario)]
    values = [shown(unit, value, _MONTHS) for value in sides]
    part = "" if unit == EUR else f"/{_MONTHS}"
    for side, (source, value) in enumerate(zip((BASELINE, SCENARIO), values, strict=True)):
        total = f"ROUND(SUM({span(source, months, MONTHS)}){part},2)"
        live(page, column + side, total, (unit, value))
    told, held = (xl_rowcol_to_cell(page.row, column + side) for side in (0, 1))
    live(page, column + 2, f"ROUND({held}-{told},2)", (unit, values[1] - values[0]), "total")
