"""Where what a check found is put right: the row, or the list, that its subject names."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from backoffice.federation.models import Organisation
from grants.models import Award, Post
from invoices.models import Invoice
from reports.dossier import Check, Dossier
from staffing.models import Worker

_GRID = "grid"
_PAPERS = "worker_documents"
_PAGES = {
    "assignment_outside_contract": _GRID,
    "contract_without_document": "contract_lines",
    "diploma_below_minimum": _PAPERS,
    "hours_above_contract": _GRID,
    "hours_twice_on_the_award": _GRID,
    "seniority_not_proven": _PAPERS,
    "worker_document_missing": _PAPERS,
    "worker_document_not_transmitted": _PAPERS,
    "worker_file_unknown": _PAPERS,
}
"""The findings that another page than that of their subject puts right."""

Rows = Mapping[str, tuple[str, int]]
"""The record and the key of a row, by what names it."""


@dataclass(frozen=True)
class Place:
    """The page that puts a finding right: its name in the menu of the site, and its address."""

    page: str
    address: str


def places_of(
    organisation: Organisation, dossier: Dossier, year: int, carried: str
) -> dict[str, Place]:
    """Where each finding of a dossier is put right, by its subject; five queries.

    Args:
        organisation: whose dossier it is.
        dossier: as it stands on the day shown.
        year: its exercise.
        carried: what addresses keep from page to page.
    """
    rows = _rows(organisation, {check.who for check in dossier.checks})
    figures = {use.code for use in dossier.figures}
    found = {}
    for check in dossier.checks:
        if check.who in figures:
            place = Place("figures", _at(reverse("figure", args=[check.who]), carried))
        elif check.code in _PAGES:
            place = _listed(_PAGES[check.code], check, rows, (year, carried))
        elif check.who in rows:
            record, number = rows[check.who]
            place = Place(record, _at(reverse("record_row", args=[record, number]), carried))
        else:
            continue
        found[check.subject] = place
    return found


def _rows(organisation: Organisation, names: Collection[str]) -> Rows:
    """The rows of the organisation that the findings name; a worker goes before a post."""
    kinds: tuple[tuple[str, Any, str], ...] = (
        ("posts", Post.objects.filter(award__organisation=organisation), "code"),
        ("approvals", organisation.approvals.all(), "code"),
        ("awards", Award.objects.filter(organisation=organisation), "reference"),
        ("invoices", Invoice.objects.filter(organisation=organisation), "piece"),
        ("workers", Worker.objects.filter(organisation=organisation), "number"),
    )
    return {
        name: (record, number)
        for record, rows, column in kinds
        for name, number in rows.filter(**{f"{column}__in": names}).values_list(column, "pk")
    }


def _listed(page: str, check: Check, rows: Rows, looked: tuple[int, str]) -> Place:
    """A list, on the rows of the worker whom the finding names."""
    year, carried = looked
    record, number = rows.get(check.who, ("", 0))
    if page == _GRID:
        anchor = f"#travailleur-{number}" if record == "workers" else ""
        return Place(page, _at(reverse(page), carried, annee=str(year)) + anchor)
    return Place(page, _at(reverse(page), carried, **_text(record, check)))


def _text(record: str, check: Check) -> dict[str, str]:
    return {"texte": check.who} if record == "workers" else {}


def _at(address: str, carried: str, **asked: str) -> str:
    query = "&".join(part for part in (urlencode(asked), carried) if part)
    return f"{address}?{query}" if query else address
