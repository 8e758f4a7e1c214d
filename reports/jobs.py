"""The long works of the reports: importing a workbook, writing the justifications of a year."""

from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.urls import reverse
from django.utils.translation import gettext as _

import reports.demo.jobs
import reports.memorandum.jobs  # noqa: F401 - offers its kind of work
from backoffice.federation.jobs import Refused, Work, ask, at_worker_start, job
from backoffice.federation.jobs.asking import ACTIVE
from backoffice.federation.models import Job
from reports.documents.writing import FORMATS, CannotWrite, write_files
from reports.justifications import year_dossiers
from reports.models import WorkbookImport
from reports.startup import warm
from reports.uploads import CannotApply, apply, refuse_unready

at_worker_start(warm)


def ask_import(*, upload: WorkbookImport, remove_absent: bool, by: User) -> Job:
    """Have a deposited workbook imported; one import at a time for an employer.

    Raises:
        CannotApply: it can be seen already that it cannot be imported.
        AlreadyAsked: an import of this employer waits or runs.
    """
    refuse_unready(upload, remove_absent=remove_absent)
    return ask(
        "import",
        subject=_subject(upload),
        arguments={"upload": upload.pk, "remove_absent": remove_absent},
        owner=by,
        organisation=upload.organisation,
    )


def import_job(upload: WorkbookImport) -> Job | None:
    """The job that waits or runs to import this workbook."""
    return Job.objects.filter(
        kind="import", state__in=ACTIVE, subject=_subject(upload), arguments__upload=upload.pk
    ).first()


def _subject(upload: WorkbookImport) -> str:
    """What two imports may not work on at once: an employer."""
    number = upload.organisation.enterprise_number if upload.organisation else upload.pk
    return f"import:{number}"


@job(
    "import",
    label={"fr": "Import d'un classeur", "nl": "Invoer van een werkmap"},
    refusals=(CannotApply,),
)
def import_upload(work: Work) -> dict[str, Any]:
    """Import a deposited workbook, all or nothing.

    Arguments: `upload`, its number; `remove_absent`, see `apply`.
    """
    work.progress(0, 1, _("Import du classeur"))
    with work.once("import") as step:
        if step is not None:
            step["state"] = _applied(work).state
    if (work.done("import") or {})["state"] == WorkbookImport.State.REFUSED:
        work.problem(
            _("Le classeur est refusé, rien n'a changé : ses problèmes sont sur la page d'import.")
        )
    work.progress(1, 1)
    return {
        "page": reverse("import", args=[work.arguments["upload"]]),
        "words": _("Voir l'import"),
    }


def _applied(work: Work) -> WorkbookImport:
    try:
        upload = WorkbookImport.objects.get(pk=work.arguments["upload"])
    except WorkbookImport.DoesNotExist:
        raise Refused(_("Le classeur a été effacé : déposez-le à nouveau.")) from None
    return apply(upload=upload, remove_absent=work.arguments["remove_absent"])


@job(
    "justifications",
    label={"fr": "Justifications d'une année", "nl": "Verantwoordingen van een jaar"},
    refusals=(CannotWrite,),
)
def write_justifications(work: Work) -> dict[str, Any]:
    """Write every justification of an employer-year to a folder.

    Arguments: `year`; `as_of`, the day of the situation; `formats`, some of json, xlsx and pdf;
    `folder`, by default one of the employer and the year in the data folder.
    """
    organisation, year = work.organisation, int(work.arguments["year"])
    if organisation is None:
        raise Refused(_("Ce travail est celui d'une organisation : indiquez laquelle."))
    default = settings.DATA_DIR / "justifications" / organisation.enterprise_number / str(year)
    folder = Path(work.arguments.get("folder", default))
    formats = tuple(work.arguments.get("formats", FORMATS))
    as_of = date.fromisoformat(work.arguments["as_of"])
    dossiers = year_dossiers(organisation, year, as_of)
    files: dict[str, str] = {}
    for number, dossier in enumerate(dossiers):
        name = f"write:{dossier.cover.reference}"
        work.progress(number, len(dossiers), dossier.cover.reference)
        if work.done(name) is None:
            # Before the step, not in it: printing must not hold the database for seconds.
            written = write_files(dossier, folder, formats=formats)
            with work.once(name) as step:
                if step is not None:
                    step.update({one.path.name: one.sha256 for one in written})
        files |= work.done(name) or {}
    work.progress(len(dossiers), len(dossiers))
    return {"files": files}
