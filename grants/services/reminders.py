"""Reminders of deadlines: who is to be told what on a day, once each."""

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path

from django.db import transaction
from django.db.models import Exists, F, OuterRef
from django.utils import timezone

from backoffice.federation.models import Membership
from grants.models import Deadline, DeadlineReminder

FILE = Path(__file__).parents[1] / "reminders.toml"


@dataclass(frozen=True)
class Schedule:
    """How many days before a deadline to tell it, by kind."""

    default: tuple[int, ...]
    kinds: Mapping[str, tuple[int, ...]]

    @property
    def longest(self) -> int:
        return max(day for days in (self.default, *self.kinds.values()) for day in days)

    def days_of(self, kind: str) -> tuple[int, ...]:
        """The days before a deadline of a kind."""
        return self.kinds.get(kind, self.default)

    def reached(self, kind: str, days_left: int) -> int | None:
        """The reminder whose time has come: the nearest one not below the days left."""
        return min((one for one in self.days_of(kind) if one >= days_left), default=None)


@cache
def schedule() -> Schedule:
    """The schedule of the product.

    Raises:
        ValueError: a number of days is not a whole number above zero.
    """
    table = tomllib.loads(FILE.read_text(encoding="utf-8"))
    kinds = {kind: tuple(days) for kind, days in table["kinds"].items()}
    found = Schedule(tuple(table["default"]), kinds)
    for days in (found.default, *kinds.values()):
        if not days or any(type(day) is not int or day < 1 for day in days):
            raise ValueError(f"{FILE.name} : jours avant l'échéance illisibles : {days}")
    return found


def reminders_due(on: date) -> list[DeadlineReminder]:
    """What is to be told on a day and to whom, not stored yet, by user then day.

    Every active account with access to the organisation is told of its open deadlines; what was
    told already is left out. The number of queries does not grow with the rows.
    """
    last = on + timedelta(days=schedule().longest)
    rows = (
        Deadline.objects.filter(state=Deadline.State.OPEN, due_on__gte=on, due_on__lte=last)
        .select_related("award__organisation")
        .order_by("due_on", "pk")
    )
    told = set(
        DeadlineReminder.objects.filter(deadline__in=rows).values_list(
            "deadline_id", "user_id", "due_on", "days"
        )
    )
    accesses = list(
        Membership.objects.filter(user__is_active=True).select_related("user").order_by("user__pk")
    )
    found = []
    for row in rows:
        days = schedule().reached(row.kind, (row.due_on - on).days)
        for access in accesses:
            key = (row.pk, access.user_id, row.due_on, days)
            mine = access.organisation_id == row.award.organisation_id
            if mine and days is not None and key not in told:
                found.append(
                    DeadlineReminder(
                        deadline=row, user=access.user, due_on=row.due_on, days=days, told_on=on
                    )
                )
    return sorted(found, key=lambda one: (one.user.get_username(), one.due_on, one.deadline_id))


def record_reminders(*, reminders: Iterable[DeadlineReminder]) -> None:
    """Keep that they were told; one that another run kept meanwhile stays as it is."""
    DeadlineReminder.objects.bulk_create(reminders, ignore_conflicts=True)


def unsent(on: date) -> list[DeadlineReminder]:
    """What was told and not mailed, of deadlines still open and to come, by user then day.

    Whoever has lost the access to the service since then is told nothing more of it.
    """
    access = Membership.objects.filter(
        user=OuterRef("user"), organisation=OuterRef("deadline__award__organisation")
    )
    return list(
        DeadlineReminder.objects.filter(
            Exists(access),
            sent_at=None,
            due_on__gte=on,
            deadline__due_on=F("due_on"),
            deadline__state=Deadline.State.OPEN,
            user__is_active=True,
        )
        .exclude(user__email="")
        .select_related("user", "deadline__award__organisation")
        .order_by("user__pk", "due_on", "deadline", "days")
    )


@transaction.atomic
def claim_reminders(*, reminders: Sequence[DeadlineReminder]) -> bool:
    """Say that a mail goes with all of them; False when another run has taken one of them."""
    mine = DeadlineReminder.objects.filter(pk__in=[one.pk for one in reminders], sent_at=None)
    if mine.update(sent_at=timezone.now()) == len(reminders):
        return True
    transaction.set_rollback(True)
    return False


def release_reminders(*, reminders: Sequence[DeadlineReminder]) -> None:
    """The mail did not leave: they are to be sent again."""
    DeadlineReminder.objects.filter(pk__in=[one.pk for one in reminders]).update(sent_at=None)
