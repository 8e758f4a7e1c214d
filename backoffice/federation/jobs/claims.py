"""Who carries a job: one conditional UPDATE gives the row to one process, by the token it writes.

Every later write of that process names its token, so a process that lost its row changes nothing.
"""

import uuid
from datetime import datetime, timedelta
from typing import Any

from django.db.models import F, Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone

from backoffice.federation.models import Job

BEAT = timedelta(seconds=5)
SILENCE = timedelta(seconds=30)
MOST_ATTEMPTS = 3
State = Job.State


def silent(now: datetime, silence: timedelta = SILENCE) -> Q:
    """Rows whose process gave no sign of life for too long."""
    return Q(state=State.RUNNING, heartbeat_at__lt=now - silence)


def claim(number: int | None = None, silence: timedelta = SILENCE) -> Job | None:
    """Take a job for this process: that one, or the oldest; None when there is none to take."""
    now = timezone.now()
    free = Job.objects.filter(Q(state=State.QUEUED) | silent(now, silence))
    wanted = free if number is None else free.filter(pk=number)
    for pk in wanted.order_by("pk").values_list("pk", flat=True):
        token = uuid.uuid4().hex
        taken = free.filter(pk=pk).update(
            state=State.RUNNING,
            claim=token,
            attempts=F("attempts") + 1,
            started_at=Coalesce("started_at", now),
            heartbeat_at=now,
        )
        if taken:
            return Job.objects.select_related("organisation", "owner").get(pk=pk, claim=token)
    return None


def held(job: Job) -> QuerySet[Job]:
    """The row, as long as the process that claimed `job` holds it."""
    return Job.objects.filter(pk=job.pk, state=State.RUNNING, claim=job.claim)


def is_held(job: Job) -> bool:
    """Whether the row is still this process's."""
    return held(job).exists()


def keep(job: Job, **shown: Any) -> bool:
    """Give a sign of life, with what changes on the row; False when another has taken it."""
    return bool(held(job).update(heartbeat_at=timezone.now(), **shown))


def end(job: Job, state: State, **shown: Any) -> bool:
    """Close the row; False when another has taken it."""
    return keep(job, state=state, claim="", doing="", ended_at=timezone.now(), **shown)


def give_back(job: Job, *, counts: bool) -> bool:
    """Put the row back in the queue; `counts` says whether the attempt is spent."""
    spent = {} if counts else {"attempts": F("attempts") - 1}
    return keep(job, state=State.QUEUED, claim="", doing="", **spent)
