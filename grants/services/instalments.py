"""The payments to expect for a year: the days and shares of the scheme, once granted is known."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from django.db import transaction

from backoffice.engine import money
from backoffice.engine.claims.grants import advance
from backoffice.engine.claims.inputs import Known
from backoffice.engine.figures import FigureNotDefined
from grants.models import Award, Instalment
from grants.scheme import Scheme
from grants.snapshots import AwardFacts, post_columns
from grants.year_rules import Moment, YearRule

_CENTS = 100


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
    return _shares(scheme.instalments_of(year, moment, Fraction(granted, _CENTS)), granted)


def expected_for(facts: AwardFacts, granted: int | None, known: Known) -> tuple[Expected, ...]:
    """The payments of an exercise of an award: shares of its amount, or advances and a settlement.

    Nothing is expected where the amount (cents, None: unknown) or the rate of the advances is not
    known; a settlement that would be negative is a recovery.
    """
    euros = None if granted is None else Fraction(granted, _CENTS)
    days = facts.scheme.instalments_of(facts.exercise.start.year, facts.moment, euros)
    if any(rule.rate for _day, rule in days):
        return _at_their_rates(facts, days, granted, known)
    return () if granted is None else _shares(days, granted)


def _shares(days: Sequence[tuple[date, YearRule]], granted: int) -> tuple[Expected, ...]:
    rules = [(day, rule) for day, rule in days if rule.share is not None]
    shares = [Fraction(rule.share or 0) for _day, rule in rules]
    rest = max(1 - sum(shares, Fraction(0)), Fraction(0))
    parts = money.allocate(granted, [*shares, rest])
    return tuple(
        Expected(number, rule.kind, day, part)
        for number, ((day, rule), part) in enumerate(zip(rules, parts, strict=False), start=1)
    )


def _at_their_rates(
    facts: AwardFacts, days: Sequence[tuple[date, YearRule]], granted: int | None, known: Known
) -> tuple[Expected, ...]:
    posts = post_columns(facts.posts)
    try:
        parts = [
            (day, rule, advance(posts, facts.exercise, rule.quarter, known, rule.rate))
            for day, rule in days
            if rule.quarter is not None
        ]
    except FigureNotDefined:
        return ()
    if granted is not None:
        rest = granted - sum(part for _day, _rule, part in parts)
        parts += [(day, rule, rest) for day, rule in days if rule.rest]
    return tuple(
        Expected(number, rule.kind, day, part)
        for number, (day, rule, part) in enumerate(parts, start=1)
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
