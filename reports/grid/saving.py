"""Saving a draft: refused cells are named, and a colleague's changes are never overwritten."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext as _

from backoffice.engine.periods import month_index
from grants.models import Award
from reports.grid.asking import MOST_REASON, Asked, CellKey
from reports.grid.cell_text import HOURS, PERCENT, written
from reports.grid.drafting import Draft, Edit, Problem, draft_of, problem_of, refusals
from reports.grid.locks import locks_of
from reports.grid.places import Places
from reports.grid.windows import runs_of
from staffing.models import AllocationNote
from staffing.services import reallocate


class ReasonMissing(ValueError):
    """A change is saved with the decision behind it."""


class CellsRefused(ValueError):
    """Cells that cannot be saved; nothing is written."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        self.problems = problems
        super().__init__(f"{len(problems)} cells are refused")


class ChangedMeanwhile(ValueError):
    """Somebody saved the year of these workers since the page was read; nothing is written."""

    def __init__(self, workers: frozenset[int]) -> None:
        self.workers = workers
        super().__init__(f"{len(workers)} workers were saved by somebody else")


@dataclass(frozen=True)
class Difference:
    """A cell that a colleague changed: as read, theirs, and mine where it was edited."""

    key: str
    worker: str
    award: str
    month: int
    read: str
    theirs: str
    mine: str | None
    note: AllocationNote | None


def save(places: Places, asked: Asked, by: User) -> int:
    """Write the edits of a page with their reason, all or nothing.

    Returns:
        How many months changed.

    Raises:
        ReasonMissing: no reason, or one that is too long.
        ChangedMeanwhile: a worker's year is no longer the one that the page had read.
        CellsRefused: cells that cannot be read, that are frozen, or that the rules forbid.
        staffing.services.allocation.AllocationMoved: the same, saved at this very moment.
    """
    if not 0 < len(asked.reason) <= MOST_REASON:
        raise ReasonMissing(
            _("Écrivez pourquoi l'affectation change, en %d signes au plus.") % MOST_REASON
        )
    draft = draft_of(places, asked.edits)
    workers = {edit.worker for edit in asked.edits}
    moved = {pk for pk in workers if asked.versions.get(pk) != places.version(pk)}
    if moved:
        raise ChangedMeanwhile(frozenset(moved))
    problems = (*draft.problems, *refusals(places, draft))
    if problems:
        raise CellsRefused(problems)
    organisation = places.facts.organisation
    with transaction.atomic():
        must_be_open(places, draft)
        return reallocate(
            organisation=organisation,
            changes=draft.changes,
            versions=asked.versions,
            reason=asked.reason,
            by=by,
        )


def must_be_open(places: Places, draft: Draft) -> None:
    """Freezing an award locks its row: held here, no award is frozen while its months change."""
    held = {places.award(change.post).row.pk for change in draft.changes}
    rows = Award.objects.select_for_update(of=("self",)).filter(pk__in=held)
    _locked = list(rows.order_by("pk"))
    locks = locks_of(places.facts.organisation, places.facts.year)
    found = []
    for change in draft.changes:
        lock = locks.get(places.award(change.post).row.pk)
        if lock:
            number = change.month % 12 + 1
            edit = Edit(change.worker, change.post, number, change.after, HOURS)
            award = places.award(change.post).row.reference
            found.append(replace(problem_of(places, edit, lock), award=award))
    if found:
        raise CellsRefused(tuple(found))


def differences(
    places: Places, asked: Asked, workers: Iterable[int], notes: Iterable[AllocationNote]
) -> Iterator[Difference]:
    """The cells of some workers that are not what the page had read, theirs and mine."""
    mine = {(*edit.key, edit.number): edit for edit in asked.edits}
    last = {
        (one.worker_number, one.award_reference, one.post_code, one.month): one for one in notes
    }
    for worker in workers:
        for key in sorted(_cells(places, asked, worker)):
            share, theirs, read = *_held(places, key), asked.known.get(key, "")
            if theirs == read:
                continue
            index, post = places.posts[key[1]]
            award = places.facts.awards[index].row.reference
            number, edit = places.workers[worker].number, mine.get(key)
            month = month_index(places.year.start) + key[2] - 1
            at = (number, award, post.code, places.year.start.replace(month=key[2]))
            yield Difference(
                key=":".join(map(str, key)),
                worker=f"{number} {places.workers[worker].name}",
                award=award,
                month=month,
                read=f"{read} h" if read else "",
                theirs=f"{share} % ({theirs} h)" if theirs else "",
                mine=None if edit is None else _typed(edit),
                note=last.get(at),
            )


def _cells(places: Places, asked: Asked, worker: int) -> set[CellKey]:
    posts = {one.post_id for one in places.held[worker]}
    posts |= {edit.post for edit in asked.edits if edit.worker == worker}
    posts |= {key[1] for key in asked.known if key[0] == worker}
    return {
        (worker, post, number) for post in posts if post in places.posts for number in range(1, 13)
    }


def _held(places: Places, key: CellKey) -> tuple[str, str]:
    """What is saved in a cell, as a share and as hours."""
    month = month_index(places.year.start) + key[2] - 1
    runs = runs_of(places.rows(key[:2]), places.window(key[:2], month))
    return written(runs, PERCENT), written(runs, HOURS)


def _typed(edit: Edit) -> str:
    unit: Mapping[str, str] = {HOURS: "h"}
    return f"{edit.text} {unit.get(edit.unit, '%')}" if edit.text.strip() else ""
