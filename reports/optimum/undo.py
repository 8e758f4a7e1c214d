"""What the last acceptance of a year replaced, for whoever may edit, until something else changes.

The notes of the months hold what was there; the acts of an acceptance share an origin of its own.
"""

import secrets
from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass

from django.contrib.auth.models import User

from backoffice.federation.audit import acting
from backoffice.federation.audit.entries import AuditEntry
from reports.grid.cell_text import HOURS
from reports.grid.drafting import Edit, draft_of
from reports.grid.places import Places
from staffing.models import AllocationNote

_ORIGIN = "optimum"
_MODEL = "staffing.allocationnote"


@dataclass(frozen=True)
class Undo:
    """The cells as they were, and the versions of the workers' years as they stand."""

    edits: tuple[Edit, ...]
    versions: Mapping[int, str]


def accepting(by: User) -> AbstractContextManager[None]:
    """Every change inside is one acceptance, that can be found again."""
    return acting(by, origin=f"{_ORIGIN} {secrets.token_hex(6)}")


def kept_undo(places: Places) -> Undo | None:
    """What can be put back: the last acceptance, where the year is still as it left it."""
    notes = _last_acceptance(places)
    cells = [_cell(places, one) for one in notes]
    known = [one for one in cells if one is not None]
    if not notes or len(known) < len(notes):
        return None
    after = [Edit(*cell, note.after, HOURS) for cell, note in zip(known, notes, strict=True)]
    now = draft_of(places, after)
    if now.changes or now.problems:
        return None
    before = tuple(Edit(*cell, note.before, HOURS) for cell, note in zip(known, notes, strict=True))
    return Undo(before, {edit.worker: places.version(edit.worker) for edit in before})


def _last_acceptance(places: Places) -> Sequence[AllocationNote]:
    """The notes of the last save of the year, where it was an acceptance."""
    organisation = places.facts.organisation
    notes = AllocationNote.objects.filter(organisation=organisation, month__year=places.facts.year)
    newest = notes.order_by("-pk").first()
    if newest is None:
        return ()
    made = AuditEntry.objects.filter(
        organisation=organisation, model=_MODEL, origin__startswith=f"{_ORIGIN} "
    )
    act = made.filter(first_key__lte=newest.pk, last_key__gte=newest.pk).first()
    if act is None:
        return ()
    spans = made.filter(origin=act.origin).values_list("first_key", "last_key")
    return [one for one in notes.order_by("pk") if any(a <= one.pk <= b for a, b in spans)]


def _cell(places: Places, note: AllocationNote) -> tuple[int, int, int] | None:
    """The worker, the post and the month of a note, None where one of them is gone."""
    workers = [pk for pk, one in places.workers.items() if one.number == note.worker_number]
    posts = [
        pk
        for pk, (index, one) in places.posts.items()
        if (places.facts.awards[index].row.reference, one.code)
        == (note.award_reference, note.post_code)
    ]
    return (workers[0], posts[0], note.month.month) if workers and posts else None
