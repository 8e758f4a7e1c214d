"""The archives that jobs make for a user to fetch: copies, kept a week and no longer needed then.

Each one is alone in `exports/NUMBER OF THE JOB/` of the data folder, readable by its owner only.
"""

import shutil
import tempfile
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from backoffice.federation.files import cause
from backoffice.federation.models import Job, Organisation
from reports.documents.writing import CannotWrite

YEAR_FILES = "justifications"
KEPT = timedelta(days=7)


@dataclass(frozen=True)
class Export:
    """What a job was asked to write; `until` is None as long as, or once, there is no file."""

    year: int
    as_of: date
    formats: tuple[str, ...]
    path: Path
    until: datetime | None
    gone: bool


def export_of(job: Job) -> Export | None:
    """The justifications of a year that a job writes; None for a job of another kind."""
    if job.kind != YEAR_FILES or job.organisation is None:
        return None
    year, done = int(job.arguments["year"]), job.state == Job.State.DONE
    path = archive_path(job.pk, job.organisation, year)
    until = _kept_until(path) if done else None
    return Export(
        year=year,
        as_of=date.fromisoformat(job.arguments["as_of"]),
        formats=tuple(job.arguments["formats"]),
        path=path,
        until=until,
        gone=done and until is None,
    )


def archive_path(number: int, organisation: Organisation, year: int) -> Path:
    """Where a job writes; the name holds the enterprise number and the year alone."""
    name = f"{YEAR_FILES}-{organisation.enterprise_number}-{year}.zip"
    return _folder(number) / name


@contextmanager
def new_archive(path: Path) -> Iterator[zipfile.ZipFile]:
    """An archive to fill, alone in its folder; it appears at `path` when it is whole.

    Raises:
        CannotWrite: no room or no right.
    """
    try:
        path.parent.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        shutil.rmtree(path.parent, ignore_errors=True)
        path.parent.mkdir(mode=0o700)
        with tempfile.TemporaryDirectory(dir=path.parent, prefix=".archive-") as beside:
            whole = Path(beside) / path.name
            whole.touch(mode=0o600)
            with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
                yield archive
            whole.replace(path)
    except OSError as error:
        raise CannotWrite(
            _(
                "L'archive %(name)s n'a pas pu être écrite sur le serveur (%(cause)s) : faites-y "
                "de la place ou corrigez les droits du dossier « exports », puis redemandez-la."
            )
            % {"name": path.name, "cause": cause(error)}
        ) from error


def remove_exports(numbers: Iterable[int]) -> None:
    """Remove what these jobs have written."""
    for number in numbers:
        shutil.rmtree(_folder(number), ignore_errors=True)


def remove_expired() -> None:
    """Remove every export that has been kept long enough."""
    for folder in (settings.DATA_DIR / "exports").glob("*"):
        if _kept_until(folder) is None:
            shutil.rmtree(folder, ignore_errors=True)


def _folder(number: int) -> Path:
    folder: Path = settings.DATA_DIR / "exports" / str(number)
    return folder


def _kept_until(path: Path) -> datetime | None:
    """When a file expires; None when it has, or is not there."""
    try:
        until = datetime.fromtimestamp(path.stat().st_mtime, UTC) + KEPT
    except FileNotFoundError:
        return None
    return until if until > timezone.now() else None
