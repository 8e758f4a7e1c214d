"""The sign of life that a process gives while it carries a job, from a thread beside it."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from threading import Event, Thread

from django.db import Error, connection

from backoffice.federation.jobs.claims import BEAT, keep
from backoffice.federation.models import Job

logger = logging.getLogger(__name__)


@contextmanager
def beating(job: Job, every: timedelta = BEAT) -> Iterator[None]:
    """Keep a job's row fresh until the block ends, or another process has it."""
    ended = Event()
    thread = Thread(target=_beat, args=(job, ended, every.total_seconds()), daemon=True)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()


def _beat(job: Job, ended: Event, seconds: float) -> None:
    try:
        while not ended.wait(seconds):
            try:
                if not keep(job):
                    return
            except Error as error:
                logger.warning("job %s: no sign of life given (%s)", job.pk, type(error).__name__)
                connection.close()
    finally:
        connection.close()
