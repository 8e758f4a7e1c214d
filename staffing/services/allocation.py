"""Months of workers on posts, reallocated in one go: dated assignments and the note of why."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Q

from backoffice.engine.periods import Period, month_start, year_period
from backoffice.federation.audit import acting
from backoffice.federation.models import Organisation
from grants.models import Post
from staffing.allocation import Held, Stretch, day_of, held_by, rewritten, version_of
from staffing.models import AllocationNote, Assignment, ContractLine, Worker

_HUNDREDTHS = 100
_Key = tuple[int, int]


@dataclass(frozen=True)
class MonthChange:
    """What a month of a worker on a post holds from now on, with both states in words."""

    worker: int
    post: int
    month: int
    stretches: tuple[Stretch, ...]
    before: str
    after: str


@dataclass(frozen=True)
class NotedAt:
    """A worker on a post, by the references that outlive their rows."""

    worker: str
    award: str
    post: str


class AllocationMoved(ValueError):
    """Somebody changed the assignments of these workers since they were read."""

    def __init__(self, workers: frozenset[int]) -> None:
        self.workers = workers
        super().__init__(f"{len(workers)} workers have other assignments than those read")


@transaction.atomic
def reallocate(
    *,
    organisation: Organisation,
    changes: Sequence[MonthChange],
    versions: Mapping[int, str],
    reason: str,
    by: User | None,
) -> int:
    """Write months of one year as dated assignments, with a note for each; all or nothing.

    Args:
        organisation: whose workers and posts they are.
        changes: at most one per worker, post and month.
        versions: of each worker's year as it was read, from `version_of`.
        reason: why, in words; kept on every note.
        by: who decides; None at the command line.

    Returns:
        How many months were written.

    Raises:
        AllocationMoved: a worker's year is no longer the one that was read; nothing is written.
        Worker.DoesNotExist, Post.DoesNotExist: not of this organisation.
    """
    if not changes:
        return 0
    workers = _locked(organisation, {change.worker for change in changes})
    posts = _posts(organisation, {change.post for change in changes})
    year = year_period(changes[0].month // 12)
    moved = frozenset(
        pk for pk, version in versions_of(workers, year).items() if versions.get(pk) != version
    )
    if moved:
        raise AllocationMoved(moved)
    wanted: dict[_Key, dict[int, tuple[Stretch, ...]]] = {}
    for change in changes:
        wanted.setdefault((change.worker, change.post), {})[change.month] = change.stretches
    stored = _stored(wanted)
    with acting(by, reason):
        for key, months in wanted.items():
            rows = stored.get(key, [])
            _write(key, rows, rewritten(held_by(rows), months))
        for change in changes:
            post = posts[change.post]
            at = NotedAt(workers[change.worker].number, post.award.reference, post.code)
            note_change(organisation=organisation, at=at, change=change, reason=reason, by=by)
    return len(changes)


def note_change(
    *, organisation: Organisation, at: NotedAt, change: MonthChange, reason: str, by: User | None
) -> None:
    """Keep the decision behind the change of one month.

    Args:
        organisation: whose worker it is.
        at: the worker and the post, by their references.
        change: what the month held and holds.
        reason: why, in words.
        by: who decides; None at the command line.
    """
    AllocationNote.objects.create(
        organisation=organisation,
        worker_number=at.worker,
        award_reference=at.award,
        post_code=at.post,
        month=month_start(change.month),
        before=change.before,
        after=change.after,
        reason=reason,
        by=by,
    )


def versions_of(workers: Iterable[int], year: Period) -> dict[int, str]:
    """The version of each worker's year; two queries."""
    assignments: dict[int, list[Assignment]] = {pk: [] for pk in workers}
    lines: dict[int, list[ContractLine]] = {pk: [] for pk in assignments}
    touching = Q(ends_on__isnull=True) | Q(ends_on__gte=year.start)
    for one in Assignment.objects.filter(
        touching, worker__in=assignments, starts_on__lt=year.stop
    ).order_by("pk"):
        assignments[one.worker_id].append(one)
    for line in ContractLine.objects.filter(worker__in=lines, starts_on__lt=year.stop).order_by(
        "pk"
    ):
        lines[line.worker_id].append(line)
    return {pk: version_of(assignments[pk], lines[pk]) for pk in assignments}


def _locked(organisation: Organisation, wanted: set[int]) -> dict[int, Worker]:
    """The workers, held until the end of the transaction: two saves follow each other."""
    rows = organisation.workers.select_for_update(of=("self",)).filter(pk__in=wanted)
    found = {worker.pk: worker for worker in rows.order_by("pk")}
    if found.keys() != wanted:
        raise Worker.DoesNotExist(f"{len(wanted - found.keys())} workers of another organisation")
    return found


def _posts(organisation: Organisation, wanted: set[int]) -> dict[int, Post]:
    rows = Post.objects.filter(award__organisation=organisation, pk__in=wanted)
    found = {post.pk: post for post in rows.select_related("award").order_by("pk")}
    if found.keys() != wanted:
        raise Post.DoesNotExist(f"{len(wanted - found.keys())} posts of another organisation")
    return found


def _stored(wanted: Iterable[_Key]) -> dict[_Key, list[Assignment]]:
    keys = set(wanted)
    rows = Assignment.objects.filter(
        worker__in={worker for worker, _post in keys}, post__in={post for _worker, post in keys}
    )
    found: dict[_Key, list[Assignment]] = {}
    for row in rows.order_by("starts_on"):
        found.setdefault((row.worker_id, row.post_id), []).append(row)
    return found


def _write(key: _Key, rows: Sequence[Assignment], wanted: Sequence[Held]) -> None:
    """Rows keep their first day; the others are removed first, so that no two days meet."""
    former = {row.starts_on: row for row in rows}
    days = {date.fromordinal(held.start): held for held in wanted}
    for day, row in former.items():
        if day not in days:
            row.delete()
    for day, held in days.items():
        row = former.get(day) or Assignment(worker_id=key[0], post_id=key[1], starts_on=day)
        hours, last = Decimal(held.hours) / _HUNDREDTHS, day_of(held.stop)
        if row.pk and (row.weekly_hours, row.ends_on, row.reason) == (hours, last, held.reason):
            continue
        row.weekly_hours, row.ends_on, row.reason = hours, last, held.reason
        row.save()
