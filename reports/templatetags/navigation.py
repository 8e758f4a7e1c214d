"""The bar of the site: every page in its menu, in one place."""

from dataclasses import dataclass

from django import template
from django.template.context import Context
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from backoffice.federation.access import opens
from reports.dossier import Check
from reports.pages.mending import Place

register = template.Library()

MENUS: tuple[tuple[str | Promise, tuple[tuple[str, str | Promise], ...]], ...] = (
    (_("Aujourd'hui"), (("today", _("Aujourd'hui")),)),
    (_("Dossiers"), (("subsidies", _("Dossiers")),)),
    (
        _("Suivi"),
        (
            ("deadlines", _("Échéances")),
            ("applications", _("Demandes")),
            ("funder_forms", _("Formulaires des pouvoirs subsidiants")),
            ("radar", _("Cumuls")),
            ("complements", _("Compléments")),
            ("risk", _("Risque de remboursement")),
            ("treasury", _("Trésorerie")),
            ("scenarios", _("Scénarios")),
        ),
    ),
    (
        _("Personnel"),
        (
            ("workers", _("Travailleurs")),
            ("contract_lines", _("Contrats")),
            ("assignments", _("Affectations")),
            ("worker_documents", _("Documents du personnel")),
            ("grid", _("Grille d'affectation")),
            ("vacancies", _("Postes vacants")),
        ),
    ),
    (
        _("Octrois"),
        (
            ("awards", _("Subventions")),
            ("terms", _("Termes des lettres")),
            ("amendments", _("Avenants")),
            ("posts", _("Postes")),
            ("instalments", _("Tranches attendues")),
            ("receipts", _("Versements reçus")),
            ("approvals", _("Agréments")),
            ("positions", _("Cadre agréé")),
            ("sites", _("Sites")),
            ("volumes", _("Volumes d'activité")),
        ),
    ),
    (
        _("Comptes"),
        (
            ("invoices", _("Factures")),
            ("ventilations", _("Ventilations")),
            ("suppliers", _("Fournisseurs")),
            ("sales", _("Factures de vente")),
            ("tie_out", _("Rapprochement")),
        ),
    ),
    (
        _("Règles"),
        (
            ("rules", _("Règles par régime")),
            ("figures", _("Valeurs de référence")),
            ("stacking_matrix", _("Cumul des régimes")),
            ("assumptions", _("Hypothèses des scénarios")),
        ),
    ),
    (
        _("Fédération"),
        (
            ("consents", _("Accès donnés")),
            ("participation", _("Participation")),
            ("received_consents", _("Accès reçus")),
            ("collections", _("Collectes")),
            ("memorandum", _("Mémorandum")),
            ("federation_scenarios", _("Scénarios")),
            ("federation_risk", _("Risque, ensemble des services")),
            ("federation_cash", _("Trésorerie, ensemble des services")),
        ),
    ),
    (
        _("Données"),
        (
            ("imports", _("Imports")),
            ("people", _("Données d'une personne")),
            ("jobs", _("Travaux")),
            ("accounts", pgettext_lazy("accès", "Comptes")),
            ("journal", _("Journal")),
            ("admin:index", _("Administration")),
        ),
    ),
)
"""The name of each menu, then its pages: the name of the address, and what the link says."""
LABELS = {name: words for _label, entries in MENUS for name, words in entries}
"""What the menu calls a page, by the name of its address."""


@dataclass(frozen=True)
class Entry:
    """One link of the bar; `current` is "page" on its page, "true" on one below it."""

    label: str
    address: str
    current: str


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
    """The menus for who looks: the pages that his rights over the organisation looked at open.

    The links keep the organisation and the day looked at.
    """
    scope = context["scope"]
    pages = {
        name: address
        for _label, entries in MENUS
        for name, _words in entries
        if opens(address := reverse(name), scope.rights | scope.everywhere)
    }
    path, carried = context["request"].path, scope.query
    above = max((one for one in pages.values() if path.startswith(one)), key=len, default="")
    state = {above: "page" if path == above else "true"} if above else {}
    return [
        Menu(
            str(label),
            tuple(
                Entry(
                    str(words),
                    pages[name] + ("" if name.startswith("admin:") else carried),
                    state.get(pages[name], ""),
                )
                for name, words in entries
                if name in pages
            ),
        )
        for label, entries in MENUS
        if any(name in pages for name, _words in entries)
    ]


@register.simple_tag(takes_context=True)
def mend(context: Context, check: Check) -> Place | None:
    """Where a finding of the dossier shown is put right."""
    found: Place | None = context["places"].get(check.subject)
    return found


@register.filter
def menu_name(page: str) -> str:
    """What the menu calls a page."""
    return str(LABELS[page])
