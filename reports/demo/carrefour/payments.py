"""What the funders announce: the instalments of each award and exercise.

Totals are those of the invented letters; the rhythm is that of each scheme, or a demonstration
one where none was found (Maribel 332, ACS, COCOM optional, SASPP).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from backoffice.engine.money import allocate, cents
from reports.demo.carrefour.awards import ACS, APE, BY_REFERENCE, MARIBEL, cocof, cocom, saspp

Due = tuple[int, int, int, int]
"""Weight in the total, then years after the exercise, month and day on which it falls due."""

_OLD_COCOF: tuple[Due, ...] = (
    (25, 0, 2, 15), (25, 0, 5, 15), (25, 0, 8, 15), (20, 0, 11, 15), (5, 1, 10, 31),
)  # fmt: skip
_NEW_COCOF: tuple[Due, ...] = ((50, 0, 2, 15), (25, 0, 6, 15), (25, 0, 9, 15))
_RAISED_COCOF: tuple[Due, ...] = (
    (138, 0, 2, 15), (69, 0, 6, 15), (69, 0, 9, 15), (19, 1, 10, 31),
)  # fmt: skip
_HALVES: tuple[Due, ...] = ((60, 0, 4, 15), (40, 0, 10, 15))
_QUARTERS: tuple[Due, ...] = ((25, 0, 1, 31), (25, 0, 4, 30), (25, 0, 7, 31), (25, 0, 10, 31))
_SETTLED: tuple[Due, ...] = (
    (225, 0, 1, 31), (225, 0, 4, 30), (225, 0, 7, 31), (225, 0, 10, 31), (100, 1, 6, 30),
)  # fmt: skip
_FLAT: tuple[Due, ...] = ((80, 0, 4, 30), (20, 1, 6, 30))
_MONTHLY: tuple[Due, ...] = tuple((1, 0, month, 28) for month in range(1, 13))

_PLANS: dict[tuple[str, int], tuple[str, tuple[Due, ...]]] = {
    (cocof(2023), 2023): ("250000.00", _OLD_COCOF),
    (cocof(2024), 2024): ("295000.00", _RAISED_COCOF),
    (cocof(2025), 2025): ("318000.00", _NEW_COCOF),
    (cocom(2023), 2023): ("121000.00", _HALVES),
    (cocom(2024), 2024): ("126000.00", _HALVES),
    (cocom(2025), 2025): ("128000.00", _HALVES),
    (saspp(2023), 2023): ("61640.00", _FLAT),
    (saspp(2024), 2024): ("62928.00", _FLAT),
    (saspp(2025), 2025): ("64216.00", _FLAT),
    (MARIBEL, 2023): ("68250.00", _SETTLED),
    (MARIBEL, 2024): ("70800.00", _SETTLED),
    (MARIBEL, 2025): ("72900.00", _SETTLED),
    (APE, 2023): ("116303.20", _QUARTERS),
    (APE, 2024): ("115764.89", _QUARTERS),
    (APE, 2025): ("118659.01", _QUARTERS),
    (ACS, 2023): ("34656.00", _MONTHLY),
    (ACS, 2024): ("36024.00", _MONTHLY),
    (ACS, 2025): ("36936.00", _MONTHLY),
}
"""Total of the exercise in EUR, as announced, and how it is paid."""


@dataclass(frozen=True)
class Instalment:
    """An announced payment; amount in cents; `is_balance` tells it from an advance."""

    award: str
    year: int
    number: int
    due_on: date
    amount: int

    @property
    def is_balance(self) -> bool:
        return self.due_on.year > self.year


def announced(scheme: str, year: int) -> str:
    """The total announced for an exercise of the award of a scheme, in EUR."""
    award = next(
        award
        for award, exercise in _PLANS
        if exercise == year and BY_REFERENCE[award].scheme == scheme
    )
    return _PLANS[award, year][0]


def _planned() -> Iterator[Instalment]:
    for (award, year), (total, dues) in _PLANS.items():
        parts = allocate(cents(total), [weight for weight, *_ in dues])
        for number, (part, (_, after, month, day)) in enumerate(zip(parts, dues, strict=True), 1):
            yield Instalment(award, year, number, date(year + after, month, day), part)


INSTALMENTS: tuple[Instalment, ...] = tuple(_planned())
