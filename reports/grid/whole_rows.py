"""One assignment written whole, from a day to a day: checked, locked and noted as the grid does."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.contrib.auth.models import User

from backoffice.federation.audit.acting import current
from backoffice.federation.models import Organisation
from reports.grid.answers import places_of
from reports.grid.cell_text import HOURS, written
from reports.grid.drafting import Draft, Edit, problem_of, refusals
from reports.grid.places import Places
from reports.grid.saving import must_be_open
from reports.grid.windows import runs_of
from staffing.models import Assignment
from staffing.services.allocation import MonthChange, NotedAt, note_change

YearDraft = tuple[Places, Draft]
"""A year as it is saved, and with the assignment in it."""


@dataclass(frozen=True)
class Rewriting:
    """An assignment of an organisation as it was and as it will be; None: there is none."""

    organisation: Organisation
    before: Assignment | None
    after: Assignment | None

    @property
    def rows(self) -> tuple[Assignment, ...]:
        return tuple(row for row in (self.before, self.after) if row is not None)


def drafts_of(rewriting: Rewriting, today: date) -> tuple[YearDraft, ...]:
    """The years of which it changes months, up to the next one where it has no end."""
    drafts = []
    for year in _years(rewriting.rows, today):
        places = places_of(rewriting.organisation, year, today)
        draft = _draft(places, rewriting)
        if draft.changes:
            drafts.append((places, draft))
    return tuple(drafts)


def refused(drafts: Iterable[YearDraft]) -> Iterator[str]:
    """Why the grid would refuse these months: one sentence a locked award, else one a month."""
    for places, draft in drafts:
        locked: dict[int, str] = {}
        for change in draft.changes:
            award = places.award(change.post).row
            if award.pk in places.locks and award.pk not in locked:
                edit = Edit(change.worker, change.post, change.month % 12 + 1, change.after, HOURS)
                locked[award.pk] = problem_of(places, edit, places.locks[award.pk]).message
        yield from locked.values() or (one.message for one in refusals(places, draft))


def note(drafts: Iterable[YearDraft], reason: str) -> None:
    """Keep why on a note of each month, in the name of who acts.

    Call it in the transaction that writes the assignment: no award is frozen until it ends.

    Raises:
        CellsRefused: an award was frozen since the drafts were made.
    """
    user = current().user
    by = user if isinstance(user, User) else None
    for places, draft in drafts:
        must_be_open(places, draft)
        for change in draft.changes:
            post = places.posts[change.post][1]
            number = places.workers[change.worker].number
            at = NotedAt(number, places.award(change.post).row.reference, post.code)
            note_change(
                organisation=places.facts.organisation, at=at, change=change, reason=reason, by=by
            )


def _years(rows: Iterable[Assignment], today: date) -> range:
    known = list(rows)
    first = min(row.starts_on.year for row in known)
    last = max(row.ends_on.year if row.ends_on else today.year + 1 for row in known)
    return range(first, max(first, min(last, today.year + 1)) + 1)


def _draft(places: Places, rewriting: Rewriting) -> Draft:
    """The year with the assignment as it will be, and the months that it changes there."""
    before, after = rewriting.before, rewriting.after
    rows = [one for one in places.facts.staff.assignments if not before or one.pk != before.pk]
    if after and (after.ends_on is None or after.ends_on >= places.year.start):
        rows += [after] if after.starts_on < places.year.stop else []
    drawn = places.with_assignments(rows)
    keys = dict.fromkeys((row.worker_id, row.post_id) for row in rewriting.rows)
    changes = []
    for key in keys:
        for month in places.year.months() if key[1] in places.posts else ():
            window = places.window(key, month)
            was, now = (written(runs_of(one.rows(key), window), HOURS) for one in (places, drawn))
            if was != now:
                changes.append(MonthChange(*key, month, (), was, now))
    return Draft(drawn, tuple(changes), ())
