"""The memoranda that were written: they stay as they are, whoever withdraws afterwards."""

import hashlib
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from backoffice.federation.models import Job
from reports.documents.writing import FORMATS
from reports.memorandum.jobs import folder_of, written


@dataclass(frozen=True)
class Published:
    """One written memorandum: its job, the year, the day of the situation, the files left."""

    job: Job
    year: int
    as_of: date
    formats: tuple[str, ...]


def published() -> list[Published]:
    """Those that were written, the newest first; one whose files are gone offers none."""
    return [_published(job) for job in written().select_related("owner").order_by("-pk")]


def published_file(number: int, extension: str) -> Path | None:
    """A file of a memorandum, unless it is gone or is no longer the one that was written."""
    job = written().filter(pk=number).first()
    if job is None:
        return None
    for name, sha256 in job.result.get("files", {}).items():
        path = folder_of(job.pk, job.arguments) / name
        if name.endswith(f".{extension}") and path.is_file():
            whole = hashlib.sha256(path.read_bytes()).hexdigest() == sha256
            return path if whole else None
    return None


def _published(job: Job) -> Published:
    files = {name.rpartition(".")[2]: name for name in job.result.get("files", {})}
    folder = folder_of(job.pk, job.arguments)
    left = tuple(one for one in FORMATS if one in files and (folder / files[one]).is_file())
    as_of = date.fromisoformat(job.arguments["as_of"])
    return Published(job, int(job.arguments["year"]), as_of, left)
