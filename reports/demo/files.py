"""The file of each worker and the DmfA of Maribel posts, with what is planted in them."""

from collections.abc import Collection, Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal

from backoffice.engine.periods import month_index, quarter_period, quarter_text
from reports.demo.careers import DIPLOMAS, Line, Worker
from reports.demo.rows import Row, row_period, touches
from reports.demo.truth import (
    MISSING_AMENDMENT,
    MISSING_DIPLOMA,
    MISSING_QBIS,
    UNPROVEN_SENIORITY,
    UNSENT_DOCUMENT,
    WRONG_QBIS,
    Planted,
)

_SENT_ON = date(2024, 4, 10)
"""The first year in which the files had to be transmitted, with the pieces."""
_AFTER_HIRING = timedelta(days=45)
_BEFORE_STARTING = timedelta(days=10)
_MONTHS_LEFT_OUT = 7


def document_rows(
    workers: Sequence[Worker], year: int, planted: Collection[Planted]
) -> Sequence[Row]:
    """The whole file of every worker under contract in the year, but for what is planted."""
    faults = {(fact.kind, fact.worker) for fact in planted}
    return [
        row
        for worker in workers
        if any(touches(year, line.starts_on, line.ends_on) for line in worker.lines)
        for row in _documents(worker, faults)
    ]


def _documents(worker: Worker, faults: set[tuple[str, str]]) -> Iterator[Row]:
    first = worker.lines[0]
    if (MISSING_DIPLOMA, worker.number) not in faults:
        diploma: dict[str, object] = dict(_paper(worker, first, "diploma", "DIPLOME"))
        diploma["dated_on"] = date(first.seniority_on.year - 1, 6, 30)
        diploma["level"] = DIPLOMAS[first.column]
        if (UNSENT_DOCUMENT, worker.number) in faults:
            diploma["transmitted_on"] = None
        yield diploma
    for line in worker.lines:
        kind, word = ("contract", "CONTRAT") if line is first else ("amendment", "AVENANT")
        if kind == "contract" or (MISSING_AMENDMENT, worker.number) not in faults:
            yield _paper(worker, line, kind, word)
    months = month_index(first.starts_on) - month_index(first.seniority_on)
    if months > 0:
        lost = _MONTHS_LEFT_OUT if (UNPROVEN_SENIORITY, worker.number) in faults else 0
        paper = _paper(worker, first, "seniority", "ANCIENNETE")
        yield {**paper, "months": months - lost}


def _paper(worker: Worker, line: Line, kind: str, word: str) -> Row:
    """A paper signed before the line starts, received with it, sent in time."""
    return {
        "worker": worker.number,
        "kind": kind,
        "reference": f"{word}-DEMO-{worker.number}-{line.starts_on:%Y-%m}",
        "dated_on": line.starts_on - _BEFORE_STARTING,
        "received_on": line.starts_on,
        "transmitted_on": max(_SENT_ON, line.starts_on + _AFTER_HIRING),
    }


def dmfa_rows(
    awards: Sequence[Row], assignments: Sequence[Row], year: int, planted: Collection[Planted]
) -> Sequence[Row]:
    """One line per worker, quarter and number of funded hours, but for what is planted."""
    maribel = {row["reference"] for row in awards if row["scheme"] == "maribel"}
    wrong = {
        (fact.worker, date.fromisoformat(fact.day)): fact
        for fact in planted
        if fact.kind in {MISSING_QBIS, WRONG_QBIS}
    }
    found: dict[tuple[str, date], set[Decimal]] = {}
    for row in assignments:
        for quarter in _quarters(row, year) if row["award"] in maribel else ():
            weekly = Decimal(str(row["weekly_hours"]))
            found.setdefault((str(row["worker"]), quarter), set()).add(weekly)
    return [
        {
            "worker": worker,
            "quarter": quarter,
            "number": number,
            "funded_hours": _declared(weekly, wrong.get((worker, quarter))),
            "evidence": f"DMFA-DEMO-{quarter_text(quarter)}",
        }
        for (worker, quarter), values in sorted(found.items())
        for number, weekly in enumerate(sorted(values), start=1)
    ]


def _quarters(assignment: Row, year: int) -> Iterator[date]:
    """First days of the quarters of the year in which an assignment has a day."""
    held = row_period(assignment)
    for month in (1, 4, 7, 10):
        quarter = quarter_period(date(year, month, 1))
        if not quarter.overlap(held).is_empty:
            yield quarter.start


def _declared(weekly: Decimal, fact: Planted | None) -> Decimal | None:
    """The funded hours as declared: nothing where they are missing, what is planted where wrong."""
    if fact is None:
        return weekly
    return Decimal(fact.value) if fact.kind == WRONG_QBIS else None
