"""Reads the numbers of the workbook: amounts, hours, whole numbers, years and shares.

Numbers come from the reader as binary numbers: their shortest decimal text is what was typed. A
result of a formula may carry a residue beyond the 15 digits that spreadsheets keep; it is cut.
"""

import re
from decimal import Decimal
from fractions import Fraction

from backoffice.web.sentences import gettext as _
from reports.exchange.columns import DECIMALS, LAST_DAY, Column, Sign, Value
from reports.exchange.raw import BadCell, Raw

DIGITS_KEPT = 15
LARGEST_WHOLE = 32767
LARGEST_SHARE_PART = 2**31 - 1
GROUP = 3
SPACES = re.compile(r"[\s\u00a0\u202f\u2009]+")
_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?")
_FRACTION = re.compile(r"(\d{1,10})/(\d{1,10})")


def decimal_of(raw: Raw) -> Decimal | None:
    """The exact number of a cell, None when it is not a number: "1 234,56", "1.234,56", 98.0."""
    if isinstance(raw, bool) or not isinstance(raw, int | float | str):
        return None
    if isinstance(raw, float):
        shortest = repr(raw)
        mantissa = shortest.partition("e")[0]
        if len(mantissa.replace("-", "").replace(".", "").lstrip("0")) > DIGITS_KEPT:
            shortest = format(raw, f".{DIGITS_KEPT}g")
        number = Decimal(shortest)
        return number if number.is_finite() else None
    compact = SPACES.sub("", str(raw)).replace("\u2212", "-").replace("'", "")
    return _typed_number(compact)


def _typed_number(compact: str) -> Decimal | None:
    last = max(compact.rfind(","), compact.rfind("."))
    separators = compact.count(",") + compact.count(".")
    if separators > 1:
        whole, part = compact[:last], compact[last + 1 :]
        thousands = re.split(r"[.,]", whole.lstrip("+-"))
        alone = len(set(re.findall(r"[.,]", compact))) == 1
        if any(len(group) != GROUP for group in thousands[1:]) or (alone and len(part) != GROUP):
            return None
        compact = re.sub(r"[.,]", "", whole) + (part if alone else f".{part}")
    else:
        compact = compact.replace(",", ".")
    return Decimal(compact) if _NUMBER.fullmatch(compact) else None


def plain(number: Decimal) -> str:
    """A number without exponent nor useless zeros: 12.0 -> "12"."""
    return format(number.normalize(), "f")


def _number(column: Column, raw: Raw) -> Decimal:
    if isinstance(raw, str):
        raw = re.sub(r"(€|EUR)\s*$", "", raw.strip(), flags=re.IGNORECASE)
    number = decimal_of(raw)
    if number is None:
        raise BadCell(
            "not_a_number",
            _("Cette cellule n'est pas un nombre."),
            _("Écrivez un nombre, par exemple 1234,56."),
        )
    _check_sign(column, number)
    return number


def _check_sign(column: Column, number: Decimal) -> None:
    wrong = {
        Sign.ANY: False,
        Sign.NOT_ZERO: number == 0,
        Sign.NOT_NEGATIVE: number < 0,
        Sign.POSITIVE: number <= 0,
    }
    if wrong[column.sign]:
        code, message = ("zero", _("Ce nombre ne peut pas être zéro."))
        if number < 0:
            code, message = ("negative", _("Ce nombre ne peut pas être négatif."))
        raise BadCell(code, message, _("Corrigez le nombre. ") + column.help)


def read_decimal(column: Column, raw: Raw) -> Decimal:
    """An amount, hours or FTE with exactly the decimals of its kind.

    Raises:
        BadCell: not a number, of a sign refused, with too many decimals or too large.
    """
    number = _number(column, raw).normalize()
    before, after = DECIMALS[column.kind]
    exponent = number.as_tuple().exponent
    if isinstance(exponent, int) and -exponent > after:
        raise BadCell(
            "too_many_decimals",
            _("Ce nombre a %(found)d décimales ; le maximum est %(most)d.")
            % {"found": -exponent, "most": after},
            _("Arrondissez vous-même à %(most)d décimales.") % {"most": after},
        )
    if abs(number) >= 10**before:
        raise BadCell(
            "too_large",
            _("Ce nombre est trop grand (%(most)d chiffres avant la virgule au plus).")
            % {"most": before},
            _("Vérifiez le nombre."),
        )
    return number.quantize(Decimal(1).scaleb(-after))


def read_integer(column: Column, raw: Raw) -> int:
    """A whole number that the database can hold.

    Raises:
        BadCell: not a whole number, of a sign refused, or too large.
    """
    number = _number(column, raw)
    if number != number.to_integral_value() or abs(number) > LARGEST_WHOLE:
        raise BadCell(
            "not_whole",
            _("Ce nombre n'est pas un nombre entier entre 0 et 32767."),
            _("Écrivez un nombre entier."),
        )
    return int(number)


def read_year(column: Column, raw: Raw) -> int:
    """A calendar year.

    Raises:
        BadCell: not a year between the first and the last one accepted.
    """
    year = read_integer(column, raw)
    if not column.earliest.year <= year <= LAST_DAY.year:
        raise outside(column)
    return year


def outside(column: Column) -> BadCell:
    """What is said of a day or year that nobody can have meant."""
    return BadCell(
        "date_outside",
        _("Cette date n'est pas entre %(first)d et %(last)d.")
        % {"first": column.earliest.year, "last": LAST_DAY.year},
        _("Vérifiez l'année."),
    )


def read_share(column: Column, raw: Raw) -> Value:
    """The canonical share: Decimal percents, or "1/3" when percents are not exact.

    Raises:
        BadCell: not a share, not between 0 and 100 %, or too fine to be stored.
    """
    text = SPACES.sub("", raw).removesuffix("%") if isinstance(raw, str) else raw
    fraction = _FRACTION.fullmatch(text) if isinstance(text, str) else None
    if fraction and int(fraction[2]):
        share = Fraction(int(fraction[1]), int(fraction[2]))
    elif (number := decimal_of(text)) is not None:
        share = Fraction(number) / 100
    else:
        raise BadCell(
            "not_a_share",
            _("Cette part n'est pas un pourcentage."),
            _("Écrivez 98 pour 98 %, ou une fraction en texte comme 1/3 (format Texte)."),
        )
    if not 0 < share <= 1:
        raise BadCell(
            "share_outside",
            _("Une part est plus grande que 0 et au plus 100 %."),
            _("Corrigez la part."),
        )
    if share.denominator > LARGEST_SHARE_PART:
        raise BadCell(
            "too_many_decimals", _("Cette part a trop de décimales."), _("Écrivez une fraction.")
        )
    return share_shown(share)


def share_shown(share: Fraction) -> Value:
    """A ratio as the workbook holds it: Decimal percents when they are exact, else "1/3"."""
    rest = (share * 100).denominator
    for prime in (2, 5):
        while rest % prime == 0:
            rest //= prime
    if rest != 1:
        return f"{share.numerator}/{share.denominator}"
    percent = share * 100
    return Decimal(percent.numerator) / Decimal(percent.denominator)


def share_of(value: Value) -> Fraction:
    """The ratio (1 is 100 %) of a canonical share: Decimal percents or "1/3"."""
    if isinstance(value, str):
        return Fraction(value)
    if isinstance(value, int | Decimal):
        return Fraction(value) / 100
    raise TypeError(type(value).__name__)
