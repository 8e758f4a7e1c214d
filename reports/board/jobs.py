"""The note for the board as a long work: of a service, or of all."""

from datetime import date
from pathlib import Path
from typing import Any

from django.contrib.auth.models import User
from django.http import QueryDict
from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from backoffice.federation.access import has_right, refusal
from backoffice.federation.identities.numbers import decrypt, encrypt
from backoffice.federation.jobs import Refused, Work, ask, job
from backoffice.federation.models import Job
from backoffice.federation.roles import Right
from reports.board.cash import cash_of
from reports.board.lens import lens_of
from reports.board.pdf_file import render_pdf
from reports.documents.writing import CannotWrite
from reports.exports import export_path, keep_export, remove_expired
from reports.requested.asking import Asked, Made, file_kind

BOARD_NOTE, FEDERATION_NOTE = "board_note", "federation_board_note"
_NAME = "note-federation.pdf"


@file_kind(
    BOARD_NOTE, label={"fr": "Note au conseil (scénario)", "nl": "Nota aan het bestuur (scenario)"}
)
def _board_note(asked: Asked) -> Made:
    """The query of the comparison is sealed: a choice may name a worker."""
    lens = lens_of(QueryDict(asked.sealed), asked.owner, asked.organisation, asked.as_of)
    if lens.lacking:
        raise CannotWrite(lens.lacking)
    read = lens.reading()
    content = render_pdf(read, cash_of(read))
    return asked.made(f"note-{asked.organisation.enterprise_number}", content)


def ask_federation_note(query: str, as_of: date, *, by: User) -> Job:
    """Have the note on all services written.

    Raises:
        AlreadyAsked: the same one waits or is being written.
    """
    mark = salted_hmac("reports.board", f"{query} {as_of}").hexdigest()[:20]
    return ask(
        FEDERATION_NOTE,
        subject=f"{FEDERATION_NOTE}:{by.pk}:{mark}",
        arguments={"as_of": as_of.isoformat(), "sealed": encrypt(query)},
        owner=by,
    )


def federation_note_path(number: int, *, by: User) -> Path | None:
    """The file of a note on all services, where the one who asked looks and it is still kept."""
    found = Job.objects.filter(
        pk=number, kind=FEDERATION_NOTE, owner=by, state=Job.State.DONE
    ).exists()
    path = export_path(number, _NAME)
    return path if found and path.is_file() else None


@job(
    FEDERATION_NOTE,
    label={
        "fr": "Note au conseil (tous les services)",
        "nl": "Nota aan het bestuur (alle diensten)",
    },
    refusals=(CannotWrite,),
)
def _federation_note(work: Work) -> dict[str, Any]:
    """`as_of`; the query of the comparison, sealed."""
    if work.owner is None:
        raise Refused(_("Le compte qui a demandé ce fichier n'existe plus."))
    if not has_right(work.owner, Right.AGGREGATES):
        raise Refused(refusal(Right.AGGREGATES))
    remove_expired()
    work.progress(0, 0, _("Lecture et mise en page"))
    as_of = date.fromisoformat(work.arguments["as_of"])
    lens = lens_of(QueryDict(decrypt(work.arguments["sealed"])), work.owner, None, as_of)
    if not lens.whose.organisations:
        raise Refused(_("Aucun service ne participe à une collecte."))
    if lens.lacking:
        raise Refused(lens.lacking)
    if lens.too_few:
        raise Refused(_("Trop peu de services : leurs chiffres se liraient."))
    content = render_pdf(lens.reading())
    work.progress(1, 1)
    keep_export(work.number, _NAME, content)
    return {
        "page": reverse("federation_note_file", args=[work.number]),
        "words": _("Télécharger le fichier (%s)") % "PDF",
    }
