"""Lines of a dossier gathered for paper, with exact sums of their cents and FTE-months.

Unknown plus anything is unknown (None). Nothing is rounded or split here.
"""

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeVar

from reports.dossier import InvoiceLine, StaffLine

Line = TypeVar("Line")
LONGEST = 1_200


@dataclass(frozen=True)
class StaffSum:
    """Worker-months together; `lines[0]` says whose they are."""

    lines: Sequence[StaffLine]
    months: int
    fte: Fraction
    gross: int
    charges: int
    benefits: int
    deducted: int
    presented: int
    admissible: int | None
    payable: int | None


@dataclass(frozen=True)
class InvoiceSum:
    """Invoice parts together; `lines[0]` says of which category."""

    lines: Sequence[InvoiceLine]
    pieces: int
    presented: int
    admissible: int | None
    payable: int | None


def known_sum(values: Iterable[int | None]) -> int | None:
    """Sum in cents, None as soon as one is unknown."""
    total = 0
    for value in values:
        if value is None:
            return None
        total += value
    return total


def gathered(lines: Iterable[Line], key: Callable[[Line], Hashable]) -> list[list[Line]]:
    """Lines of the same key together, in the order in which the keys first appear."""
    found: dict[Hashable, list[Line]] = {}
    for line in lines:
        found.setdefault(key(line), []).append(line)
    return list(found.values())


def staff_sum(lines: Sequence[StaffLine]) -> StaffSum:
    """The worker-months of some lines together."""
    return StaffSum(
        lines=lines,
        months=len({(line.worker, line.month) for line in lines}),
        fte=sum((line.fte for line in lines), Fraction(0)),
        gross=sum(line.gross for line in lines),
        charges=sum(line.charges for line in lines),
        benefits=sum(line.benefits for line in lines),
        deducted=sum(line.deducted for line in lines),
        presented=sum(line.presented for line in lines),
        admissible=known_sum(line.admissible for line in lines),
        payable=known_sum(line.payable for line in lines),
    )


def invoice_sum(lines: Sequence[InvoiceLine]) -> InvoiceSum:
    """The invoice parts of some lines together; a piece counts once."""
    return InvoiceSum(
        lines=lines,
        pieces=len({line.piece for line in lines}),
        presented=sum(line.presented for line in lines),
        admissible=known_sum(line.admissible for line in lines),
        payable=known_sum(line.payable for line in lines),
    )
