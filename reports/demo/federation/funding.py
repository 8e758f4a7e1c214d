"""The posts that awards pay and who holds them: the shares of each job, award by award."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache

from backoffice.federation.vocabulary import Diploma
from reports.demo.careers import DIPLOMAS
from reports.demo.federation.awards import Granted, granted_awards
from reports.demo.federation.plan import Employer
from reports.demo.federation.services import ORGANIC
from reports.demo.federation.staff import Held, Stay, held_jobs
from reports.demo.rows import Row, hours, row_touches
from reports.demo.truth import CLAIM_AFTER_END, SHARED_WORKER

SHARED_PERCENT = 20
"""Percent of a full time that a worker shared between two approvals gives to the other one."""
_CODES = {
    "social": "SOC",
    "coordination": "COORD",
    "administration": "ADM",
    "reception": "ACC",
    "legal": "JUR",
    "psychology": "PSY",
    "community": "COM",
    "maintenance": "ENT",
}


@dataclass(frozen=True, eq=False)
class Share:
    """Percent of a full time of a job that an award pays."""

    award: Granted
    job: Held
    percent: int

    @property
    def post(self) -> str:
        return _CODES[self.job.seat.function]


@cache
def shares_of(employer: Employer) -> tuple[Share, ...]:
    """Every share, job by job, those of workers shared between two approvals included."""
    shared = _shared(employer)
    return tuple(
        Share(award, job, percent)
        for job in held_jobs(employer)
        for award in granted_awards(employer)
        if (percent := _percent(job, award, shared))
    )


def _percent(job: Held, award: Granted, shared: Mapping[str, str]) -> int:
    holder = job.stays[0].worker.number
    if award.service is job.service:
        percent = dict(job.seat.shares).get(award.role, 0)
        is_lent = award.role == ORGANIC and holder in shared.values()
        return percent - SHARED_PERCENT if is_lent else percent
    return SHARED_PERCENT if shared.get(award.reference) == holder else 0


def _shared(employer: Employer) -> dict[str, str]:
    """Reference of an award -> number of the planted worker whom it pays for another approval."""
    return {
        award: fact.worker
        for fact in employer.planted
        if fact.kind == SHARED_WORKER
        for award in fact.awards
    }


def post_rows(employer: Employer, year: int) -> Sequence[Row]:
    """Posts with a day in the year: the shares of an award, by function."""
    found: dict[tuple[Granted, str], list[Share]] = {}
    for share in shares_of(employer):
        found.setdefault((share.award, share.post), []).append(share)
    rows = [
        {
            "award": award.reference,
            "code": code,
            "function": shares[0].job.seat.function,
            "diploma": _least(share.job.seat.column for share in shares),
            "fte": Decimal(sum(share.percent for share in shares)).scaleb(-2),
            "starts_on": award.starts_on,
            "ends_on": award.ends_on,
        }
        for (award, code), shares in found.items()
    ]
    return [row for row in rows if row_touches(year, row)]


def _least(columns: Iterable[str]) -> str:
    """The lowest diploma of the jobs of a post: what the post asks for."""
    return max((DIPLOMAS[column] for column in columns), key=Diploma.values.index)


def assignment_rows(employer: Employer, year: int) -> Sequence[Row]:
    """Assignments with a day in the year."""
    late = _left_open(employer)
    rows = [row for share in shares_of(employer) for row in _assignments(share, late)]
    return [row for row in rows if row_touches(year, row)]


def _left_open(employer: Employer) -> set[tuple[str, str]]:
    """Award and worker of the planted assignments that were not ended with the contract."""
    return {
        (award, fact.worker)
        for fact in employer.planted
        if fact.kind == CLAIM_AFTER_END
        for award in fact.awards
    }


def _assignments(share: Share, late: set[tuple[str, str]]) -> Iterator[Row]:
    award, full_time = share.award, share.job.service.kind.full_time
    for stay in share.job.stays:
        starts_on = max(stay.starts_on, award.starts_on)
        ends_on = min(stay.ends_on or date.max, award.ends_on or date.max)
        if (award.reference, stay.worker.number) in late:
            ends_on = award.ends_on or date.max
        if starts_on <= ends_on:
            yield {
                "worker": stay.worker.number,
                "award": award.reference,
                "post": share.post,
                "starts_on": starts_on,
                "ends_on": None if ends_on == date.max else ends_on,
                "weekly_hours": hours(full_time * share.percent // 100),
                "reason": _reason(stay),
            }


def _reason(stay: Stay) -> str:
    replaced = stay.worker.lines[0].replaces
    return f"DEMO remplacement de {replaced}, malade de longue durée" if replaced else ""
