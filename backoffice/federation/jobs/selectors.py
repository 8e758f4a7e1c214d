"""Reads of jobs: who may see which, and whether anyone carries them."""

from datetime import datetime, timedelta

from django.contrib.auth.models import AnonymousUser, User
from django.db.models import Q, QuerySet

from backoffice.federation.access import organisations_for, rights_everywhere
from backoffice.federation.jobs.claims import SILENCE
from backoffice.federation.models import Job
from backoffice.federation.roles import Right

PATIENCE = timedelta(seconds=10)


def jobs_for(user: User | AnonymousUser) -> QuerySet[Job]:
    """The jobs that a user may see, newest first: of his organisations, or his own of none.

    Those of nobody (reminders, seals) are the site's: an administrator sees them.
    """
    if not user.is_authenticated:
        return Job.objects.none()
    seen = Q(organisation__in=organisations_for(user)) | Q(organisation=None, owner=user)
    if Right.ACCOUNTS in rights_everywhere(user):
        seen |= Q(organisation=None, owner=None)
    rows = Job.objects.filter(seen)
    return rows.select_related("organisation", "owner").order_by("-pk")


def is_alone(job: Job, now: datetime) -> bool:
    """Whether a job waits or runs and no worker shows a sign of life.

    A worker shows one while it carries any job, and by taking a job that waits within seconds.
    """
    if job.state == Job.State.RUNNING:
        return job.heartbeat_at is not None and job.heartbeat_at < now - SILENCE
    waits = job.state == Job.State.QUEUED and job.asked_at < now - PATIENCE
    return waits and not Job.objects.filter(heartbeat_at__gte=now - SILENCE).exists()
