"""The long works of the reports: writing the justifications of a year, and those of its parts."""

import zipfile
from collections.abc import Sequence
from datetime import date
from typing import Any

from django.contrib.auth.models import User
from django.utils.translation import gettext as _

import reports.board.jobs
import reports.demo.jobs
import reports.importing.jobs
import reports.journal.jobs
import reports.memorandum.jobs
import reports.reminding
import reports.requested.kinds
import reports.workflow.jobs  # noqa: F401 - each offers its kinds of work
from backoffice.federation.backup.archive import add
from backoffice.federation.jobs import Refused, Work, ask, at_worker_start, job
from backoffice.federation.models import Job, Organisation
from backoffice.federation.roles import Right
from reports.documents.writing import CannotWrite, file_name, render_files
from reports.exports import export_path, new_export, remove_expired, remove_exports
from reports.justifications import year_dossiers
from reports.requested.asking import FILE_KINDS, file_result
from reports.startup import warm

YEAR_FILES = "justifications"
FILE_KINDS.add(YEAR_FILES)
at_worker_start(warm)
at_worker_start(remove_expired)


def ask_year_files(
    *, organisation: Organisation, year: int, as_of: date, formats: Sequence[str], by: User
) -> Job:
    """Have every justification of an employer-year written to one archive.

    Args:
        organisation: the employer.
        year: the civil year.
        as_of: the day of the situation.
        formats: some of json, xlsx and pdf.
        by: who asks.

    Raises:
        AlreadyAsked: the archive of this employer-year waits or is being written.
    """
    return ask(
        YEAR_FILES,
        subject=_year_subject(organisation, year),
        arguments={"year": year, "as_of": as_of.isoformat(), "formats": list(formats)},
        owner=by,
        organisation=organisation,
    )


def _year_subject(organisation: Organisation, year: int) -> str:
    return f"{YEAR_FILES}:{organisation.enterprise_number}:{year}"


@job(
    YEAR_FILES,
    label={"fr": "Justifications d'une année", "nl": "Verantwoordingen van een jaar"},
    refusals=(CannotWrite,),
    right=Right.EXPORT,
)
def write_year_files(work: Work) -> dict[str, Any]:
    """Write every justification of an employer-year to one archive; see `ask_year_files`.

    The dossiers of a year share its costs, so all come from one reading: taken up again, the
    work starts anew. The former archive of the year goes once this one is there.
    """
    organisation, year = work.organisation, int(work.arguments["year"])
    if organisation is None:
        raise Refused(_("Ce travail est celui d'une organisation : indiquez laquelle."))
    remove_expired()
    dossiers = year_dossiers(organisation, year, date.fromisoformat(work.arguments["as_of"]))
    if not dossiers:
        raise Refused(_("Aucune subvention ne touche %d : il n'y a rien à écrire.") % year)
    files: dict[str, str] = {}
    name = f"{YEAR_FILES}-{organisation.enterprise_number}-{year}.zip"
    with (
        new_export(export_path(work.number, name)) as path,
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive,
    ):
        for number, dossier in enumerate(dossiers):
            work.progress(number, len(dossiers), dossier.cover.reference)
            contents = render_files(dossier, work.arguments["formats"])
            for extension, content in contents.items():
                inside = f"{file_name(dossier)}.{extension}"
                files[inside], _size = add(archive, inside, [content])
        work.progress(len(dossiers), len(dossiers))
    former = Job.objects.filter(subject=_year_subject(organisation, year), pk__lt=work.number)
    remove_exports(former.values_list("pk", flat=True))
    words = _("Télécharger les dossiers de %d (ZIP)") % year
    return file_result(work, name, (organisation.pk,)) | {"files": files, "words": words}
