"""Full-time equivalents of a month and of a year, and rates per each: types that do not mix.

Twelve full-time months make one full-time year. Adding a month to a year, or paying a yearly rate
for months as they are, is an error for mypy and a TypeError when it runs; the way from one to the
other is written out (`FteMonth.in_years`, `FteYear.of_months`). All values are exact.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

MONTHS = 12


@dataclass(frozen=True, order=True)
class FteMonth:
    """Working time of one month over that of a full-time month."""

    value: Fraction

    def __add__(self, other: "FteMonth") -> "FteMonth":
        return FteMonth(self.value + other.value) if isinstance(other, FteMonth) else NotImplemented

    def share(self, numerator: int, denominator: int) -> "FteMonth":
        """The part paid, present or assigned."""
        return FteMonth(self.value * Fraction(numerator, denominator))

    @property
    def in_years(self) -> "FteYear":
        """What this month adds to the average of its year: a twelfth."""
        return FteYear(self.value / MONTHS)


@dataclass(frozen=True, order=True)
class FteYear:
    """Working time of one year over that of a full-time year."""

    value: Fraction

    def __add__(self, other: "FteYear") -> "FteYear":
        return FteYear(self.value + other.value) if isinstance(other, FteYear) else NotImplemented

    def __sub__(self, other: "FteYear") -> "FteYear":
        return FteYear(self.value - other.value) if isinstance(other, FteYear) else NotImplemented

    def times(self, ratio: Fraction) -> "FteYear":
        """The same volume, larger or smaller by a ratio."""
        return FteYear(self.value * ratio)

    @classmethod
    def of_months(cls, months: Iterable[FteMonth]) -> "FteYear":
        """A year from its months: their sum over twelve, whether all twelve are there or not."""
        return cls(sum((month.value for month in months), Fraction(0)) / MONTHS)

    @classmethod
    def of_days(cls, fte: Fraction, days: int, of: int) -> "FteYear":
        """A post held for some days of a year."""
        return cls(fte * Fraction(days, of))


NO_FTE = FteYear(Fraction(0))


@dataclass(frozen=True)
class PerFteYear:
    """EUR for one FTE over one year: a ceiling, a premium."""

    euros: Fraction

    def __mul__(self, fte: FteYear) -> Fraction:
        """EUR, exact: the caller rounds once."""
        return self.euros * fte.value if isinstance(fte, FteYear) else NotImplemented
