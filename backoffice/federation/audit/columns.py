"""The columns of an audited model, and the exact text of their values in the trail."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cache
from typing import Any

from django.db.models import (
    BinaryField,
    BooleanField,
    CharField,
    DateField,
    DateTimeField,
    DecimalField,
    Field,
    FileField,
    ForeignKey,
    IntegerField,
    JSONField,
    Model,
    TextField,
)
from djmoney.models.fields import CurrencyField
from djmoney.money import Money

HIDDEN = "•"
"""Stands for a value that the trail does not keep: that it was there, or changed, is all."""
Text = Callable[[Any], Any]


@dataclass(frozen=True)
class Column:
    """One column: its name in the trail, its attribute, and how its value becomes exact text.

    Texts of a hidden column are compared, never written: `shown` is what is written.
    """

    name: str
    attname: str
    text: Text
    is_hidden: bool

    def shown(self, text: Any) -> Any:
        return HIDDEN if self.is_hidden and text not in (None, "") else text


@cache
def columns_of(model: type[Model]) -> tuple[Column, ...]:
    """Every column but the key, and the currency of an amount, which is always the euro."""
    hidden = set(getattr(model, "audit_hidden", ()))
    return tuple(
        Column(field.name, field.attname, _text_of(field), field.name in hidden or _is_raw(field))
        for field in model._meta.concrete_fields  # noqa: SLF001 - Django's public Meta
        if not field.primary_key and not isinstance(field, CurrencyField)
    )


def _is_raw(field: "Field[Any, Any]") -> bool:
    return isinstance(field, BinaryField)


def _text_of(field: "Field[Any, Any]") -> Text:
    kind: Any = field.target_field if isinstance(field, ForeignKey) else field
    for kinds, made in _TEXTS:
        if isinstance(kind, kinds):
            return made(kind)
    return lambda value: None if value is None else str(kind.get_prep_value(value))


def _plain(field: Any) -> Text:
    return field.to_python  # type: ignore[no-any-return]


def _name(_field: Any) -> Text:
    return lambda value: None if value is None else str(value)


def _as_is(_field: Any) -> Text:
    return lambda value: value


def _decimal(field: "DecimalField[Any, Any]") -> Text:
    written = f".{field.decimal_places}f"

    def text(value: Any) -> str | None:
        if isinstance(value, Money):
            value = value.amount
        if not isinstance(value, Decimal):
            value = DecimalField.to_python(field, value)
        return None if value is None else format(value, written)

    return text


def _day(field: "DateField[Any, Any]") -> Text:
    def text(value: Any) -> str | None:
        day = value if type(value) is date else field.to_python(value)
        return None if day is None else str(day)

    return text


def _instant(field: "DateTimeField[Any, Any]") -> Text:
    def text(value: Any) -> str | None:
        at: datetime | None = value if isinstance(value, datetime) else field.to_python(value)
        return None if at is None else at.astimezone(UTC).isoformat()

    return text


_TEXTS: tuple[tuple[Any, Callable[[Any], Text]], ...] = (
    (DecimalField, _decimal),
    (DateTimeField, _instant),
    (DateField, _day),
    (FileField, _name),
    (JSONField, _as_is),
    ((CharField, TextField, IntegerField, BooleanField), _plain),
)
