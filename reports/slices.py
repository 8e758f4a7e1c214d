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
    pay: Mapping[int, Sequence[tuple[int, int, int, date]]]


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
            for fact, row in _parts(assignment, places, common_days(assignment, awards[award])):
                rows.append(row)
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
    pay: dict[int, list[tuple[int, int, int, date]]] = {}
    columns = staff.pay.worker.tolist(), first.tolist(), after.tolist()
    for row, (worker, start, stop) in enumerate(zip(*columns, strict=True)):
        pay.setdefault(worker, []).append((row, start, stop, date.fromordinal(start)))
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
    assignment: Assignment, places: _Places, shared: tuple[int, int]
) -> Iterator[tuple[SliceFacts, tuple[int, ...]]]:
    """Each contract line and month under one assignment, with its columns of `Slices`.

    What does not change from month to month is worked out once for all of them.
    """
    post, worker = assignment.post, places.worker[assignment.worker_id]
    award, held = places.award[post.award_id], places.post[post.pk]
    function = FUNCTIONS.index(post.function)
    for line in places.contracts.get(worker, ()):
        left, right = max(shared[0], line.start), min(shared[1], line.stop)
        hours, scale = hours_on_post(assignment, line), places.scale[scale_of(line)]
        for pay, first, after, month in places.pay.get(worker, ()):
            days = min(right, after) - max(left, first)
            if days > 0:
                seniority = min(completed_years(line.row.seniority_on, month), _LAST_SENIORITY)
                fixed = (pay, award, held, function, hours, line.full_time)
                yield SliceFacts(assignment, line, pay), (*fixed, days, scale, seniority)


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
