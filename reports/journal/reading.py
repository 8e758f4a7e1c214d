"""Entries of the trail as lines: who, when, what, from what to what, why, sealed or not."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.db.models import Max, Model
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from backoffice.federation.audit.entries import AuditEntry, AuditSeal
from reports.journal.labels import LABELS
from reports.journal.seen import rows_seen, words_seen
from reports.journal.words import (
    Names,
    field_words,
    links,
    model_of,
    name_of,
    value_words,
)

SHOWN = 20
"""Rows of one entry that a page shows."""
LATEST = 100
"""Entries in the history of one row."""
Act = AuditEntry.Act
_PAIR = 2


@dataclass(frozen=True)
class Change:
    """One field; a creation has no before, a deletion no after."""

    field: str
    before: str
    after: str


@dataclass(frozen=True)
class RowChanges:
    """One row of an entry; no name in the history of that very row."""

    name: str
    changes: tuple[Change, ...]


@dataclass(frozen=True)
class Line:
    """One entry; `name` is that of its only row, `more` rows of it are not shown."""

    at: datetime
    who: str
    act: str
    tone: str
    about: str
    name: str
    count: int
    reason: str
    is_sealed: bool
    rows: tuple[RowChanges, ...]
    more: int
    file: str


def history_of(row: Model) -> list[Line]:
    """What happened to one row, newest first: shown by `ui/_history.html`."""
    entries = AuditEntry.objects.filter(
        model=row._meta.label_lower,  # noqa: SLF001 - Django's public Meta
        first_key__lte=row.pk,
        last_key__gte=row.pk,
    )
    mine = [
        entry
        for entry in entries.select_related("actor").order_by("-pk")[:LATEST]
        if any(one[0] == row.pk for one in entry.content.get("rows", ()))
    ]
    return lines(mine, only=row.pk)


def lines(entries: Sequence[AuditEntry], *, only: int | None = None) -> list[Line]:
    """Entries in words; the number of queries does not depend on how many they are.

    Args:
        entries: with their `actor`.
        only: the key of the one row to speak of, in the history of a row.
    """
    names, sealed = Names(), sealed_up_to(entry.organisation_id for entry in entries)
    read = [(entry, model_of(entry.model), _rows(entry, only)) for entry in entries]
    for entry, model, rows in read:
        if model is None:
            names.want(User, filter(None, [entry.content.get("account")]))
            for seen, key in rows_seen(entry.model, entry.content):
                names.want(seen, [key])
            continue
        if only is None:
            names.want(model, [key for key, _values in rows])
        for _key, values in rows:
            pairs = [(name, one) for name, both in values.items() for one in both]
            for related, key in links(model, pairs):
                names.want(related, [key])
    names.look_up()
    return [
        _line(
            (entry, model, rows),
            names,
            is_one_row=only is not None,
            is_sealed=entry.pk <= sealed.get(entry.organisation_id, 0),
        )
        for entry, model, rows in read
    ]


def sealed_up_to(organisations: Iterable[int | None]) -> Mapping[int | None, int]:
    """The last entry that a seal covers, by organisation."""
    wanted = set(organisations)
    found = AuditSeal.objects.order_by().values_list("organisation").annotate(last=Max("last"))
    if None not in wanted:
        found = found.filter(organisation__in=wanted)
    return dict(found)


def _rows(entry: AuditEntry, only: int | None) -> list[tuple[int, dict[str, list[Any]]]]:
    """Each row of an entry and its values, before and after; at most `SHOWN` of them."""
    content = entry.content
    rows = content.get("rows", [])
    rows = [row for row in rows if row[0] == only] if only is not None else rows[:SHOWN]
    return [(row[0], _pairs(entry.act, content.get("fields", []), row[1:])) for row in rows]


def _pairs(act: str, fields: Sequence[str], values: Sequence[Any]) -> dict[str, list[Any]]:
    if act == Act.CHANGED:
        changed: dict[str, list[Any]] = values[0]
        return changed
    there = [(name, one) for name, one in zip(fields, values, strict=True) if one not in (None, "")]
    return {name: [None, one] if act == Act.CREATED else [one, None] for name, one in there}


def _line(
    read: tuple[AuditEntry, type[Model] | None, Sequence[tuple[int, Mapping[str, list[Any]]]]],
    names: Names,
    *,
    is_one_row: bool,
    is_sealed: bool,
) -> Line:
    entry, model, rows = read
    shown = tuple(
        RowChanges(names.of(model, key), tuple(_changes(model, values, names)))
        for key, values in rows
        if model is not None
    )
    content = entry.content
    return Line(
        at=entry.at,
        who=_who(entry),
        act=str(Act(entry.act).label),
        tone=_TONES.get(entry.act, ""),
        about=_about(entry, model),
        name=_name(entry, shown, names) if not is_one_row else "",
        count=entry.count,
        reason=entry.reason,
        is_sealed=is_sealed,
        rows=shown,
        more=entry.count - len(shown) if shown else 0,
        file=str(content.get("sha256", ""))[:12],
    )


def _name(entry: AuditEntry, shown: Sequence[RowChanges], names: Names) -> str:
    """What its only row is called, the account that it concerns, or what a page showed."""
    account = entry.content.get("account")
    if account is not None:
        return names.of(User, account)
    if entry.act in (Act.LOOKED, Act.EXPORTED):
        seen = [names.of(model, key) for model, key in rows_seen(entry.model, entry.content)]
        return ", ".join(filter(None, [words_seen(entry.model, entry.content), *seen]))
    return shown[0].name if entry.count == 1 and shown else ""


def _changes(model: type[Model], values: Mapping[str, list[Any]], names: Names) -> Iterator[Change]:
    order = [field.name for field in model._meta.concrete_fields]  # noqa: SLF001 - public Meta
    known = [name for name in order if name in values]
    for name in [*known, *(set(values) - set(known))]:
        before, after = values[name]
        words = [value_words(model, name, one, names) for one in (before, after)]
        yield Change(field_words(model, name), *words)


def _who(entry: AuditEntry) -> str:
    if entry.actor is not None:
        return name_of(entry.actor)
    if entry.actor_id is not None:
        return _("compte n° %d, supprimé") % entry.actor_id
    kind, _space, name = entry.origin.partition(" ")
    return _("commande « %s »") % name if kind == "command" else _("système")


def _about(entry: AuditEntry, model: type[Model] | None) -> str:
    if model is None:
        return str(LABELS.get(entry.model, entry.model))
    meta: Any = model._meta  # noqa: SLF001 - Django's public Meta
    return capfirst(str(meta.verbose_name if entry.count < _PAIR else meta.verbose_name_plural))


_TONES: dict[str, str] = {
    Act.CREATED: "done",
    Act.DELETED: "error",
    Act.CHANGED: "warning",
    Act.REFUSED: "warning",
}
