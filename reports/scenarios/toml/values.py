"""One value of a patch: exact, of the form that its kind asks for."""

import re
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _

from backoffice.engine.scenario.patch import Value
from reports.scenarios.kinds import BOUNDS, Form, form_of
from reports.scenarios.scenario import Reference, Source, Written

_NUMBER = re.compile(r"-?\d{1,12}(\.\d{1,12})?|-?\d{1,12}/[1-9]\d{0,8}", re.ASCII)
_MOST = 10**12
_TEXT = 200


@dataclass(frozen=True)
class Decimal:
    """A decimal of a file, as written: what it says is looked at where its patch is read."""

    written: str


class Unreadable(ValueError):
    """A value that cannot be read; the message names it and says how to write it."""


def exact(written: str) -> Fraction:
    """A number written in digits, with a point or as a fraction.

    Raises:
        Unreadable: it is written in another way, or too large.
    """
    if not _NUMBER.fullmatch(written):
        raise Unreadable(
            _("« %s » n'est pas un nombre : écrivez 1234.56, 0.95 ou 1/38.") % written[:40]
        )
    return Fraction(written)


def value_of(kind: str, name: str, given: Any) -> Written:
    """A value of a file as a patch of a kind takes it.

    Raises:
        Unreadable: it has not the form that is asked, or lies beyond its bounds.
    """
    if isinstance(given, dict):
        return _reference(name, given)
    try:
        return within(kind, name, _plain(given, form_of(kind, name)))
    except Unreadable as error:
        raise Unreadable(_("%(name)s : %(why)s") % {"name": name, "why": error}) from None


def within(kind: str, name: str, value: Value) -> Value:
    """A value of a patch of a kind, that lies where it can.

    Raises:
        Unreadable: it lies beyond.
    """
    bounds = BOUNDS[kind].get(name)
    if bounds is None or isinstance(value, bool) or not isinstance(value, int | Fraction):
        return value
    words = {"value": digits(value), "least": bounds.least, "most": bounds.most}
    if bounds.whole and Fraction(value).denominator != 1:
        raise Unreadable(
            _("%(value)s n'est pas un nombre entier : écrivez-en un entre %(least)s et %(most)s.")
            % words
        )
    if not bounds.least <= value <= bounds.most:
        raise Unreadable(
            _("%(value)s est hors des bornes : la valeur doit être entre %(least)s et %(most)s.")
            % words
        )
    return value


def digits(number: int | Fraction) -> str:
    """In decimals where they end within twelve, as a fraction otherwise."""
    for places in range(13):
        whole = Fraction(number) * 10**places
        if whole.denominator == 1:
            sign, written = "-" if number < 0 else "", f"{abs(whole.numerator):0{places + 1}}"
            return sign + (f"{written[:-places]}.{written[-places:]}" if places else written)
    return f"{number.numerator}/{number.denominator}"


def _plain(given: Any, form: Form) -> Value:
    if form is Form.TRUE:
        if given is not True:
            raise Unreadable(_("écrivez true, ou retirez la modification."))
        return True
    if form is Form.DAY:
        return day_of(given)
    if isinstance(given, str) and form is not Form.NUMBER:
        return _word(given, form)
    return number_of(given)


def number_of(given: Any) -> int | Fraction:
    """A number: a whole one, a decimal read exactly, or a text in digits.

    Raises:
        Unreadable: it is something else.
    """
    given = given.written if isinstance(given, Decimal) else given
    if isinstance(given, bool) or not isinstance(given, (int, Fraction, str)):
        raise Unreadable(_("un nombre est attendu."))
    number = exact(given) if isinstance(given, str) else Fraction(given)
    if abs(number) >= _MOST:
        raise Unreadable(_("ce nombre est trop grand."))
    return int(number) if number.denominator == 1 else number


def day_of(given: Any) -> date:
    """A day, not an instant.

    Raises:
        Unreadable: it is something else.
    """
    if not isinstance(given, date) or isinstance(given, datetime):
        raise Unreadable(_("un jour est attendu, sans guillemets : 2027-01-01."))
    return given


def _word(given: str, form: Form) -> Value:
    if form is Form.EITHER and _NUMBER.fullmatch(given):
        return number_of(given)
    if not given.strip() or len(given) > _TEXT:
        raise Unreadable(_("un mot est attendu, de 200 signes au plus."))
    return given


def _reference(name: str, given: dict[str, Any]) -> Reference:
    known = [one.value for one in Source]
    if len(given) == 1:
        [(source, code)] = given.items()
        if source in known and isinstance(code, str) and code:
            return Reference(Source(source), code)
    raise Unreadable(
        _(
            '%(name)s : écrivez une valeur, { assumption = "code" } pour une hypothèse de la '
            'fédération ou { parameter = "nom" } pour un choix.'
        )
        % {"name": name}
    )
