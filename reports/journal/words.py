"""The trail in words: fields by their name, values as people write them, rows by what they are."""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.apps import apps
from django.contrib.auth.models import User
from django.core.exceptions import FieldDoesNotExist
from django.db.models import (
    BooleanField,
    DateField,
    DateTimeField,
    DecimalField,
    Field,
    ForeignKey,
    Model,
)
from django.utils.text import capfirst
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from djmoney.models.fields import MoneyField

from backoffice.federation.audit.columns import HIDDEN
from backoffice.web.templatetags.labels import said
from backoffice.web.templatetags.money import DASH, day, eur, spaced
from grants.models import Deadline
from reports.records.all import BY_MODEL

_LONGEST = 200


class Names:
    """What the rows that the trail points to are called: one query for each of their models."""

    def __init__(self) -> None:
        self._wanted: dict[type[Model], set[int]] = defaultdict(set)
        self._known: dict[tuple[type[Model], int], str] = {}

    def want(self, model: type[Model], keys: Iterable[int]) -> None:
        self._wanted[model].update(keys)

    def look_up(self) -> None:
        """Ask the database for everything wanted."""
        for model, keys in self._wanted.items():
            rows = model._base_manager.in_bulk(keys)  # noqa: SLF001 - Django's public manager
            self._known |= {(model, key): name_of(row) for key, row in rows.items()}
        self._wanted.clear()

    def of(self, model: type[Model], key: int) -> str:
        """Its name, or its number once it is gone."""
        return self._known.get((model, key)) or _("n° %d") % key


def name_of(row: Model) -> str:
    """A row as people call it; an account by its full name where it has one."""
    if isinstance(row, User):
        return row.get_full_name() or row.get_username()
    if isinstance(row, Deadline):
        return f"{said({'fr': row.label_fr, 'nl': row.label_nl})} {row.year}"
    return str(row)


def model_of(label: str) -> type[Model] | None:
    """The model with a label; None for a page, or a model that is gone."""
    try:
        return apps.get_model(label)
    except (LookupError, ValueError):
        return None


def field_of(model: type[Model], name: str) -> "Field[Any, Any] | None":
    """The field with a name; None when the model has it no more."""
    try:
        found: Any = model._meta.get_field(name)  # noqa: SLF001 - Django's public Meta
    except FieldDoesNotExist:
        return None
    return found if isinstance(found, Field) else None


def field_words(model: type[Model], name: str) -> str:
    """What people call a field; a link without words of its own, as they call what it links to."""
    field = field_of(model, name)
    if isinstance(field, ForeignKey) and isinstance(field.verbose_name, str):
        return capfirst(str(field.related_model._meta.verbose_name))  # noqa: SLF001 - public Meta
    return capfirst(str(field.verbose_name)) if field else name


def links(model: type[Model], values: Iterable[tuple[str, Any]]) -> Iterator[tuple[Any, int]]:
    """The rows that values of links point to."""
    for name, value in values:
        field = field_of(model, name)
        if isinstance(field, ForeignKey) and isinstance(value, int):
            yield field.related_model, value


def value_words(model: type[Model], name: str, value: Any, names: Names) -> str:
    """A value of the trail as people write it."""
    if value in (None, "", [], {}):
        return DASH
    if value == HIDDEN:
        return _("non gardé au journal")
    field = field_of(model, name)
    if isinstance(field, ForeignKey) and isinstance(value, int):
        related: Any = field.related_model
        return names.of(related, value)
    if listed := _listed(model, name, field):
        return str(listed.get(value, value))
    if isinstance(field, BooleanField):
        return _("oui") if value else _("non")
    return _exact(field, value)


def _listed(model: type[Model], name: str, field: "Field[Any, Any] | None") -> Mapping[Any, Any]:
    """The words of a closed list by code: that of the column, or of the form of its record."""
    if field is not None and field.choices:
        return dict(field.flatchoices)
    record = BY_MODEL.get(model)
    options = (record.options if record else None) or {}
    return dict(options[name]()) if name in options else {}


def _exact(field: "Field[Any, Any] | None", value: Any) -> str:
    """Amounts, days and the rest from their exact text."""
    if isinstance(field, MoneyField):
        return eur(Decimal(value))
    if isinstance(field, DecimalField):
        return spaced(value)
    if isinstance(field, DateTimeField):
        return f"{localtime(datetime.fromisoformat(value)):%d/%m/%Y %H:%M}"
    if isinstance(field, DateField):
        return day(date.fromisoformat(value))
    text = value if isinstance(value, str | int) else json.dumps(value, ensure_ascii=False)
    return str(text)[:_LONGEST]
