"""How right the risk would have been: looks at a closed year, against what it came to."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from backoffice.engine.risk.band import Miss, covered
from backoffice.federation.models import Organisation
from reports.risk.seen import misses_of


@dataclass(frozen=True)
class Tested:
    """One month of a closed year, for the awards of one scheme or of all (`scheme` empty).

    Attributes:
        month: the last month of pay that was seen.
        awards: how many award-years; `mean` and `largest` error, whatever its sign, as a part of
            the grant.
        within: how many came out within the band that the year before gave their employer.
    """

    month: int
    scheme: str
    awards: int
    mean: Fraction
    largest: Fraction
    within: int


def back_test(
    organisations: Sequence[Organisation], year: int, months: Sequence[int], as_of: date
) -> Iterator[Tested]:
    """A closed year looked at from some of its months, with the bands of the year before.

    Each month gives one line for all awards, then one for each scheme.
    """
    for month in months:
        before = misses_of(organisations, [year - 1], month, as_of)
        found = misses_of(organisations, [year], month, as_of)
        yield _tested(month, "", found, before)
        for scheme in sorted({one.scheme for one in found}):
            yield _tested(month, scheme, [one for one in found if one.scheme == scheme], before)


def _tested(month: int, scheme: str, found: Sequence[Miss], before: Sequence[Miss]) -> Tested:
    errors = [abs(one.error) for one in found]
    within = sum(
        covered([one], [other for other in before if other.employer == one.employer])
        for one in found
    )
    count = max(len(found), 1)
    return Tested(
        month=month,
        scheme=scheme,
        awards=len(found),
        mean=sum(errors, Fraction(0)) / count,
        largest=max(errors, default=Fraction(0)),
        within=within,
    )
