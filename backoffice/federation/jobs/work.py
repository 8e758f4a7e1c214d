"""What the function of a job holds: its demand, and how it says where it is."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction

from backoffice.federation.jobs.claims import held, keep
from backoffice.federation.models import Job, JobStep, Organisation

MOST_LETTERS = 120


class Interrupted(BaseException):
    """The work stops here; a job lets it through, as it does Ctrl-C."""


class Cancelled(Interrupted):
    """The user asked to cancel."""


class Stopping(Interrupted):
    """The process is asked to end: the row goes back to the queue."""


class LostClaim(Interrupted):
    """Another process has taken the row: nothing more may be written for it here."""


class Work:
    """One job while it is carried.

    Each sign of life checks that this process still holds the row and that nobody asked to cancel;
    a process asked to end finishes the step that it is in.
    """

    def __init__(self, job: Job, stop: Event) -> None:
        self._job, self._stop, self._in_step = job, stop, False
        self.arguments: dict[str, Any] = job.arguments

    @property
    def number(self) -> int:
        """The number of the job, as shown to its owner."""
        return self._job.pk

    @property
    def attempt(self) -> int:
        """1, and one more each time that the process carrying it died."""
        return self._job.attempts

    @property
    def organisation(self) -> Organisation | None:
        return self._job.organisation

    @property
    def owner(self) -> User | None:
        return self._job.owner

    def progress(self, done: int, total: int, sentence: str = "") -> None:
        """Say how far it is; seen at once outside a step, with the step inside one.

        Raises:
            Cancelled: the user asked to cancel.
        """
        self._live(done=done, total=total, doing=sentence[:MOST_LETTERS])

    def go_on(self) -> None:
        """Look whether the work may continue, without writing: between two rows of a step too.

        Raises:
            Cancelled: the user asked to cancel; what the step has written is undone.
        """
        if held(self._job).filter(cancel_asked=True).exists():
            raise Cancelled

    def problem(self, sentence: str) -> None:
        """Add a sentence for the user; the same one is kept once."""
        known = Job.objects.values_list("problems", flat=True).get(pk=self._job.pk)
        if sentence not in known:
            self._live(problems=[*known, sentence])

    def done(self, name: str) -> dict[str, Any] | None:
        """What a step left when it was done, in this process or before it; None when it is not."""
        steps = JobStep.objects.filter(job_id=self._job.pk, name=name)
        return steps.values_list("result", flat=True).first()

    @contextmanager
    def once(self, name: str) -> Iterator[dict[str, Any] | None]:
        """A step: its effect in the database and the trace of it are stored together, or neither.

        Yields a dictionary to fill with what later steps need, as JSON; None when the step was
        done already. It holds the database (all of it on SQLite): write files before it, in a way
        that bears being done again.

        Raises:
            Cancelled: the user asked to cancel.
        """
        self._live()
        if self.done(name) is not None:
            yield None
            return
        with transaction.atomic():
            self._in_step = True
            left: dict[str, Any] = {}
            try:
                yield left
            finally:
                self._in_step = False
            # Locks the row until the commit: nobody takes it between this check and the effect.
            if not keep(self._job):
                raise LostClaim
            JobStep.objects.create(job_id=self._job.pk, name=name, result=left)

    def _live(self, **shown: Any) -> None:
        if self._stop.is_set() and not self._in_step:
            raise Stopping
        if not keep(self._job, **shown):
            raise LostClaim
        if held(self._job).filter(cancel_asked=True).exists():
            raise Cancelled
