"""The payments to expect for a year: the days and shares of the scheme, once granted is known."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from django.db import transaction

from backoffice.engine import money
from grants.models import Award, Instalment
from grants.scheme import Scheme
from grants.year_rules import Moment


@dataclass(frozen=True)
class Expected:
    """One payment that the scheme announces, in cents."""

    number: int
    kind: str
    due_on: date
    amount: int


def expected_of(
    scheme: Scheme, year: int, granted: int, moment: Moment | None = None
) -> tuple[Expected, ...]:
    """The payments of a year, whose parts sum to the share of the whole that they stand for."""
    days = scheme.instalments_of(year, moment, Fraction(granted, 100))
    rules = [(day, rule) for day, rule in days if rule.share is not None]
    shares = [Fraction(rule.share or 0) for _day, rule in rules]
    rest = max(1 - sum(shares, Fraction(0)), Fraction(0))
    parts = money.allocate(granted, [*shares, rest])
    return tuple(
        Expected(number, rule.kind, day, part)
        for number, ((day, rule), part) in enumerate(zip(rules, parts, strict=False), start=1)
    )


@transaction.atomic
def expect_instalments(*, award: Award, year: int, expected: tuple[Expected, ...]) -> None:
    """Write the payments to expect of an award for one year."""
    Instalment.objects.bulk_create(
        Instalment(
            award=award,
            year=year,
            number=one.number,
            kind=one.kind,
            due_on=one.due_on,
            amount=money.euros(one.amount),
        )
        for one in expected
    )
