"""Invented workers and the lines of their contracts: what pay and hours are worked out from.

The pay scale is that of other services of the same joint committee, borrowed for the
demonstration: it is not these employers'.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from backoffice.engine.periods import Period
from reports.demo.rows import Row, hours, touches

SCALE = "332.00.20-ADMIN"
REGIME = "private_m2"
MASTER = "licencie"
BACHELOR = "gradue"
CLERK = "redacteur"
DIPLOMAS = {MASTER: "master", BACHELOR: "bachelor", CLERK: "cess"}

BRUSSELS_HOURS = 3800
WALLONIA_HOURS = 3600
"""Full time of each region here, in hundredths of hours a week."""


@dataclass(frozen=True, eq=False)
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
    approval: str | None
    kind: str = "permanent"
    replaces: str | None = None
    joint_committee: str = "332"
    is_manual: bool = False


@dataclass(frozen=True)
class Sickness:
    """A long sickness: pay guaranteed at first, then nothing while the contract goes on."""

    guaranteed: Period
    unpaid: Period


@dataclass(frozen=True, eq=False)
class Worker:
    """A person: the employer's own number, the name, the contract lines in order of days.

    `commuting` is cents for a full month; `is_acs` marks the near exemption of contributions.
    """

    number: str
    name: str
    commuting: int
    lines: tuple[Line, ...]
    is_acs: bool = False
    is_dismissed: bool = False
    sickness: Sickness | None = None


def worker_rows(workers: Sequence[Worker], year: int) -> Sequence[Row]:
    """Workers with a contract line in the year: those whom they replace are among them."""
    return [{"number": w.number, "name": w.name} for w in workers if _lines(w, year)]


def contract_rows(workers: Sequence[Worker], year: int) -> Sequence[Row]:
    """Contract lines with a day in the year, with their real dates."""
    return [row for worker in workers for row in _contract_rows(worker, year)]


def _lines(worker: Worker, year: int) -> list[Line]:
    return [line for line in worker.lines if touches(year, line.starts_on, line.ends_on)]


def _contract_rows(worker: Worker, year: int) -> Iterator[Row]:
    for line in _lines(worker, year):
        paper = "CONTRAT" if line is worker.lines[0] else "AVENANT"
        yield {
            "worker": line.worker,
            "starts_on": line.starts_on,
            "ends_on": line.ends_on,
            "kind": line.kind,
            "replaces": line.replaces,
            "approval": line.approval,
            "function": line.function,
            "diploma": DIPLOMAS[line.column],
            "weekly_hours": hours(line.weekly),
            "full_time_hours": hours(line.full_time),
            "joint_committee": line.joint_committee,
            "scale": SCALE,
            "scale_column": line.column,
            "seniority_on": line.seniority_on,
            "index_regime": REGIME,
            "evidence": f"{paper}-DEMO-{line.worker}-{line.starts_on:%Y-%m}",
            **({"status": "manual"} if line.is_manual else {}),
        }
