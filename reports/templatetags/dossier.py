"""The words of a dossier on screen, the same as on paper: {{ use.status|status_words }}."""

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from django import template
from django.utils.translation import get_language

from backoffice.engine.sheet import FigureUse
from backoffice.web.templatetags.money import NO_BREAK, amount
from backoffice.web.words import Spoken
from reports.documents.words import EVIDENCE, STATUSES, unit_text

register = template.Library()

_FOLDED_FROM = 3


@dataclass(frozen=True)
class Folded:
    """A finding whose list is opened by who asks for it."""

    head: str
    values: tuple[str, ...]
    tail: str


NARROW = "\u202f"
_TONES = {
    "confirmed": "done",
    "to_confirm": "warning",
    "forecast": "error",
    "missing": "error",
    "repealed": "draft",
}
_STACKS = Spoken(
    {
        "stack_forbidden": "cumul interdit",
        "stack_suspicious": "cumul suspect",
        "stack_allowed": "cumul autorisé",
    }
)
_IMPORTS = {"waiting": "draft", "refused": "error", "previewed": "warning", "applied": "done"}
_BARE = frozenset(("ratio", "count", "index"))


@register.filter
def tone(status: str) -> str:
    """The tone of a status: done, warning, error or draft."""
    return _TONES[status]


@register.filter
def reason_tone(reason: str) -> str:
    """The tone of why a value is doubtful: its status, or that it was verified long ago."""
    return _TONES.get(reason, "warning")


@register.filter
def status_words(status: str) -> str:
    """A status in French."""
    return STATUSES[status]


@register.filter
def stack_words(code: str) -> str:
    """Forbidden, suspicious or allowed stack: three different words; empty for another finding."""
    return _STACKS.get(code, "")


@register.filter
def import_tone(state: str) -> str:
    """The tone of the state of an import."""
    return _IMPORTS[state]


@register.filter
def evidence_words(kind: str) -> str:
    """What a document is."""
    return EVIDENCE[kind]


@register.filter
def value_words(use: FigureUse) -> str:
    """A published value with its unit; see `value_text`."""
    return value_text(use.text, use.unit)


def value_text(text: str, unit: str) -> str:
    """A published value and its unit: "30 430,05 €/an", "6,99 %"; "30.430,05 EUR/jaar" in Dutch."""
    said = unit_text(unit)
    if unit in _BARE:
        return _percent(text) if unit == "ratio" else text.replace(".", ",")
    if unit.startswith("EUR"):
        if (get_language() or "").startswith("nl"):
            return f"{_euros(text)}{NO_BREAK}{said}"
        return f"{_euros(text)}{NARROW}{said.replace('EUR', '€', 1)}"
    return f"{text.replace('.', ',')}{NARROW}{said}"


@register.filter
def folded(message: str) -> Folded | None:
    """What a finding lists, apart from what it says before and after; None for a short list.

    Values stand between semicolons, and what follows the last of them is another sentence.
    """
    first, *others = (part.strip() for part in message.split(";"))
    if len(others) < _FOLDED_FROM:
        return None
    head, _colon, first = (part.strip() for part in first.partition(":"))
    last, _stop, tail = others[-1].partition(". ")
    return Folded(head, (first, *others[:-1], last.removesuffix(".")), tail)


def _percent(text: str) -> str:
    """A decimal ratio below 1 as a percentage; a coefficient or a fraction as published."""
    try:
        exact = Decimal(text)
    except InvalidOperation:
        return text.replace(".", ",")
    if exact >= 1:
        return text.replace(".", ",")
    return f"{(exact * 100).normalize():f}".replace(".", ",") + f"{NARROW}%"


def _euros(text: str) -> str:
    """An amount grouped by thousands; one that is not a number of cents stays as published."""
    try:
        exact = Decimal(text)
    except InvalidOperation:
        return text
    two = exact.quantize(Decimal("0.01"))
    return amount(two) if two == exact else text.replace(".", ",")
