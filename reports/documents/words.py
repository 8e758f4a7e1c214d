"""The words of the documents: codes of the product as their reader says them."""

import re

from django.utils.translation import gettext as _

from backoffice.engine.sheet import FigureUse
from backoffice.web.templatetags.labels import said
from backoffice.web.templatetags.money import NARROW, day, spaced
from backoffice.web.words import Spoken
from grants.terms import PREMIUM_TYPES, TERMS
from reports.dossier import Cover, Dossier


def unknown() -> str:
    """What is not known is said."""
    return _("inconnu")


HEADS = Spoken(
    {
        "staff": "Frais de personnel",
        "training": "Formation",
        "running": "Fonctionnement",
        "investment": "Petit équipement",
    }
)
STATUSES = Spoken(
    {
        "confirmed": "confirmé",
        "to_confirm": "à confirmer",
        "forecast": "prévision",
        "missing": "manquant",
        "repealed": "abrogé",
    }
)
LEVELS = Spoken({"error": "Erreur", "warning": "Avertissement", "info": "Information"})
EVIDENCE = Spoken(
    {
        "diploma": "Diplôme",
        "contract": "Contrat de travail",
        "amendment": "Avenant au contrat",
        "derogation": "Dérogation de qualification",
        "seniority": "Attestation d'ancienneté",
        "account": "Compte individuel",
        "invoice": "Facture",
        "payment": "Preuve de paiement",
    }
)
UNITS = Spoken(
    {
        "EUR": "EUR",
        "hours": "heures",
        "days": "jours",
        "ratio": "rapport",
        "count": "nombre",
        "day": "jour",
        "head": "rubrique",
        "months": "mois",
        "years": "années",
        "index": "indice",
        "FTE": "ETP",
        "EUR/year": "EUR/an",
        "EUR/quarter": "EUR/trimestre",
        "EUR/month": "EUR/mois",
        "EUR/day": "EUR/jour",
        "EUR/hour": "EUR/heure",
        "EUR/FTE/year": "EUR/ETP/an",
        "EUR/FTE/month": "EUR/ETP/mois",
        "EUR/unit/year": "EUR/unité/an",
        "FTE/unit": "ETP/unité",
        "hours/week": "heures/semaine",
        "hours/year": "heures/an",
    }
)
# What the rules of the engine are made of; the terms of an award add their own names.
_RULES = Spoken(
    {
        "full": "sans maximum",
        "excluded": "non subventionné",
        "cost x hours x days / contract": "coût x heures x jours / contrat",
        "hours / full_time x days / month x paid / due": (
            "heures / temps plein x jours / mois x payé / dû"
        ),
        "min(payable of earlier awards on these hours, eligible)": (
            "le plus petit de : payable des subventions précédentes sur ces heures, coût éligible"
        ),
        "admissible, within the head and the grant": (
            "admissible, dans la limite de la rubrique et du montant accordé"
        ),
        "share of the invoice": "part de la facture",
        "incurred (and paid) in the period": "engagé (et payé) dans la période",
        "min(sum of presented, bound)": "le plus petit de : somme du présenté, maximum du groupe",
        "scale_base x coefficient / 12, then capped events": (
            "barème à 100 % x coefficient / 12, puis indexations plafonnées"
        ),
    }
)
_NAMES = Spoken(
    {
        "sum over the group of": "somme, sur le groupe, de",
        "product of": "produit des",
        "december_index": "indice santé de décembre avant l'exercice",
        "december_before_first_year": "indice santé de décembre avant la première année",
        "frame FTE": "ETP du cadre",
        "approved months": "mois d'agrément",
        "assigned FTE": "ETP affectés",
        "post FTE": "ETP des postes",
        "post": "ETP du poste",
        "admitted": "coût admis",
        "admissible staff": "frais de personnel admissibles",
        "presented": "présenté",
        "payable": "payable",
        "eligible": "coût éligible",
        "deducted": "déjà payé",
        "within_scale": "coût dans le barème",
        "within_frame": "coût dans le cadre",
        "of_the_form": "coût des fonctions financées",
        "where the form finances the function else 0": (
            "si la forme juridique finance la fonction, sinon 0"
        ),
        "scale_month": "mois de barème",
        "premium_month": "prime du mois",
        "ceiling_319": "plafond du fonds 319",
        "ceiling_329_02": "plafond du fonds 329.02",
        "ceiling_329_03": "plafond du fonds 329.03",
        "ceiling_332": "plafond du fonds 332",
        "scale_maximum": "maximum du barème",
        "base_premium": "prime de base",
        "admitted_gross": "brut admis",
        "admitted_charges": "charges admises",
        "scale_base": "barème à 100 %",
        "gross": "brut",
        "charges": "charges",
        "benefits": "autres éléments",
        "hours": "heures",
        "months": "mois",
        "fte": "ETP",
        "full_time": "temps plein",
    }
)
_PREMIUMS = {f"premium_type_{n:02d}": n for n in range(1, PREMIUM_TYPES + 1)}
_ALL = {**TERMS, **_PREMIUMS, **dict.fromkeys(_NAMES)}
_KNOWN = re.compile(
    r"(?<!\w)(" + "|".join(sorted(map(re.escape, _ALL), key=len, reverse=True)) + r")(?!\w)"
)


def rule_text(rule: str) -> str:
    """A rule of the engine in words; a name that has no word stays as it is."""
    words = _RULES.get(rule)
    if words is None:
        words = _KNOWN.sub(lambda found: _word(found.group()), rule.replace(", ", _(" ; ")))
    return words.replace(" x ", " \u00d7 ").replace(" - ", " \u2212 ")


def _word(name: str) -> str:
    """A name of a rule: one of the engine's own, or that of a term of letters."""
    if name in _NAMES:
        return _NAMES[name]
    if name in _PREMIUMS:
        return _("prime de type %s") % _PREMIUMS[name]
    words = said(TERMS[name].words)
    return words[:1].lower() + words[1:]


def without_capital(words: str) -> str:
    """A label inside a sentence: a small first letter, unless the first word is in capitals."""
    first = words.split(" ", 1)[0]
    return words if first[1:] != first[1:].lower() else words[:1].lower() + words[1:]


def unit_text(unit: str) -> str:
    """A unit as French paper writes it."""
    return UNITS.get(unit, unit)


def figure_text(use: FigureUse) -> str:
    """The value of a figure as published, a number in French, with its unit when it has one."""
    return figure_amount(use.text, use.unit)


def figure_amount(text: str, unit: str) -> str:
    """A published number in French, with its unit when it has one."""
    found = re.fullmatch(r"(-?\d+(?:\.\d+)?)( ?%)?", text)
    if found is not None:
        text = spaced(found[1]) + (f"{NARROW}%" if found[2] else "")
    return text if unit in {"ratio", "index", "count"} else f"{text} {unit_text(unit)}"


def head_text(dossier: Dossier, name: str) -> str:
    """The label of a head: the one of the dossier, or the usual one when it has no such head."""
    labels = {head.name: said(head.label) for head in dossier.heads}
    return labels.get(name, HEADS.get(name, name))


def enterprise_number(number: str) -> str:
    """A number of the enterprise register as 0123.456.789; any other text as it is."""
    if re.fullmatch(r"\d{10}", number):
        return f"{number[:4]}.{number[4:7]}.{number[7:]}"
    return number


def iban(number: str) -> str:
    """An IBAN in groups of four characters."""
    return " ".join(re.findall(".{1,4}", number.replace(" ", "")))


def letter_text(cover: Cover) -> str:
    """The letter and its day, or that it has not come."""
    if cover.letter_on is None:
        return _("inconnue (lettre à recevoir)")
    return _("%(reference)s du %(day)s") % {
        "reference": cover.letter_reference,
        "day": day(cover.letter_on),
    }


def marks(cover: Cover) -> list[str]:
    """What must be said on every page: invented data, draft or frozen version."""
    if cover.final:
        standing = _("VERSION DÉFINITIVE N° %(number)s") % {"number": cover.version}
    else:
        standing = _("PROJET \u2014 NON DÉFINITIF")
    return [*([_("DEMO \u2014 DONNÉES INVENTÉES, SANS VALEUR")] if cover.demo else []), standing]
