"""Everything held on a person: each row that leads to it, whatever its table, in columns.

The tables are found by following the links of the models, so that a new one is in it at once.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import models
from django.db.models import ForeignKey, Model, QuerySet
from django.utils.translation import gettext as _
from djmoney.models.fields import CurrencyField

from backoffice.federation.models import Identity, StoredFile
from backoffice.figures.vocabulary import cost_items
from backoffice.web.templatetags.labels import said
from backoffice.web.templatetags.money import month
from invoices.models import SalesInvoice, Supplier
from reports.people.keeping import invoices_about
from staffing.models import PayMonth, Worker

_DEEPEST = 3
_LEFT_OUT = frozenset({"firm"})
"""The name of a supplier or a customer who is no natural person: blank for whom is shown here."""


@dataclass(frozen=True)
class HeldTable:
    """The rows of one kind: a title, the names of the columns, and their values."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]


def held_on(identity: Identity) -> tuple[HeldTable, ...]:
    """What is held on a person, the identity first; empty kinds are left out.

    The national number is shown by its mask alone.
    """
    first = HeldTable(
        _("Identité"),
        (_("Pseudonyme"), _("Nom"), _("Numéro national"), _("Effacée le")),
        ((identity.pseudonym, identity.name, identity.masked_number, _day(identity.erased_at)),),
    )
    tables = [first]
    tables += _tables(Worker.objects.filter(identity=identity))
    tables += _tables(invoices_about(identity))
    for model in (Supplier, SalesInvoice):
        tables.append(_table(model.objects.filter(identity=identity)))
    return tuple(table for table in tables if table.rows)


def _tables(rows: QuerySet[Any], depth: int = 1) -> Iterator[HeldTable]:
    yield _table(rows)
    if depth == _DEEPEST:
        return
    for link in _links_to(rows.model):
        found = link.related_model._default_manager.filter(  # noqa: SLF001 - public API
            **{f"{link.field.name}__in": rows.order_by().values("pk")}
        )
        yield from _tables(found, depth + 1)


def _links_to(model: type[Model]) -> Iterator[Any]:
    for link in model._meta.related_objects:  # noqa: SLF001 - Django's public Meta
        if isinstance(link.field, ForeignKey):
            yield link


def _table(rows: QuerySet[Any]) -> HeldTable:
    opts = rows.model._meta  # noqa: SLF001 - Django's public Meta
    fields = [
        field
        for field in opts.concrete_fields
        if not field.primary_key
        and not isinstance(field, CurrencyField)
        and field.related_model is not Identity
        and field.name not in _LEFT_OUT
    ]
    links = [field.name for field in fields if isinstance(field, ForeignKey)]
    found = rows.order_by("pk").select_related(*links) if links else rows.order_by("pk")
    stored = list(found)
    fields = [
        field
        for field in fields
        if field.name not in links or any(getattr(row, field.attname) for row in stored)
    ]
    return HeldTable(
        _heading(opts.verbose_name_plural),
        tuple(_heading(_words(field)) for field in fields),
        tuple(tuple(_value(row, field) for field in fields) for row in stored),
    )


def _words(field: Any) -> Any:
    """What a column is called; a link without a name of its own, as what it leads to."""
    if isinstance(field, ForeignKey) and field.verbose_name == field.name.replace("_", " "):
        return field.related_model._meta.verbose_name  # noqa: SLF001 - Django's public Meta
    return field.verbose_name


def _heading(words: Any) -> str:
    text = str(words)
    return text[:1].upper() + text[1:]


def _value(row: Any, field: Any) -> Any:
    """A value as people read it; amounts, hours and days stay typed."""
    if isinstance(field, ForeignKey):
        return _linked(getattr(row, field.name))
    value = getattr(row, field.attname)
    if field.name == "cost_item" and value in cost_items():
        return said(cost_items()[value].label)
    if field.choices:
        return str(dict(field.flatchoices).get(value, value))
    if isinstance(field, models.FileField):
        return ""
    return _day(value) if isinstance(value, datetime) else value


def _linked(row: Model | None) -> str:
    """What a row leads to: a file by its name, a month of pay as the month that it is."""
    if isinstance(row, StoredFile):
        return row.name
    if isinstance(row, PayMonth):
        return month(row.month)
    return "" if row is None else str(row)


def _day(value: datetime | None) -> date | None:
    return value.date() if value else None


def counts(tables: Sequence[HeldTable]) -> int:
    """How many rows are held in all."""
    return sum(len(table.rows) for table in tables)
