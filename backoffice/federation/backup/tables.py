"""Rows as lines of text and back: one JSON array per row, with exact values.

Keys stay as they are, except those of content types and permissions: each database numbers them
its own way, so they are written by name. Sessions are left out.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property
from itertools import islice
from typing import Any

from allauth.account.models import EmailAddress, EmailConfirmation
from allauth.usersessions.models import UserSession
from django.apps import apps
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.db import connection
from django.db.models import (
    BooleanField,
    CharField,
    Field,
    ForeignKey,
    IntegerField,
    Model,
    TextField,
)

CHUNK = 2000
_NAMED_BY = {
    ContentType: ("app_label", "model"),
    Permission: ("content_type__app_label", "content_type__model", "codename"),
}
_LEFT_OUT = (*_NAMED_BY, Session, UserSession, EmailAddress, EmailConfirmation)
"""Sessions end with a restore; addresses are in the accounts, the tables of allauth repeat them."""


@dataclass(frozen=True)
class Table:
    """One table of the site: its model, whose rows are read and stored without any other code."""

    model: type[Model]

    @cached_property
    def name(self) -> str:
        return self.model._meta.label_lower  # noqa: SLF001 - Django's public Meta

    @property
    def title(self) -> str:
        """What users call its rows."""
        return str(self.model._meta.verbose_name_plural)  # noqa: SLF001 - Django's public Meta

    @cached_property
    def fields(self) -> list[Field[Any, Any]]:
        return list(self.model._meta.local_concrete_fields)  # noqa: SLF001 - Django's public Meta

    @cached_property
    def columns(self) -> list[str]:
        return [field.attname for field in self.fields]

    def rows(self) -> Any:
        """All rows, whatever the model's own manager hides."""
        return self.model._base_manager.all()  # noqa: SLF001 - Django's public base manager

    def lines(self) -> Iterator[bytes]:
        """Every row by rising key; memory does not grow with the table."""
        named = [
            (place, _names(field.related_model))
            for place, field in enumerate(self.fields)
            if field.related_model in _NAMED_BY
        ]
        rows = self.rows().order_by("pk").values_list(*self.columns)
        for row in rows.iterator(chunk_size=CHUNK):
            values = list(row)
            for place, names in named:
                values[place] = names.get(values[place])
            yield _line(values)

    def store(self, lines: Iterable[bytes]) -> None:
        """Insert the rows of `lines` as they are: no default, no automatic day.

        Raises:
            DatabaseError: the database refuses a row.
        """
        quote = connection.ops.quote_name
        names = ", ".join(quote(str(field.column)) for field in self.fields)
        table = quote(self.model._meta.db_table)  # noqa: SLF001 - Django's public Meta
        readers = [_reader(field) for field in self.fields]
        waiting = iter(lines)
        with connection.cursor() as cursor:
            while chunk := list(islice(waiting, CHUNK)):
                read = [zip(readers, json.loads(line), strict=True) for line in chunk]
                rows = [[reader(value) for reader, value in row] for row in read]
                _insert(cursor, f"{table} ({names})", rows)


def tables() -> list[Table]:
    """Every table that a backup holds, the ones that others refer to first."""
    kept = [
        model
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed and not model._meta.proxy and model not in _LEFT_OUT  # noqa: SLF001
    ]
    ordered: list[Table] = []
    seen: set[Any] = set()

    def place(model: Any) -> None:
        if model in kept and model not in seen:
            seen.add(model)
            table = Table(model)
            for field in table.fields:
                place(field.related_model)
            ordered.append(table)

    for model in sorted(kept, key=lambda model: model._meta.label_lower):  # noqa: SLF001
        place(model)
    return ordered


def _insert(cursor: Any, into: str, rows: list[list[Any]]) -> None:
    """Insert rows the fastest way that the database has; `into` holds names of ours alone."""
    if connection.vendor == "postgresql":
        with connection.wrap_database_errors, cursor.copy(f"COPY {into} FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)
    else:
        places = ", ".join(["%s"] * len(rows[0]))
        cursor.executemany(f"INSERT INTO {into} VALUES ({places})", rows)  # noqa: S608


def _line(values: list[Any]) -> bytes:
    """One row as a line of JSON that is the same on every database."""
    text = json.dumps(
        values, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=_exact
    )
    return text.encode("utf-8", "surrogatepass") + b"\n"


def _exact(value: Any) -> str:
    """Text from which the column makes the same value again."""
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, date | datetime):
        return value.isoformat()
    raise TypeError(f"no exact text for {type(value).__name__}")


def _reader(field: "Field[Any, Any]") -> Any:
    """From the value in a line to the value for the database."""
    if field.related_model in _NAMED_BY:
        keys = {tuple(name): key for key, name in _names(field.related_model).items()}
        return lambda name: None if name is None else _key(field.related_model, keys, tuple(name))
    kind = field.target_field if isinstance(field, ForeignKey) else field
    if isinstance(kind, CharField | TextField | IntegerField | BooleanField):
        return lambda value: value
    return lambda value: field.get_db_prep_save(field.to_python(value), connection)


def _names(model: Any) -> dict[int, list[str]]:
    """The name of each row of a table that every database numbers its own way."""
    rows = model.objects.order_by("pk").values_list("pk", *_NAMED_BY[model])
    return {key: names for key, *names in rows}


def _key(model: Any, keys: dict[tuple[str, ...], int], name: tuple[str, ...]) -> int:
    """The key of a name here; what only the saved site still knew is added."""
    if name not in keys:
        kind, _new = ContentType.objects.get_or_create(app_label=name[0], model=name[1])
        keys[name] = kind.pk
        if model is Permission:
            right = {"content_type": kind, "codename": name[2], "name": name[2]}
            keys[name] = Permission.objects.create(**right).pk
    return keys[name]
