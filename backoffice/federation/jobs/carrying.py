"""Carrying one job from its claim to its end, whatever happens in between."""

import logging
import traceback
from datetime import timedelta
from threading import Event

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from backoffice.federation.jobs.claims import SILENCE, State, claim, end, give_back
from backoffice.federation.jobs.registry import Kind, kind_of
from backoffice.federation.jobs.work import Cancelled, LostClaim, Stopping, Work
from backoffice.federation.models import Job

logger = logging.getLogger(__name__)


def run_until_empty() -> int:
    """Carry every waiting job in this process; how many there were."""
    carried = 0
    while carry_one():
        carried += 1
    return carried


def carry_one(
    number: int | None = None, *, stop: Event | None = None, silence: timedelta = SILENCE
) -> bool:
    """Claim a job and carry it; False when there is none to take."""
    job = claim(number, silence)
    if job is None:
        return False
    with translation.override(settings.LANGUAGE_CODE):
        _carry(job, stop or Event())
    return True


def _carry(job: Job, stop: Event) -> None:
    kind = kind_of(job.kind)
    try:
        if kind is None:
            _fail(job, _("Aucun programme ne fait ce travail (« %s ») ici.") % job.kind)
        elif job.cancel_asked:
            end(job, State.CANCELLED)
        else:
            _do(kind, job, stop)
    except Cancelled:
        end(job, State.CANCELLED)
    except Stopping:
        give_back(job, counts=False)
    except LostClaim:
        logger.warning("job %s: taken by another process, left to it", job.pk)


def _do(kind: Kind, job: Job, stop: Event) -> None:
    try:
        end(job, State.DONE, result=kind.function(Work(job, stop)))
    except kind.refusals as refusal:
        _fail(job, str(refusal))
    except Exception as error:
        frames = "".join(traceback.format_tb(error.__traceback__))
        logger.error("job %s %s: %s\n%s", job.pk, job.kind, type(error).__name__, frames)  # noqa: TRY400
        _fail(
            job,
            _(
                "Un imprévu a arrêté ce travail (%s) : redemandez-le ; si cela se répète, "
                "transmettez son numéro à la personne qui vous aide."
            )
            % type(error).__name__,
        )


def _fail(job: Job, sentence: str) -> None:
    known = Job.objects.values_list("problems", flat=True).get(pk=job.pk)
    end(job, State.FAILED, problems=[*known, sentence])
