"""Where a broker is set: a Celery message carries the number of a job, and nothing else.

The row is claimed as it always is, so a message delivered twice, late or to nobody changes nothing.
"""

import logging
import os
import socket
from datetime import timedelta
from threading import Event
from typing import Any

from celery import current_app, shared_task
from celery.signals import worker_ready, worker_shutting_down
from django.db.models import Q
from django.utils import timezone
from kombu.exceptions import OperationalError

from backoffice.federation.jobs.carrying import carry_one
from backoffice.federation.models import Job

AGAIN = timedelta(minutes=5)
LOOK = 1
logger = logging.getLogger(__name__)
_stop = Event()


@shared_task(name="backoffice.carry")
def carry(number: int) -> None:
    """Carry one job, unless someone else did."""
    carry_one(number, stop=_stop)


def send(number: int) -> bool:
    """Tell the workers of a job; False when the broker does not answer."""
    try:
        carry.apply_async((number,), retry=False)
    except OperationalError as error:
        logger.warning("job %s: the broker does not answer (%s)", number, type(error).__name__)
        return False
    Job.objects.filter(pk=number).update(sent_at=timezone.now())
    return True


def send_waiting(*, older_than: timedelta = AGAIN) -> bool:
    """Send the waiting jobs whose message never left or may be lost; False at the first failure."""
    waiting = Job.objects.filter(state=Job.State.QUEUED)
    late = waiting.filter(Q(sent_at=None) | Q(sent_at__lt=timezone.now() - older_than))
    return all(send(number) for number in late.order_by("pk").values_list("pk", flat=True))


def listen() -> None:
    """Carry the jobs that messages name, one at a time, until the process is asked to end."""
    worker_shutting_down.connect(_on_stop)
    worker_ready.connect(_on_ready)
    name = f"backoffice-{os.getpid()}@{socket.gethostname()}"
    quiet = {"without_gossip": True, "without_mingle": True, "without_heartbeat": True}
    current_app.Worker(
        hostname=name, pool_cls="solo", loglevel="WARNING", quiet=True, **quiet
    ).start()


def _on_stop(**_signal: Any) -> None:
    _stop.set()


def _on_ready(sender: Any, **_signal: Any) -> None:
    # A signal does not end a wait for messages: without this, ending takes up to a heartbeat.
    sender.timer.call_repeatedly(LOOK, int)
