"""The slices of an employer-year: one row per assignment x contract line x month of pay."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from backoffice.engine.payroll import Slices
from backoffice.engine.periods import month_ordinals
from grants.snapshots import FUNCTIONS, AwardFacts, ordinals
from staffing.models import Assignment
from staffing.snapshots import ContractFacts, StaffFacts, completed_years, hours_on_post

_LAST_SENIORITY = 59


@dataclass(frozen=True)
class SliceFacts:
    """Where one slice comes from: its assignment, contract line and pay row."""

    assignment: Assignment
    contract: ContractFacts
    pay: int


@dataclass(frozen=True)
class _Places:
    """Index of each award and post by database id, of each scale, and rows by worker."""

    award: Mapping[int, int]
    post: Mapping[int, int]
    scale: Mapping[tuple[str, str, str], int]
    worker: Mapping[int, int]
    contracts: Mapping[int, Sequence[ContractFacts]]
    pay: Mapping[int, Sequence[tuple[int, int, int]]]


def slices_of(
    awards: Sequence[AwardFacts], staff: StaffFacts, scales: Sequence[tuple[str, str, str]]
) -> tuple[Slices, tuple[SliceFacts, ...]]:
    """Days that assignment, post, exercise and contract line have in common, month by month.

    An assignment outside every contract line has no slice: nothing can be claimed there.
    """
    places = _places(awards, staff, scales)
    rows: list[tuple[int, ...]] = []
    facts: list[SliceFacts] = []
    for assignment in staff.assignments:
        award = places.award.get(assignment.post.award_id)
        if award is not None:
            start, stop = common_days(assignment, awards[award])
            for fact, days in _parts(assignment, places, start, stop):
                rows.append(_row(fact, days, places, staff))
                facts.append(fact)
    columns = np.array(rows, dtype=np.int64).reshape(len(rows), 9).T
    return Slices(*np.ascontiguousarray(columns)), tuple(facts)


def scale_of(line: ContractFacts) -> tuple[str, str, str]:
    """Scale, column and index regime of the pay of a contract line."""
    return (line.row.scale, line.row.scale_column, line.row.index_regime)


def _places(
    awards: Sequence[AwardFacts], staff: StaffFacts, scales: Sequence[tuple[str, str, str]]
) -> _Places:
    contracts: dict[int, list[ContractFacts]] = {}
    for line in staff.contracts:
        contracts.setdefault(line.worker, []).append(line)
    first = month_ordinals(staff.pay.month)
    after = month_ordinals(staff.pay.month + 1)
    pay: dict[int, list[tuple[int, int, int]]] = {}
    for row, worker in enumerate(staff.pay.worker):
        pay.setdefault(int(worker), []).append((row, int(first[row]), int(after[row])))
    posts = [post.pk for facts in awards for post in facts.posts]
    return _Places(
        award={facts.row.pk: index for index, facts in enumerate(awards)},
        post={post: index for index, post in enumerate(posts)},
        scale={scale: index for index, scale in enumerate(scales)},
        worker={worker.pk: index for index, worker in enumerate(staff.workers)},
        contracts=contracts,
        pay=pay,
    )


def _parts(
    assignment: Assignment, places: _Places, start: int, stop: int
) -> Iterator[tuple[SliceFacts, int]]:
    """Each contract line and month under one assignment, with the days in common."""
    worker = places.worker[assignment.worker_id]
    for line in places.contracts.get(worker, ()):
        left, right = max(start, line.start), min(stop, line.stop)
        for pay, first, after in places.pay.get(worker, ()):
            days = min(right, after) - max(left, first)
            if days > 0:
                yield SliceFacts(assignment, line, pay), days


def _row(fact: SliceFacts, days: int, places: _Places, staff: StaffFacts) -> tuple[int, ...]:
    """The columns of `Slices`, in their order."""
    post, line = fact.assignment.post, fact.contract
    month = int(staff.pay.month[fact.pay])
    seniority = completed_years(line.row.seniority_on, date(month // 12, month % 12 + 1, 1))
    return (
        fact.pay,
        places.award[post.award_id],
        places.post[post.pk],
        FUNCTIONS.index(post.function),
        hours_on_post(fact.assignment, line),
        line.full_time,
        days,
        places.scale[scale_of(line)],
        min(seniority, _LAST_SENIORITY),
    )


def common_days(assignment: Assignment, award: AwardFacts) -> tuple[int, int]:
    """Days (ordinals) on which the assignment, its post and the exercise all exist.

    Where the award admits nothing before its notification, neither does it carry any day before.
    """
    mine = ordinals(assignment.starts_on, assignment.ends_on)
    post = ordinals(assignment.post.starts_on, assignment.post.ends_on)
    exercise = award.exercise
    first = max(exercise.start, award.not_before or exercise.start)
    return (
        max(mine[0], post[0], first.toordinal()),
        min(mine[1], post[1], exercise.stop.toordinal()),
    )
