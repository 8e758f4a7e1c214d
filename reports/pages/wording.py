"""The engine's short rules in French words: "min(gross, scale_maximum)" as a sentence to read."""

# ruff: noqa: RUF001 - the signs of arithmetic are meant

import re
from collections.abc import Mapping
from types import MappingProxyType

from django.utils.translation import gettext as _

from grants.terms import TERMS

_PHRASES: Mapping[str, str] = MappingProxyType(
    {
        "hours / full_time x days / month x paid / due": (
            "heures ÷ temps plein × jours couverts ÷ jours du mois × heures payées ÷ heures dues"
        ),
        "cost x hours x days / contract": (
            "coût du mois × part des heures et des jours du contrat mise sur la subvention"
        ),
        "min(payable of earlier awards on these hours, eligible)": (
            "ce que d'autres subventions paient pour ces heures, sans dépasser le coût éligible"
        ),
        "admissible, within the head and the grant": (
            "admissible, ramené au maximum de la rubrique puis au montant accordé"
        ),
        "share of the invoice": "montant de la facture × part mise sur la subvention",
        "incurred (and paid) in the period": (
            "repris si la dépense est faite (et payée, quand le régime le demande) dans la période"
        ),
        "scale_base x coefficient / 12, then capped events": (
            "barème à 100 % × coefficient d'index ÷ 12, puis indexations plafonnées"
        ),
        "min(sum of presented, bound)": "présenté, ramené au maximum du groupe",
        "frame FTE / assigned FTE": "ETP du cadre ÷ ETP affectés",
        "sum over the group of": "somme sur le groupe de",
        "post FTE x months / 12": "ETP des postes × mois ÷ 12",
        "base_amount x product of (1 + index_rate) + base_amount x exceptional_rate": (
            "montant de base × produit des (1 + taux d'indexation) + montant de base × prime "
            "exceptionnelle"
        ),
        "x admissible staff": "× frais de personnel admissibles",
        "full": "repris en entier",
        "excluded": "non financé par ce régime",
        "granted": "montant de la lettre",
    }
)
_WORDS: Mapping[str, str] = MappingProxyType(
    {
        "gross": "rémunération brute",
        "charges": "charges patronales",
        "benefits": "autres éléments de coût",
        "eligible": "coût éligible",
        "deducted": "déjà payé par d'autres subventions",
        "presented": "présenté",
        "admissible": "admissible",
        "scale_maximum": "maximum barémique",
        "scale_month": "barème indexé du mois",
        "admitted_gross": "rémunération admise",
        "admitted_charges": "charges admises",
        "within_scale": "coût dans le barème",
        "within_frame": "coût dans le cadre",
        "fte": "ETP-mois",
    }
)
_NAME = re.compile(r"[a-z_][a-z_0-9]*")


def rule_words(rule: str) -> str:
    """A rule of the engine in French; a name without translation stays as it is written."""
    if rule in _PHRASES:
        return _(_PHRASES[rule])
    text = rule
    for phrase, words in _PHRASES.items():
        if " " in phrase:
            text = text.replace(phrase, f"«{words}»")
    parts = re.split(r"«(.*?)»", text)
    read = [part if index % 2 else _formula(part) for index, part in enumerate(parts)]
    return "".join(read)


def _formula(text: str) -> str:
    """Names replaced by their words, signs by those of arithmetic."""
    spaced = re.sub(r"(?<= )x(?= |$)|^x(?= )", "×", text).replace(" / ", " ÷ ")
    spaced = spaced.replace(" - ", " − ").replace(", ", " ; ")
    return _NAME.sub(lambda found: _word(found.group()), spaced)


def _word(name: str) -> str:
    if name in _WORDS:
        return _(_WORDS[name])
    if name.startswith("ceiling"):
        return _("plafond par ETP et par an")
    term = TERMS.get(name)
    if term is not None:
        return term.fr[:1].lower() + term.fr[1:]
    return {"min": _("minimum"), "max": _("maximum")}.get(name, name)


def names_in(rule: str) -> tuple[str, ...]:
    """The names that a rule mentions, once each, in order."""
    return tuple(dict.fromkeys(_NAME.findall(rule)))
