"""The fourteen invented workers and the lines of their contracts.

The pay scale is that of other services of the same joint committee, borrowed for the
demonstration: it is not this employer's.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from reports.demo.organisation import CASG, SASPP
from reports.demo.rows import Row, hours, touches

SCALE = "332.00.20-ADMIN"
REGIME = "private_m2"
MASTER = "licencie"
BACHELOR = "gradue"
CLERK = "redacteur"
_DIPLOMA = {MASTER: "master", BACHELOR: "bachelor", CLERK: "cess"}


@dataclass(frozen=True)
class Worker:
    """A person: the employer's own number, the name, the extras that pay needs.

    `commuting` is cents for a full month; `is_acs` marks the near exemption of contributions.
    """

    number: str
    name: str
    commuting: int
    is_acs: bool = False


@dataclass(frozen=True)
class Line:
    """A contract line; hours a week in hundredths, both days included."""

    worker: str
    starts_on: date
    ends_on: date | None
    function: str
    column: str
    seniority_on: date
    weekly: int
    full_time: int
    kind: str = "permanent"
    replaces: str | None = None

    @property
    def approval(self) -> str:
        return CASG if self.full_time == BRUSSELS_HOURS else SASPP


BRUSSELS_HOURS = 3800
NAMUR_HOURS = 3600

WORKERS: tuple[Worker, ...] = (
    Worker("W01", "Odile Vercamer (DEMO)", 5600),
    Worker("W02", "Bastien Lorquet (DEMO)", 4900),
    Worker("W03", "Samira Tazouani (DEMO)", 4900),
    Worker("W04", "Ghislain Debouve (DEMO)", 6350, is_acs=True),
    Worker("W05", "Perrine Haustrate (DEMO)", 4900),
    Worker("W06", "Mbali Nkosenge (DEMO)", 4900),
    Worker("W07", "Thibaut Roskamp (DEMO)", 7100),
    Worker("W08", "Ilse Vandormelle (DEMO)", 4900),
    Worker("W09", "Corentin Faymoul (DEMO)", 5600),
    Worker("W10", "Yasmine Belkhorchi (DEMO)", 4900),
    Worker("W11", "Solange Piromet (DEMO)", 3850),
    Worker("W12", "Hadrien Custinet (DEMO)", 6350),
    Worker("W13", "Noa Bertrixhe (DEMO)", 3850),
    Worker("W14", "Lucile Wanzoul (DEMO)", 5600),
)

LINES: tuple[Line, ...] = (
    Line("W01", date(2012, 9, 1), None, "coordination", MASTER, date(2008, 9, 1), 3800, 3800),
    Line("W02", date(2011, 2, 1), None, "social", BACHELOR, date(2011, 2, 1), 3800, 3800),
    Line(
        "W03", date(2015, 10, 1), date(2024, 4, 15), "social", BACHELOR, date(2015, 10, 1),
        3800, 3800,
    ),
    Line("W03", date(2024, 4, 16), None, "social", BACHELOR, date(2015, 10, 1), 3040, 3800),
    Line("W04", date(2013, 5, 1), None, "social", BACHELOR, date(2009, 5, 1), 3800, 3800),
    Line("W05", date(2012, 1, 2), None, "administration", CLERK, date(2012, 1, 1), 3800, 3800),
    Line("W06", date(2021, 1, 4), None, "reception", CLERK, date(2017, 3, 1), 3800, 3800),
    Line("W07", date(2019, 9, 2), None, "legal", MASTER, date(2019, 9, 1), 3040, 3800),
    Line("W08", date(2024, 1, 15), None, "reception", CLERK, date(2022, 1, 1), 1900, 3800),
    Line(
        "W09", date(2018, 6, 1), date(2024, 5, 31), "community", BACHELOR, date(2014, 6, 1),
        1900, 3800,
    ),
    Line(
        "W10", date(2024, 9, 1), date(2025, 12, 31), "community", BACHELOR, date(2021, 9, 1),
        1900, 3800, kind="fixed",
    ),
    Line("W11", date(2017, 7, 1), None, "administration", CLERK, date(2016, 11, 1), 1800, 3600),
    Line("W12", date(2017, 7, 1), None, "social", BACHELOR, date(2010, 1, 1), 3600, 3600),
    Line(
        "W13", date(2024, 3, 1), date(2024, 9, 30), "social", BACHELOR, date(2021, 7, 1),
        3600, 3600, kind="replacement", replaces="W12",
    ),
    Line("W14", date(2018, 4, 1), None, "social", BACHELOR, date(2018, 4, 1), 3600, 3600),
)  # fmt: skip


def lines_of(worker: str) -> tuple[Line, ...]:
    """The contract lines of a worker, in order of days."""
    return tuple(line for line in LINES if line.worker == worker)


def worker_rows(year: int) -> Sequence[Row]:
    """Workers with a contract line in the year, and those whom they replace."""
    present = {line.worker for line in LINES if touches(year, line.starts_on, line.ends_on)}
    return [{"number": w.number, "name": w.name} for w in WORKERS if w.number in present]


def contract_rows(year: int) -> Sequence[Row]:
    """Contract lines with a day in the year, with their real dates."""
    return [_row(line) for line in LINES if touches(year, line.starts_on, line.ends_on)]


def _row(line: Line) -> Row:
    is_first = line == lines_of(line.worker)[0]
    paper = "CONTRAT" if is_first else "AVENANT"
    return {
        "worker": line.worker,
        "starts_on": line.starts_on,
        "ends_on": line.ends_on,
        "kind": line.kind,
        "replaces": line.replaces,
        "approval": line.approval,
        "function": line.function,
        "diploma": _DIPLOMA[line.column],
        "weekly_hours": hours(line.weekly),
        "full_time_hours": hours(line.full_time),
        "joint_committee": "332",
        "scale": SCALE,
        "scale_column": line.column,
        "seniority_on": line.seniority_on,
        "index_regime": REGIME,
        "evidence": f"{paper}-DEMO-{line.worker}-{line.starts_on:%Y-%m}",
    }
