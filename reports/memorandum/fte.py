"""Full-time equivalents of a month and of a year: two types, since twelve of one make one other."""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

MONTHS = 12


@dataclass(frozen=True)
class FteMonth:
    """Working time of one month over that of a full-time month."""

    value: Fraction

    def __add__(self, other: "FteMonth") -> "FteMonth":
        return FteMonth(self.value + other.value) if isinstance(other, FteMonth) else NotImplemented

    def share(self, numerator: int, denominator: int) -> "FteMonth":
        """The part paid, present or assigned."""
        return FteMonth(self.value * Fraction(numerator, denominator))


@dataclass(frozen=True)
class FteYear:
    """Working time of one year over that of a full-time year."""

    value: Fraction

    def __add__(self, other: "FteYear") -> "FteYear":
        return FteYear(self.value + other.value) if isinstance(other, FteYear) else NotImplemented

    @classmethod
    def of_months(cls, months: Iterable[FteMonth]) -> "FteYear":
        """A year from its months: their sum over twelve, whether all twelve are there or not."""
        return cls(sum((month.value for month in months), Fraction(0)) / MONTHS)

    @classmethod
    def of_days(cls, fte: Fraction, days: int, of: int) -> "FteYear":
        """A post held for some days of a year."""
        return cls(fte * Fraction(days, of))
