"""What a reader calls each figure of a comparison and each kind of patch."""

from collections.abc import Iterable

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from backoffice.web.words import Spoken
from grants.pack import AUTHORITIES

NOBODY = "nobody"
"""The funder of posts that are asked of nobody in particular."""
KINDS = Spoken(
    {
        "figure": "valeur de référence",
        "index": "indexation",
        "award": "subvention",
        "scheme": "régime de subvention",
        "post": "postes demandés",
        "worker": "travailleur",
        "pay_date": "dates de paiement",
        "merge": "fusion",
    }
)
FIGURES = Spoken(
    {
        "cost": "Coût du personnel",
        "funded": "Subventions sur le personnel",
        "own_funds": "Fonds propres sur le personnel",
        "invoices": "Subventions sur les factures",
        "fte": "ETP payés",
        "own_fte": "ETP à charge des fonds propres",
        "posts_at_risk": "Postes menacés (ETP)",
        "asked": "Coût des postes demandés",
        "asked_fte": "ETP demandés",
        "unpriced_fte": "ETP demandés, sans coût connu",
    }
)
REGIMES = Spoken(
    {
        "private_m1": "index du secteur privé, premier mois",
        "private_m2": "index du secteur privé, deuxième mois",
        "public": "index du secteur public",
        "benefits": "index des prestations sociales",
        "annual_cp200": "index annuel de la CP 200",
    }
)
UNITS = Spoken({"EUR": "EUR", "FTE": "ETP"})
STATUSES = Spoken(
    {
        "confirmed": "confirmé",
        "to_confirm": "à confirmer",
        "forecast": "prévision",
        "assumption": "hypothèse",
        "missing": "en partie inconnu",
    }
)


def figure_label(code: str) -> str:
    """The name of a figure in the language in force, with its funder where it has one."""
    name, _dot, funder = code.partition(".")
    return f"{FIGURES[name]} : {funder_name(funder)}" if funder else FIGURES[name]


def regime_name(code: str) -> str:
    """A regime of indexation, its code where it has no name."""
    return REGIMES.get(code, code)


def numbers_text(numbers: Iterable[int]) -> str:
    """Numbers of changes one after the other in a sentence: "3, 5 et 7"."""
    *first, last = map(str, numbers)
    return _("%(first)s et %(last)s") % {"first": ", ".join(first), "last": last} if first else last


def funder_name(funder: str) -> str:
    """Who pays, in the language in force."""
    if funder == NOBODY:
        return _("aucun pouvoir désigné")
    words = AUTHORITIES.get(funder, {"fr": funder})
    return words.get((get_language() or "fr")[:2], words["fr"])
