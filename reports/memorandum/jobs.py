"""The memorandum as a long work."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from backoffice.federation.jobs import Work, ask, job
from backoffice.federation.models import Job
from reports.documents.writing import CannotWrite
from reports.memorandum.computing import compute_memorandum
from reports.memorandum.differing import TooAlike, counted, require_apart
from reports.memorandum.services import NothingToSay
from reports.memorandum.writing import write_files


def ask_memorandum(*, year: int, as_of: date, by: User) -> Job:
    """Have the memorandum of a year written and published to those who may read aggregates.

    Raises:
        AlreadyAsked: one of this year waits or is being written.
    """
    arguments = {"year": year, "as_of": as_of.isoformat()}
    return ask("memorandum", subject=f"memorandum:{year}", arguments=arguments, owner=by)


def folder_of(number: int, arguments: Mapping[str, Any]) -> Path:
    """Where a job writes: the folder that it names, or one of its own, never written again."""
    default = settings.DATA_DIR / "memorandum" / str(number)
    return Path(arguments.get("folder", default))


def written() -> QuerySet[Job]:
    """The jobs that wrote a memorandum."""
    return Job.objects.filter(kind="memorandum", state=Job.State.DONE)


@job(
    "memorandum",
    label={"fr": "Mémorandum", "nl": "Memorandum"},
    refusals=(NothingToSay, CannotWrite, TooAlike),
)
def write_memorandum_job(work: Work) -> dict[str, Any]:
    """Compute and write the memorandum of a year.

    Arguments: `year`; `as_of`, the day of the situation; `folder`, see `folder_of`. It
    writes nothing but its files, whole: taken up again, it starts anew.
    """
    year = int(work.arguments["year"])
    folder = folder_of(work.number, work.arguments)
    as_of = date.fromisoformat(work.arguments["as_of"])
    employers = counted(year)
    require_apart(year, employers, written())
    memorandum = compute_memorandum(
        year, as_of, lambda done, total: work.progress(done, total, _("Lecture des services"))
    )
    if counted(year) != employers:
        raise TooAlike(_("Un service a rejoint ou quitté la collecte entre-temps : redemandez."))
    work.progress(1, 1, _("Écriture des fichiers"))
    files = write_files(memorandum, folder)
    return {
        "files": {one.path.name: one.sha256 for one in files},
        "employers": sorted(employers),
        "page": reverse("memorandum"),
        "words": _("Voir le mémorandum"),
    }
