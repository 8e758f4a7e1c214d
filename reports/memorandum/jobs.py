"""The memorandum as a long work."""

from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from backoffice.federation.jobs import Work, job
from reports.documents.writing import CannotWrite
from reports.memorandum.computing import compute_memorandum
from reports.memorandum.services import NothingToSay
from reports.memorandum.writing import write_files


@job(
    "memorandum",
    label={"fr": "Mémorandum", "nl": "Memorandum"},
    refusals=(NothingToSay, CannotWrite),
)
def write_memorandum_job(work: Work) -> dict[str, Any]:
    """Compute and write the memorandum of a year.

    Arguments: `year`; `as_of`, the day of the situation; `folder`, by default one of the year in
    the data folder. It writes nothing but its files, whole: taken up again, it starts anew.
    """
    year = int(work.arguments["year"])
    default = settings.DATA_DIR / "memorandum" / str(year)
    folder = Path(work.arguments.get("folder", default))
    as_of = date.fromisoformat(work.arguments["as_of"])
    memorandum = compute_memorandum(
        year, as_of, lambda done, total: work.progress(done, total, _("Lecture des services"))
    )
    work.progress(1, 1, _("Écriture des fichiers"))
    written = write_files(memorandum, folder)
    return {"files": {one.path.name: one.sha256 for one in written}}
