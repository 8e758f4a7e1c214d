"""The files that jobs write for a user to fetch: copies, kept a week and no longer needed then.

Each one is alone in `exports/NUMBER OF THE JOB/` of the data folder, readable by its owner only.
"""

import shutil
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from backoffice.federation.files import cause
from backoffice.federation.models import Job
from reports.documents.writing import CannotWrite

KEPT = timedelta(days=7)


@dataclass(frozen=True)
class Export:
    """What a job has written; `until` is None once it is gone."""

    path: Path
    until: datetime | None

    @property
    def gone(self) -> bool:
        return self.until is None


def export_of(job: Job) -> Export | None:
    """The file that a job has written; None for one that wrote none."""
    if job.state != Job.State.DONE or "file" not in job.result:
        return None
    path = export_path(job.pk, job.result["file"])
    return Export(path, _kept_until(path))


def export_path(number: int, name: str) -> Path:
    """Where a job writes a file, whose name holds no personal data."""
    return _folder(number) / name


@contextmanager
def new_export(path: Path) -> Iterator[Path]:
    """A file to write, alone in its folder; it appears at `path` when it is whole.

    Raises:
        CannotWrite: no room or no right.
    """
    try:
        path.parent.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        shutil.rmtree(path.parent, ignore_errors=True)
        path.parent.mkdir(mode=0o700)
        with tempfile.TemporaryDirectory(dir=path.parent, prefix=".export-") as beside:
            whole = Path(beside) / path.name
            whole.touch(mode=0o600)
            yield whole
            whole.replace(path)
    except OSError as error:
        raise CannotWrite(
            _(
                "Le fichier %(name)s n'a pas pu être écrit sur le serveur (%(cause)s) : faites-y "
                "de la place ou corrigez les droits du dossier « exports », puis redemandez-le."
            )
            % {"name": path.name, "cause": cause(error)}
        ) from error


def keep_export(number: int, name: str, content: bytes) -> None:
    """Keep what a job has written.

    Raises:
        CannotWrite: no room or no right.
    """
    with new_export(export_path(number, name)) as path:
        path.write_bytes(content)


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
