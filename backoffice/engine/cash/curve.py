"""The balance at the end of each day, its lowest point, and what can be paid from it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from functools import cached_property
from itertools import accumulate

from backoffice.engine import money
from backoffice.engine.cash.flows import Flow

_DAYS_A_YEAR = 365
_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Point:
    """The balance at the end of a day, in cents."""

    day: date
    balance: int


@dataclass(frozen=True)
class Payable:
    """Whether something can be paid on its day.

    Attributes:
        day: the day of the payment.
        amount: cents to pay, positive.
        balance: cents at the end of that day, the payment made.
        room: cents by which the account may go below zero.
    """

    day: date
    amount: int
    balance: int
    room: int

    @property
    def short(self) -> int:
        """Cents that lack, 0 when it can be paid."""
        return max(-self.room - self.balance, 0)


@dataclass(frozen=True)
class Curve:
    """Balances at the end of each day.

    Attributes:
        first: day of the opening balance.
        opening: cents at the end of that day.
        balances: one per day, the first of which is the opening.
    """

    first: date
    opening: int
    balances: Sequence[int]

    @property
    def last(self) -> date:
        return self.first + timedelta(days=len(self.balances) - 1)

    def on(self, day: date) -> int:
        """Cents at the end of a day of the curve."""
        return self.balances[(day - self.first).days]

    def points(self, since: date | None = None) -> list[Point]:
        """Each day with its balance, from a day on."""
        start = max((since - self.first).days, 0) if since else 0
        return [
            Point(self.first + timedelta(days=place), self.balances[place])
            for place in range(start, len(self.balances))
        ]

    def lowest(self, since: date | None = None) -> Point:
        """The lowest balance from a day on, on the first day that has it."""
        return min(self.points(since), key=lambda point: (point.balance, point.day))

    def first_below(self, limit: int = 0, since: date | None = None) -> Point | None:
        """The first day on which the balance is below a limit."""
        return next((one for one in self.points(since) if one.balance < limit), None)

    @cached_property
    def days_below(self) -> int:
        """Days that end below zero."""
        return sum(balance < 0 for balance in self.balances)

    def interest(self, rate: Fraction) -> int:
        """Cents of interest on what is below zero, day by day, rounded once, never on interest.

        Args:
            rate: yearly, as the bank asks; divided by 365 days, leap years included.
        """
        owed = sum(-balance for balance in self.balances if balance < 0)
        return money.times_one(owed, rate / _DAYS_A_YEAR)


def curve_of(opening: int, flows: Iterable[Flow], first: date, last: date) -> Curve:
    """The curve from the end of a day to another day; flows outside of it are left out.

    Args:
        opening: cents at the end of `first`.
        flows: in any order.
        first: day of the opening balance, whose own flows are in it.
        last: last day.
    """
    daily = [0] * ((last - first).days + 1)
    for one in flows:
        if first < one.day <= last:
            daily[(one.day - first).days] += one.amount
    daily[0] = opening
    return Curve(first, opening, tuple(accumulate(daily)))


def can_pay(curve: Curve, flows: Iterable[Flow], kind: str, room: int = 0) -> list[Payable]:
    """Each day on which something of a kind is paid, and whether it can be."""
    due: dict[date, int] = {}
    for one in flows:
        if one.kind == kind and curve.first < one.day <= curve.last:
            due[one.day] = due.get(one.day, 0) - one.amount
    return [Payable(day, due[day], curve.on(day), room) for day in sorted(due) if due[day] > 0]
