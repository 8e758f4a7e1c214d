"""What a search shows: groups of hits, each with its address."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from backoffice.federation.models import Organisation

MOST_HITS = 5
LONGEST = 100
SHORTEST = 2


class SearchForm(forms.Form):
    """The words looked for."""

    q = forms.CharField(
        label=_("Chercher"),
        max_length=LONGEST,
        min_length=SHORTEST,
        error_messages={
            "required": _("Écrivez ce que vous cherchez."),
            "max_length": _("Écrivez cent caractères au plus : quelques mots suffisent."),
            "min_length": _("Écrivez au moins deux caractères."),
            "null_characters_not_allowed": _("Ce texte ne peut pas être cherché."),
        },
    )

    def __init__(self, data: Mapping[str, Any] | None = None) -> None:
        super().__init__(data, auto_id="recherche-%s")


@dataclass(frozen=True)
class Hit:
    """One thing found: its words, what tells it apart, and where it is."""

    label: str
    about: str
    address: str


@dataclass(frozen=True)
class Group:
    """The first hits of a kind; `more` is the address of a list of them all, that bears no word.

    `is_cut` when the kind has more hits than these.
    """

    label: str | Promise
    hits: Sequence[Hit]
    is_cut: bool = False
    more: str = ""


@dataclass(frozen=True)
class Question:
    """What is asked, and over which organisations."""

    text: str
    organisations: Sequence[Organisation]

    def at(self, address: str, organisation: Organisation | None = None, **asked: str) -> str:
        """An address that keeps the organisation of what was found, where there are several."""
        if organisation is not None and len(self.organisations) > 1:
            asked["organisation"] = organisation.enterprise_number
        return f"{address}?{urlencode(asked)}" if asked else address

    def whose(self, organisation: Organisation) -> str:
        """The name of the organisation, where it tells something."""
        return organisation.name if len(self.organisations) > 1 else ""


def group(label: str | Promise, hits: Sequence[Hit], more: str = "") -> Group:
    """A group of the first hits, out of one more than are shown."""
    return Group(label, hits[:MOST_HITS], len(hits) > MOST_HITS, more)


def joined(*parts: str) -> str:
    """What is known of a hit, side by side."""
    return " · ".join(part for part in parts if part)
