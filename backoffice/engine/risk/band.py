"""How wrong a projection may be: as wrong as the same projection was in years that are closed."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from backoffice.engine import money


@dataclass(frozen=True)
class Miss:
    """What a projection said of an award of a closed year, and what it came to; in cents.

    `month` is the last month of pay that it saw.
    """

    employer: str
    reference: str
    scheme: str
    year: int
    month: int
    granted: int
    projected: int
    real: int

    @property
    def error(self) -> Fraction:
        """Projected less real, as a part of the grant: positive where it promised too much."""
        return Fraction(self.projected - self.real, self.granted)


@dataclass(frozen=True)
class Band:
    """Cents between which the payable lies if the projection is no more wrong than it was.

    `count` says on how many closed award-years this rests.
    """

    low: int
    high: int
    count: int

    def holds(self, amount: int) -> bool:
        """Whether an amount lies within the band."""
        return self.low <= amount <= self.high


def band_of(projected: int, granted: int, misses: Sequence[Miss]) -> Band | None:
    """The band around a projection, None where no closed year tells how wrong it may be.

    It goes as far each way as the largest error, whichever its way: a few closed award-years tell
    how wrong a projection may be, not which way. Never below zero nor above the grant.
    """
    if not misses:
        return None
    reach = money.times_one(granted, max(abs(one.error) for one in misses))
    low, high = max(projected - reach, 0), min(projected + reach, granted)
    return Band(low, high, len(misses))


def covered(misses: Sequence[Miss], before: Sequence[Miss]) -> int:
    """How many of these outcomes lie within the band that the errors seen before give them."""
    found = 0
    for one in misses:
        band = band_of(one.projected, one.granted, before)
        found += band is not None and band.holds(one.real)
    return found
