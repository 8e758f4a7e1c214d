"""Asking for a file: one job of its kind, which keeps what it writes for a week.

    @file_kind("tie_out_file", label={"fr": "Fichier du rapprochement", "nl": "..."})
    def tie_out_file(asked: Asked) -> Made: ...

The arguments of a job hold references, years and formats. A text that somebody typed may name a
person: it goes in `sealed`, encrypted, and only the writer opens it.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.auth.models import User
from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from backoffice.federation.identities.numbers import KeyLost, decrypt, encrypt
from backoffice.federation.jobs import Refused, Work, ask, job
from backoffice.federation.models import Job, Organisation
from backoffice.federation.roles import Right
from reports.documents.writing import CannotWrite
from reports.exports import keep_export, remove_expired

FILE_KINDS: set[str] = set()
"""The kinds of work that write one file; the archive of a year joins them."""


@dataclass(frozen=True)
class Made:
    """A file: its name, without personal data, its bytes, and whose rows it holds."""

    name: str
    content: bytes
    organisations: tuple[int, ...]


@dataclass(frozen=True)
class Asked:
    """What a writer holds: for whom, of which organisation, on which day, in which format."""

    owner: User
    organisation: Organisation
    as_of: date
    of: Mapping[str, Any]

    @property
    def format(self) -> str:
        return str(self.of["format"])

    @property
    def sealed(self) -> str:
        """What was typed.

        Raises:
            Refused: the keys have changed since.
        """
        try:
            return decrypt(self.of["sealed"])
        except KeyLost:
            raise Refused(_("Ce qui était demandé ne peut plus être lu : redemandez-le.")) from None

    def made(self, name: str, content: bytes) -> Made:
        """A file of the organisation alone, in the format asked."""
        return Made(f"{name}.{self.format}", content, (self.organisation.pk,))


Writer = Callable[[Asked], Made]


def file_kind(
    code: str, *, label: Mapping[str, str], refusals: tuple[type[Exception], ...] = ()
) -> Callable[[Writer], Writer]:
    """Make a function the writer of a kind of file, for whoever may export the rows."""

    def register(write: Writer) -> Writer:
        @job(code, label=label, refusals=(CannotWrite, *refusals), right=Right.EXPORT)
        def carry(work: Work) -> dict[str, Any]:
            return _carry(work, write)

        FILE_KINDS.add(code)
        return write

    return register


def ask_file(
    kind: str,
    *,
    organisation: Organisation,
    by: User,
    of: Mapping[str, Any],
    sealed: str | None = None,
) -> Job:
    """Have a file written; the same one is asked once at a time.

    Args:
        kind: one that `file_kind` offers.
        organisation: the one that the page was opened for.
        by: who asks, in whose language it is written.
        of: `format`, `as_of` (the day of the situation), and what the writer needs: no
            personal data.
        sealed: a text in ASCII that may hold some, as the query of a list does.

    Raises:
        AlreadyAsked: the same file waits or is being written.
    """
    what = json.dumps([of, organisation.pk, sealed], sort_keys=True)
    mark = salted_hmac("reports.requested", what).hexdigest()[:20]
    return ask(
        kind,
        subject=f"{kind}:{by.pk}:{mark}",
        arguments=dict(of) if sealed is None else {**of, "sealed": encrypt(sealed)},
        owner=by,
        organisation=organisation,
    )


def ask_again(former: Job, *, by: User) -> Job:
    """Have the same file written once more.

    Raises:
        AlreadyAsked: it waits or is being written.
    """
    return ask(
        former.kind,
        subject=former.subject,
        arguments=former.arguments,
        owner=by,
        organisation=former.organisation,
    )


def _carry(work: Work, write: Writer) -> dict[str, Any]:
    """Write one file; given up, or taken up by another process, nothing of it is kept."""
    if work.owner is None or work.organisation is None:
        raise Refused(_("Le compte qui a demandé ce fichier n'existe plus."))
    remove_expired()
    work.progress(0, 0, _("Lecture et mise en page"))
    as_of = date.fromisoformat(work.arguments["as_of"])
    made = write(Asked(work.owner, work.organisation, as_of, work.arguments))
    work.progress(1, 1)
    keep_export(work.number, made.name, made.content)
    return file_result(work, made.name, made.organisations)


def file_result(work: Work, name: str, organisations: tuple[int, ...]) -> dict[str, Any]:
    """What a job that wrote a file leaves: its name, whose rows it holds, and where it is."""
    return {
        "file": name,
        "organisations": list(organisations),
        "page": reverse("job_file", args=[work.number]),
        "words": _("Télécharger le fichier (%s)") % name.rpartition(".")[2].upper(),
    }
