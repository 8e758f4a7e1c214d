"""What a missed deadline costs, in cents: to give back, no longer paid, or suspended elsewhere.

A payment is counted in one loss only. What is not known stays None and is counted apart.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

REPAY, STOP, LOSE, SUSPEND = "repay_unjustified", "stop_advances", "lose_award", "suspend_funder"
EFFECTS = frozenset((REPAY, STOP, LOSE, SUSPEND))


@dataclass(frozen=True)
class Payment:
    """What is left to come of an expected payment: cents, above zero."""

    due_on: date
    left: int


@dataclass(frozen=True)
class Account:
    """The money of one award for one exercise, in cents.

    `granted` is None while no letter fixes it; `received` is net of what was given back; `coming`
    is None where neither the payments nor the amount that they share are known.
    """

    award: str
    year: int
    authority: str
    granted: int | None
    received: int
    coming: tuple[Payment, ...] | None


@dataclass(frozen=True)
class Miss:
    """A deadline missed: when it was due and what follows; `stops_from` goes with `STOP`."""

    due_on: date
    effects: frozenset[str]
    stops_from: date | None = None


@dataclass(frozen=True)
class Loss:
    """What one effect takes from one award and exercise; `amount` in cents, None: unknown."""

    effect: str
    award: str
    year: int
    amount: int | None
    payments: tuple[Payment, ...] = ()


@dataclass(frozen=True)
class Stake:
    """Everything that a miss costs."""

    losses: tuple[Loss, ...]

    @property
    def known(self) -> int:
        """The sum of what is known, in cents; what is unknown comes on top."""
        return sum(loss.amount for loss in self.losses if loss.amount is not None)

    @property
    def unknown(self) -> int:
        """How many losses are not known."""
        return sum(loss.amount is None for loss in self.losses)

    @property
    def amount(self) -> int | None:
        """The whole in cents, None as soon as a part of it is unknown."""
        return None if self.unknown else self.known


def stake_of(miss: Miss, account: Account, others: Iterable[Account] = ()) -> Stake:
    """What a miss on `account` costs.

    Args:
        miss: with at most one effect on the award itself, and perhaps the suspension of others.
        account: the award and exercise that the deadline is about.
        others: the same employer's other awards and exercises, whoever pays them.
    """
    losses = []
    if REPAY in miss.effects:
        losses.append(_repaid(miss, account))
    if STOP in miss.effects and miss.stops_from is not None:
        losses.append(_stopped(miss.stops_from, account))
    if LOSE in miss.effects:
        losses.append(_lost(account))
    if SUSPEND in miss.effects:
        losses += _suspended(miss.due_on, account, others)
    return Stake(tuple(losses))


def _repaid(miss: Miss, account: Account) -> Loss:
    """What came, and what is to come by the day: none of it is justified."""
    payments = tuple(one for one in account.coming or () if one.due_on <= miss.due_on)
    amount: int | None = max(account.received, 0) + sum(one.left for one in payments)
    if not amount and account.coming is None:
        amount = None
    return Loss(REPAY, account.award, account.year, amount, payments)


def _stopped(stops_from: date, account: Account) -> Loss:
    if account.coming is None:
        return Loss(STOP, account.award, account.year, None)
    payments = tuple(one for one in account.coming if one.due_on >= stops_from)
    return Loss(STOP, account.award, account.year, sum(one.left for one in payments), payments)


def _lost(account: Account) -> Loss:
    left = None if account.granted is None else max(account.granted - account.received, 0)
    return Loss(LOSE, account.award, account.year, left)


def _suspended(day: date, account: Account, others: Iterable[Account]) -> Iterator[Loss]:
    """The later payments of the same authority, award by award.

    Where no payment is known, those of the exercises from that day's year on are unknown; those of
    earlier exercises are taken to have come.
    """
    mine = (account.award, account.year)
    for other in others:
        if other.authority != account.authority or (other.award, other.year) == mine:
            continue
        if other.coming is None:
            if other.year >= day.year:
                yield Loss(SUSPEND, other.award, other.year, None)
            continue
        payments = tuple(one for one in other.coming if one.due_on > day)
        if payments:
            left = sum(one.left for one in payments)
            yield Loss(SUSPEND, other.award, other.year, left, payments)
