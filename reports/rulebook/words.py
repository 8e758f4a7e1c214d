"""The words of the rule book: codes of the packs as a lawyer reads them, in two languages."""

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from types import MappingProxyType

from backoffice.engine.sheet import labels
from backoffice.federation.vocabulary import Diploma
from backoffice.web.templatetags.labels import in_french
from backoffice.web.templatetags.money import day, spaced
from grants.stacking import TONE_WORDS
from grants.terms import TERMS
from reports.documents.words import UNITS
from reports.rulebook.content import Text, told

SHAPES: Mapping[str, Text] = MappingProxyType(
    {
        "real_cost": labels(
            "Coût réel : le brut compte jusqu'au barème admis, les charges dans la même "
            "proportion, les autres éléments en entier ; les ETP au-dessus des postes sont "
            "retranchés mois par mois ; ce que d'autres subventions paient sur les mêmes heures "
            "est déduit.",
            "Werkelijke kost: het bruto telt tot de toegelaten loonschaal, de lasten in dezelfde "
            "verhouding, de andere elementen volledig; VTE boven de posten vallen maand per maand "
            "weg; wat andere subsidies voor dezelfde uren betalen, wordt afgetrokken.",
        ),
        "capped_cost": labels(
            "Coût plafonné : le plus petit du coût admis et de plafond \u00d7 ETP financés / 12, "
            "par mois.",
            "Begrensde kost: het kleinste van de aanvaarde kost en grensbedrag \u00d7 "
            "gefinancierde VTE / 12, per maand.",
        ),
        "indexed_amount": labels(
            "Montant de base indexé : il borne le total des coûts admis, qui se prouvent.",
            "Geïndexeerd basisbedrag: het begrenst het totaal van de aanvaarde kosten, die bewezen "
            "worden.",
        ),
        "indexed_cost": labels(
            "Coût réel dans la limite d'un montant indexé accordé.",
            "Werkelijke kost binnen een toegekend geïndexeerd bedrag.",
        ),
        "envelope_share": labels(
            "Coûts réels dans la part d'une enveloppe fermée : enveloppe \u00d7 part de la clé.",
            "Werkelijke kosten binnen het aandeel in een gesloten enveloppe: enveloppe \u00d7 "
            "aandeel in de sleutel.",
        ),
        "post_premium": labels(
            "Prime du poste : prime \u00d7 taux \u00d7 ETP / 12, dans la limite du coût.",
            "Premie van de post: premie \u00d7 percentage \u00d7 VTE / 12, begrensd door de kost.",
        ),
        "flat_amount": labels(
            "Forfait \u00d7 nombre d'unités \u00d7 taux de liquidation, dans la limite des coûts "
            "prouvés.",
            "Forfait \u00d7 aantal eenheden \u00d7 vereffeningspercentage, begrensd door de "
            "bewezen kosten.",
        ),
    }
)
OPTIONS: Mapping[str, Text] = MappingProxyType(
    {
        "bound": labels(
            "La borne par ETP se compare au coût par {value}.",
            "De grens per VTE wordt met de kost vergeleken per {value}.",
        ),
        "scale_bound": labels(
            "La rémunération est bornée par le barème que la lettre admet.",
            "Het loon is begrensd door de loonschaal die de brief toelaat.",
        ),
        "framed": labels(
            "Les ETP sont bornés par les postes de la subvention, fonction par fonction.",
            "De VTE zijn begrensd door de posten van de subsidie, functie per functie.",
        ),
        "paid_in_period": labels(
            "Une dépense compte si elle est engagée et payée dans la période.",
            "Een uitgave telt als ze in de periode is aangegaan en betaald.",
        ),
        "approval_months": labels(
            "La subvention va au prorata des mois d'agrément ({value}).",
            "De subsidie gaat naar rato van de erkenningsmaanden ({value}).",
        ),
        "ends_on_move": labels(
            "L'agrément prend fin si le siège change d'adresse ({value}).",
            "De erkenning eindigt als de zetel van adres verandert ({value}).",
        ),
        "hired_for": labels(
            "Le travailleur est engagé pour ce régime, comme demandeur d'emploi ({value}).",
            "De werknemer is voor deze regeling aangeworven, als werkzoekende ({value}).",
        ),
        "approval_max": labels(
            "La durée de l'agrément a un maximum : valeur « {value} ».",
            "De duur van de erkenning heeft een maximum: waarde “{value}”.",
        ),
        "staff_share_min": labels(
            "Les frais de personnel justifient au moins une part de la subvention.",
            "De personeelskosten verantwoorden minstens een deel van de subsidie.",
        ),
        "granted_min": labels(
            "Pour un exercice complet, le montant accordé n'est pas inférieur aux minima du texte.",
            "Voor een volledig boekjaar ligt het toegekende bedrag niet onder de minima van de "
            "tekst.",
        ),
        "after_notification": labels(
            "Rien n'est admis avant la notification, pour une lettre à partir du {value}.",
            "Niets wordt aanvaard vóór de kennisgeving, voor een brief vanaf {value}.",
        ),
        "period_years": labels(
            "Durée en années de la première période, puis de chaque prolongation : {value}.",
            "Duur in jaren van de eerste periode, dan van elke verlenging: {value}.",
        ),
        "earlier_years": labels(
            "Années de subventions antérieures du même pouvoir demandées : {value}.",
            "Gevraagde jaren van eerdere subsidies van dezelfde overheid: {value}.",
        ),
        "analytical_account": labels(
            "Chaque agrément a son compte analytique ({value}).",
            "Elke erkenning heeft haar analytische rekening ({value}).",
        ),
        "qbis_since": labels(
            "La DmfA dit les heures financées de chaque travailleur (Qbis) depuis le {value}.",
            "De DmfA zegt de gefinancierde uren van elke werknemer (Qbis) sinds {value}.",
        ),
        "provisional": labels(
            "Les crédits provisoires de {years} s'en tiennent aux montants de {of} ({article}).",
            "De voorlopige kredieten van {years} houden zich aan de bedragen van {of} ({article}).",
        ),
    }
)
TREATMENTS: Mapping[str, Text] = MappingProxyType(
    {
        "full": labels("admis", "aanvaard"),
        "excluded": labels("exclu", "uitgesloten"),
        "capped": labels("admis jusqu'à un maximum par ETP", "aanvaard tot een maximum per VTE"),
        "deduct": labels(
            "admis, moins ce que d'autres en paient", "aanvaard, min wat anderen ervan betalen"
        ),
    }
)
EFFECTS: Mapping[str, Text] = MappingProxyType(
    {
        "repay_unjustified": labels(
            "la partie non justifiée se rembourse", "het niet-verantwoorde deel wordt terugbetaald"
        ),
        "stop_advances": labels("les avances s'arrêtent", "de voorschotten stoppen"),
        "lose_award": labels("la subvention est perdue", "de subsidie gaat verloren"),
        "suspend_funder": labels(
            "les paiements de ce pouvoir sont suspendus",
            "de betalingen van deze overheid worden opgeschort",
        ),
    }
)
LEVELS: Mapping[str, Text] = MappingProxyType(
    {
        "error": labels("erreur, bloque", "fout, blokkeert"),
        "warning": labels("avertissement, s'accepte nommément", "waarschuwing, aanvaard bij naam"),
        "info": labels("information", "informatie"),
    }
)
ORIGINS: Mapping[str, Text] = MappingProxyType(
    {
        "minimum": labels("minimum", "minimum"),
        "complementary": labels("complémentaire", "aanvullend"),
        "antenna": labels("par antenne", "per antenne"),
    }
)
TONES = TONE_WORDS
_BOUNDS = {
    "worker_month": labels("travailleur et par mois", "werknemer en per maand"),
    "post_year": labels("poste et par exercice", "post en per boekjaar"),
}
_DIPLOMAS_NL = {
    "master": "Master",
    "bachelor": "Bachelor",
    "cess": "Diploma secundair onderwijs",
    "other": "Ander",
}
_UNITS_NL = {
    "heures": "uren",
    "heure": "uur",
    "jours": "dagen",
    "jour": "dag",
    "rapport": "verhouding",
    "nombre": "aantal",
    "mois": "maand",
    "années": "jaren",
    "indice": "index",
    "ETP": "VTE",
    "an": "jaar",
    "trimestre": "kwartaal",
    "semaine": "week",
    "unité": "eenheid",
}
_PERCENT = 100


def diploma(code: str) -> Text:
    """The least diploma of a function; which one is not known is said."""
    if not code:
        return labels("inconnu", "onbekend")
    return labels(in_french(Diploma(code).label), _DIPLOMAS_NL[code])


def unit(code: str) -> Text:
    """A unit in both languages."""
    french = UNITS.french(code)
    return labels(french, "/".join(_UNITS_NL.get(part, part) for part in french.split("/")))


def head_rule(rule: str) -> Text:
    """What a head may contain: all, nothing, or up to a term of the letter."""
    if rule in {"full", "excluded"}:
        return {
            "full": labels("admis, sans maximum", "aanvaard, zonder maximum"),
            "excluded": labels("non financé", "niet gefinancierd"),
        }[rule]
    term = TERMS[rule.removeprefix("optional:")]
    if rule.startswith("optional:"):
        return labels(
            f"maximum si la lettre en donne un : {term.fr.lower()}",
            f"maximum als de brief er een geeft: {term.nl.lower()}",
        )
    return labels(f"maximum : {term.fr.lower()}", f"maximum: {term.nl.lower()}")


def option(code: str, value: object) -> Text:
    """A switch of the calculation in words."""
    words = OPTIONS.get(code, labels(f"{code} : {{value}}", f"{code}: {{value}}"))
    if isinstance(value, Mapping):
        parts = {key: told(_listed(part)) for key, part in value.items()}
        return {
            lang: text.format(**{key: part[lang] for key, part in parts.items()})
            for lang, text in words.items()
        }
    said = _BOUNDS.get(str(value), told(_listed(value)))
    return {lang: text.format(value=said[lang]) for lang, text in words.items()}


def _listed(part: object) -> str:
    if isinstance(part, date):
        return day(part)
    return ", ".join(map(str, part)) if isinstance(part, list) else str(part)


def percent(share: Fraction) -> str:
    """A share as a percentage, or as a fraction where it has no short decimal."""
    hundredth = share * _PERCENT
    if (hundredth * _PERCENT).denominator != 1:
        return str(share)
    whole, part = divmod(int(hundredth * _PERCENT), _PERCENT)
    decimals = f".{part:02d}".rstrip("0") if part else ""
    return f"{spaced(f'{whole}{decimals}')} %"


def span(since: date | None, until: date | None) -> Text | None:
    """From when to when (excluded) something holds, None when no day bounds it."""
    if since and until:
        return labels(
            f"du {day(since)} au {day(until)} exclu", f"van {day(since)} tot {day(until)} exclusief"
        )
    if since:
        return labels(f"depuis le {day(since)}", f"sinds {day(since)}")
    return labels(f"jusqu'au {day(until)} exclu", f"tot {day(until)} exclusief") if until else None
