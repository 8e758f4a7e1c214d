"""The terms an award may carry: their codes, how each is written, and where it is filled in."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
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


UNIT_OF: Mapping[TermKind, str] = MappingProxyType(
    {TermKind.EUR: "EUR", TermKind.RATIO: "ratio", TermKind.NUMBER: "count"}
)


class BadTerm(ValueError):
    """The text of a term cannot be read; the message says how to write it."""


@dataclass(frozen=True)
class TermCode:
    """One kind of term: code, labels and how its text is read."""

    code: str
    kind: TermKind
    fr: str
    nl: str


_CODES = (
    TermCode("granted", TermKind.EUR, "Montant accordé", "Toegekend bedrag"),
    TermCode("fund", TermKind.CODE, "Fonds ou chambre", "Fonds of kamer"),
    TermCode("ceiling", TermKind.EUR, "Plafond par ETP et par an", "Plafond per VTE en per jaar"),
    TermCode("premium", TermKind.EUR, "Prime par ETP et par an", "Premie per VTE en per jaar"),
    TermCode("premium_rate", TermKind.RATIO, "Taux de la prime", "Percentage van de premie"),
    TermCode("base_amount", TermKind.EUR, "Montant de base de la décision", "Basisbedrag"),
    TermCode("index_rate", TermKind.RATIO, "Taux d'indexation de l'année", "Indexering"),
    TermCode(
        "exceptional_rate",
        TermKind.RATIO,
        "Prime exceptionnelle (part du montant de base non indexé)",
        "Uitzonderlijke premie (aandeel van het niet-geïndexeerde basisbedrag)",
    ),
    TermCode("flat_amount", TermKind.EUR, "Forfait par unité et par an", "Forfait per eenheid"),
    TermCode("units", TermKind.NUMBER, "Nombre d'unités", "Aantal eenheden"),
    TermCode("liquidation_rate", TermKind.RATIO, "Taux de liquidation", "Vereffeningspercentage"),
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
        "income_deducted",
        TermKind.EUR,
        "Recettes à déduire (usagers, INAMI, honoraires)",
        "Af te trekken ontvangsten",
    ),
    TermCode("scales", TermKind.SCALES, "Barèmes admis", "Toegelaten loonschalen"),
    TermCode(
        "index_regime", TermKind.REGIME, "Régime d'indexation de la subvention", "Indexregeling"
    ),
    TermCode("justify_by", TermKind.DAY, "Justification avant le", "Verantwoording vóór"),
)
TERMS: Mapping[str, TermCode] = MappingProxyType({term.code: term for term in _CODES})


def read_number(code: str, text: str) -> Fraction:
    """The exact value of a term written as a number: "98 %", "0,98", "1/3", "46607.60".

    Raises:
        BadTerm: not a number, or an amount with more than two decimals.
    """
    kind = TERMS[code].kind
    compact = text.replace(" ", "").replace("\u00a0", "").replace(",", ".").removesuffix("EUR")
    percent = compact.endswith("%")
    try:
        value = Fraction(compact.removesuffix("%"))
        if "/" not in compact:
            Decimal(compact.removesuffix("%"))
    except (ValueError, InvalidOperation, ZeroDivisionError) as error:
        raise BadTerm(_("« %(text)s » n'est pas un nombre.") % {"text": text}) from error
    if percent:
        value /= 100
    if kind is TermKind.EUR and (value * 100).denominator != 1:
        raise BadTerm(_("« %(text)s » a plus de deux décimales.") % {"text": text})
    if value < 0:
        raise BadTerm(_("« %(text)s » est négatif.") % {"text": text})
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
