"""What funders announce and what reaches the bank: on time, late, or not yet."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from functools import cache
from random import Random
from types import MappingProxyType

from backoffice.engine.money import allocate, euros
from backoffice.engine.periods import last_business_day_before, next_business_day
from grants.scheme import schemes
from reports.demo.federation.amounts import announced
from reports.demo.federation.awards import Granted, granted_awards
from reports.demo.federation.plan import Employer
from reports.demo.rows import Row

AS_OF = date(2026, 2, 16)
"""The day on which the demonstration looks at the past: no later receipt is known."""
_RECEIPTS = 5000
_COMMON_WEIGHT = 1200
"""Makes whole weights of halves, hundredths and twelfths."""

_RHYTHMS: Mapping[str, tuple[tuple[int, int, int, int], ...]] = MappingProxyType(
    {
        "maribel": (
            (225, 0, 1, 31), (225, 0, 4, 30), (225, 0, 7, 31), (225, 0, 10, 31), (100, 1, 6, 30),
        ),
        "acs": tuple((1, 0, month, 28) for month in range(1, 13)),
        "wallonia_css": ((85, 0, 5, 31), (15, 1, 9, 30)),
        "wallonia_ili": ((80, 0, 6, 30), (20, 1, 9, 30)),
        "wallonia_saspp": ((80, 0, 4, 30), (20, 1, 6, 30)),
        "cocom_facultative": ((60, 0, 4, 15), (40, 0, 10, 15)),
        "cocof_facultative": ((85, 0, 4, 30), (15, 1, 6, 30)),
    }
)  # fmt: skip
"""Weight, years after the exercise, month and day: demonstration rhythms, where the scheme's own
was not found."""

_LATE: Mapping[str, tuple[int, int, int]] = MappingProxyType(
    {
        "cocof_casg": (25, 5, 40),
        "cocof_representative": (25, 5, 40),
        "cocof_facultative": (40, 15, 75),
        "cocom_cap": (15, 3, 18),
        "cocom_facultative": (35, 10, 150),
        "maribel": (20, 10, 45),
        "acs": (15, 10, 75),
        "ape": (5, 5, 15),
        "wallonia_css": (80, 40, 150),
        "wallonia_ili": (85, 90, 280),
        "wallonia_saspp": (75, 40, 150),
    }
)
"""How often in percent a funder pays late, and by how many days at least and at most."""


@dataclass(frozen=True)
class Due:
    """An announced payment, in cents, and the day on which the money came, None when not yet."""

    award: str
    year: int
    number: int
    due_on: date
    amount: int
    received_on: date | None


@cache
def dues(employer: Employer) -> tuple[Due, ...]:
    """Every announced payment of an employer."""
    chance = employer.chance(_RECEIPTS)
    return tuple(
        Due(award.reference, year, number, due_on, amount, _received_on(award, due_on, chance))
        for award in granted_awards(employer)
        for year in award.exercises()
        for number, (due_on, amount) in enumerate(_planned(employer, award, year), start=1)
    )


def _planned(employer: Employer, award: Granted, year: int) -> Iterator[tuple[date, int]]:
    """Days and cents: the rhythm of the scheme where it is known, else that of `_RHYTHMS`."""
    rules = [(day, rule.share) for day, rule in schemes()[award.scheme].instalments_of(year)]
    dated = [(day, Fraction(share)) for day, share in rules if share is not None]
    if award.scheme in _RHYTHMS:
        dated = [
            (date(year + after, month, day), Fraction(weight))
            for weight, after, month, day in _RHYTHMS[award.scheme]
        ]
    days, weights = zip(*dated, strict=True)
    whole = [int(weight * _COMMON_WEIGHT) for weight in weights]
    return zip(days, allocate(announced(employer, award, year), whole), strict=True)


def _received_on(award: Granted, due_on: date, chance: Random) -> date | None:
    often, least, most = _LATE[award.scheme]
    is_late, days = chance.randrange(100) < often, chance.randint(least, most)
    late = next_business_day(due_on + timedelta(days=days))
    day = late if is_late else last_business_day_before(due_on)
    return day if day <= AS_OF else None


def instalment_rows(employer: Employer, year: int) -> Sequence[Row]:
    """Instalments of the exercise or due in the year, and those that its receipts pay."""
    return [
        {
            "award": due.award,
            "year": due.year,
            "number": due.number,
            "kind": "balance" if due.due_on.year > due.year else "advance",
            "due_on": due.due_on,
            "amount": euros(due.amount),
        }
        for due in dues(employer)
        if year in {due.year, due.due_on.year} or _came_in(due, year)
    ]


def receipt_rows(employer: Employer, year: int) -> Sequence[Row]:
    """Receipts of the exercise, and those of other exercises that came in during the year."""
    return [
        {
            "award": due.award,
            "year": due.year,
            "reference": f"EXTRAIT-DEMO-{due.year}-{due.number:02d}",
            "received_on": due.received_on,
            "amount": euros(due.amount),
            "instalment": due.number,
        }
        for due in dues(employer)
        if due.received_on is not None and (due.year == year or _came_in(due, year))
    ]


def _came_in(due: Due, year: int) -> bool:
    return due.received_on is not None and due.received_on.year == year
