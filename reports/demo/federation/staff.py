"""Who holds each job: departures, long sicknesses and their replacements, vacancies, leap days."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from random import Random

from backoffice.engine.periods import Period
from reports.demo.careers import MASTER, Line, Sickness, Worker
from reports.demo.federation.names import person
from reports.demo.federation.plan import Employer, Service
from reports.demo.federation.services import JOBS, Seat
from reports.demo.rows import YEARS
from reports.demo.truth import CLAIM_AFTER_END, LEAP_START, SHARED_WORKER

SECOND = 40
"""The second holder of job 3 is W43: numbers say which job without a counter."""
_CAREERS = frozenset((CLAIM_AFTER_END, LEAP_START, SHARED_WORKER))
"""The kinds of planted facts that rest on who holds a job: nothing else happens to it."""
_STAFF, _PEOPLE = 1, 100
_ONE_DAY = timedelta(days=1)
_GUARANTEED = timedelta(days=30)
_COMMUTING = (3850, 4900, 4900, 5600, 6350, 7100)


@dataclass(frozen=True, eq=False)
class Stay:
    """Days on which a worker holds a job at the cost of its awards; both included."""

    worker: Worker
    starts_on: date
    ends_on: date | None


@dataclass(frozen=True, eq=False)
class Held:
    """A job of a service and who holds it, in order of days."""

    service: Service
    seat: Seat
    stays: tuple[Stay, ...]


@dataclass(frozen=True)
class _Story:
    """What happens on a job: the first holder leaves, or is ill, and when a second one comes."""

    leaves_on: date | None = None
    ill: tuple[date, date] | None = None
    second_on: date | None = None
    second_until: date | None = None
    opens_on: date | None = None


@dataclass(frozen=True)
class _Hire:
    """A contract to draw up: number of the worker, days, whom it replaces, who falls ill."""

    number: int
    starts_on: date
    ends_on: date | None
    replaces: str | None = None
    ill: tuple[date, date] | None = None


@cache
def held_jobs(employer: Employer) -> tuple[Held, ...]:
    """Every job of an employer, in the order of its workers' numbers."""
    places = [(service, seat) for service in employer.services for seat in service.seats]
    stories = _stories(employer, len(places))
    return tuple(
        _held(employer, rank, place, stories.get(rank, _Story()))
        for rank, place in enumerate(places, start=1)
    )


def workers(employer: Employer) -> tuple[Worker, ...]:
    """Everybody under contract over the three years, by number."""
    found = {stay.worker.number: stay.worker for job in held_jobs(employer) for stay in job.stays}
    return tuple(found[number] for number in sorted(found))


def _stories(employer: Employer, count: int) -> dict[int, _Story]:
    """By rank of the job: what is planted, then what is drawn on jobs where nothing is planted."""
    if employer.is_federation:
        return {}
    told = dict(_planted(employer))
    touched = {int(fact.worker[1:]) for fact in employer.planted if fact.kind in _CAREERS}
    free = [rank for rank in range(1, count + 1) if rank not in told and rank not in touched]
    chance = employer.chance(_STAFF)
    chance.shuffle(free)
    told[free.pop()] = _departure(chance)
    if chance.randrange(10) < 6:  # noqa: PLR2004
        told[free.pop()] = _illness(chance)
    if chance.randrange(10) < 3:  # noqa: PLR2004
        told[free.pop()] = _Story(opens_on=date(chance.choice((2023, 2024)), 9, 1))
    return told


def _planted(employer: Employer) -> Iterator[tuple[int, _Story]]:
    for fact in employer.planted:
        if fact.kind == CLAIM_AFTER_END:
            second = date(fact.year + 1, 1, 1)
            day = date.fromisoformat(fact.day)
            yield int(fact.worker[1:]), _Story(leaves_on=day, second_on=second)
        elif fact.kind == LEAP_START:
            day = date.fromisoformat(fact.day)
            left = date(day.year, 1, 31)
            yield int(fact.worker[1:]) - SECOND, _Story(leaves_on=left, second_on=day)


def _departure(chance: Random) -> _Story:
    """Somebody leaves at the end of a month; the successor comes one to four months later."""
    year, month = chance.choice((2023, 2024, 2025)), chance.randint(2, 9)
    left = date(year, month, 1) - _ONE_DAY
    return _Story(leaves_on=left, second_on=date(year, month + chance.randint(0, 3), 1))


def _illness(chance: Random) -> _Story:
    """A long sickness within one year; the replacement starts when the guaranteed pay ends."""
    first = date(chance.choice((2023, 2024, 2025)), chance.randint(1, 6), chance.randint(3, 25))
    last = first + _GUARANTEED + timedelta(days=chance.randint(90, 160))
    return _Story(ill=(first, last), second_on=first + _GUARANTEED, second_until=last)


def _held(employer: Employer, rank: int, place: tuple[Service, Seat], story: _Story) -> Held:
    chance = employer.chance(_PEOPLE + rank)
    hired = story.opens_on or date(chance.randint(2008, 2021), chance.randint(1, 12), 1)
    first = _worker(employer, place, _Hire(rank, hired, story.leaves_on, ill=story.ill))
    if story.ill is None:
        stays = [Stay(first, hired, story.leaves_on)]
    else:
        stays = [
            Stay(first, hired, story.ill[0] + _GUARANTEED - _ONE_DAY),
            Stay(first, story.ill[1] + _ONE_DAY, None),
        ]
    if story.second_on is not None and story.second_on.year in YEARS:
        replaced = first.number if story.ill else None
        hire = _Hire(rank + SECOND, story.second_on, story.second_until, replaced)
        second = _worker(employer, place, hire)
        stays.insert(1, Stay(second, story.second_on, story.second_until))
    return Held(*place, tuple(stays))


def _worker(employer: Employer, place: tuple[Service, Seat], hire: _Hire) -> Worker:
    service, seat = place
    chance = employer.chance(_PEOPLE * 2 + hire.number)
    number = f"W{hire.number:02d}"
    line = Line(
        worker=number,
        starts_on=hire.starts_on,
        ends_on=hire.ends_on,
        function=seat.function,
        column=seat.column,
        seniority_on=date(hire.starts_on.year - chance.randint(0, 8), hire.starts_on.month, 1),
        weekly=service.kind.full_time * seat.percent // 100,
        full_time=service.kind.full_time,
        approval=service.code,
        kind="replacement" if hire.replaces else "permanent",
        replaces=hire.replaces,
        joint_committee=service.kind.joint_committee,
        is_manual=seat.is_manual,
    )
    return Worker(
        number,
        person(employer.rank * _PEOPLE + hire.number),
        _COMMUTING[-1] if seat.column == MASTER else chance.choice(_COMMUTING),
        (line,),
        is_acs=(JOBS, 100) in seat.shares and service.kind.in_brussels,
        sickness=_sickness(*hire.ill) if hire.ill else None,
    )


def _sickness(first: date, last: date) -> Sickness:
    unpaid = first + _GUARANTEED
    return Sickness(Period(first, unpaid), Period(unpaid, last + _ONE_DAY))
