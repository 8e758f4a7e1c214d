"""The bar of the site: every page in its menu, in one place."""

from dataclasses import dataclass

from django import template
from django.template.context import Context
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

register = template.Library()

MENUS: tuple[tuple[str | Promise, tuple[tuple[str, str | Promise], ...]], ...] = (
    (_("Dossiers"), (("subsidies", _("Dossiers")),)),
    (
        _("Suivi"),
        (
            ("deadlines", _("Échéances")),
            ("applications", _("Demandes")),
            ("radar", _("Cumuls")),
            ("complements", _("Compléments")),
        ),
    ),
    (_("Personnel"), (("workers", _("Travailleurs")),)),
    (_("Comptes"), (("invoices", _("Factures")), ("tie_out", _("Rapprochement")))),
    (
        _("Données"),
        (
            ("imports", _("Imports")),
            ("jobs", _("Travaux")),
            ("admin:index", _("Administration")),
        ),
    ),
)
"""The name of each menu, then its pages: the name of the address, and what the link says."""


@dataclass(frozen=True)
class Entry:
    """One link of the bar; `current` when its page is shown."""

    label: str
    address: str
    current: bool


@dataclass(frozen=True)
class Menu:
    """Links under one name; a menu of one page is shown as its link."""

    label: str
    entries: tuple[Entry, ...]

    @property
    def current(self) -> bool:
        return any(entry.current for entry in self.entries)


@register.simple_tag(takes_context=True)
def menus(context: Context) -> list[Menu]:
    """The menus for who looks; the links keep the organisation and the day looked at."""
    shown = getattr(context["request"].resolver_match, "url_name", "")
    return [
        Menu(
            str(label),
            tuple(
                Entry(str(words), _address(name, context), current=shown == name)
                for name, words in pages
                if not name.startswith("admin:") or context["user"].is_staff
            ),
        )
        for label, pages in MENUS
    ]


def _address(name: str, context: Context) -> str:
    carried = "" if name.startswith("admin:") else context["scope"].query
    return f"{reverse(name)}{carried}"
