"""Carrying one job from its claim to its end, whatever happens in between."""

import logging
import traceback
from threading import Event

from django.db import InterfaceError, OperationalError, close_old_connections
from django.utils.translation import gettext as _

from backoffice.federation.access import refusal, rights_over
from backoffice.federation.audit import acting
from backoffice.federation.jobs.claims import (
    State,
    claim,
    end,
    fail,
    give_back,
    recover,
    try_again,
)
from backoffice.federation.jobs.heart import beating
from backoffice.federation.jobs.registry import Kind, kind_of
from backoffice.federation.jobs.work import Cancelled, LostClaim, Stopping, Work
from backoffice.federation.languages import speaking_to
from backoffice.federation.models import Job

logger = logging.getLogger(__name__)
DATABASE_AWAY = (OperationalError, InterfaceError)


def run_until_empty() -> int:
    """Carry every waiting job in this process; how many there were."""
    recover()
    carried = 0
    while carry_one():
        carried += 1
    return carried


def carry_one(number: int | None = None, *, stop: Event | None = None) -> bool:
    """Claim a job, that one or the oldest, and carry it; False when there is none to take."""
    job = claim(number)
    if job is None:
        return False
    with speaking_to(job.owner):
        _carry(job, stop or Event())
    return True


def _carry(job: Job, stop: Event) -> None:
    kind = kind_of(job.kind)
    try:
        if job.cancel_asked:
            end(job, State.CANCELLED)
        elif kind is None:
            fail(job, _("Aucun programme ne fait ce travail (« %s ») ici.") % job.kind)
        elif not _may(kind, job):
            fail(job, refusal(kind.right))
        else:
            _do(kind, job, stop)
    except Cancelled:
        end(job, State.CANCELLED)
    except Stopping:
        give_back(job)
    except LostClaim:
        logger.warning("job %s: taken by another process, left to it", job.pk)
    except DATABASE_AWAY as error:
        logger.warning("job %s: the database went away (%s)", job.pk, type(error).__name__)
        close_old_connections()
        try_again(job)


def _may(kind: Kind, job: Job) -> bool:
    """Whether who asked may still have it: a role may have been withdrawn since."""
    if not kind.right or job.owner is None or job.organisation is None:
        return True
    return job.owner.is_active and kind.right in rights_over(job.owner, job.organisation)


def _do(kind: Kind, job: Job, stop: Event) -> None:
    try:
        with beating(job), acting(job.owner, origin=f"job {job.pk}"):
            result = kind.function(Work(job, stop))
        end(job, State.DONE, result=result)
    except kind.refusals as told:
        fail(job, str(told))
    except DATABASE_AWAY:
        raise
    except Exception as error:
        # Frames only: the message of an exception may hold a row's data.
        frames = "".join(traceback.format_tb(error.__traceback__))
        name = type(error).__name__
        logger.error("job %s %s: %s\n%s", job.pk, job.kind, name, frames)  # noqa: TRY400
        fail(
            job,
            _(
                "Un imprévu a arrêté ce travail (%s) : redemandez-le ; si cela se répète, "
                "transmettez son numéro à la personne qui vous aide."
            )
            % name,
        )
