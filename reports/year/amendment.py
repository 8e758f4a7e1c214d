"""What an amendment changes: granted and payable before and after, computed and never stored."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from grants.models import Amendment, Award
from grants.services.amendments import Decision, amend_award
from reports.dossier import Amounts
from reports.justifications import award_dossier


@dataclass(frozen=True)
class Effect:
    """The amounts of one exercise before and after, in cents; None is unknown."""

    year: int
    granted_before: int | None
    granted_after: int | None
    payable_before: int | None
    payable_after: int | None


@dataclass(frozen=True)
class Amended:
    """An amendment that was recorded, or tried, and its effect on each exercise that it touches."""

    amendment: Amendment
    effects: tuple[Effect, ...]


def try_amendment(
    award: Award, decision: Decision, terms: Mapping[str, str], known_on: date
) -> Amended:
    """The effect of an amendment, without recording it.

    Raises:
        NotAmended: see `amend_award`.
    """
    with transaction.atomic():
        found = record_amendment(award, decision, terms, known_on)
        transaction.set_rollback(True)
    return found


@transaction.atomic
def record_amendment(
    award: Award, decision: Decision, terms: Mapping[str, str], known_on: date
) -> Amended:
    """Record an amendment, and tell its effect as known on a day.

    Raises:
        NotAmended: see `amend_award`.
    """
    years = tuple(_years(award, decision, known_on))
    before = [_amounts(award, year, known_on) for year in years]
    amendment = amend_award(award=award, decision=decision, terms=terms, known_on=known_on)
    after = [_amounts(award, year, known_on) for year in years]
    return Amended(
        amendment,
        tuple(
            Effect(year, old.granted, new.granted, old.payable, new.payable)
            for year, old, new in zip(years, before, after, strict=True)
        ),
    )


def _years(award: Award, decision: Decision, known_on: date) -> Iterator[int]:
    """The exercises from the day of effect to today or the end, the first one in any case."""
    first = max(decision.effective_on.year, award.starts_on.year)
    last = min(known_on.year, award.ends_on.year if award.ends_on else known_on.year)
    if award.ends_on is None or first <= award.ends_on.year:
        yield from range(first, max(first, last) + 1)


def _amounts(award: Award, year: int, known_on: date) -> Amounts:
    return award_dossier(award.organisation, award.reference, year, known_on).amounts
