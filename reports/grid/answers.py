"""The grid of a year, and what a page is told of its draft: cells, free hours, totals."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.paginator import Paginator
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from backoffice.federation.models import Organisation
from backoffice.web.templatetags.money import eur
from reports.grid.content import AwardTotal, Block, Grid
from reports.grid.drafting import Draft, Edit, Problem, draft_of, refusals
from reports.grid.locks import locks_of
from reports.grid.places import Places
from reports.grid.sheet import blocks_of, choices, notes_of, present, worker_choices
from reports.grid.totals import totals_of
from reports.sent import sent_by
from reports.snapshots import year_facts
from staffing.models import AllocationNote

WORKERS_A_PAGE = 60
_TOLD = 3


@dataclass(frozen=True)
class Preview:
    """A draft: the rows of the workers that it touches, and the totals of every award."""

    draft: Draft
    blocks: tuple[Block, ...]
    totals: tuple[AwardTotal, ...]
    problems: tuple[Problem, ...]


def places_of(organisation: Organisation, year: int, as_of: date) -> Places:
    """The year as it is saved, read anew at each request: what a colleague saves is seen."""
    facts = year_facts(organisation, year, as_of)
    sent = sent_by(organisation, max(as_of, timezone.localdate()), year)
    return Places(facts, locks_of(organisation, year), sent)


def notes_in(places: Places) -> Sequence[AllocationNote]:
    """The decisions of the year, oldest first; one query."""
    rows = AllocationNote.objects.filter(
        organisation=places.facts.organisation,
        month__gte=places.year.start,
        month__lt=places.year.stop,
    )
    return list(rows.select_related("by").order_by("at", "pk"))


def grid_of(places: Places, notes: Iterable[AllocationNote], number: str | None = None) -> Grid:
    """Everything that a page shows; a number that is none is the first page."""
    workers = present(places)
    page = Paginator(workers, WORKERS_A_PAGE).get_page(number)
    return Grid(
        year=places.facts.year,
        months=tuple(places.year.months()),
        page=page,
        blocks=blocks_of(places, page, notes_of(notes)),
        totals=totals_of(places.facts, places.ledger),
        workers=worker_choices(places, workers),
        posts=choices(places),
    )


def preview_of(places: Places, edits: Sequence[Edit]) -> Preview:
    """What the edits would give once saved; nothing is written."""
    draft = draft_of(places, edits)
    workers = dict.fromkeys(edit.worker for edit in edits)
    return Preview(
        draft=draft,
        blocks=blocks_of(draft.places, workers, {}, [edit.key for edit in edits]),
        totals=totals_of(draft.places.facts, draft.places.ledger, places.ledger),
        problems=(*draft.problems, *refusals(places, draft)),
    )


def cells_told(blocks: Iterable[Block]) -> dict[str, Any]:
    """The cells and free hours of some workers, by the keys that the page knows."""
    cells, free = {}, {}
    for block in blocks:
        for row in block.rows:
            for cell in row.cells:
                told = [cell.percent, cell.hours, cell.state, cell.detail]
                cells[f"{row.key}:{cell.number}"] = told
        for number, one in enumerate(block.free, start=1):
            told = [one.percent, one.hours, one.state, one.detail]
            free[f"{block.worker}:0:{number}"] = told
    versions = {block.worker: block.version for block in blocks}
    return {"cells": cells, "free": free, "versions": versions}


def said_of(preview: Preview) -> str:
    """What waits in one line: how many cells, and the totals of the awards that they move."""
    count = len(preview.draft.changes)
    said = [ngettext("%d case à enregistrer.", "%d cases à enregistrer.", count) % count]
    moved = [total for total in preview.totals if total.moved]
    for total in moved[:_TOLD]:
        left = _("reste %s") % eur(total.left)
        words = {
            "award": total.reference,
            "granted": eur(total.granted),
            "presented": eur(total.presented),
            "left": ", ".join((left, *total.reached)),
        }
        said.append(
            _("%(award)s : présenté %(presented)s sur %(granted)s accordés, %(left)s.") % words
        )
    if len(moved) > _TOLD:
        said.append(_("Et %d autres subventions.") % (len(moved) - _TOLD))
    return " ".join(said)
