"""Who may hold which post in a projected year: the same rules as in a recorded one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Q

from backoffice.engine.optimum.run_year import RunYear
from backoffice.federation.models import Approval, Organisation
from grants.models import Post
from grants.snapshots import AwardFacts
from reports.optimum.eligibility import Candidate, obstacle_of, proven
from reports.projection.awards import award_in_year, award_rows
from reports.scenarios.comparing import Baseline
from staffing.models import Worker, WorkerDocument


@dataclass
class Candidates:
    """The workers, posts and awards of a baseline as rows, in the order of its columns.

    `awards` are by index of the award, as they stand in the year; `diplomas` what the files prove
    by index of the worker; `hired` each scheme with the workers who hold or held a post of it;
    `approvals` their ids by index.
    """

    year: RunYear
    workers: Sequence[Worker]
    posts: Sequence[Post]
    awards: Mapping[int, AwardFacts]
    diplomas: Mapping[int, str]
    hired: frozenset[tuple[str, int]]
    approvals: Sequence[int]
    _known: dict[tuple[int, int], str] = field(default_factory=dict)

    def obstacle(self, contract: int, post: int) -> str:
        """What keeps a contract line off a post; empty for nothing."""
        key = contract, post
        if key not in self._known:
            award = self.awards[int(self.year.book.posts.award[post])]
            self._known[key] = obstacle_of(
                award, self.posts[post], self._candidate(contract, award.scheme.code)
            )
        return self._known[key]

    def _candidate(self, contract: int, scheme: str) -> Candidate:
        names, lines = self.year.facts.names, self.year.facts.contracts
        worker, approval = int(lines.worker[contract]), int(lines.approval[contract])
        return Candidate(
            function=names.functions[lines.function[contract]],
            diploma=self.diplomas.get(worker, "") or names.diplomas[lines.diploma[contract]],
            approval=self.approvals[approval] if approval >= 0 else None,
            hired=(scheme, worker) in self.hired,
        )


def candidates_of(base: Baseline, year: RunYear, at: int) -> Candidates:
    """Everybody and every post of a baseline; `at` is the civil year.

    Args:
        base: whose rows they are.
        year: the year of the scenario, whose contract lines are asked about.
        at: the civil year.
    """
    organisations, facts = base.scope.organisations, year.facts
    known = [int(month) // 12 - 1 for month in facts.known_until]
    awards = award_rows(organisations, known)
    here = set(year.book.years.award.tolist())
    workers = _workers(organisations)
    place = {worker.pk: index for index, worker in enumerate(workers)}
    held, schemes = facts.assignments, facts.names.award_schemes
    on = facts.posts.award[held.post].tolist()
    return Candidates(
        year=year,
        workers=workers,
        posts=[post for row in awards.rows for post in row.posts.all()],
        awards={
            index: award_in_year(row, at, base.horizon.as_of, late=at > known[awards.whose[index]])
            for index, row in enumerate(awards.rows)
            if index in here
        },
        diplomas=_diplomas(place, base.horizon.as_of),
        hired=frozenset(
            (schemes[award], worker) for award, worker in zip(on, held.worker.tolist(), strict=True)
        ),
        approvals=list(
            Approval.objects.filter(organisation__in=organisations)
            .order_by("organisation", "code")
            .values_list("pk", flat=True)
        ),
    )


def _workers(organisations: Sequence[Organisation]) -> list[Worker]:
    """The workers in the order of the columns: by organisation, then number."""
    owner = {one.pk: index for index, one in enumerate(organisations)}
    found = Worker.objects.filter(organisation__in=organisations)
    return sorted(found, key=lambda one: (owner[one.organisation_id], one.number))


def _diplomas(place: Mapping[int, int], as_of: date) -> Mapping[int, str]:
    """The highest diploma that the file of each worker proves on a day."""
    found = WorkerDocument.objects.filter(worker__in=place).exclude(level="")
    received = found.filter(Q(received_on=None) | Q(received_on__lte=as_of))
    levels = received.values_list("worker_id", "level")
    return proven((place[worker], level) for worker, level in levels)
