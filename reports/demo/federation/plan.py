"""Who the employers are: thirty-seven services beside the first one, and the federation itself.

Numbers are those of the federation in 2020 and 2024: 28 Brussels services on 51 sites, 13 Walloon
ones (14 approvals) with 68 antennas, 38 employers because some hold two approvals.
"""

from dataclasses import dataclass, replace
from functools import cached_property
from random import Random

from reports.demo.careers import BACHELOR
from reports.demo.federation.names import house
from reports.demo.federation.services import (
    COMMON_FEDERATION,
    FEDERATION,
    JOBS,
    KINDS,
    MARIBEL,
    OPTIONAL,
    ORGANIC,
    PROJECT,
    Kind,
    Seat,
)
from reports.demo.identifiers import enterprise_number
from reports.demo.truth import Planted, planted_at

SEED = 20_260_216
_STEP = 1_000_003
_USUAL = (ORGANIC, MARIBEL, JOBS, OPTIONAL)
_PROJECT_SEAT = Seat("community", BACHELOR, 50, ((PROJECT, 50),))


@dataclass(frozen=True)
class Service:
    """An approval of an employer: its kind, the roles of awards that it holds, its jobs."""

    kind: Kind
    antennas: int
    roles: tuple[str, ...]
    seats: tuple[Seat, ...]

    @property
    def code(self) -> str:
        return self.kind.code


@dataclass(frozen=True, eq=False)
class Employer:
    """One employer of the plan; `rank` gives its numbers and its own draws."""

    rank: int
    name: str
    services: tuple[Service, ...]
    legal_form: str = "asbl"

    @cached_property
    def number(self) -> str:
        return enterprise_number(self.rank)

    @cached_property
    def planted(self) -> tuple[Planted, ...]:
        return planted_at(self.number)

    @property
    def is_federation(self) -> bool:
        return self.services[0].code == FEDERATION.code

    def chance(self, subject: int) -> Random:
        """Draws of its own for one subject, the same at each call."""
        return Random(SEED + self.rank * _STEP + subject)  # noqa: S311


@dataclass(frozen=True)
class _Sketch:
    """An employer in a word: kinds of its approvals, antennas of each, and what sets it apart."""

    kinds: tuple[str, ...]
    antennas: tuple[int, ...]
    is_mutuality: bool = False
    has_project: bool = False


def _one(kind: str, antennas: int, *, mutuality: bool = False, project: bool = False) -> _Sketch:
    return _Sketch((kind,), (antennas,), mutuality, project)


_SKETCHES: tuple[_Sketch, ...] = (
    *(_one("CASG", 1, project=rank < 3) for rank in range(8)),  # noqa: PLR2004
    *(_one("CAP", 4, mutuality=True) for _ in range(2)),
    *(_one("CAP", 1, project=True) for _ in range(4)),
    *(_one("CAP", 0, project=rank < 2) for rank in range(7)),  # noqa: PLR2004
    *(_one("JUSTICE", 0) for _ in range(4)),
    _Sketch(("CAP", "CSS"), (1, 6)),
    _Sketch(("CAP", "ILI"), (1, 3)),
    _Sketch(("CSS", "ILI"), (4, 2)),
    _one("CSS", 22, mutuality=True),
    _one("CSS", 8),
    *(_one("ILI", 3) for _ in range(5)),
    *(_one("SASPP", 4) for _ in range(2)),
)
_FIRST_RANK = 2
_FEDERATION_RANK = 90
_MUTUALITY_SEATS = 4


def _employers() -> tuple[Employer, ...]:
    drawn = tuple(_drawn(place, sketch) for place, sketch in enumerate(_SKETCHES))
    return (*drawn, *_federation())


def _drawn(place: int, sketch: _Sketch) -> Employer:
    rank = place + _FIRST_RANK
    chance = Random(SEED + rank)  # noqa: S311
    services = tuple(
        _service(KINDS[kind], antennas, sketch, chance)
        for kind, antennas in zip(sketch.kinds, sketch.antennas, strict=True)
    )
    if sketch.is_mutuality:
        return Employer(rank, f"{house(place)}, mutualité (DEMO)", services, "mutuality")
    return Employer(rank, f"{house(place)} ASBL", services)


def _service(kind: Kind, antennas: int, sketch: _Sketch, chance: Random) -> Service:
    """The jobs of the kind, without those of awards that it does not hold, and a few more."""
    roles = tuple(role for role in _USUAL if role in kind.schemes)
    if sketch.is_mutuality:
        roles = tuple(role for role in roles if role != OPTIONAL)
    more = chance.choice((0, 0, 1, 1, 2)) + (_MUTUALITY_SEATS if sketch.is_mutuality else 0)
    added = [_social(chance.choice((50, 60, 75, 80, 100))) for _ in range(more)]
    if sketch.has_project:
        roles, added = (*roles, PROJECT), [*added, _PROJECT_SEAT]
    seats = tuple(_within(seat, roles) for seat in (*kind.seats, *added))
    return Service(kind, antennas, roles, seats)


def _social(percent: int) -> Seat:
    return Seat("social", BACHELOR, percent, ((ORGANIC, percent),))


def _within(seat: Seat, roles: tuple[str, ...]) -> Seat:
    """The job, paid by the approval's own award where the service does not hold the others."""
    shares: dict[str, int] = {}
    for role, percent in seat.shares:
        payer = role if role in roles else ORGANIC
        shares[payer] = shares.get(payer, 0) + percent
    return replace(seat, shares=tuple(shares.items()))


def _federation() -> tuple[Employer, ...]:
    names = (
        (FEDERATION, "DEMO Fédération des services sociaux de l'Exemple ASBL"),
        (COMMON_FEDERATION, "DEMO Fédération bicommunautaire de l'Exemple ASBL"),
    )
    return tuple(
        Employer(rank, name, (Service(kind, 0, tuple(kind.schemes), kind.seats),))
        for rank, (kind, name) in enumerate(names, start=_FEDERATION_RANK)
    )


EMPLOYERS: tuple[Employer, ...] = _employers()
BY_NUMBER = {employer.number: employer for employer in EMPLOYERS}
