"""What presses: deadlines by urgency with what a miss costs, and payments that have not come."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from grants.agenda import Exercise, Item
from grants.models import Deadline
from reports.pages.deadlines import Row, row_of
from reports.pages.standing import CLOSE_DAYS

NEAR_DAYS = 90
"""How far the page looks ahead."""
MOST_ROWS = 8


@dataclass(frozen=True)
class Urgent:
    """Open deadlines seen from a day, by urgency and by day; what a miss costs is told when shown.

    `undated` counts those whose day nobody knows yet.
    """

    today: date
    late: tuple[Item, ...]
    close: tuple[Item, ...]
    near: tuple[Item, ...]
    undated: int

    @cached_property
    def rows(self) -> tuple[Row, ...]:
        """The most urgent rows of each group, the most urgent group first."""
        groups = (self.late, self.close, self.near)
        return tuple(row_of(item, self.today) for group in groups for item in group[:MOST_ROWS])

    @property
    def hidden(self) -> int:
        """How many rows are left to the list."""
        return len(self.late) + len(self.close) + len(self.near) - len(self.rows)

    @cached_property
    def oldest(self) -> Row | None:
        """The first deadline that has gone by."""
        return row_of(self.late[0], self.today) if self.late else None

    @cached_property
    def next(self) -> Row | None:
        """The first deadline that has not gone by."""
        coming = self.close or self.near
        return row_of(coming[0], self.today) if coming else None


@dataclass(frozen=True)
class LatePayment:
    """An expected payment that has not wholly come: what is left in cents, days gone by."""

    reference: str
    year: int
    funder: Mapping[str, str]
    due_on: date
    left: int
    days: int


def urgent(items: Iterable[Item], today: date) -> Urgent:
    """The open deadlines of the next three months and those that have gone by.

    Args:
        items: what is due, by day.
        today: the day looked from.
    """
    is_open = [item for item in items if item.due.state == Deadline.State.OPEN]
    dated = [(item, (item.due.due_on - today).days) for item in is_open if item.due.due_on]
    return Urgent(
        today=today,
        late=tuple(item for item, days in dated if days < 0),
        close=tuple(item for item, days in dated if 0 <= days <= CLOSE_DAYS),
        near=tuple(item for item, days in dated if CLOSE_DAYS < days <= NEAR_DAYS),
        undated=len(is_open) - len(dated),
    )


def late_payments(exercises: Sequence[Exercise], today: date) -> tuple[LatePayment, ...]:
    """What funders should have paid by now and have not, the oldest first."""
    return tuple(sorted(_late(exercises, today), key=lambda one: (one.due_on, one.reference)))


def _late(exercises: Sequence[Exercise], today: date) -> Iterator[LatePayment]:
    for exercise in exercises:
        for payment in exercise.account.coming or ():
            if payment.due_on < today:
                yield LatePayment(
                    reference=exercise.award.reference,
                    year=exercise.year,
                    funder=exercise.facts.scheme.funder,
                    due_on=payment.due_on,
                    left=payment.left,
                    days=(today - payment.due_on).days,
                )
