"""What a role that sees no service may open: the first page of the federation's people."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib.auth.models import User
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from backoffice.federation.access import rights_everywhere
from backoffice.federation.roles import Right


@dataclass(frozen=True)
class Opening:
    """One page that a role opens, and what it is for."""

    address: str
    label: str | Promise
    words: str | Promise


_PAGES: Sequence[tuple[str, str, str | Promise, str | Promise]] = (
    (
        Right.COLLECTIONS,
        "received_consents",
        _("Accès reçus"),
        _("Les services qui vous laissent lire leurs pages, et jusqu'à quand."),
    ),
    (
        Right.COLLECTIONS,
        "collections",
        _("Collectes"),
        _("Ouvrir une collecte et voir les services qui y participent."),
    ),
    (
        Right.AGGREGATES,
        "memorandum",
        _("Mémorandum"),
        _("Demander les chiffres agrégés d'une collecte et lire ceux qui sont publiés."),
    ),
    (
        Right.ACCOUNTS,
        "accounts",
        pgettext_lazy("accès", "Comptes"),
        _("Ouvrir un compte, donner ou retirer un rôle."),
    ),
    (
        Right.FIGURES,
        "figures",
        _("Valeurs de référence"),
        _("Remplir les valeurs qui manquent et comparer les autres avec leur source."),
    ),
    (Right.READ, "rules", _("Règles par régime"), _("Ce que chaque pouvoir subsidiant demande.")),
    (
        Right.READ,
        "stacking_matrix",
        _("Cumul des régimes"),
        _("Ce que deux régimes permettent sur les mêmes heures."),
    ),
)


def openings_for(user: User) -> list[Opening]:
    """The pages that a user's roles in the federation open."""
    rights = rights_everywhere(user)
    return [
        Opening(reverse(name), label, words)
        for right, name, label, words in _PAGES
        if right in rights
    ]
