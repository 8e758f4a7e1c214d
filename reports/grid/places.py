"""Who and what a grid is made of: workers, their contracts and assignments, posts and locks."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from backoffice.engine.claims.ledger import Ledger
from backoffice.engine.periods import Period, year_period
from grants.models import Post
from grants.snapshots import AwardFacts
from reports.grid.sent_claims import Clash, clashes_of
from reports.grid.states import Charge
from reports.grid.windows import Span, window_of
from reports.justifications import settled
from reports.radar.months import Cell
from reports.sent import Sent
from reports.slices import common_days, scale_of, slices_of
from reports.snapshots import YearFacts
from staffing.allocation import Held, held_by, version_of
from staffing.models import Assignment, Worker
from staffing.snapshots import ContractFacts

Key = tuple[int, int]
"""A worker and a post, by id."""


@dataclass(frozen=True)
class Places:
    """An employer-year, found by the ids that a page names; `locks` by id of the award.

    `sent` are the versions of the year that have left.
    """

    facts: YearFacts
    locks: Mapping[int, str]
    sent: Sequence[Sent] = ()

    @cached_property
    def year(self) -> Period:
        return year_period(self.facts.year)

    @cached_property
    def workers(self) -> Mapping[int, Worker]:
        return {worker.pk: worker for worker in self.facts.staff.workers}

    @cached_property
    def posts(self) -> Mapping[int, tuple[int, Post]]:
        """Each post of the year with the place of its award."""
        return {
            post.pk: (index, post)
            for index, award in enumerate(self.facts.awards)
            for post in award.posts
        }

    @cached_property
    def lines(self) -> Mapping[int, tuple[ContractFacts, ...]]:
        """The contract lines of each worker."""
        found: dict[int, list[ContractFacts]] = {pk: [] for pk in self.workers}
        for line in self.facts.staff.contracts:
            found[line.row.worker_id].append(line)
        return {pk: tuple(lines) for pk, lines in found.items()}

    @cached_property
    def held(self) -> Mapping[int, tuple[Assignment, ...]]:
        """The assignments of each worker that touch the year."""
        found: dict[int, list[Assignment]] = {pk: [] for pk in self.workers}
        for one in self.facts.staff.assignments:
            found[one.worker_id].append(one)
        return {pk: tuple(rows) for pk, rows in found.items()}

    @cached_property
    def _rows(self) -> Mapping[Key, tuple[Held, ...]]:
        found: dict[Key, list[Assignment]] = {}
        for one in self.facts.staff.assignments:
            found.setdefault((one.worker_id, one.post_id), []).append(one)
        return {key: held_by(rows) for key, rows in found.items()}

    @cached_property
    def ledger(self) -> Ledger:
        """The ledger of the year, settled once."""
        return settled(self.facts)

    @cached_property
    def clashes(self) -> Mapping[Cell, Clash]:
        """The worker-months that a version has asked for and an award asks again."""
        return clashes_of(self.facts, self.ledger, self.sent)

    @cached_property
    def locked(self) -> Mapping[str, str]:
        """The locks by reference of the award."""
        rows = [award.row for award in self.facts.awards]
        return {row.reference: self.locks[row.pk] for row in rows if row.pk in self.locks}

    def award(self, post: int) -> AwardFacts:
        """The award of a post of the year."""
        return self.facts.awards[self.posts[post][0]]

    def rows(self, key: Key) -> tuple[Held, ...]:
        """The assignments of a worker on a post."""
        return self._rows.get(key, ())

    def window(self, key: Key, month: int) -> tuple[Span, ...]:
        """The days of a month on which the worker can be on the post."""
        return window_of(self.lines[key[0]], self.posts[key[1]][1], self.award(key[1]), month)

    def charges(self, worker: int) -> list[Charge]:
        """What each award of the year carries of a worker, on the days that are its own."""
        found = []
        for one in self.held[worker]:
            if one.post_id in self.posts:
                index = self.posts[one.post_id][0]
                start, stop = common_days(one, self.facts.awards[index])
                if start < stop:
                    found.append(Charge(index, start, stop, int(one.weekly_hours * 100)))
        return found

    def version(self, worker: int) -> str:
        """The version of the worker's year as it was read."""
        return version_of(self.held[worker], [line.row for line in self.lines[worker]])

    def with_assignments(self, rows: Iterable[Assignment]) -> "Places":
        """The same year with these assignments in place of those read, as if they were saved."""
        facts = self.facts
        number = {pk: worker.number for pk, worker in self.workers.items()}
        ordered = sorted(
            rows,
            key=lambda one: (
                number[one.worker_id],
                one.starts_on,
                one.post.award.reference,
                one.post.code,
            ),
        )
        staff = replace(facts.staff, assignments=tuple(ordered))
        scales = sorted({scale_of(line) for line in staff.contracts})
        slices, slice_facts = slices_of(facts.awards, staff, scales)
        drawn = replace(facts, staff=staff, slices=slices, slice_facts=slice_facts)
        return Places(drawn, self.locks, self.sent)
