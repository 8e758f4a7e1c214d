"""One process that carries jobs: from the table, or as messages name them."""

import logging
import os
import signal
from datetime import timedelta
from threading import Event, Thread
from typing import Any

from django.conf import settings
from django.db import close_old_connections

from backoffice.federation.jobs.asking import ACTIVE
from backoffice.federation.jobs.carrying import DATABASE_AWAY, carry_one
from backoffice.federation.jobs.claims import SILENCE, recover
from backoffice.federation.jobs.messages import listen
from backoffice.federation.jobs.registry import start_worker
from backoffice.federation.models import Job

PAUSE = 0.5
logger = logging.getLogger(__name__)


def be_a_worker(stop: Event, *, until_empty: bool = False, silence: timedelta = SILENCE) -> None:
    """Carry jobs, one at a time, until the process is asked to end or nothing is left."""
    start_worker()
    if settings.CELERY_BROKER_URL:
        listen(stop)
    else:
        _take_from_the_table(stop, until_empty=until_empty, silence=silence)


def _take_from_the_table(stop: Event, *, until_empty: bool, silence: timedelta) -> None:
    while not stop.is_set():
        try:
            recover(silence)
            if carry_one(stop=stop):
                continue
            if until_empty and not is_any_active():
                return
        except DATABASE_AWAY as error:
            logger.warning("the database does not answer (%s)", type(error).__name__)
        close_old_connections()
        stop.wait(PAUSE)


def is_any_active() -> bool:
    """Whether a job waits or runs."""
    return Job.objects.filter(state__in=ACTIVE).exists()


def stop_on_signal(stop: Event) -> None:
    """Set `stop` on Ctrl-C and on the signal of a service manager."""

    def on_signal(*_signal: Any) -> None:
        stop.set()

    signal.signal(signal.SIGTERM, on_signal)
    signal.signal(signal.SIGINT, on_signal)


def stop_with(parent: int) -> None:
    """Ask this process to end as soon as its parent is gone, even killed."""

    def watch() -> None:
        while os.getppid() == parent:
            gone.wait(PAUSE)
        os.kill(os.getpid(), signal.SIGTERM)

    gone = Event()
    Thread(target=watch, daemon=True).start()
