"""When awards are paid: what is announced, moved by real delays and by the patches of a scenario.

The payments of an exercise add up to what it will bring, `payable`: advances as announced, the rest
with the balance; a negative balance is money to give back.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction

from backoffice.engine import money
from backoffice.engine.cash.delays import NO_DELAY, Delay
from backoffice.engine.cash.flows import GRANT, RECOVERY, Flow
from backoffice.engine.periods import add_months, end_of_month
from backoffice.engine.projection.facts import ASSUMPTION, FORECAST
from backoffice.engine.scenario.patch import Patch

_MONTHS = 12


@dataclass(frozen=True)
class Announced:
    """One payment of an exercise that has not wholly come: the day announced and what is left.

    Attributes:
        due: the day that the funder, the letter or the scheme gives.
        amount: cents left to come.
        balance: whether it comes after the accounts of the exercise.
        group: whose delays it has.
    """

    due: date
    amount: int
    balance: bool
    group: str


@dataclass(frozen=True)
class Exercise:
    """One award for one civil year, as the treasury sees it.

    Attributes:
        reference: of the award.
        year: of the exercise.
        granted: cents, -1 unknown; `payable` the same, what it will bring.
        received: cents that have come so far.
        announced: what is left to come, by day.
        closing: day of the accounts of the exercise, when no balance is announced; None: unknown.
        status: doubt on the amounts.
        known: the amount granted on which `announced` stands, -1 unknown.
        seen: day until which payments that came are known.
    """

    reference: str
    year: int
    granted: int
    payable: int
    received: int
    announced: tuple[Announced, ...]
    closing: date | None
    status: int
    known: int
    seen: date


@dataclass(frozen=True)
class Unplaced:
    """Money whose day or amount nobody knows: it is in no balance. `amount` in cents, None unknown.

    `why` is "late" (later than the longest delay seen), "no_day" or "no_amount".
    """

    reference: str
    year: int
    amount: int | None
    why: str
    due: date | None = None


@dataclass(frozen=True)
class Expected:
    """What awards will bring by day, and what cannot be put on a day."""

    flows: tuple[Flow, ...]
    unplaced: tuple[Unplaced, ...]


@dataclass(frozen=True)
class Pace:
    """How days move: delays by group, `late` to take the longest ones.

    With `announced` the days announced stand as they are.
    """

    delays: Mapping[str, Delay]
    late: bool = False
    announced: bool = False


def expected(
    exercises: Iterable[Exercise], pace: Pace, patches: Mapping[str, Sequence[Patch]]
) -> Expected:
    """What comes for these exercises.

    Args:
        exercises: with what is left to come.
        pace: how late money comes.
        patches: those on the days of payment, by reference, in their order.
    """
    flows: list[Flow] = []
    unplaced: list[Unplaced] = []
    for one in exercises:
        if one.payable < 0:
            unplaced.append(Unplaced(one.reference, one.year, None, "no_amount"))
            continue
        for left in _repaced(one, settled(one), patches.get(one.reference, ())):
            _place(one, left, pace, flows, unplaced)
    return Expected(tuple(flows), tuple(unplaced))


def settled(one: Exercise) -> list[Announced]:
    """What is left to come so that all adds up to what the exercise brings.

    A larger or smaller amount granted moves the payments still to come, but for what of a larger
    one nothing justifies; what the accounts change goes to the balance.
    """
    rows = _granted_now(one)
    rest = one.payable - one.received - sum(row.amount for row in rows)
    places = [place for place, row in enumerate(rows) if row.balance]
    if not rest:
        return rows
    if places:
        last = places[-1]
        rows[last] = replace(rows[last], amount=rows[last].amount + rest)
        return rows
    group = f"{rows[-1].group.partition('/')[0]}/balance" if rows else ""
    return [*rows, Announced(one.closing or date.max, rest, balance=True, group=group)]


def _granted_now(one: Exercise) -> list[Announced]:
    rows = list(one.announced)
    more = _advanced(one) - one.known
    if one.granted < 0 or one.known < 0 or not more or not rows:
        return rows
    weights = [max(row.amount, 0) for row in rows]
    if not any(weights):
        return rows
    parts = money.allocate(max(more, -sum(weights)), weights)
    return [replace(row, amount=row.amount + part) for row, part in zip(rows, parts, strict=True)]


def _advanced(one: Exercise) -> int:
    """The amount that advances rest on: granted, where more than today no more than it brings."""
    return min(one.granted, max(one.known, one.payable))


def _repaced(
    one: Exercise, rows: Sequence[Announced], patches: Sequence[Patch]
) -> Sequence[Announced]:
    """The payments as the patches of a scenario pay them; their sum does not move."""
    for patch in patches:
        kept = [row for row in rows if row.due < patch.since]
        moving = [row for row in rows if row.due >= patch.since]
        if moving:
            rows = [*kept, *_moved(one, moving, patch)]
    return rows


def _moved(one: Exercise, rows: list[Announced], patch: Patch) -> list[Announced]:
    share, days = patch.number_of("start_share"), patch.number_of("delay_days")
    if days is not None:
        return [replace(row, due=_later(row.due, int(days))) for row in rows]
    if share is not None:
        return _at_start(one, rows, patch, share)
    if patch.values.get("twelfths") is True:
        return _twelfths(one, rows, patch)
    return rows


def _later(day: date, days: int) -> date:
    return day if day == date.max else day + timedelta(days=days)


def _at_start(
    one: Exercise, rows: list[Announced], patch: Patch, share: Fraction
) -> list[Announced]:
    """A share of the year on the day of the patch, each year; the rest on the last day planned.

    The day of the patch stands as it is: the delays of former instalments say nothing of a new one.
    """
    total = sum(row.amount for row in rows)
    wished = money.times_one(max(_advanced(one), 0), share) - one.received
    first = min(max(wished, 0), max(total, 0))
    if one.year < patch.since.year or not first:
        return rows
    start = add_months(patch.since, _MONTHS * (one.year - patch.since.year))
    last = max(rows, key=lambda row: row.due)
    return [
        replace(rows[0], due=start, amount=first, balance=False, group=""),
        replace(last, amount=total - first),
    ]


def _twelfths(one: Exercise, rows: list[Announced], patch: Patch) -> list[Announced]:
    """The advances in equal parts at the end of each month left of the year, the balance as is."""
    advances = [row for row in rows if not row.balance]
    total = sum(row.amount for row in advances)
    first = max(patch.since, date(one.year, 1, 1))
    months = [
        month for month in range(1, _MONTHS + 1) if first <= end_of_month(date(one.year, month, 1))
    ]
    if not advances or not months or first.year != one.year:
        return rows
    parts = money.allocate(total, [Fraction(1)] * len(months))
    monthly = [
        replace(advances[0], due=end_of_month(date(one.year, month, 1)), amount=part)
        for month, part in zip(months, parts, strict=True)
    ]
    return [*monthly, *(row for row in rows if row.balance)]


def _place(
    one: Exercise, row: Announced, pace: Pace, flows: list[Flow], unplaced: list[Unplaced]
) -> None:
    """Put one payment on its day, or say that it has none."""
    if not row.amount:
        return
    if row.due == date.max:
        unplaced.append(Unplaced(one.reference, one.year, row.amount, "no_day"))
        return
    back = row.amount < 0
    day = row.due if back else _day(row, pace, one.seen)
    if day <= one.seen:
        unplaced.append(Unplaced(one.reference, one.year, row.amount, "late", row.due))
        return
    doubt = max(one.status, ASSUMPTION if back or row.balance else FORECAST)
    flows.append(Flow(day, row.amount, RECOVERY if back else GRANT, one.reference, doubt))


def _day(row: Announced, pace: Pace, seen: date) -> date:
    """The day that the delays give; one that has gone by becomes the latest day seen so far."""
    delay = pace.delays.get(row.group, NO_DELAY)
    latest = row.due + timedelta(days=max(delay.longest, 0))
    usual = row.due + timedelta(days=0 if pace.announced else delay.median)
    return latest if pace.late or usual <= seen else usual
