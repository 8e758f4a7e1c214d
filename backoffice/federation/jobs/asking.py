"""Asking for a job and giving it up."""

from collections.abc import Iterable
from functools import partial
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from backoffice.federation.jobs.claims import silent
from backoffice.federation.jobs.messages import send
from backoffice.federation.jobs.registry import kind_of
from backoffice.federation.models import Job, Organisation

State = Job.State
ACTIVE = (State.QUEUED, State.RUNNING)


class AlreadyAsked(ValueError):
    """A job on the same object is waiting or running; `job` is that one."""

    def __init__(self, job: Job) -> None:
        self.job = job
        super().__init__(
            _(
                "Ce travail est déjà demandé (n° %(number)s, %(state)s) : attendez sa fin ou "
                "annulez-le."
            )
            % {"number": job.pk, "state": job.get_state_display()}
        )


def ask(
    kind: str,
    *,
    subject: str,
    arguments: dict[str, Any] | None = None,
    owner: User | None = None,
    organisation: Organisation | None = None,
) -> Job:
    """Queue a job on an object, for whichever worker is free.

    Where a broker is set, a message follows the commit; a broker that does not answer loses
    nothing: the row waits, and `backoffice worker` sends it later.

    Args:
        kind: one that an app offers.
        subject: the object worked on, as "import:0999000129".
        arguments: what the function needs, as JSON: ids, codes and days, no personal data.
        owner: who asks; None at the command line.
        organisation: whose users may see it.

    Raises:
        AlreadyAsked: a job on this object is waiting or running.
        LookupError: no app offers this kind.
    """
    if kind_of(kind) is None:
        raise LookupError(kind)
    try:
        with transaction.atomic():
            job = Job.objects.create(
                kind=kind,
                subject=subject,
                arguments=arguments or {},
                owner=owner,
                organisation=organisation,
            )
            if settings.CELERY_BROKER_URL:
                transaction.on_commit(partial(send, job.pk))
    except IntegrityError:
        active = Job.objects.filter(subject=subject, state__in=ACTIVE).first()
        if active is None:
            raise
        raise AlreadyAsked(active) from None
    return job


def see(jobs: Iterable[Job], user: User) -> None:
    """Remember that their owner has seen the end of those that have ended."""
    new = [
        job.pk
        for job in jobs
        if job.owner_id == user.pk and job.ended_at is not None and job.seen_at is None
    ]
    if new:
        Job.objects.filter(pk__in=new).update(seen_at=timezone.now())


def cancel(job: Job) -> None:
    """Give a job up: at once when nobody carries it, at its next sign of life otherwise."""
    now, row = timezone.now(), Job.objects.filter(pk=job.pk)
    waiting = row.filter(Q(state=State.QUEUED) | silent(now))
    ended = {"state": State.CANCELLED, "claim": "", "doing": "", "ended_at": now}
    if not waiting.update(cancel_asked=True, **ended):
        row.filter(state=State.RUNNING).update(cancel_asked=True)
    job.refresh_from_db()
