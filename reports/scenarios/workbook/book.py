"""The workbook of a comparison; its first sheets are formulas over the values of the last ones."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as mark

from reports.documents.workbook.book import Bound, Imprint
from reports.scenarios.comparing import Comparison
from reports.scenarios.workbook.bridge import BRIDGE_WIDTHS, write_bridge
from reports.scenarios.workbook.changes import CHANGES_WIDTHS, write_changes
from reports.scenarios.workbook.months import write_months
from reports.scenarios.workbook.years import write_years, years_widths

YEARS, BRIDGE, CHANGES = mark("Comparaison"), mark("Pont"), mark("Modifications")
_A3 = 8


def render_xlsx(found: Comparison) -> bytes:
    """The workbook as bytes, in the language in force, identical for the same comparison."""
    horizon, scope = found.base.horizon, found.base.scope
    imprint = Imprint(
        title=_("Comparaison de scénarios"),
        organisation=scope.name or _("Ensemble des services"),
        subject=_("Scénarios"),
        year=f"{horizon.first}-{horizon.last}",
        as_of=horizon.as_of,
        marks=_marks(found),
    )
    book = Bound(imprint)
    years = book.sheet(YEARS, years_widths(horizon))
    years.sheet.freeze_panes(0, 2)
    years.sheet.set_paper(_A3)
    bridge = book.sheet(BRIDGE, BRIDGE_WIDTHS)
    bridge.sheet.freeze_panes(0, 1)
    changes = book.sheet(CHANGES, CHANGES_WIDTHS)
    places = write_months(book, found)
    cells = write_years(years, found, places)
    write_bridge(bridge, found, cells)
    write_changes(changes, found)
    return book.close()


def _marks(found: Comparison) -> str:
    if any(one.is_demo for one in found.base.scope.organisations):
        return _("DEMO \u2014 DONNÉES INVENTÉES, SANS VALEUR")
    return ""
