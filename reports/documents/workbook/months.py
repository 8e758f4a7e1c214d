"""The sheet of the months: what is presented, admissible and payable of each, by head."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as mark

from backoffice.web.templatetags.labels import said
from reports.documents.workbook.book import Book, Column
from reports.documents.workbook.lines import eur, first_day
from reports.months import MonthLine, months_of

MONTHS = mark("Par mois")
_COLUMNS: tuple[Column[MonthLine], ...] = (
    Column("Mois", "month", 12, lambda line: first_day(line.month or 0)),
    Column("Rubrique", "code", 22, lambda line: said(line.label)),
    Column("Travailleurs", "count", 13, lambda line: line.workers or None),
    Column("Heures par semaine", "hours", 14, lambda line: eur(line.hours or None)),
    Column("ETP-mois", "fte", 12, lambda line: line.fte, total=False),
    Column("Présenté", "money", 15, lambda line: eur(line.presented), total=True),
    Column("Admissible", "money", 15, lambda line: eur(line.admissible), total=True),
    Column("Payable", "money", 15, lambda line: eur(line.payable), total=True),
)
_NOTE = mark(
    "Un travailleur compte dans le mois payé, une facture dans le mois de sa date ; l'admissible "
    "est avant le maximum d'une rubrique."
)


def write_months(book: Book) -> None:
    """One row per month and head; the totals are those of the summary."""
    page = book.sheet(MONTHS, [column.width for column in _COLUMNS])
    page.titles(_("Par mois et par rubrique"))
    page.say(_(_NOTE), "subtitle")
    page.listing(_COLUMNS, months_of(book.dossier), _("Rien n'est porté sur cette subvention."))
