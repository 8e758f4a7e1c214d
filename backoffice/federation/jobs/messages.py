"""Where a broker is set: a Celery message carries the number of a job, and nothing else.

The row is claimed as it always is, so a message delivered twice, late or to nobody changes nothing.
"""

import logging
import os
import signal
import socket
import warnings
from datetime import timedelta
from threading import Event
from typing import Any

from celery import current_app, shared_task
from celery.exceptions import SecurityWarning
from celery.signals import worker_ready, worker_shutting_down
from django.db.models import Q
from django.utils import timezone
from kombu.exceptions import OperationalError

from backoffice.federation.jobs.carrying import carry_one
from backoffice.federation.models import Job

AGAIN = timedelta(minutes=5)
LOOK = 1
PAUSE = 5
NO_BROKER = "the broker of CELERY_BROKER_URL does not answer, or refuses us"
logger = logging.getLogger(__name__)
_stop = Event()


@shared_task(name="backoffice.carry")
def carry(number: int) -> None:
    """Carry one job, unless someone else did."""
    carry_one(number, stop=_stop)


def send(number: int) -> bool:
    """Tell the workers of a job; False when the broker does not answer, or refuses us."""
    try:
        carry.apply_async((number,), retry=False)
    except _broker_errors() as error:
        logger.warning("job %s: %s (%s)", number, NO_BROKER, type(error).__name__)
        return False
    Job.objects.filter(pk=number).update(sent_at=timezone.now())
    return True


def send_waiting(*, older_than: timedelta = AGAIN) -> bool:
    """Send the waiting jobs whose message never left or may be lost; False at the first failure."""
    waiting = Job.objects.filter(state=Job.State.QUEUED)
    late = waiting.filter(Q(sent_at=None) | Q(sent_at__lt=timezone.now() - older_than))
    return all(send(number) for number in late.order_by("pk").values_list("pk", flat=True))


def listen(stop: Event) -> None:
    """Carry the jobs that messages name, one at a time, until the process is asked to end."""

    def on_ready(sender: Any, **_signal: Any) -> None:
        # A signal does not end a wait for messages: without this, ending takes up to a heartbeat.
        sender.timer.call_repeatedly(LOOK, int)
        if stop.is_set():  # asked before Celery listened to signals
            os.kill(os.getpid(), signal.SIGTERM)

    _wait_for_the_broker(stop)
    if stop.is_set():
        return
    worker_shutting_down.connect(_on_stop)
    worker_ready.connect(on_ready, weak=False)
    # Said to root, for messages that hold code. Ours are JSON; Celery still refuses pickle to root.
    warnings.simplefilter("ignore", SecurityWarning)
    name = f"backoffice-{os.getpid()}@{socket.gethostname()}"
    quiet = {"without_gossip": True, "without_mingle": True, "without_heartbeat": True}
    current_app.Worker(
        hostname=name, pool_cls="solo", loglevel="WARNING", quiet=True, **quiet
    ).start()


def _wait_for_the_broker(stop: Event) -> None:
    """Try until it lets us in: Celery waits for one that is away, but ends when it is refused."""
    while not stop.is_set():
        try:
            with current_app.connection_for_read() as broker:
                broker.connect()
        except _broker_errors() as error:
            logger.warning("%s (%s)", NO_BROKER, type(error).__name__)
            stop.wait(PAUSE)
        else:
            return


def _broker_errors() -> tuple[type[BaseException], ...]:
    """What may be raised when the broker is away, or refuses a password or a virtual host."""
    broker = current_app.connection_for_write()
    return (OperationalError, *broker.connection_errors, *broker.channel_errors)


def _on_stop(**_signal: Any) -> None:
    _stop.set()
