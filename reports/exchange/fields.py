"""How a canonical column meets a model: the fields and widgets that resources are built from."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from django.db.models import Model
from djmoney.money import Money
from import_export.fields import Field
from import_export.widgets import Widget

from backoffice.federation.identities.numbers import is_mask
from reports.exchange.columns import Column, Kind, Value
from reports.exchange.numbers import share_of, share_shown
from reports.exchange.sheets import target, target_key


class Plain(Widget):  # type: ignore[misc]
    """A value that the model holds as the workbook does."""

    def clean(self, value: Value, row: Any = None, **kwargs: Any) -> Value:
        """The value itself."""
        return value

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> Value:
        """The value itself, and nothing for an empty text."""
        return None if value == "" else value


class BlankText(Plain):
    """A text whose absence the model writes as an empty text."""

    def clean(self, value: Value, row: Any = None, **kwargs: Any) -> Value:
        """The text, empty when the cell is."""
        return "" if value is None else value


class Euros(Plain):
    """An amount in EUR."""

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> Value:
        """The exact amount, without its currency."""
        return value.amount if isinstance(value, Money) else value


class Link(Plain):
    """A row of another sheet, found in memory by its natural key."""

    def __init__(self, sheet: str, key: tuple[str, ...], shown: str) -> None:
        super().__init__()
        self.sheet = sheet
        self.key = key
        self.shown = shown

    def clean(self, value: Value, row: Any = None, **kwargs: Any) -> Any:
        """The instance that the row names; None for a blank.

        Raises:
            ValueError: nothing has that key.
        """
        if value is None:
            return None
        found = kwargs["known"].get(self.sheet, tuple(row[code] for code in self.key))
        if found is None:
            raise ValueError(f"{self.sheet}: {value}")
        return found

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> Value:
        """The part of the key that the column shows."""
        return None if value is None else getattr(value, self.shown)


class Held(Field):  # type: ignore[misc]
    """A value that the model itself holds under one name, put there without detour."""

    def save(self, instance: Any, row: Any, is_m2m: Any = None, **kwargs: Any) -> None:
        """Put the value of a row on an instance."""
        value = self.widget.clean(row[self.column_name], row=row, **kwargs)
        setattr(instance, self.attribute, value)


class Share(Field):  # type: ignore[misc]
    """An exact ratio that the model holds as numerator and denominator."""

    def get_value(self, instance: Any) -> Value:
        """The canonical share of an instance."""
        if not instance.share_denominator:
            return None
        return share_shown(Fraction(instance.share_numerator, instance.share_denominator))

    def save(self, instance: Any, row: Any, is_m2m: Any = None, **kwargs: Any) -> None:
        """Put the share, in lowest terms, on an instance."""
        share = share_of(row[self.column_name])
        instance.share_numerator = share.numerator
        instance.share_denominator = share.denominator


class NationalNumber(Field):  # type: ignore[misc]
    """A national number: encrypted in the identity of the row, shown by its mask alone."""

    def get_value(self, instance: Any) -> Value:
        """The mask, None where no number is known."""
        identity = instance.known_identity
        return identity.masked_number or None if identity else None

    def save(self, instance: Any, row: Any, is_m2m: Any = None, **kwargs: Any) -> None:
        """Take a whole number; a blank or a mask leaves what is stored."""
        written = row.get(self.column_name)
        if written and not is_mask(written):
            instance.known_identity.take_number(written)


_OF_THEIR_KIND: Mapping[Kind, type[Field]] = {Kind.NATIONAL: NationalNumber, Kind.SHARE: Share}


def field_for(column: Column, model: type[Model], path: str = "") -> Field:
    """The field of one column; `path` leads to its value when the model does not hold it."""
    if path:
        return Field(path, column.code, Plain(), readonly=True)
    if column.kind in _OF_THEIR_KIND:
        return _OF_THEIR_KIND[column.kind](column.code, column.code, Plain())
    if column.refers:
        shown = column.refers.partition(".")[2]
        link = Link(target(column).code, target_key(column), shown)
        return Held(column.code, column.code, link)
    if column.kind is Kind.AMOUNT:
        return Held(column.code, column.code, Euros())
    if column.code == getattr(model, "named_as", None):
        return Held(column.code, column.code, Plain() if column.required else BlankText())
    stored: Any = model._meta.get_field(column.code)  # noqa: SLF001 - Django's public Meta
    blank_text = not column.required and not stored.null and stored.empty_strings_allowed
    return Held(column.code, column.code, BlankText() if blank_text else Plain())
