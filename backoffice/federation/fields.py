"""Field kinds shared by every app: EUR amounts, weekly hours, and the constraints that go along."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import CheckConstraint, F, Q
from django.utils.translation import gettext_lazy as _
from djmoney.models.fields import MoneyField

FIRST_DAY, LAST_DAY = date(1990, 1, 1), date(2100, 12, 31)


def plausible_day(day: date) -> None:
    """Refuse a day before 1990 or after 2100: a slip of the keyboard, such as 0206.

    Raises:
        ValidationError: the day is beyond those years.
    """
    if not FIRST_DAY <= day <= LAST_DAY:
        raise ValidationError(_("La date doit être entre 1990 et 2100."))


def eur_field(verbose_name: Any, **options: Any) -> MoneyField:
    """An amount in EUR with cents, at most 9,999,999,999.99 either way."""
    field: MoneyField = MoneyField(  # type: ignore[no-untyped-call]
        verbose_name, max_digits=12, decimal_places=2, default_currency="EUR", **options
    )
    return field


def hours_field(verbose_name: Any, **options: Any) -> models.DecimalField[Any, Any]:
    """A number of hours with hundredths (25 h 30 is 25.50)."""
    return models.DecimalField(verbose_name, max_digits=6, decimal_places=2, **options)


def euros_only(field: str, model: str) -> CheckConstraint:
    """No amount is stored in another currency than the euro."""
    return CheckConstraint(
        condition=Q(**{f"{field}_currency": "EUR"}),
        name=f"{model}_{field}_in_eur",
        violation_error_message=_("Les montants sont en euros."),
    )


def dates_in_order(model: str, first: str = "starts_on", last: str = "ends_on") -> CheckConstraint:
    """The last day, when known, is not before the first; both days are included."""
    return CheckConstraint(
        condition=Q(**{f"{last}__isnull": True}) | Q(**{f"{last}__gte": F(first)}),
        name=f"{model}_dates_in_order",
        violation_error_message=_("La date de fin précède la date de début."),
    )
