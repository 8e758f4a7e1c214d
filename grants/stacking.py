"""May two schemes carry the same hours? One answer for the checks, the radar and the matrix."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from backoffice.engine.figures import STATUSES
from grants.scheme import Scheme
from grants.scheme_parts import StackRule

TONES = ("allowed", "suspicious", "forbidden")
"""From the mildest to the strictest."""

TONE_WORDS: Mapping[str, Mapping[str, str]] = {
    "allowed": {"fr": "cumul autorisé", "nl": "cumulatie toegelaten"},
    "suspicious": {"fr": "cumul suspect", "nl": "verdachte cumulatie"},
    "forbidden": {"fr": "cumul interdit", "nl": "cumulatie verboden"},
}
MEANING: Mapping[str, Mapping[str, str]] = {
    "allowed": {
        "fr": "Complément : sur les mêmes heures, ce que l'un paie est déduit de ce qui est "
        "demandé à l'autre.",
        "nl": "Aanvulling: op dezelfde uren wordt wat de ene betaalt, afgetrokken van wat aan de "
        "andere wordt gevraagd.",
    },
    "suspicious": {
        "fr": "Rien n'autorise ce cumul par écrit : aucun euro ne se demande deux fois, et une "
        "personne accepte nommément.",
        "nl": "Niets laat deze cumulatie schriftelijk toe: geen euro wordt twee keer gevraagd, en "
        "iemand aanvaardt bij naam.",
    },
    "forbidden": {
        "fr": "Heures exclusives : une personne peut être partagée par heures, jamais la même "
        "heure.",
        "nl": "Exclusieve uren: een persoon kan per uren verdeeld zijn, nooit voor hetzelfde uur.",
    },
}


@dataclass(frozen=True)
class Stack:
    """The answer for two schemes on a day; `rule` is None where nothing is written."""

    tone: str
    rule: StackRule | None = None

    @property
    def article(self) -> str:
        """The article with its source; empty where nothing is written."""
        return f"{self.rule.article} ; {self.rule.source}" if self.rule else ""

    @property
    def status(self) -> str:
        """How sure the rule is; what nobody wrote is to confirm."""
        return self.rule.status if self.rule else "to_confirm"


def stack_between(one: Scheme, other: Scheme, day: date) -> Stack:
    """What holds when both schemes finance the same hours on a day, in any order.

    A rule that names the other scheme wins; else the stricter of the two general rules, then the
    surer one; where nothing is written, the stack is suspicious.
    """
    first, second = sorted((one, other), key=lambda scheme: (scheme.order, scheme.code))
    pair = first.tone_over(second.code, day), second.tone_over(first.code, day)
    rules = [rule for rule in pair if rule is not None]
    named = [rule for rule in rules if rule.over != "*"] or rules
    if not named:
        return Stack("suspicious")
    strictest = max(named, key=lambda rule: (TONES.index(rule.tone), -STATUSES.index(rule.status)))
    return Stack(strictest.tone, strictest)


def changes_between(one: Scheme, other: Scheme) -> Iterator[tuple[date, Stack]]:
    """The answer for two schemes from the first day that both exist, then on each day it changes.

    Nothing when one ended before the other began.
    """
    first = max(one.starts_on, other.starts_on)
    last = min(one.ends_on or date.max, other.ends_on or date.max)
    days = {first} | {rule.since for rule in (*one.stack, *other.stack)}
    before = None
    for day in sorted(day for day in days if first <= day <= last):
        found = stack_between(one, other, day)
        if found != before:
            yield day, found
        before = found
