"""One value of a patch: exact, of the form that its kind asks for."""

import re
from datetime import date, datetime
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _

from backoffice.engine.scenario.patch import Value
from reports.scenarios.kinds import BOUNDS, Form
from reports.scenarios.scenario import Reference, Source, Written

_NUMBER = re.compile(r"-?\d{1,12}(\.\d{1,12})?|-?\d{1,12}/[1-9]\d{0,8}", re.ASCII)
_MOST = 10**12
_TEXT = 200


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


def value_of(name: str, given: Any, form: Form) -> Written:
    """A value of a file as a patch takes it.

    Raises:
        Unreadable: it has not the form that is asked.
    """
    if isinstance(given, dict):
        return _reference(name, given)
    try:
        return within(name, _plain(given, form))
    except Unreadable as error:
        raise Unreadable(_("%(name)s : %(why)s") % {"name": name, "why": error}) from None


def within(name: str, value: Value) -> Value:
    """A value that lies where it can.

    Raises:
        Unreadable: it lies beyond.
    """
    least, most = BOUNDS.get(name, (-_MOST, _MOST))
    if isinstance(value, int | Fraction) and not least <= value <= most:
        raise Unreadable(
            _("la valeur doit être entre %(least)s et %(most)s.") % {"least": least, "most": most}
        )
    return value


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
