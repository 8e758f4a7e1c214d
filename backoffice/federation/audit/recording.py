"""Writes entries: what happened to many rows, gathered and stored with them, in few statements."""

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from django.db import connections, transaction
from django.db.models import Model
from django.utils import timezone

from backoffice.federation.audit.acting import current
from backoffice.federation.audit.columns import Column, columns_of
from backoffice.federation.audit.entries import AuditEntry
from backoffice.federation.audit.owners import Owners, link_of

BLOCK = 500
"""Rows of one entry, at most."""
LOCK = 0x61756469 << 32
Row = list[Any]


@dataclass(frozen=True)
class _Note:
    """What happened to one row, in the words of the trail."""

    organisation: int | None
    act: str
    model: type[Model]
    fields: tuple[str, ...]
    row: Row


@dataclass
class Gathered:
    """What happens to rows until it is stored, in its order; `deleted` are those announced."""

    notes: list[_Note] = field(default_factory=list)
    deleted: set[tuple[type[Model], int]] = field(default_factory=set)

    def flush(self, using: str) -> None:
        """Store the entries, each for at most `BLOCK` rows of one organisation."""
        notes, self.notes = self.notes, []
        entries = []
        for (organisation, act, model, fields), some in groupby(notes, key=_kind):
            rows = [note.row for note in some]
            for start in range(0, len(rows), BLOCK):
                block = rows[start : start + BLOCK]
                entries.append(_entry((organisation, act, model, fields), block))
        store(entries, using=using)


_GATHERED: ContextVar[Gathered | None] = ContextVar("gathered", default=None)


@contextmanager
def gathering(using: str) -> Iterator[Gathered]:
    """One transaction for the rows and for what the trail says of them, written at its end."""
    around = _GATHERED.get()
    if around is not None:
        yield around
        return
    with transaction.atomic(using=using, savepoint=False):
        gathered = Gathered()
        token = _GATHERED.set(gathered)
        try:
            yield gathered
        finally:
            _GATHERED.reset(token)
        gathered.flush(using)


def store(entries: Sequence[AuditEntry], *, using: str) -> None:
    """Add entries, in a transaction; sealing waits for its end, or it for the sealing."""
    if not entries:
        return
    hold({entry.organisation_id for entry in entries}, using=using)
    AuditEntry.objects.using(using).bulk_create(entries)


def hold(organisations: set[int | None], *, using: str) -> None:
    """Keep the chains of organisations from being sealed until the end of the transaction.

    A key is taken before its transaction ends: without this, an entry could appear before others
    that are sealed already. SQLite has one writer at a time, and needs nothing.
    """
    if connections[using].vendor != "postgresql":
        return
    keys = [LOCK | (one or 0) for one in organisations]
    with connections[using].cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock_shared(k) FROM unnest(%s::bigint[]) k", [keys])


def note_created(model: type[Model], rows: Sequence[tuple[int, Model]], using: str) -> None:
    """Rows that were just inserted, each with its key."""
    _note_whole(AuditEntry.Act.CREATED, model, rows, using)


def note_deleted(model: type[Model], rows: Sequence[tuple[int, Model]], using: str) -> None:
    """Rows that are about to be deleted, each with its key."""
    _note_whole(AuditEntry.Act.DELETED, model, rows, using)


def _note_whole(
    act: str, model: type[Model], rows: Sequence[tuple[int, Model]], using: str
) -> None:
    columns, link = columns_of(model), link_of(model)
    owners = Owners(model, using)
    owners.learn_from([row for _key, row in rows], link)
    names = tuple(column.name for column in columns)
    with gathering(using) as gathered:
        for key, row in rows:
            values = [column.shown(column.text(getattr(row, column.attname))) for column in columns]
            owner = owners.of(getattr(row, link) if link else key)
            gathered.notes.append(_Note(owner, act, model, names, [key, *values]))


def note_changed(
    model: type[Model],
    columns: Sequence[Column],
    before: Mapping[int, Sequence[Any]],
    after: Mapping[int, Sequence[Any]],
    using: str,
) -> None:
    """Rows by key, before and after, each its link then the value of each column.

    A row that moved from one organisation to another is in the trail of both.
    """
    owners = Owners(model, using)
    owners.learn(row[0] for rows in (before, after) for row in rows.values())
    with gathering(using) as gathered:
        for key, (link, *old) in before.items():
            if key not in after:
                continue
            now, *new = after[key]
            changes = _changes(columns, old, new)
            for owner in dict.fromkeys((owners.of(link), owners.of(now))) if changes else ():
                note = _Note(owner, AuditEntry.Act.CHANGED, model, (), [key, changes])
                gathered.notes.append(note)


def _changes(
    columns: Sequence[Column], old: Sequence[Any], new: Sequence[Any]
) -> dict[str, list[Any]]:
    found = {}
    for column, was, is_now in zip(columns, old, new, strict=True):
        first, second = column.text(was), column.text(is_now)
        if first != second:
            found[column.name] = [column.shown(first), column.shown(second)]
    return found


def _kind(note: _Note) -> tuple[Any, ...]:
    return (note.organisation, note.act, note.model, note.fields)


def _entry(kind: tuple[Any, ...], rows: list[Row]) -> AuditEntry:
    organisation, act, model, fields = kind
    said = {"fields": fields, "rows": rows} if fields else {"rows": rows}
    keys = [row[0] for row in rows]
    return entry(
        organisation=organisation,
        act=act,
        model=model._meta.label_lower,  # noqa: SLF001 - Django's public Meta
        content=said,
        first_key=min(keys),
        last_key=max(keys),
        count=len(rows),
    )


def entry(*, organisation: int | None, content: Mapping[str, Any], **values: Any) -> AuditEntry:
    """An entry of now, by who acts now."""
    act = current()
    return AuditEntry(
        organisation_id=organisation,
        at=timezone.now(),
        actor_id=act.actor,
        changes=text_of(content),
        reason=act.reason[:250],
        origin=act.origin[:60],
        **values,
    )


def text_of(content: Any) -> str:
    """JSON that is the same text for the same content."""
    return json.dumps(
        content, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str
    )
