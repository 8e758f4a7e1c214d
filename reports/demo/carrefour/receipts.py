"""What reached the bank: on time, late, less than announced, not at all, or taken back."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from backoffice.engine.money import cents, euros
from backoffice.engine.periods import last_business_day_before, next_business_day
from reports.demo.carrefour.awards import ACS, APE, MARIBEL, cocof, cocom, saspp
from reports.demo.carrefour.payments import INSTALMENTS, Instalment
from reports.demo.rows import Row

_LATE = {
    (cocof(2023), 2023, 1): 12,
    (cocof(2023), 2023, 3): 19,
    (cocof(2023), 2023, 5): 33,
    (cocof(2024), 2024, 1): 22,
    (cocof(2024), 2024, 3): 11,
    (cocof(2025), 2025, 3): 24,
    (cocom(2024), 2024, 1): 47,
    (cocom(2025), 2025, 2): 15,
    (saspp(2023), 2023, 1): 135,
    (saspp(2023), 2023, 2): 52,
    (saspp(2024), 2024, 1): 91,
    (saspp(2025), 2025, 1): 145,
    (APE, 2023, 1): 9,
    (APE, 2025, 2): 14,
    (MARIBEL, 2024, 2): 30,
    (ACS, 2023, 4): 21,
    (ACS, 2024, 9): 35,
    (ACS, 2025, 1): 62,
}
"""Days late, by award, exercise and number; the others arrive the business day before."""

_UNPAID = frozenset({(cocof(2024), 2024, 4)})

_SETTLED_AT = {(MARIBEL, 2024, 5): "5031.94"}
"""Settlements paid for another amount than announced, in EUR."""


@dataclass(frozen=True)
class Recovery:
    """Money taken back by a funder, in EUR, written positive."""

    award: str
    year: int
    received_on: date
    amount: str


RECOVERIES: tuple[Recovery, ...] = (Recovery(cocom(2024), 2024, date(2025, 6, 18), "6830.55"),)


def _received(instalment: Instalment) -> Row:
    place = (instalment.award, instalment.year, instalment.number)
    late = _LATE.get(place)
    due_on = instalment.due_on
    settled = _SETTLED_AT.get(place)
    return {
        "award": instalment.award,
        "year": instalment.year,
        "reference": f"EXTRAIT-DEMO-{instalment.year}-{instalment.number:02d}",
        "received_on": next_business_day(due_on + timedelta(days=late))
        if late
        else last_business_day_before(due_on),
        "amount": euros(cents(settled) if settled else instalment.amount),
        "instalment": instalment.number,
    }


def _taken_back(recovery: Recovery) -> Row:
    return {
        "award": recovery.award,
        "year": recovery.year,
        "reference": f"EXTRAIT-DEMO-{recovery.year}-R",
        "received_on": recovery.received_on,
        "amount": -euros(cents(recovery.amount)),
        "instalment": None,
    }


def _all() -> Iterator[Row]:
    for each in INSTALMENTS:
        if (each.award, each.year, each.number) not in _UNPAID:
            yield _received(each)
    yield from (_taken_back(recovery) for recovery in RECOVERIES)


RECEIPTS: tuple[Row, ...] = tuple(_all())


def receipt_rows(year: int) -> Sequence[Row]:
    """Receipts of the exercise, and those of other exercises that came in during the year."""
    return [row for row in RECEIPTS if row["year"] == year or _day(row).year == year]


def instalment_rows(year: int) -> Sequence[Row]:
    """Instalments of the exercise or due in the year, and those that its receipts pay."""
    paid = {(row["award"], row["year"], row["instalment"]) for row in receipt_rows(year)}
    return [
        _row(each)
        for each in INSTALMENTS
        if year in (each.year, each.due_on.year) or (each.award, each.year, each.number) in paid
    ]


def _row(instalment: Instalment) -> Row:
    return {
        "award": instalment.award,
        "year": instalment.year,
        "number": instalment.number,
        "kind": "balance" if instalment.is_balance else "advance",
        "due_on": instalment.due_on,
        "amount": euros(instalment.amount),
    }


def _day(row: Row) -> date:
    day = row["received_on"]
    if not isinstance(day, date):
        raise TypeError(f"not a day: {day!r}")
    return day
