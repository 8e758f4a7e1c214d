"""Several processes that carry jobs, started again when one dies, and ended together."""

import logging
import os
import subprocess
import sys
from collections.abc import Callable
from datetime import timedelta
from threading import Event
from time import monotonic

from django.conf import settings
from django.db import close_old_connections

from backoffice.federation.jobs.carrying import DATABASE_AWAY
from backoffice.federation.jobs.claims import recover
from backoffice.federation.jobs.messages import AGAIN, send_waiting
from backoffice.federation.jobs.registry import rounds
from backoffice.federation.jobs.worker import PAUSE, is_any_active

SWEEP = 2
FIRST = 60
"""Seconds before the first round."""
GRACE = 30
logger = logging.getLogger(__name__)


class Supervisor:
    """Keeps a number of worker processes alive and, where a broker is set, sends what it lost.

    Each process is a group of its own: Ctrl-C reaches the supervisor alone, which then lets each
    one finish its step. A process whose supervisor is killed ends by itself.
    """

    def __init__(self, processes: int, *, silence: timedelta, say: Callable[[str], None]) -> None:
        self._silence, self._say, self._older_than = silence, say, timedelta(0)
        self._command = [sys.executable, "-m", "backoffice", "worker", "--one"]
        self._command += ["--with-parent", str(os.getpid())]
        self._command += ["--silence", str(int(silence.total_seconds()))]
        self._due = {place: monotonic() + FIRST for place in range(len(rounds()))}
        self._running = [self._start() for _number in range(processes)]

    def _start(self) -> subprocess.Popen[bytes]:
        return subprocess.Popen(self._command, start_new_session=True)  # noqa: S603 - ours

    def run(self, stop: Event, *, until_empty: bool) -> None:
        """Watch until asked to end, or until no job waits or runs."""
        try:
            swept = monotonic() - SWEEP
            while not (until_empty and self._is_over()):
                if monotonic() >= swept + SWEEP:
                    swept = monotonic()
                    self._sweep()
                    if not until_empty:
                        self._go_round()
                if stop.wait(PAUSE):
                    return
        finally:
            self._end()

    def _is_over(self) -> bool:
        try:
            return not is_any_active()
        except DATABASE_AWAY:
            return False
        finally:
            close_old_connections()

    def _sweep(self) -> None:
        for place, process in enumerate(self._running):
            if process.poll() is not None:
                self._say(
                    f"Un travailleur s'est arrêté (code {process.returncode}) : il est relancé."
                )
                self._running[place] = self._start()
        if settings.CELERY_BROKER_URL:
            try:
                recover(self._silence)
                if send_waiting(older_than=self._older_than):
                    self._older_than = AGAIN
            except DATABASE_AWAY as error:
                logger.warning("the database does not answer (%s)", type(error).__name__)
            finally:
                close_old_connections()  # one that was lost is never used again

    def _go_round(self) -> None:
        """What is done again and again; whatever is wrong with it, the workers go on."""
        for place, (period, action) in enumerate(rounds()):
            if monotonic() < self._due[place]:
                continue
            self._due[place] = monotonic() + period.total_seconds()
            try:
                action()
            except Exception as error:
                logger.warning("%s: %s", action.__name__, type(error).__name__)
            finally:
                close_old_connections()

    def _end(self) -> None:
        for process in self._running:
            process.terminate()
        limit = monotonic() + GRACE
        for process in self._running:
            try:
                process.wait(max(limit - monotonic(), 0))
            except subprocess.TimeoutExpired:
                process.kill()  # its row is taken up again by the next worker
                process.wait()
