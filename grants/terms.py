"""The terms an award may carry: their codes, how each is written, and where it is filled in."""

import csv
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction
from pathlib import Path
from types import MappingProxyType

from backoffice.web.numbers import point_decimal
from backoffice.web.sentences import gettext as _

FILE = Path(__file__).with_name("terms.csv")
_FLAG = {"yes": True, "": False}


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

    @property
    def words(self) -> Mapping[str, str]:
        return {"fr": self.fr, "nl": self.nl}


def _codes() -> Iterator[TermCode]:
    """The rows of the file, in their order."""
    with FILE.open(newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            yield TermCode(
                row["code"],
                TermKind(row["kind"]),
                row["fr"],
                row["nl"],
                yearly=_FLAG[row["yearly"]],
                least=int(row["least"] or 0),
                once=_FLAG[row["once"]],
            )


TERMS: Mapping[str, TermCode] = MappingProxyType({term.code: term for term in _codes()})


_NUMBER = re.compile(r"\d{1,10}(\.\d{1,8})?(/[1-9]\d{0,5})?", re.ASCII)
PREMIUM_TYPES = 19
"""How many types of premium the ACS scheme has; their numbers are ours, no list was found."""
_BASE = "base"
_CENT = 2
_YES_NO = {"oui": True, "ja": True, "non": False, "nee": False}
_MOST = {TermKind.EUR: 9_999_999_999, TermKind.RATIO: 1, TermKind.NUMBER: 10_000}


def read_number(code: str, text: str) -> Fraction:
    """The exact value of a term written as a number: "98 %", "0,98", "1/3", "46607.60".

    Raises:
        BadTerm: not a number, an amount with more than two decimals, or out of bounds (a rate is
            at most 100 %).
    """
    kind = TERMS[code].kind
    compact = point_decimal(text).removesuffix("EUR").removesuffix("€")
    digits = compact.removesuffix("%")
    if digits.startswith("-"):
        raise BadTerm(_("« %(text)s » est négatif.") % {"text": text})
    if compact != digits and kind is not TermKind.RATIO:
        raise BadTerm(_("« %(text)s » : ce terme n'est pas un pourcentage.") % {"text": text})
    if not _NUMBER.fullmatch(digits):
        raise BadTerm(_("« %(text)s » n'est pas un nombre écrit en chiffres.") % {"text": text})
    whole, _slash, part = digits.partition("/")
    value = Fraction(whole) / int(part or 1) / (100 if compact.endswith("%") else 1)
    # "318.000" is refused: who groups thousands by a point does not mean 318 EUR.
    decimals = len(whole.partition(".")[2])
    if kind is TermKind.EUR and (decimals > _CENT or (value * 100).denominator != 1):
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
    listed = _(" ; ").join(f"{code} ({words})" for code, words in choices.items())
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
