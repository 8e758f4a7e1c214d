"""Figures as screens show them: {{ use.status|status_words }}, {{ use|value_words }}."""

from typing import Protocol

from django import template
from django.utils.translation import gettext as _

register = template.Library()

_STATUSES = {
    "confirmed": ("done", "confirmé"),
    "to_confirm": ("warning", "à confirmer"),
    "forecast": ("error", "prévision"),
    "missing": ("error", "manquant"),
    "repealed": ("draft", "abrogé"),
}
_STACKS = {
    "stack_forbidden": "cumul interdit",
    "stack_suspicious": "cumul suspect",
    "stack_allowed": "cumul autorisé",
}
_IMPORTS = {"refused": "error", "previewed": "warning", "applied": "done"}
_EVIDENCE = {
    "contract": "contrat ou avenant",
    "account": "compte individuel",
    "invoice": "facture",
    "payment": "preuve de paiement",
}
_UNITS = {"ratio": "", "count": "", "index": ""}


class Valued(Protocol):
    """Something with a published value and its unit."""

    @property
    def text(self) -> str: ...
    @property
    def unit(self) -> str: ...


@register.filter
def tone(status: str) -> str:
    """The tone of a status: done, warning, error or draft."""
    return _STATUSES[status][0]


@register.filter
def status_words(status: str) -> str:
    """A status in French."""
    return _(_STATUSES[status][1])


@register.filter
def stack_words(code: str) -> str:
    """Forbidden, suspicious or allowed stack: three different words; empty for another finding."""
    return _(_STACKS[code]) if code in _STACKS else ""


@register.filter
def import_tone(state: str) -> str:
    """The tone of the state of an import."""
    return _IMPORTS[state]


@register.filter
def evidence_words(kind: str) -> str:
    """What a document is."""
    return _(_EVIDENCE[kind])


@register.filter
def value_words(use: Valued) -> str:
    """A published value with a decimal comma and its unit."""
    unit = _UNITS.get(use.unit, f"\u202f{use.unit}".replace("EUR", "€").replace("FTE", _("ETP")))
    return use.text.replace(".", ",") + unit
