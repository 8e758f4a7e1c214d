"""The demonstration from the file to the paper: jobs, the worker that carries them, the site."""

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from time import sleep

from django.db.models import Q
from django.utils import timezone

from backoffice.federation.jobs import AlreadyAsked, ask, cancel
from backoffice.federation.jobs.asking import ACTIVE
from backoffice.federation.jobs.claims import SILENCE
from backoffice.federation.jobs.registry import kind_of
from backoffice.federation.models import Job
from reports.demo.employers import NUMBERS, YEARS
from reports.demo.federation.books import opening_rows
from reports.demo.federation.payments import AS_OF
from reports.demo.federation.plan import EMPLOYERS

PROCESSES = 2
SUMS = "DEMO-SHA256SUMS"
MEMORANDUM = "memorandum"
_PAUSE = 0.3
_ABOUT = f"memorandum:{YEARS[-1]}"


class AlreadyLoading(RuntimeError):
    """Another process is loading the demonstration; the message is for users."""


class WorkerStopped(RuntimeError):
    """The worker ended before its jobs; the message is for users."""


def printed() -> frozenset[str]:
    """The employers whose justifications are printed and accounts imported: one of each kind.

    The federation; the first employer, with a CASG and a SASPP; the first CAP; a CSS with an ILI.
    """
    by_kinds: dict[tuple[str, ...], list[str]] = {}
    for one in EMPLOYERS:
        if one.legal_form == "asbl":
            kinds = tuple(service.code for service in one.services)
            by_kinds.setdefault(kinds, []).append(one.number)
    pairs = by_kinds["CAP",][:1] + by_kinds["CSS", "ILI"]
    return frozenset([NUMBERS[0], *pairs, *by_kinds["BODY",]])


def with_openings() -> frozenset[str]:
    """The employers that took balances on: their accounts are imported too."""
    return frozenset(one.number for one in EMPLOYERS if opening_rows(one, YEARS[0]))


def ask_employers(folder: Path, numbers: Sequence[str], *, all_pdf: bool) -> list[Job]:
    """One job for each employer, the longest first.

    Raises:
        AlreadyLoading: one of them is being loaded.
    """
    shown = printed()
    pdf = frozenset(numbers) if all_pdf else shown
    books = shown | with_openings()
    return [
        _ask(
            "demo_employer",
            f"demo:{number}",
            {
                "number": number,
                "folder": str(folder / number),
                "as_of": AS_OF.isoformat(),
                "pdf": number in pdf,
                "books": number in books,
            },
        )
        for number in sorted(numbers, key=lambda number: number not in pdf)
    ]


def ask_memorandum(folder: Path) -> list[Job]:
    """The job of the federation's figures of the last year.

    Raises:
        AlreadyLoading: it is being written.
    """
    if kind_of("memorandum") is None:
        return []
    arguments = {
        "year": YEARS[-1],
        "as_of": AS_OF.isoformat(),
        "folder": str(folder / MEMORANDUM),
    }
    return [_ask("memorandum", _ABOUT, arguments)]


def make_room(folder: Path, numbers: Sequence[str]) -> tuple[str, ...]:
    """Refuse beside another load; else give up what a stopped one left, and delete its files.

    Only the folders that this load writes are deleted; they are returned, by name.

    Raises:
        AlreadyLoading: a load is going on: one of its jobs gave a sign of life just now.
    """
    mine = Job.objects.filter(Q(kind="demo_employer") | Q(kind="memorandum", subject=_ABOUT))
    since = timezone.now() - SILENCE
    lately = Q(asked_at__gte=since) | Q(heartbeat_at__gte=since) | Q(ended_at__gte=since)
    left = list(mine.filter(state__in=ACTIVE).order_by("pk"))
    if left and mine.filter(lately).exists():
        raise AlreadyLoading(
            f"Une démonstration se charge déjà (travail n° {left[0].pk}, {left[0].subject}) : "
            f"attendez sa fin. Si elle a été arrêtée, recommencez dans {SILENCE.seconds} secondes."
        )
    for job in left:
        cancel(job)
    parts = (*numbers, MEMORANDUM)
    for part in parts:
        shutil.rmtree(folder / part, ignore_errors=True)
    return parts


def _ask(kind: str, subject: str, arguments: dict[str, object]) -> Job:
    try:
        return ask(kind, subject=subject, arguments=arguments)
    except AlreadyAsked as known:
        raise AlreadyLoading(str(known)) from known


def carried(jobs: Sequence[Job]) -> Iterator[tuple[int, int]]:
    """Have jobs carried by `backoffice worker`; yields jobs ended and percents done, as it goes.

    Raises:
        WorkerStopped: the worker ended, and some of them are not.
    """
    with _worker() as worker:
        while True:
            is_gone = worker.poll() is not None
            rows = list(Job.objects.filter(pk__in=[job.pk for job in jobs]))
            ended = sum(row.ended_at is not None for row in rows)
            yield ended, sum(100 * row.done // (row.total or 1) for row in rows) // len(rows)
            if ended == len(rows):
                return
            if is_gone:
                raise WorkerStopped(
                    "Le travailleur s'est arrêté avant la fin : recommencez, la démonstration "
                    "reprend de zéro."
                )
            sleep(_PAUSE)


@contextmanager
def _worker() -> Iterator[subprocess.Popen[bytes]]:
    command = [sys.executable, "-m", "backoffice", "worker", "--until-empty"]
    command += ["--processes", str(PROCESSES), "--with-parent", str(os.getpid())]
    worker = subprocess.Popen(command)  # noqa: S603 - ours
    try:
        yield worker
        worker.wait()
    finally:
        worker.terminate()
        worker.wait()


def write_sums(folder: Path, parts: Sequence[str]) -> tuple[int, str]:
    """List every file of a folder with its SHA-256.

    Returns how many files are in the parts named, and the SHA-256 of their lines.
    """
    files = sorted(path for path in folder.rglob("*") if path.is_file() and path.name != SUMS)
    lines = {
        path.relative_to(folder): f"{hashlib.sha256(path.read_bytes()).hexdigest()}  "
        f"{path.relative_to(folder).as_posix()}\n"
        for path in files
    }
    (folder / SUMS).write_text("".join(lines.values()), encoding="utf-8", newline="\n")
    mine = [line for path, line in lines.items() if path.parts[0] in parts]
    return len(mine), hashlib.sha256("".join(mine).encode()).hexdigest()
