"""Looking at a file that was handed in, and importing it: two long works, one after the other."""

from collections.abc import Mapping
from typing import Any

from django.contrib.auth.models import User
from django.urls import reverse
from django.utils.translation import gettext as _

from backoffice.federation.jobs import Refused, Work, ask, job
from backoffice.federation.models import Job
from backoffice.federation.roles import Right
from reports.exchange.reading import STEPS
from reports.exchange.watching import Watch
from reports.importing.balances import apply_balance, look_at_balance
from reports.importing.e_invoices import apply_invoice, look_at_invoice
from reports.models import WorkbookImport
from reports.uploads import CannotApply, apply, look, read, record_look, refuse_unready

State = WorkbookImport.State
Kind = WorkbookImport.Kind
LOOK, IMPORT = "look", "import"


class WatchedByJob(Watch):
    """An import that says on the row of its job where it is, and stops when it is cancelled."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def at(self, done: int, total: int, sentence: str) -> None:
        self._work.progress(done, total, sentence)

    def between(self) -> None:
        self._work.go_on()


def ask_look(*, upload: WorkbookImport, by: User) -> Job:
    """Have a file looked at.

    Raises:
        CannotApply: it was looked at already.
        AlreadyAsked: that waits or runs.
    """
    if upload.state != State.WAITING:
        raise CannotApply(_("Ce fichier est déjà examiné."))
    return ask(
        LOOK,
        subject=f"{LOOK}:{upload.pk}",
        arguments={"upload": upload.pk},
        owner=by,
        organisation=upload.organisation,
    )


def ask_import(*, upload: WorkbookImport, remove_absent: bool, by: User) -> Job:
    """Have a file imported; one import at a time for an employer.

    Raises:
        CannotApply: it can be seen already that it cannot be imported.
        AlreadyAsked: an import of this employer waits or runs.
    """
    refuse_unready(upload, remove_absent=remove_absent)
    return _ask_import(upload, {"remove_absent": remove_absent}, by)


def ask_invoice_import(*, upload: WorkbookImport, booking: Mapping[str, Any], by: User) -> Job:
    """Have an electronic invoice imported.

    Args:
        upload: the file, looked at.
        booking: `piece`, `category` and `nature`, and `approval`, its number or None.
        by: who asks.

    Raises:
        CannotApply: it can be seen already that it cannot be imported.
        AlreadyAsked: an import of this employer waits or runs.
    """
    refuse_unready(upload)
    return _ask_import(upload, dict(booking), by)


def _ask_import(upload: WorkbookImport, asked: dict[str, Any], by: User) -> Job:
    return ask(
        IMPORT,
        subject=_subject(upload),
        arguments={"upload": upload.pk, **asked},
        owner=by,
        organisation=upload.organisation,
    )


def job_of(upload: WorkbookImport) -> Job | None:
    """The newest job on a file, waiting, running or ended."""
    jobs = Job.objects.filter(kind__in=(LOOK, IMPORT), arguments__upload=upload.pk)
    return jobs.filter(organisation=upload.organisation).order_by("-pk").first()


def _subject(upload: WorkbookImport) -> str:
    """What two imports may not work on at once: an employer."""
    number = upload.organisation.enterprise_number if upload.organisation else upload.pk
    return f"{IMPORT}:{number}"


@job(
    LOOK,
    label={"fr": "Examen d'un fichier à importer", "nl": "Nazicht van een in te voeren bestand"},
    refusals=(CannotApply,),
    right=Right.IMPORT,
)
def look_at_upload(work: Work) -> dict[str, Any]:
    """Look at a file that was handed in; nothing of it is written.

    Arguments: `upload`, its number.
    """
    if work.done(LOOK) is None:
        upload = _upload(work)
        work.progress(0, STEPS, _("Lecture du fichier"))
        if upload.kind == Kind.E_INVOICE:
            report = look_at_invoice(upload)
        elif upload.kind == Kind.BALANCE:
            report = look_at_balance(upload)
        else:
            report = look(upload=upload, watch=WatchedByJob(work))
        with work.once(LOOK):
            record_look(upload=upload, report=report)
            work.progress(STEPS, STEPS)
    return _result(work, _("Voir ce qui change"))


@job(
    IMPORT,
    label={"fr": "Import d'un classeur", "nl": "Invoer van een werkmap"},
    refusals=(CannotApply,),
    right=Right.IMPORT,
)
def import_upload(work: Work) -> dict[str, Any]:
    """Import a file that was looked at, all or nothing.

    Arguments: `upload`, its number; `remove_absent`, see `apply`; for an invoice its booking.
    """
    if work.done(IMPORT) is None:
        upload = _upload(work)
        if upload.kind == Kind.WORKBOOK:
            _apply(work, upload)
        else:
            _apply_at_once(work, upload)
    if (work.done(IMPORT) or {})["state"] == State.REFUSED:
        work.problem(
            _("Le classeur est refusé, rien n'a changé : ses problèmes sont sur la page d'import.")
        )
    return _result(work, _("Voir l'import"))


def _apply(work: Work, upload: WorkbookImport) -> None:
    """Read outside the step, then write everything in it, or nothing."""
    watch = WatchedByJob(work)
    refuse_unready(upload, remove_absent=work.arguments["remove_absent"])
    reading = read(upload=upload, watch=watch)
    watch.at(STEPS - 1, STEPS, _("Écriture : tout est enregistré, ou rien"))
    with work.once(IMPORT) as step:
        if step is not None:
            row = apply(
                upload=upload,
                reading=reading,
                remove_absent=work.arguments["remove_absent"],
                watch=_InsideStep(work),
            )
            step["state"] = row.state
            work.progress(STEPS, STEPS)


def _apply_at_once(work: Work, upload: WorkbookImport) -> None:
    """An invoice or a balance is read and written in one step."""
    with work.once(IMPORT) as step:
        if step is not None:
            if upload.kind == Kind.BALANCE:
                row = apply_balance(upload=upload)
            else:
                asked = work.arguments
                row = apply_invoice(
                    upload=upload,
                    piece=asked["piece"],
                    category=asked["category"],
                    approval=asked["approval"],
                    nature=asked.get("nature", ""),
                )
            step["state"] = row.state
            work.progress(1, 1)


class _InsideStep(WatchedByJob):
    """Inside the step of an import nothing is said: its row is written with the step."""

    def at(self, done: int, total: int, sentence: str) -> None:
        self.between()


def _result(work: Work, words: str) -> dict[str, Any]:
    return {"page": reverse("import", args=[work.arguments["upload"]]), "words": words}


def _upload(work: Work) -> WorkbookImport:
    try:
        return WorkbookImport.objects.select_related("organisation").get(
            pk=work.arguments["upload"]
        )
    except WorkbookImport.DoesNotExist:
        raise Refused(_("Le classeur a été effacé : déposez-le à nouveau.")) from None
