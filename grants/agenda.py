"""Everything that organisations owe to their funders, by day, with what a miss of each costs."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.db.models import Prefetch

from backoffice.engine import money
from backoffice.engine.periods import Period, year_period
from backoffice.engine.stakes import REPAY, SUSPEND, Account, Miss, Payment, Stake, stake_of
from backoffice.federation.models import Organisation
from grants.dues import Due, dues_of
from grants.general_law import LawNotInForce, Reference, reference
from grants.models import Award, Deadline, DeadlineEvent, Instalment, Receipt
from grants.services.instalments import expected_of
from grants.snapshots import AwardFacts, award_facts

PIECES = "pieces"
"""The kind of a deadline that brings what justifies: the general law punishes its miss."""


@dataclass(frozen=True)
class Exercise:
    """One award for one exercise, with what is due for it and its money."""

    award: Award
    year: int
    facts: AwardFacts
    dues: tuple[Due, ...]
    account: Account


@dataclass(frozen=True)
class Item:
    """One thing due, with the exercises of the same employer that its miss may touch."""

    exercise: Exercise
    due: Due
    siblings: Sequence[Exercise]

    @property
    def award(self) -> Award:
        return self.exercise.award

    @property
    def row(self) -> Deadline | None:
        return self.due.row

    def law(self, principle: str) -> Reference | None:
        """Where the general law says a principle of pieces that do not come; None: nothing found.

        It is the law of the day on which the subsidy was granted.
        """
        if self.due.kind != PIECES:
            return None
        granted_on = self.award.letter_on or self.award.starts_on
        try:
            found = reference(principle, self.exercise.account.authority, granted_on)
        except LawNotInForce:
            return None
        return None if found.status == "missing" else found

    @property
    def laws(self) -> tuple[Reference, ...]:
        """The articles of the general law on which its effects rest."""
        own = self.due.rule.effect if self.due.rule else ""
        asked = ("suspension",) if own else ("recovery", "suspension")
        return tuple(law for principle in asked if (law := self.law(principle)))

    @property
    def effects(self) -> frozenset[str]:
        """What the rule says, or for pieces the general law, and what that law adds."""
        own = self.due.rule.effect if self.due.rule else ""
        recovery = REPAY if self.law("recovery") else ""
        suspension = SUSPEND if self.law("suspension") else ""
        return frozenset({own or recovery, suspension} - {""})

    @cached_property
    def stake(self) -> Stake | None:
        """What a miss costs; None where no consequence is known, or no day."""
        day, rule = self.due.due_on, self.due.rule
        if day is None or not self.effects:
            return None
        stops_from = rule.stops_from(self.exercise.year) if rule else None
        others = [one.account for one in self.siblings]
        return stake_of(Miss(day, self.effects, stops_from), self.exercise.account, others)


def agenda(organisations: Iterable[Organisation], today: date) -> list[Item]:
    """What is due, by day, without what binds the funders; the queries do not grow with the rows.

    Holds every stored deadline, and for the exercises of last year and this one what is not stored:
    days that nobody knows yet, and days not planned.
    """
    return items_of(exercises_of(organisations, today), today)


def exercises_of(organisations: Iterable[Organisation], today: date) -> list[list[Exercise]]:
    """The exercises of each employer with something due or paid, and those of last year and now.

    The queries do not grow with the rows.
    """
    by_employer: dict[int, list[Exercise]] = {}
    for award in _awards(organisations):
        found = by_employer.setdefault(award.organisation_id, [])
        found += [_exercise(award, year, today) for year in _years(award, today)]
    return list(by_employer.values())


def items_of(employers: Iterable[Sequence[Exercise]], today: date) -> list[Item]:
    """What is due for the exercises of some employers, by day; see `agenda`."""
    items = [
        Item(exercise, due, exercises)
        for exercises in employers
        for exercise in exercises
        for due in exercise.dues
        if not due.binds_the_funder and (due.row or exercise.year >= today.year - 1)
    ]
    return sorted(items, key=_place)


def _place(item: Item) -> tuple[date, str, int, str]:
    return (item.due.due_on or date.max, item.award.reference, item.exercise.year, item.due.code)


def _awards(organisations: Iterable[Organisation]) -> Iterable[Award]:
    events = DeadlineEvent.objects.select_related("by").order_by("at", "pk")
    return (
        Award.objects.filter(organisation__in=list(organisations))
        .select_related("organisation", "approval")
        .prefetch_related(
            "terms",
            "posts",
            Prefetch("deadlines", Deadline.objects.order_by("due_on", "pk")),
            Prefetch("deadlines__events", events),
            Prefetch("instalments", Instalment.objects.order_by("due_on", "number")),
            Prefetch("receipts", Receipt.objects.order_by("received_on", "reference")),
        )
        .order_by("organisation", "reference")
    )


def _years(award: Award, today: date) -> list[int]:
    """The exercises that have a deadline or a payment, and those of last year and this one."""
    life = Period.inclusive(award.starts_on, award.ends_on)
    written = {row.year for row in award.deadlines.all()}
    written |= {row.year for row in award.instalments.all()}
    near = {
        year
        for year in (today.year - 1, today.year)
        if not life.overlap(year_period(year)).is_empty
    }
    return sorted(written | near)


def _exercise(award: Award, year: int, today: date) -> Exercise:
    facts = award_facts(award, year_period(year), award.terms.all(), today)
    return Exercise(award, year, facts, dues_of(facts, year, today), _account(facts, year, today))


def _account(facts: AwardFacts, year: int, today: date) -> Account:
    """The money of an exercise as it stands today."""
    award, granted = facts.row, facts.granted(today)
    receipts = [one for one in award.receipts.all() if one.year == year]
    planned = [one for one in award.instalments.all() if one.year == year]
    coming: tuple[Payment, ...] | None = None
    if planned:
        coming = tuple(_left(planned, receipts))
    elif granted is not None:
        expected = expected_of(facts.scheme, year, granted, facts.moment)
        whole = [(one.due_on, one.amount) for one in expected]
        received = sum(money.cents(one.amount.amount) for one in receipts)
        coming = tuple(_after(received, whole)) if expected else None
    return Account(
        award=award.reference,
        year=year,
        authority=facts.scheme.authority,
        granted=granted,
        received=sum(money.cents(one.amount.amount) for one in receipts),
        coming=coming,
    )


def _left(planned: Sequence[Instalment], receipts: Sequence[Receipt]) -> Iterator[Payment]:
    """What is left of each payment: less its own receipts, then less those that name none."""
    own: dict[int | None, int] = {}
    for one in receipts:
        own[one.instalment_id] = own.get(one.instalment_id, 0) + money.cents(one.amount.amount)
    left = [
        (one.due_on, max(money.cents(one.amount.amount) - own.get(one.pk, 0), 0)) for one in planned
    ]
    yield from _after(own.get(None, 0), left)


def _after(received: int, payments: Sequence[tuple[date, int]]) -> Iterator[Payment]:
    """What is left of payments once an amount has paid the earliest ones."""
    free = max(received, 0)
    for due_on, amount in payments:
        paid = min(free, amount)
        free -= paid
        if amount > paid:
            yield Payment(due_on, amount - paid)
