"""Where what a check found is put right: the row, or the list, that its subject names."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from backoffice.federation.access import opens
from backoffice.federation.models import Organisation
from grants.models import Award, Post
from invoices.models import Invoice
from reports.dossier import Check, Cover, Dossier
from staffing.models import Worker

_GRID, _IMPORTS, _PAPERS, _TERMS = "grid", "imports", "worker_documents", "terms"
_PAGES = {
    "assignment_outside_contract": _GRID,
    "contract_without_document": _PAPERS,
    "diploma_below_minimum": _PAPERS,
    "dmfa_unknown": _IMPORTS,
    "figure_stale": _TERMS,
    "hours_above_contract": _GRID,
    "hours_twice_on_the_award": _GRID,
    "instalment_not_recorded": "instalments",
    "letter": "awards",
    "qbis_missing": _IMPORTS,
    "qbis_wrong": _IMPORTS,
    "seniority_not_proven": _PAPERS,
    "subsidies_not_deducted": _TERMS,
    "terms_missing": _TERMS,
    "volume_below": "volumes",
    "volume_unknown": "volumes",
    "worker_document_missing": _PAPERS,
    "worker_document_not_transmitted": _PAPERS,
    "worker_file_unknown": _PAPERS,
}
"""The page that puts a finding right, by its subject or its code, where it is no row's own."""
_OF_THE_AWARD = frozenset((_TERMS, "instalments", "awards"))

Rows = Mapping[str, tuple[str, int]]
"""The record and the key of a row, by what names it."""


@dataclass(frozen=True)
class Place:
    """The page that puts a finding right: its name in the menu of the site, and its address."""

    page: str
    address: str


def places_of(
    organisation: Organisation, dossier: Dossier, carried: str, rights: Collection[str]
) -> dict[str, Place]:
    """Where each finding of a dossier is put right, by its subject; five queries.

    Args:
        organisation: whose dossier it is.
        dossier: as it stands on the day shown.
        carried: what addresses keep from page to page.
        rights: the reader's; a page that they do not open is not named.
    """
    rows = _rows(organisation, {check.who for check in dossier.checks})
    figures = {use.code for use in dossier.figures}
    found = {}
    for check in dossier.checks:
        page = _PAGES.get(check.subject) or _PAGES.get(check.code)
        if page is not None:
            place = _listed(page, check, rows, (dossier.cover, carried))
        elif check.who in figures:
            place = Place("figures", _at(reverse("figure", args=[check.who]), carried))
        elif check.who in rows:
            record, number = rows[check.who]
            place = Place(record, _at(reverse("record_row", args=[record, number]), carried))
        else:
            continue
        if opens(place.address, rights):
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


def _listed(page: str, check: Check, rows: Rows, looked: tuple[Cover, str]) -> Place:
    """A list, on the rows of the worker whom the finding names, or of the award."""
    cover, carried = looked
    record, number = rows.get(check.who, ("", 0))
    if page == _GRID:
        anchor = f"#travailleur-{number}" if record == "workers" else ""
        return Place(page, _at(reverse(page), carried, annee=str(cover.year)) + anchor)
    if page in _OF_THE_AWARD:
        return Place(page, _at(reverse(page), carried, texte=cover.reference))
    asked = {"texte": check.who} if page == _PAPERS and record == "workers" else {}
    return Place(page, _at(reverse(page), carried, **asked))


def _at(address: str, carried: str, **asked: str) -> str:
    query = "&".join(part for part in (urlencode(asked), carried) if part)
    return f"{address}?{query}" if query else address
