"""Seals: each one chains the entries of an organisation to those before them.

What is sealed cannot be changed, moved, added to or removed without a trace: `verifying` finds it.
Whoever owns the database still cannot seal again: that takes a key of the settings. The site's own
chain notes the last seal of each organisation, so that none is removed or begun anew alone.
"""

import hashlib
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.crypto import salted_hmac

from backoffice.federation.audit.entries import AuditEntry, AuditSeal
from backoffice.federation.audit.recording import LOCK, text_of

AT_MOST = 1000
"""Entries of one seal."""
MARK = 16


def unsealed() -> list[int | None]:
    """The organisations with entries that no seal covers yet; None: the site itself."""
    newest = AuditEntry.objects.order_by().values_list("organisation").annotate(last=Max("pk"))
    sealed = dict(
        AuditSeal.objects.order_by().values_list("organisation").annotate(last=Max("last"))
    )
    return sorted(
        (owner for owner, last in newest if last > sealed.get(owner, 0)), key=lambda one: one or 0
    )


def seal_all() -> int:
    """Seal what is not sealed yet; how many seals were made.

    An organisation in which somebody is writing right now waits for the next time.
    """
    made = 0
    for organisation in [*(one for one in unsealed() if one is not None), None]:
        while seal(organisation) is not None:
            made += 1
    return made


@transaction.atomic
def seal(organisation: int | None) -> AuditSeal | None:
    """One more link of a chain; None when nothing waits, or somebody writes or seals there."""
    if not _is_alone(organisation):
        return None
    last = AuditSeal.objects.filter(organisation=organisation).order_by("number").last()
    waiting = AuditEntry.objects.filter(organisation=organisation).order_by("pk")
    entries = list((waiting.filter(pk__gt=last.last) if last else waiting)[:AT_MOST])
    heads = _gained() if organisation is None else []
    if not entries and not heads:
        return None
    before = last.last if last else 0
    link = AuditSeal(
        organisation_id=organisation,
        number=last.number + 1 if last else 1,
        first=entries[0].pk if entries else before,
        last=entries[-1].pk if entries else before,
        count=len(entries),
        previous=last.digest if last else "",
        marks=text_of(marks_of(entries)),
        heads=text_of(heads) if heads else "",
        sealed_at=timezone.now(),
    )
    link.digest = digest_of(link, entries)
    link.mac = macs_of(link.digest)[0]
    link.save()
    return link


def _gained() -> list[list[Any]]:
    """The last seal of each organisation that has gained one since the site's own last seal.

    All of them before the first seal under a key.
    """
    keyed = AuditSeal.objects.filter(organisation=None).exclude(mac="")
    since = keyed.aggregate(last=Max("pk"))["last"] or 0
    rows = AuditSeal.objects.filter(organisation__isnull=False, pk__gt=since).order_by("number")
    newest = {row[0]: list(row) for row in rows.values_list("organisation", "number", "digest")}
    return [newest[one] for one in sorted(newest)]


def macs_of(digest: str) -> list[str]:
    """What proves that this site made a seal, under each of its keys: new ones use the first."""
    return [
        salted_hmac("backoffice audit seal", digest, secret=key, algorithm="sha256").hexdigest()
        for key in settings.IDENTITY_KEYS
    ]


def _is_alone(organisation: int | None) -> bool:
    """Take the chain for this transaction, unless someone writes there; see `recording.hold`."""
    if connection.vendor != "postgresql":
        return True
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [LOCK | (organisation or 0)])
        (taken,) = cursor.fetchone()
    return bool(taken)


def marks_of(entries: Iterable[AuditEntry]) -> list[list[Any]]:
    """The key of each entry and the start of its digest."""
    return [[entry.pk, _sha256(_text(entry))[:MARK]] for entry in entries]


def digest_of(link: AuditSeal, entries: Sequence[AuditEntry]) -> str:
    """SHA-256 of the previous digest, of what the seal says, and of every entry, in its order."""
    head = [
        link.previous,
        link.organisation_id,
        link.number,
        *(link.first, link.last, link.count),
        _at(link.sealed_at),
        link.marks,
        *([link.heads] if link.heads else []),
    ]
    return _sha256("\n".join([text_of(head), *map(_text, entries)]))


def _text(entry: AuditEntry) -> str:
    return text_of(
        [
            entry.pk,
            entry.organisation_id,
            _at(entry.at),
            entry.actor_id,
            *(entry.act, entry.model, entry.first_key, entry.last_key, entry.count),
            *(entry.changes, entry.reason, entry.origin),
        ]
    )


def _at(instant: datetime) -> str:
    return instant.astimezone(UTC).isoformat()


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
