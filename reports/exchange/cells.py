"""Reads one cell: what a person or a spreadsheet put there becomes a canonical value."""

from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from types import MappingProxyType

from stdnum.be import vat
from stdnum.exceptions import ValidationError as NumberError

from backoffice.federation.identities import numbers
from backoffice.web.sentences import gettext as _
from reports.exchange.choices import choices
from reports.exchange.columns import Column, Kind, Value
from reports.exchange.days import DAY_FIRST, day_of, read_day, read_month, read_quarter
from reports.exchange.escaping import unescape
from reports.exchange.folding import fold, folded_choices
from reports.exchange.numbers import (
    decimal_of,
    plain,
    read_decimal,
    read_integer,
    read_share,
    read_year,
)
from reports.exchange.raw import ERROR_TEXTS, BadCell, Raw, formula_error, is_blank

LISTED = 12
_YES = frozenset({"oui", "o", "yes", "ja", "vrai", "true", "1", "x"})
_NO = frozenset({"non", "n", "no", "nee", "faux", "false", "0"})


def read_cell(column: Column, raw: Raw) -> Value:
    """The canonical value of one cell; a blank gives the column's default.

    Raises:
        BadCell: blank where something is required, of another kind, or out of bounds.
    """
    if is_blank(raw):
        if column.required:
            raise BadCell(
                "required", _("Cette cellule est obligatoire."), _("Complétez-la : ") + column.help
            )
        return column.default
    if isinstance(raw, str) and raw.strip().upper() in ERROR_TEXTS:
        raise formula_error(raw.strip())
    return _READERS[column.kind](column, raw)


def _text(column: Column, raw: Raw) -> str:
    if isinstance(raw, str):
        found = unescape(raw.strip())
    elif isinstance(raw, date):
        found = raw.isoformat()
    elif (number := decimal_of(raw)) is not None:
        found = plain(number)
    else:
        raise BadCell("not_text", _("Cette cellule n'est pas un texte."), _("Écrivez un texte."))
    if column.length and len(found) > column.length:
        raise BadCell(
            "too_long",
            _("Le texte a %(length)d caractères ; le maximum est %(most)d.")
            % {"length": len(found), "most": column.length},
            _("Raccourcissez le texte."),
        )
    return found


def _identifier(column: Column, raw: Raw) -> str:
    if isinstance(raw, date | bool | time | timedelta):
        raise BadCell(
            "identifier_changed",
            _("Le tableur a changé cet identifiant en date ou en VRAI/FAUX."),
            _("Mettez la cellule au format Texte et réécrivez l'identifiant."),
        )
    return _text(column, raw)


def _exact(column: Column, raw: Raw) -> str:
    if isinstance(raw, datetime):
        raw = raw.date()
    found = _text(column, raw)
    return day_of(found).isoformat() if DAY_FIRST.fullmatch(found) else found


def _enterprise(column: Column, raw: Raw) -> str:
    number = decimal_of(raw) if isinstance(raw, int | float) else None
    written = plain(number).zfill(10) if number is not None else str(raw)
    try:
        return str(vat.validate(written))
    except NumberError as error:
        raise BadCell(
            "bad_enterprise_number",
            _("Ce numéro d'entreprise n'existe pas : les chiffres de contrôle sont faux."),
            _("Reprenez les dix chiffres de la BCE, par exemple 0403.019.261."),
        ) from error


def _national(column: Column, raw: Raw) -> str:
    """The digits of a national number, or the mask that an export shows instead."""
    number = decimal_of(raw) if isinstance(raw, int | float) else None
    written = plain(number).zfill(11) if number is not None else _text(column, raw)
    if numbers.is_mask(written):
        return written
    try:
        return numbers.clean(written)
    except numbers.NotANationalNumber as error:
        raise BadCell(
            "bad_national_number",
            str(error),
            _("Écrivez les onze chiffres de la carte d'identité, ou laissez la cellule vide."),
        ) from None


def _choice(column: Column, raw: Raw) -> str:
    written = raw if isinstance(raw, str) else _text(column, raw)
    found = folded_choices(column.choices).get(fold(written))
    if found is None:
        labels = list(choices(column.choices).values())
        few = _(" ; ").join(labels[:LISTED]) + (_(" ; ...") if len(labels) > LISTED else "")
        raise BadCell(
            f"unknown_{column.code}" if column.code != "code" else "unknown_term",
            _("« %(value)s » n'est pas dans la liste.") % {"value": written.strip()[:40]},
            _("Choisissez dans la liste : ") + few,
        )
    return found


def _yes_no(column: Column, raw: Raw) -> bool:
    written = fold(str(raw)) if not isinstance(raw, float) else plain(Decimal(repr(raw)))
    if written in _YES | _NO:
        return written in _YES
    raise BadCell(
        "not_yes_or_no", _("Cette cellule n'est ni oui ni non."), _("Écrivez oui ou non.")
    )


_READERS: Mapping[Kind, Callable[[Column, Raw], Value]] = MappingProxyType(
    {
        Kind.TEXT: _text,
        Kind.IDENTIFIER: _identifier,
        Kind.EXACT: _exact,
        Kind.ENTERPRISE: _enterprise,
        Kind.NATIONAL: _national,
        Kind.CHOICE: _choice,
        Kind.INTEGER: read_integer,
        Kind.YEAR: read_year,
        Kind.AMOUNT: read_decimal,
        Kind.HOURS: read_decimal,
        Kind.FTE: read_decimal,
        Kind.SHARE: read_share,
        Kind.DAY: read_day,
        Kind.MONTH: read_month,
        Kind.QUARTER: read_quarter,
        Kind.YES_NO: _yes_no,
    }
)
