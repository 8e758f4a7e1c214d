"""Form fields that read what people type and paste: 1 234,50 or 1.234,50, 31/12/2024, 1/3."""

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from djmoney.money import Money

from backoffice.federation.fields import FIRST_DAY, LAST_DAY
from backoffice.web.days import DayInput
from reports.exchange.days import day_of
from reports.exchange.numbers import LARGEST_SHARE_PART, LARGEST_WHOLE, SPACES, decimal_of, plain
from reports.exchange.raw import BadCell

_SAID = 40
_MARKS = ("€", "eur", "EUR")
_REQUIRED = {"required": _("À remplir.")}


def _short(text: Any) -> str:
    """What was typed, short enough for a sentence."""
    written = str(text).strip()
    return written if len(written) <= _SAID else f"{written[:_SAID]}…"


def _bare(text: str) -> str:
    compact = text.strip()
    for mark in _MARKS:
        compact = compact.removesuffix(mark)
    return compact.strip()


class NumberField(forms.DecimalField):
    """A number as people write it; the digits that it may have are those of its column."""

    widget = forms.TextInput

    def to_python(self, value: Any) -> Any:
        """The exact number; None for nothing.

        Raises:
            ValidationError: it is not one.
        """
        if value in self.empty_values:
            return None
        number = decimal_of(_bare(str(value)))
        if number is None:
            raise forms.ValidationError(
                _("« %(text)s » n'est pas un nombre : écrivez-le en chiffres, comme 1234,56."),
                code="not_a_number",
                params={"text": _short(value)},
            )
        return number

    def prepare_value(self, value: Any) -> Any:
        """The number with its comma; what was typed stays as it was."""
        if isinstance(value, Money):
            value = value.amount
        return plain(value).replace(".", ",") if isinstance(value, Decimal) else value

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {"inputmode": "decimal", "autocomplete": "off", "class": "number"}


class EuroField(NumberField):
    """An amount in EUR."""

    def clean(self, value: Any) -> Any:
        number = super().clean(value)
        return None if number is None else Money(number, "EUR")

    def prepare_value(self, value: Any) -> Any:
        """The amount with two decimals."""
        if isinstance(value, Money):
            return f"{value.amount:.2f}".replace(".", ",")
        return super().prepare_value(value)

    def has_changed(self, initial: Any, data: Any) -> bool:
        amount = initial.amount if isinstance(initial, Money) else initial
        return super().has_changed(amount, data)


class WholeField(NumberField):
    """A whole number; a year lies between the first and the last that are plausible."""

    def __init__(self, *, year: bool = False, **options: Any) -> None:
        self.year = year
        super().__init__(**options)

    def clean(self, value: Any) -> Any:
        number = super().clean(value)
        if number is None:
            return None
        if self.year and not FIRST_DAY.year <= number <= LAST_DAY.year:
            raise forms.ValidationError(_("L'année doit être entre 1990 et 2100."), code="outside")
        if number != int(number) or not 0 <= number <= LARGEST_WHOLE:
            raise forms.ValidationError(_("Écrivez un nombre entier entre 0 et 32767."))
        return int(number)


class DayField(forms.DateField):
    """A day: 31/12/2024, 31.12.2024 or 2024-12-31."""

    widget = DayInput

    def __init__(self, *, earliest: date = FIRST_DAY, **options: Any) -> None:
        self.earliest = earliest
        super().__init__(**options)

    def to_python(self, value: Any) -> date | None:
        """The day.

        Raises:
            ValidationError: it is not one, or nobody can have meant it.
        """
        if value in self.empty_values:
            return None
        try:
            day = day_of(value)
        except BadCell:
            raise forms.ValidationError(
                _("« %(text)s » n'est pas une date : écrivez-la jj/mm/aaaa."),
                code="not_a_day",
                params={"text": _short(value)},
            ) from None
        if not self.earliest <= day <= LAST_DAY:
            raise forms.ValidationError(
                _("La date doit être entre %(first)d et %(last)d : vérifiez l'année."),
                code="outside",
                params={"first": self.earliest.year, "last": LAST_DAY.year},
            )
        return day


class PartField(forms.CharField):
    """A part of a whole: 60 %, 0,5 % or 1/3; an amount carries €, and stays one."""

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Whether another part was written, however it is written."""
        try:
            return bool(self.to_python(initial) != self.to_python(data))
        except forms.ValidationError:
            return True

    def to_python(self, value: Any) -> Any:
        """A Fraction (1 is the whole), a Money for an amount, None for nothing.

        Raises:
            ValidationError: it is neither.
        """
        text = super().to_python(value)
        if not text:
            return None
        bare = _bare(text)
        amount = decimal_of(bare) if bare != text.strip() else None
        if amount is not None:
            return Money(amount, "EUR")
        compact = SPACES.sub("", text)
        top, slash, bottom = compact.partition("/")
        if slash and top.isdecimal() and bottom.isdecimal() and int(bottom):
            part: Fraction | None = Fraction(int(top), int(bottom))
        else:
            number = decimal_of(compact.removesuffix("%"))
            part = None if number is None else Fraction(number) / 100
        if part is None:
            raise forms.ValidationError(
                _("« %(text)s » n'est pas une part : écrivez 60 %%, 1/3 ou 250,00 €."),
                params={"text": _short(value)},
            )
        if not 0 <= part <= 1:
            raise forms.ValidationError(
                _("« %(text)s » : une part est entre 0 et 100 %%."), params={"text": _short(value)}
            )
        if part.denominator > LARGEST_SHARE_PART:
            raise forms.ValidationError(_("Cette part a trop de décimales : écrivez une fraction."))
        return part
