"""The moves as the site offers them: their address, their form, and the service behind."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from django import forms

from backoffice.federation.media_types import EVIDENCE_TYPES
from backoffice.federation.models import Job, StoredFile
from backoffice.federation.storing import keep_file, or_no_file
from reports.workflow.forms import (
    AbandonForm,
    CorrectForm,
    NothingForm,
    PaymentForm,
    SendForm,
    UnlockForm,
)
from reports.workflow.jobs import ask_freeze
from reports.workflow.preparing import approve, make_ready, unlock
from reports.workflow.sending import Payment, Sending, abandon, close, correct, recover, send
from reports.workflow.steps import Outcome, Step

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile


@dataclass(frozen=True)
class Act:
    """One move on the site: its name among the moves, what it asks, what does it or asks a job."""

    move: str
    form: type[forms.Form]
    apply: Callable[[Step, Mapping[str, Any]], Outcome | Job]


@contextmanager
def kept(step: Step, upload: "UploadedFile[Any] | None") -> Iterator[StoredFile | None]:
    """The file handed in, kept if what is done with it is done, else thrown away."""
    if upload is None:
        yield None
        return
    with or_no_file():
        yield keep_file(
            organisation=step.award.organisation, upload=upload, types=EVIDENCE_TYPES, by=step.by
        )


def _send(step: Step, data: Mapping[str, Any]) -> Outcome:
    with kept(step, data["proof"]) as proof:
        return send(step=step, sending=Sending(data["at"], data["reference"], proof))


def _payment(data: Mapping[str, Any]) -> Payment:
    return Payment(data["on"], data["amount"].amount, data["reference"])


ACTS: Mapping[str, Act] = MappingProxyType(
    {
        "prete": Act("ready", NothingForm, lambda step, _data: make_ready(step=step)),
        "approuver": Act("approve", NothingForm, lambda step, _data: approve(step=step)),
        "figer": Act("freeze", NothingForm, lambda step, _data: ask_freeze(step=step)),
        "envoyer": Act("send", SendForm, _send),
        "clore": Act("close", PaymentForm, lambda step, d: close(step=step, payment=_payment(d))),
        "recuperer": Act(
            "recover", PaymentForm, lambda step, d: recover(step=step, payment=_payment(d))
        ),
        "corriger": Act("correct", CorrectForm, lambda step, d: correct(step=step, **d)),
        "abandonner": Act("abandon", AbandonForm, lambda step, d: abandon(step=step, **d)),
        "deverrouiller": Act("unlock", UnlockForm, lambda step, d: unlock(step=step, **d)),
    }
)
"""By the end of the address; the decision has a page of its own."""
