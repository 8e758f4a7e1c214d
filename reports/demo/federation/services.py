"""A service of each kind: its jobs, the awards that pay them, its approved frame."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from reports.demo.careers import BACHELOR, BRUSSELS_HOURS, CLERK, MASTER, WALLONIA_HOURS

ORGANIC, MARIBEL, JOBS, OPTIONAL, PROJECT = "organic", "maribel", "jobs", "optional", "project"
"""The roles of awards: the approval's own, three kinds of posts, and one-year projects."""


@dataclass(frozen=True)
class Seat:
    """A job: function, pay column, percent of a full time, and the percents that awards pay.

    What no award pays is on own funds. A seat paid in full by ACS has its contributions waived.
    """

    function: str
    column: str
    percent: int
    shares: tuple[tuple[str, int], ...] = ()
    is_manual: bool = False


@dataclass(frozen=True)
class Position:
    """One line of the approved frame: what the decision says, whatever is funded or paid."""

    function: str
    diploma: str
    percent: int
    origin: str = "minimum"


@dataclass(frozen=True)
class Kind:
    """A kind of approval: who pays under which scheme, which full time, which jobs and frame.

    `references` gives, by role, the reference of the award; {year} where it is yearly.
    """

    code: str
    name: str
    full_time: int
    joint_committee: str
    schemes: Mapping[str, str]
    references: Mapping[str, str]
    seats: tuple[Seat, ...]
    frame: tuple[Position, ...]

    @property
    def in_brussels(self) -> bool:
        return self.full_time == BRUSSELS_HOURS


def _seat(function: str, column: str, percent: int, *, manual: bool = False, **shares: int) -> Seat:
    return Seat(function, column, percent, tuple(shares.items()), manual)


_CLEANER = _seat("maintenance", CLERK, 40, manual=True, organic=40)
_CASG = Kind(
    code="CASG",
    name="Centre d'action sociale globale",
    full_time=BRUSSELS_HOURS,
    joint_committee="332",
    schemes={
        ORGANIC: "cocof_casg", MARIBEL: "maribel", JOBS: "acs", OPTIONAL: "cocof_facultative",
        PROJECT: "cocom_facultative",
    },
    references={
        ORGANIC: "COCOF-{year}", MARIBEL: "MARIBEL-332", JOBS: "ACS-CASG",
        OPTIONAL: "COCOF-FAC-{year}", PROJECT: "COCOM-{year}",
    },
    seats=(
        _seat("coordination", MASTER, 100, organic=70, optional=30),
        _seat("social", BACHELOR, 100, organic=100),
        _seat("social", BACHELOR, 100, organic=100),
        _seat("administration", CLERK, 100, organic=100),
        _seat("social", BACHELOR, 100, jobs=100),
        _seat("reception", CLERK, 100, maribel=100),
        _seat("reception", CLERK, 50, maribel=50),
        _seat("social", BACHELOR, 80, organic=80),
        _seat("legal", MASTER, 60, optional=60),
        _CLEANER,
    ),
    frame=(
        Position("social", "bachelor", 300),
        Position("administration", "cess", 100),
        Position("coordination", "bachelor", 50, "complementary"),
    ),
)  # fmt: skip
_CAP = Kind(
    code="CAP",
    name="Centre d'aide aux personnes",
    full_time=BRUSSELS_HOURS,
    joint_committee="330",
    schemes={
        ORGANIC: "cocom_cap", MARIBEL: "maribel", JOBS: "acs", OPTIONAL: "cocom_facultative",
        PROJECT: "cocof_facultative",
    },
    references={
        ORGANIC: "VIVALIS-{year}", MARIBEL: "MARIBEL-330", JOBS: "ACS-CAP",
        OPTIONAL: "COCOM-FAC-{year}", PROJECT: "COCOF-FAC-{year}",
    },
    seats=(
        _seat("coordination", MASTER, 100, organic=75, optional=25),
        _seat("social", BACHELOR, 100, organic=100),
        _seat("social", BACHELOR, 100, organic=100),
        _seat("administration", CLERK, 80, organic=50, maribel=30),
        _seat("social", BACHELOR, 100, jobs=100),
        _seat("reception", CLERK, 80, maribel=80),
        _seat("social", BACHELOR, 80, organic=80),
        _seat("legal", MASTER, 60, optional=60),
        _seat("community", BACHELOR, 50, optional=30, maribel=20),
        _CLEANER,
    ),
    frame=(
        Position("social", "bachelor", 280),
        Position("administration", "cess", 100),
        Position("coordination", "master", 50),
    ),
)  # fmt: skip
_JUSTICE = replace(
    _CAP,
    name="Centre d'aide aux personnes (aide aux justiciables)",
    seats=tuple(
        replace(seat, function="psychology", column=MASTER)
        if seat.function == "community"
        else seat
        for seat in _CAP.seats
    ),
)
_CSS = Kind(
    code="CSS",
    name="Centre de service social",
    full_time=WALLONIA_HOURS,
    joint_committee="332",
    schemes={ORGANIC: "wallonia_css", MARIBEL: "maribel", JOBS: "ape"},
    references={ORGANIC: "CSS-{year}", MARIBEL: "MARIBEL-332", JOBS: "APE-CSS"},
    seats=(
        _seat("coordination", MASTER, 100, organic=100),
        _seat("social", BACHELOR, 100, organic=100),
        _seat("social", BACHELOR, 100, organic=100),
        _seat("administration", CLERK, 100, organic=50, jobs=50),
        _seat("social", BACHELOR, 100, jobs=100),
        _seat("reception", CLERK, 50, maribel=50),
        _seat("social", BACHELOR, 75, organic=75),
        _seat("reception", CLERK, 50, maribel=50),
        _CLEANER,
    ),
    frame=(
        Position("social", "bachelor", 300),
        Position("coordination", "master", 100),
        Position("administration", "cess", 50),
        Position("social", "bachelor", 50, "antenna"),
    ),
)
_ILI = Kind(
    code="ILI",
    name="Initiative locale d'intégration",
    full_time=WALLONIA_HOURS,
    joint_committee="329.02",
    schemes={ORGANIC: "wallonia_ili", MARIBEL: "maribel", JOBS: "ape"},
    references={ORGANIC: "ILI-{year}", MARIBEL: "MARIBEL-329.02", JOBS: "APE-ILI"},
    seats=(
        _seat("coordination", MASTER, 100, organic=90),
        _seat("community", BACHELOR, 100, organic=100),
        _seat("social", BACHELOR, 100, organic=100),
        _seat("community", BACHELOR, 100, jobs=100),
        _seat("administration", CLERK, 75, maribel=50, jobs=25),
        _seat("legal", MASTER, 50, organic=50),
        _seat("community", BACHELOR, 50, organic=50),
        _seat("reception", CLERK, 50, maribel=50),
    ),
    frame=(Position("community", "bachelor", 150), Position("social", "bachelor", 100)),
)
_SASPP = Kind(
    code="SASPP",
    name="Service d'aide sociale aux personnes prostituées",
    full_time=WALLONIA_HOURS,
    joint_committee="332",
    schemes={ORGANIC: "wallonia_saspp", MARIBEL: "maribel", JOBS: "ape"},
    references={ORGANIC: "SASPP-{year}", MARIBEL: "MARIBEL-332", JOBS: "APE-SASPP"},
    seats=(
        _seat("coordination", MASTER, 100, organic=60, jobs=40),
        _seat("social", BACHELOR, 100, organic=50, jobs=50),
        _seat("social", BACHELOR, 100, jobs=100),
        _seat("social", BACHELOR, 50, organic=50),
        _seat("administration", CLERK, 50, maribel=50),
        _seat("reception", CLERK, 50, maribel=50),
    ),
    frame=(Position("social", "bachelor", 200), Position("coordination", "bachelor", 50)),
)
# 20.36 and 6.93 FTE: the federation's own figures of 2020.
_BODY = Kind(
    code="BODY",
    name="Organisme représentatif et de coordination",
    full_time=BRUSSELS_HOURS,
    joint_committee="332",
    schemes={
        ORGANIC: "cocof_representative", MARIBEL: "maribel", JOBS: "acs",
        OPTIONAL: "cocof_facultative", PROJECT: "cocom_facultative",
    },
    references={
        ORGANIC: "COCOF-{year}", MARIBEL: "MARIBEL-332", JOBS: "ACS-FEDERATION",
        OPTIONAL: "COCOF-FAC-{year}", PROJECT: "COCOM-{year}",
    },
    seats=(
        _seat("coordination", MASTER, 100, organic=100),
        _seat("coordination", MASTER, 80, optional=80),
        *(_seat("community", MASTER, 100, optional=100) for _ in range(5)),
        *(_seat("community", MASTER, 80, optional=80) for _ in range(5)),
        *(_seat("community", BACHELOR, 100, project=100) for _ in range(2)),
        _seat("social", BACHELOR, 80, project=80),
        *(_seat("social", BACHELOR, 100, jobs=100) for _ in range(2)),
        _seat("administration", BACHELOR, 100, organic=80),
        _seat("administration", CLERK, 100, maribel=100),
        _seat("administration", CLERK, 75, maribel=50),
        _seat("administration", CLERK, 50, optional=50),
        _seat("reception", CLERK, 80, maribel=80),
        _seat("community", BACHELOR, 50, project=50),
        _seat("maintenance", CLERK, 21, manual=True, optional=21),
    ),
    frame=(Position("coordination", "master", 100), Position("administration", "bachelor", 50)),
)  # fmt: skip
_BODY_COMMON = Kind(
    code="BODY",
    name="Organisme de coordination bicommunautaire",
    full_time=BRUSSELS_HOURS,
    joint_committee="319",
    schemes={
        MARIBEL: "maribel", JOBS: "acs", OPTIONAL: "cocom_facultative",
        PROJECT: "cocom_facultative",
    },
    references={
        MARIBEL: "MARIBEL-319", JOBS: "ACS-FEDERATION", OPTIONAL: "COCOM-{year}",
        PROJECT: "COCOM-COORD-{year}",
    },
    seats=(
        _seat("coordination", MASTER, 100, optional=80, project=20),
        _seat("community", MASTER, 100, optional=100),
        _seat("community", MASTER, 80, project=80),
        _seat("community", BACHELOR, 80, optional=80),
        _seat("social", BACHELOR, 100, jobs=100),
        _seat("administration", BACHELOR, 80, optional=50, maribel=30),
        _seat("administration", CLERK, 50, maribel=50),
        _seat("community", BACHELOR, 83, project=80),
        _seat("maintenance", CLERK, 20, manual=True, project=20),
    ),
    frame=(Position("coordination", "master", 100),),
)  # fmt: skip
KINDS: Mapping[str, Kind] = MappingProxyType(
    {
        "CASG": _CASG,
        "CAP": _CAP,
        "JUSTICE": _JUSTICE,
        "CSS": _CSS,
        "ILI": _ILI,
        "SASPP": _SASPP,
    }
)
"""By kind of approval; the CAP that help people before the courts are a kind of their own here."""
FEDERATION, COMMON_FEDERATION = _BODY, _BODY_COMMON
