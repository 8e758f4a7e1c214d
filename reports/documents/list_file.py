"""A list of the site as a workbook: the rows found, with a live total of their amounts."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from backoffice.engine import money
from backoffice.federation.models import Organisation
from backoffice.web.templatetags.labels import cited
from reports.documents.workbook.book import Bound, Column, Imprint
from reports.workflow.rehearsal import Asked, Drawn, Rehearsal

_REHEARSAL: tuple[Column[tuple[Drawn, Asked]], ...] = (
    Column("Ligne", "code", 14, lambda row: row[0].who),
    Column("Nom", "text", 28, lambda row: row[0].name),
    Column("Détail", "text", 28, lambda row: row[0].about),
    Column("Présenté (EUR)", "money", 14, lambda row: money.euros(row[0].presented)),
    Column("Document demandé", "text", 32, lambda row: row[1].words),
    Column("Référence", "text", 24, lambda row: row[1].reference or row[1].standing),
    Column("Texte", "text", 40, lambda row: cited(row[1].article)),
    Column("Vu", "code", 8, lambda _row: ""),
)


def rehearsal_file(found: Rehearsal, imprint: Imprint) -> bytes:
    """The documents to bring for each line drawn, with a column to tick."""
    rows = [(line, asked) for line in found.lines for asked in line.asked]
    return rows_file(_("Contrôle"), _REHEARSAL, rows, imprint)


def imprint_of(
    subject: str, organisations: Sequence[Organisation], year: int | None, as_of: date
) -> Imprint:
    """What every page of the file says; several organisations are counted, not named."""
    one = organisations[0].name if len(organisations) == 1 else ""
    return Imprint(
        title=_(subject),
        organisation=one or _("%(count)s organisations") % {"count": len(organisations)},
        subject=_(subject),
        year=year or _("toutes les années"),
        as_of=as_of,
        marks=_("DEMO — DONNÉES INVENTÉES, SANS VALEUR")
        if any(organisation.is_demo for organisation in organisations)
        else _("Usage interne : données personnelles"),
    )


def rows_file(
    name: str, columns: Sequence[Column[Any]], rows: Sequence[Any], imprint: Imprint
) -> bytes:
    """A list of one sheet, the same bytes for the same rows."""
    book = Bound(imprint)
    page = book.sheet(name, [column.width for column in columns])
    page.titles(_(name))
    page.listing(columns, rows, _("Rien ne correspond à cette recherche."))
    return book.close()
