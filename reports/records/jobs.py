"""A long list written by a job: the file waits for the person who asked it, a week at most."""

import hashlib
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from backoffice.federation.access import organisations_for
from backoffice.federation.jobs import Refused, Work, ask, job
from backoffice.federation.models import Job, Organisation
from backoffice.federation.roles import Right
from reports.exports import remove_expired
from reports.records.all import RECORDS
from reports.records.file import file_name, list_file
from reports.records.listing import select
from reports.records.record import Record

LIST_FILE = "list_file"


def ask_list(
    *, record: Record, organisation: Organisation, query: str, as_of: date, by: User
) -> Job:
    """Have everything that a list was asked written to a workbook.

    Args:
        record: the list.
        organisation: the one that the page was opened for.
        query: what the address asked.
        as_of: the day of the situation.
        by: who asks, and alone may fetch the file.

    Raises:
        AlreadyAsked: the same file waits or is being written.
    """
    asked = hashlib.sha256(query.encode()).hexdigest()[:16]
    return ask(
        LIST_FILE,
        subject=f"{LIST_FILE}:{by.pk}:{record.slug}:{asked}",
        arguments={"record": record.slug, "query": query, "as_of": as_of.isoformat()},
        owner=by,
        organisation=organisation,
    )


@job(LIST_FILE, label={"fr": "Classeur d'une liste", "nl": "Werkmap van een lijst"})
def write_list(work: Work) -> dict[str, Any]:
    """Write a list to a workbook; see `ask_list`. It holds what the asker may export now."""
    owner = work.owner
    if owner is None:
        raise Refused(_("Le compte qui a demandé ce classeur n'existe plus."))
    work.progress(0, 1, _("Lecture des lignes"))
    remove_expired()
    chosen = select(
        RECORDS[work.arguments["record"]],
        tuple(organisations_for(owner, Right.EXPORT)),
        QueryDict(work.arguments["query"]),
        date.fromisoformat(work.arguments["as_of"]),
    )
    path = list_path(work.number, file_name(chosen))
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    path.touch(mode=0o600)
    path.write_bytes(list_file(chosen, date.fromisoformat(work.arguments["as_of"])))
    work.progress(1, 1)
    return {
        "file": path.name,
        "page": reverse("list_job_file", args=[work.number]),
        "words": _("Télécharger le classeur"),
    }


def list_path(number: int, name: str) -> Path:
    """Where a job writes."""
    folder: Path = settings.DATA_DIR / "exports" / str(number)
    return folder / name
