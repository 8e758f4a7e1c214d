"""`/sante/`: whether the site can work, for a program that watches it; no data of anyone."""

from datetime import timedelta

from django.db import DatabaseError
from django.db.models import Q
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from backoffice.federation.jobs.claims import SILENCE, silent
from backoffice.federation.models import Job

PATIENCE = timedelta(minutes=10)


@require_safe
@never_cache
def health(_request: HttpRequest) -> JsonResponse:
    """200 when the database answers and jobs are carried, else 503; each of the two by name."""
    try:
        found = {"database": True, "jobs": are_jobs_carried()}
    except DatabaseError:
        found = {"database": False, "jobs": False}
    return JsonResponse(found, status=200 if all(found.values()) else 503)


def are_jobs_carried() -> bool:
    """No job has waited or been silent for long while no worker gave a sign of life."""
    now = timezone.now()
    waiting = Q(state=Job.State.QUEUED, asked_at__lt=now - PATIENCE)
    left = Job.objects.filter(waiting | silent(now, PATIENCE))
    alive = Job.objects.filter(state=Job.State.RUNNING, heartbeat_at__gt=now - 2 * SILENCE)
    return alive.exists() or not left.exists()
