"""Who carries a job: one conditional UPDATE gives the row to one process, by the token it writes.

Every later write of that process names its token, so a process that lost its row changes nothing.
"""

import uuid
from datetime import datetime, timedelta
from typing import Any

from django.db.models import F, Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _

from backoffice.federation.models import Job

BEAT = timedelta(seconds=5)
SILENCE = timedelta(seconds=30)
MOST_ATTEMPTS = 3
State = Job.State
_WAITING = {"state": State.QUEUED, "claim": "", "doing": "", "sent_at": None}


def claim(number: int | None = None) -> Job | None:
    """Take a waiting job for this process: that one, or the oldest; None when there is none."""
    waiting = Job.objects.filter(state=State.QUEUED)
    wanted = waiting if number is None else waiting.filter(pk=number)
    for pk in wanted.order_by("pk").values_list("pk", flat=True):
        token, now = uuid.uuid4().hex, timezone.now()
        taken = waiting.filter(pk=pk).update(
            state=State.RUNNING,
            claim=token,
            attempts=F("attempts") + 1,
            started_at=Coalesce("started_at", now),
            heartbeat_at=now,
        )
        if taken:
            return Job.objects.select_related("organisation", "owner").get(pk=pk)
    return None


def silent(now: datetime, silence: timedelta = SILENCE) -> Q:
    """Rows whose process gave no sign of life for too long."""
    return Q(state=State.RUNNING, heartbeat_at__lt=now - silence)


def recover(silence: timedelta = SILENCE) -> int:
    """Put the rows of processes that went silent back in the queue; how many there were.

    One that has brought its process down too often fails instead.
    """
    lost = Job.objects.filter(silent(timezone.now(), silence))
    for job in lost.filter(attempts__gte=MOST_ATTEMPTS):
        fail(job, _too_often())
    return lost.update(**_WAITING)


def held(job: Job) -> QuerySet[Job]:
    """The row, as long as the process that claimed `job` holds it."""
    return Job.objects.filter(pk=job.pk, state=State.RUNNING, claim=job.claim)


def keep(job: Job, **shown: Any) -> bool:
    """Give a sign of life, with what changes on the row; False when another has taken it."""
    return bool(held(job).update(heartbeat_at=timezone.now(), **shown))


def end(job: Job, state: State, **shown: Any) -> bool:
    """Close the row; False when another has taken it."""
    return keep(job, state=state, claim="", doing="", ended_at=timezone.now(), **shown)


def fail(job: Job, sentence: str) -> bool:
    """Close the row as failed, with a last sentence for the user."""
    known = Job.objects.values_list("problems", flat=True).get(pk=job.pk)
    return end(job, State.FAILED, problems=[*known, sentence])


def give_back(job: Job) -> bool:
    """Put the row back in the queue, as if it had not been taken."""
    return keep(job, **_WAITING, attempts=F("attempts") - 1)


def try_again(job: Job) -> bool:
    """Put the row back in the queue after a fault of the surroundings, a few times at most."""
    if job.attempts >= MOST_ATTEMPTS:
        return fail(job, _too_often())
    return keep(job, **_WAITING)


def _too_often() -> str:
    return _(
        "Ce travail a été interrompu %(times)s fois sans finir : redemandez-le ; si cela se "
        "répète, transmettez son numéro à la personne qui vous aide."
    ) % {"times": MOST_ATTEMPTS}
