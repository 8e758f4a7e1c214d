"""Where a person may still be named in what people typed or handed in: to be reviewed by hand.

A name in a note, a reason, a customer or a file is no column of its own: nobody but a person can
say whether it is hers. Every text of every table of the organisation is read, so that a new one is
read at once; the text of workbooks and of electronic invoices too. PDF and images are not read.
"""

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db.models import CharField, JSONField, Model, QuerySet, TextField
from django.utils.translation import gettext as _

from backoffice.federation.audit.audited import Audited
from backoffice.federation.audit.owners import path_of
from backoffice.federation.identities.numbers import decrypt
from backoffice.federation.models import AuditEntry, Identity, Job, StoredFile
from backoffice.web.folding import fold
from invoices.models import Supplier
from reports.models import Justification
from reports.people.contents import text_of
from reports.people.places import address_of
from reports.pseudonyms import without_name

_SHORTEST = 3
_AROUND = 40
_LEFT_OUT = {Identity}
"""The table that is erased itself."""


@dataclass(frozen=True)
class Mention:
    """One text that holds a word of the name: what row, which column, the words around it.

    `address` is the page of the row, "" where it has none; `is_whole`: the whole name is there.
    """

    row: str
    column: str
    excerpt: str
    address: str
    is_whole: bool


@dataclass(frozen=True)
class Review:
    """What somebody has to look at before a person is erased.

    `unread` are the kept files whose text nobody reads; `in_trail` counts the entries of the
    trail that hold a word of the name: they cannot be changed.
    """

    mentions: tuple[Mention, ...]
    unread: tuple[StoredFile, ...]
    in_trail: int


class _Wanted:
    """The words of a name, a national number and enterprise numbers, looked for in a text."""

    def __init__(self, identity: Identity) -> None:
        name = fold(identity.name) or ""
        self._words = [one for one in re.findall(r"\w+", name) if len(one) >= _SHORTEST]
        either = "|".join(map(re.escape, self._words))
        self._found = re.compile(rf"\b(?:{either})\b") if self._words else None
        number = decrypt(identity.national_number) if identity.national_number else ""
        self._numbers = [one for one in (number, *_enterprise_numbers(identity)) if one]

    def excerpt(self, text: str) -> str | None:
        """The words around the first that is found; None where there is none."""
        folded = fold(text) or ""
        match = self._found.search(folded) if self._found else None
        if match is None:
            return _("son numéro") if self._holds_number(text) else None
        start = max(match.start() - _AROUND, 0) if len(folded) == len(text) else 0
        end = match.end() + _AROUND if len(folded) == len(text) else 2 * _AROUND
        around = " ".join(text[start:end].split())
        return ("… " if start else "") + around + (" …" if end < len(text) else "")

    def is_whole(self, text: str) -> bool:
        """Whether every word of the name is there, or the number."""
        there = set(re.findall(r"\w+", fold(text) or ""))
        return set(self._words) <= there or self._holds_number(text)

    def _holds_number(self, text: str) -> bool:
        digits = re.sub(r"[\s./-]", "", text)
        return any(one in digits for one in self._numbers)


def review_of(identity: Identity, erased: list[StoredFile]) -> Review:
    """What may still name a person once the files that are about her are erased."""
    wanted = _Wanted(identity)
    files = StoredFile.objects.filter(
        organisation_id=identity.organisation_id, erased_at__isnull=True
    ).exclude(pk__in=[file.pk for file in erased])
    texts = [(file, text_of(file)) for file in files.order_by("pk")]
    found = [
        *_in_rows(identity, wanted, {file.pk for file in erased}),
        *(one for file, text in texts if text for one in _in_file(file, text, wanted)),
    ]
    return Review(
        mentions=tuple(sorted(found, key=lambda one: not one.is_whole)),
        unread=tuple(file for file, text in texts if text is None),
        in_trail=_in_trail(identity, wanted),
    )


def _in_rows(identity: Identity, wanted: _Wanted, erased: set[int]) -> Iterator[Mention]:
    own = _enterprise_numbers(identity)
    read_by: dict[tuple[type[Model], str], Callable[[Any], str]] = {
        (Justification, "document"): without_name(identity),
        (Supplier, "enterprise_number"): lambda text: "" if text in own else text,
    }
    for model, rows in _tables(identity.organisation_id):
        columns = _columns(model)
        for row in rows if columns else ():
            if model is StoredFile and row.pk in erased:
                continue
            for column in columns:
                read = read_by.get((model, column.name), _plain)
                text = read(getattr(row, column.attname))
                excerpt = wanted.excerpt(text)
                if excerpt is not None:
                    yield _mention(row, column, excerpt, is_whole=wanted.is_whole(text))


def _mention(row: Any, column: Any, excerpt: str, *, is_whole: bool) -> Mention:
    opts = row._meta  # noqa: SLF001 - Django's public Meta
    name = f"{opts.verbose_name} {row.pk}"
    return Mention(
        name[:1].upper() + name[1:], str(column.verbose_name), excerpt, address_of(row), is_whole
    )


def _in_file(file: StoredFile, text: str, wanted: _Wanted) -> Iterator[Mention]:
    excerpt = wanted.excerpt(text)
    if excerpt is not None:
        whole = wanted.is_whole(text)
        yield Mention(file.name, _("contenu"), excerpt, address_of(file), whole)


def _tables(organisation: int) -> Iterator[tuple[type[Model], QuerySet[Any]]]:
    """The rows of an organisation, table by table."""
    for model in apps.get_models():
        path = path_of(model) if issubclass(model, Audited) else ("organisation",)
        if path is None or model in _LEFT_OUT or not (issubclass(model, Audited) or model is Job):
            continue
        where = {"__".join(path) or "pk": organisation}
        yield model, model._default_manager.filter(**where).order_by("pk")  # noqa: SLF001


def _columns(model: type[Model]) -> list[Any]:
    """The columns in which people may have typed a name: texts that are no choice."""
    return [
        field
        for field in model._meta.concrete_fields  # noqa: SLF001 - Django's public Meta
        if isinstance(field, CharField | TextField | JSONField) and not field.choices
    ]


def _in_trail(identity: Identity, wanted: _Wanted) -> int:
    rows = AuditEntry.objects.filter(organisation=identity.organisation_id)
    texts = rows.order_by().values_list("changes", "reason").iterator()
    return sum(1 for changes, reason in texts if wanted.excerpt(f"{changes} {reason}") is not None)


def _enterprise_numbers(identity: Identity) -> set[str]:
    """Those under which she sends invoices: her erasure removes them."""
    rows = Supplier.objects.filter(identity=identity).exclude(enterprise_number="")
    return set(rows.values_list("enterprise_number", flat=True))


def _plain(value: Any) -> str:
    if value is None or isinstance(value, str):
        return value or ""
    return json.dumps(value, ensure_ascii=False)
