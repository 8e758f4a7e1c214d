"""The terms an award may carry: their codes, how each is written, and where it is filled in."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction
from types import MappingProxyType

from django.utils.translation import gettext as _


class TermKind(StrEnum):
    """How the text of a term is read."""

    EUR = "EUR"
    RATIO = "ratio"
    NUMBER = "number"
    REGIME = "regime"
    SCALES = "scales"
    DAY = "day"
    CODE = "code"
    CHOICE = "choice"
    YES_NO = "yes_no"


UNIT_OF: Mapping[TermKind, str] = MappingProxyType(
    {TermKind.EUR: "EUR", TermKind.RATIO: "ratio", TermKind.NUMBER: "count"}
)


class BadTerm(ValueError):
    """The text of a term cannot be read; the message says how to write it."""


@dataclass(frozen=True)
class TermCode:
    """One kind of term: code, labels and how its text is read.

    `yearly`: the funder decides it again for each exercise, so that an older value may be stale.
    `least` bounds a number from below. `once`: a decision on this award alone (an exception, an
    evaluation), never proposed to the award of the next year.
    """

    code: str
    kind: TermKind
    fr: str
    nl: str
    yearly: bool = False
    least: int = 0
    once: bool = False


_CODES = (
    TermCode("granted", TermKind.EUR, "Montant accordé", "Toegekend bedrag", yearly=True),
    TermCode("fund", TermKind.CODE, "Fonds", "Fonds"),
    TermCode("chamber", TermKind.CODE, "Chambre du fonds", "Kamer van het fonds"),
    TermCode(
        "job_category",
        TermKind.CODE,
        "Catégorie de fonction du fonds",
        "Functiecategorie van het fonds",
    ),
    TermCode("region", TermKind.CODE, "Région ou rôle linguistique", "Gewest of taalrol"),
    TermCode(
        "ceiling",
        TermKind.EUR,
        "Plafond par ETP et par an",
        "Plafond per VTE en per jaar",
        yearly=True,
    ),
    TermCode(
        "premium",
        TermKind.EUR,
        "Prime par ETP et par an",
        "Premie per VTE en per jaar",
        yearly=True,
    ),
    TermCode(
        "premium_type",
        TermKind.CODE,
        "Type de prime de la convention (1 à 19, ou « base »)",
        "Premietype van de overeenkomst (1 tot 19, of « base »)",
    ),
    TermCode("premium_rate", TermKind.RATIO, "Taux de la prime", "Percentage van de premie"),
    TermCode(
        "first_year_amount",
        TermKind.EUR,
        "Montant de la première année",
        "Bedrag van het eerste jaar",
    ),
    TermCode("base_amount", TermKind.EUR, "Montant de base de la décision", "Basisbedrag"),
    TermCode(
        "index_rate", TermKind.RATIO, "Taux d'indexation de l'année", "Indexering", yearly=True
    ),
    TermCode(
        "exceptional_rate",
        TermKind.RATIO,
        "Prime exceptionnelle (part du montant de base non indexé)",
        "Uitzonderlijke premie (aandeel van het niet-geïndexeerde basisbedrag)",
        yearly=True,
    ),
    TermCode(
        "flat_amount",
        TermKind.EUR,
        "Forfait par unité et par an",
        "Forfait per eenheid",
        yearly=True,
    ),
    TermCode("units", TermKind.NUMBER, "Nombre d'unités", "Aantal eenheden"),
    TermCode(
        "liquidation_rate",
        TermKind.RATIO,
        "Taux de liquidation",
        "Vereffeningspercentage",
        yearly=True,
    ),
    TermCode(
        "training_rate",
        TermKind.RATIO,
        "Formation : part des frais de personnel admis",
        "Vorming: aandeel van de toegelaten personeelskosten",
    ),
    TermCode("staff_max", TermKind.EUR, "Maximum frais de personnel", "Maximum personeelskosten"),
    TermCode(
        "running_max", TermKind.EUR, "Maximum frais de fonctionnement", "Maximum werkingskosten"
    ),
    TermCode("training_max", TermKind.EUR, "Maximum formation", "Maximum vorming"),
    TermCode("investment_max", TermKind.EUR, "Maximum petit équipement", "Maximum uitrusting"),
    TermCode(
        "own_share_min",
        TermKind.RATIO,
        "Cofinancement minimum de l'investissement, au-delà du seuil",
        "Minimale eigen bijdrage in de investering, boven de drempel",
    ),
    TermCode(
        "investment_free",
        TermKind.EUR,
        "Investissement admis sans cofinancement",
        "Aanvaarde investering zonder eigen bijdrage",
    ),
    TermCode(
        "small_item_max",
        TermKind.EUR,
        "Petit investissement : maximum par bien",
        "Kleine investering: maximum per goed",
    ),
    TermCode(
        "depreciation_years",
        TermKind.NUMBER,
        "Amortissement : durée en années",
        "Afschrijving: duur in jaren",
        least=1,
    ),
    TermCode(
        "income_deducted",
        TermKind.EUR,
        "Recettes à déduire (usagers, INAMI, honoraires)",
        "Af te trekken ontvangsten",
    ),
    TermCode(
        "other_funding",
        TermKind.EUR,
        "Autre financement public des mêmes coûts, pour l'exercice",
        "Andere overheidsfinanciering van dezelfde kosten, voor het boekjaar",
        yearly=True,
    ),
    TermCode("scales", TermKind.SCALES, "Barèmes admis", "Toegelaten loonschalen"),
    TermCode(
        "index_regime", TermKind.REGIME, "Régime d'indexation de la subvention", "Indexregeling"
    ),
    TermCode(
        "paid_in_period",
        TermKind.YES_NO,
        "Dépense payée dans la période (oui ou non)",
        "Uitgave betaald binnen de periode (ja of nee)",
    ),
    TermCode(
        "annual_amount",
        TermKind.EUR,
        "Montant pour une année entière d'agrément",
        "Bedrag voor een volledig jaar erkenning",
        yearly=True,
    ),
    TermCode(
        "income_users", TermKind.EUR, "Participations des usagers", "Bijdragen van gebruikers"
    ),
    TermCode("income_inami", TermKind.EUR, "Interventions de l'INAMI", "Tegemoetkomingen RIZIV"),
    TermCode("income_fees", TermKind.EUR, "Honoraires perçus", "Ontvangen erelonen"),
    TermCode(
        "envelope",
        TermKind.EUR,
        "Enveloppe fermée à répartir",
        "Te verdelen gesloten enveloppe",
        yearly=True,
    ),
    TermCode(
        "key_share",
        TermKind.RATIO,
        "Part du bénéficiaire dans la clé de répartition",
        "Aandeel van de begunstigde in de verdeelsleutel",
        yearly=True,
    ),
    TermCode(
        "second_sector",
        TermKind.YES_NO,
        "Second secteur représenté (oui ou non)",
        "Tweede sector vertegenwoordigd (ja of nee)",
    ),
    TermCode(
        "form", TermKind.CHOICE, "Forme juridique du bénéficiaire", "Rechtsvorm van de begunstigde"
    ),
    TermCode(
        "reading",
        TermKind.CHOICE,
        "Lecture choisie d'un texte ambigu",
        "Gekozen lezing van een dubbelzinnige tekst",
        yearly=True,
    ),
    TermCode(
        "vge_reference",
        TermKind.NUMBER,
        "VGE : volume global de l'emploi de référence (ETP)",
        "VGE: referentievolume van de totale tewerkstelling (VTE)",
    ),
    TermCode(
        "vep_minimum",
        TermKind.NUMBER,
        "VEP : volume minimum de travailleurs APE (ETP)",
        "VEP: minimumvolume APE-werknemers (VTE)",
    ),
    TermCode(
        "brussels_max",
        TermKind.NUMBER,
        "Maximum de travailleurs APE dans une unité d'établissement bruxelloise",
        "Maximum APE-werknemers in een Brusselse vestigingseenheid",
    ),
    TermCode(
        "volume_reference",
        TermKind.NUMBER,
        "Volume de l'emploi de référence (ETP)",
        "Referentievolume van de tewerkstelling (VTE)",
    ),
    TermCode(
        "volume_tolerance",
        TermKind.RATIO,
        "Baisse du volume de l'emploi tolérée",
        "Toegelaten daling van het tewerkstellingsvolume",
    ),
    TermCode(
        "replacement_months",
        TermKind.NUMBER,
        "Délai pour remplacer un départ (mois)",
        "Termijn om een vertrek te vervangen (maanden)",
    ),
    TermCode("hire_by", TermKind.DAY, "Engagement à faire avant le", "Aan te werven vóór"),
    TermCode(
        "settlement_on",
        TermKind.DAY,
        "Décompte annuel du fonds le",
        "Jaarlijkse afrekening van het fonds op",
        yearly=True,
    ),
    TermCode(
        "overview_on",
        TermKind.DAY,
        "Aperçu annuel du fonds reçu le",
        "Jaaroverzicht van het fonds ontvangen op",
        yearly=True,
    ),
    TermCode("committed_on", TermKind.DAY, "Engagement budgétaire le", "Vastgelegd op"),
    TermCode("accepted_on", TermKind.DAY, "Pièces acceptées le", "Stukken aanvaard op"),
    TermCode(
        "started_early",
        TermKind.YES_NO,
        "Dépenses admises avant la notification (oui ou non)",
        "Uitgaven vóór de kennisgeving aanvaard (ja of nee)",
        once=True,
    ),
    TermCode(
        "evaluation",
        TermKind.CHOICE,
        "Évaluation de la période, du premier au dernier jour évalué",
        "Evaluatie van de periode, van de eerste tot de laatste geëvalueerde dag",
        once=True,
    ),
    TermCode("justify_by", TermKind.DAY, "Justification avant le", "Verantwoording vóór"),
)
TERMS: Mapping[str, TermCode] = MappingProxyType({term.code: term for term in _CODES})


_NUMBER = re.compile(r"\d{1,10}(\.\d{1,8})?(/[1-9]\d{0,5})?", re.ASCII)
PREMIUM_TYPES = 19
"""How many types of premium the ACS scheme has; their numbers are ours, no list was found."""
_BASE = "base"
_YES_NO = {"oui": True, "ja": True, "non": False, "nee": False}
_MOST = {TermKind.EUR: 9_999_999_999, TermKind.RATIO: 1, TermKind.NUMBER: 10_000}


def read_number(code: str, text: str) -> Fraction:
    """The exact value of a term written as a number: "98 %", "0,98", "1/3", "46607.60".

    Raises:
        BadTerm: not a number, an amount with more than two decimals, or out of bounds (a rate is
            at most 100 %).
    """
    kind = TERMS[code].kind
    compact = "".join(text.split()).replace(",", ".").removesuffix("EUR")
    digits = compact.removesuffix("%")
    if digits.startswith("-"):
        raise BadTerm(_("« %(text)s » est négatif.") % {"text": text})
    if not _NUMBER.fullmatch(digits):
        raise BadTerm(_("« %(text)s » n'est pas un nombre écrit en chiffres.") % {"text": text})
    whole, _slash, part = digits.partition("/")
    value = Fraction(whole) / int(part or 1) / (100 if compact.endswith("%") else 1)
    if kind is TermKind.EUR and (value * 100).denominator != 1:
        raise BadTerm(_("« %(text)s » a plus de deux décimales.") % {"text": text})
    if value < TERMS[code].least:
        raise BadTerm(
            _("« %(text)s » : il faut au moins %(least)s.")
            % {"text": text, "least": TERMS[code].least}
        )
    if value > _MOST[kind]:
        advice = _("écrivez « 95 % » ou 0,95") if kind is TermKind.RATIO else _("vérifiez-le")
        raise BadTerm(
            _("« %(text)s » dépasse %(most)s : %(advice)s.")
            % {"text": text, "most": _MOST[kind], "advice": advice}
        )
    return value


def read_day(text: str) -> date:
    """The day written in a term of kind day, as YYYY-MM-DD.

    Raises:
        BadTerm: not a day of the calendar.
    """
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise BadTerm(
            _("« %(text)s » n'est pas une date (AAAA-MM-JJ).") % {"text": text}
        ) from error


def read_yes_no(text: str) -> bool:
    """The answer written in a term of kind yes_no.

    Raises:
        BadTerm: neither yes nor no.
    """
    answer = _YES_NO.get(text.strip().casefold())
    if answer is None:
        raise BadTerm(_("« %(text)s » n'est ni « oui » ni « non ».") % {"text": text})
    return answer


def read_choice(value: str, choices: Mapping[str, str]) -> str:
    """The code chosen in a term of kind choice, among those of the scheme with their words.

    Raises:
        BadTerm: the scheme has no such choice; the message lists those that it has.
    """
    if value.strip() in choices:
        return value.strip()
    listed = " ; ".join(f"{code} ({words})" for code, words in choices.items())
    if not listed:
        raise BadTerm(_("Ce régime n'a pas de choix à faire pour ce terme : videz-le."))
    raise BadTerm(
        _("« %(text)s » n'est pas un choix de ce régime : %(listed)s.")
        % {"text": value, "listed": listed}
    )


def premium_figure(text: str) -> str:
    """The short name of the figure of a type of premium: "7" is `premium_type_07`.

    Raises:
        BadTerm: neither "base" nor a number of the table.
    """
    kind = text.strip().casefold()
    if kind == _BASE:
        return "base_premium"
    if re.fullmatch(r"[0-9]{1,2}", kind) and 1 <= int(kind) <= PREMIUM_TYPES:
        return f"premium_type_{int(kind):02d}"
    raise BadTerm(
        _("« %(text)s » n'est ni « base » ni un numéro de type de 1 à %(most)d.")
        % {"text": text, "most": PREMIUM_TYPES}
    )


def read_term(code: str, value: str, choices: Mapping[str, str] | None = None) -> None:
    """Check that the text of a term can be read; an unknown code or no text is left to the caller.

    Args:
        code: the term.
        value: its text.
        choices: what a term of kind choice may say under the scheme of its award; None while the
            scheme is not known.

    Raises:
        BadTerm: it cannot.
    """
    if code not in TERMS or not value:
        return
    kind = TERMS[code].kind
    if code == "premium_type":
        premium_figure(value)
    elif kind in UNIT_OF:
        read_number(code, value)
    elif kind is TermKind.DAY:
        read_day(value)
    elif kind is TermKind.YES_NO:
        read_yes_no(value)
    elif kind is TermKind.CHOICE and choices is not None:
        read_choice(value, choices)
