"""The list of deadlines as a workbook: the rows found, with what a miss of each costs."""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from backoffice.engine import money
from backoffice.federation.models import Organisation
from backoffice.web.templatetags.labels import cited, label
from grants.models import Deadline
from reports.documents.list_file import imprint_of, rows_file
from reports.documents.workbook.book import Column
from reports.pages.deadline_list import DeadlinesPage, stake_cents
from reports.pages.deadlines import Row


def deadlines_file(page: DeadlinesPage, organisation: Organisation, day: date) -> bytes:
    """The rows found, the same bytes for the same rows.

    The amounts have no total: several deadlines may lose the same euro.
    """
    name = _("Échéances")
    imprint = imprint_of(name, [organisation], page.form.asked("annee"), day)
    return rows_file(name, _columns(), page.rows, imprint)


def _columns() -> tuple[Column[Row], ...]:
    return (
        Column(_("Échéance"), "text", 36, lambda row: label(row.item.due.label)),
        Column(_("Exercice"), "count", 10, lambda row: row.item.exercise.year),
        Column(_("Jour"), "day", 12, lambda row: row.item.due.due_on),
        Column(_("État"), "text", 18, lambda row: row.state.words),
        Column(_("Subvention"), "code", 20, lambda row: row.item.award.reference),
        Column(
            _("Pouvoir subsidiant"),
            "text",
            28,
            lambda row: label(row.item.exercise.facts.scheme.funder),
        ),
        Column(_("En jeu (EUR)"), "money", 14, _amount),
        Column(_("Si elle est manquée"), "text", 60, _cost),
        Column(_("Source"), "text", 40, lambda row: cited(row.item.due.source)),
    )


def _amount(row: Row) -> Any:
    """Nothing is at stake any more in what is closed; what has no known cost is unknown."""
    is_open = row.item.due.state == Deadline.State.OPEN
    cents = stake_cents(row) if is_open else 0
    return None if cents is None else money.euros(cents)


def _cost(row: Row) -> str:
    return " ; ".join(row.costs) or row.cost
