"""How a person, and what is held on her, is shown."""

from datetime import date
from decimal import Decimal
from typing import Any

from django import template
from django.utils.translation import gettext as _
from djmoney.money import Money

from backoffice.federation.models import Identity
from backoffice.web.templatetags.money import day, eur, hours

register = template.Library()
_DASH = "\u2013"


@register.filter
def masked_number(identity: Identity) -> str:
    """The national number as it may be shown, a dash where none is known."""
    return identity.masked_number or _DASH


@register.filter
def held(value: Any) -> str:
    """A value of any table, as people read it: an amount, hours, a day, yes or no, a text."""
    if value is None or value == "":
        return _DASH
    if isinstance(value, bool):
        return _("oui") if value else _("non")
    if isinstance(value, Money):
        return eur(value)
    if isinstance(value, Decimal):
        return hours(value)
    return day(value) if isinstance(value, date) else str(value)
