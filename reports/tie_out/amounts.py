"""The amounts of an export: which sign marks the decimals, and how many cents each cell says."""

import re
from collections.abc import Iterable
from decimal import Decimal

from django.utils.translation import gettext as _

from backoffice.engine import money
from reports.exchange.numbers import SPACES, decimal_of
from reports.exchange.raw import BadCell, Raw, is_blank

LARGEST = 10**12
_DECIMALS = re.compile(r"([.,])\d{1,2}$", re.ASCII)
_OTHER = {",": ".", ".": ","}
_CURRENCY = re.compile(r"^(?:€|EUR)|(?:€|EUR)$", re.IGNORECASE)


def decimal_mark(cells: Iterable[Raw]) -> str | None:
    """The mark that the file puts before its cents; None when it shows none, or both."""
    found = {
        mark[1]
        for raw in cells
        if isinstance(raw, str) and (mark := _DECIMALS.search(_compact(raw)[0]))
    }
    return found.pop() if len(found) == 1 else None


def read_cents(raw: Raw, mark: str | None) -> int:
    """The cents of a cell; a blank one is 0, for a balance leaves out what is nil.

    Args:
        raw: a number of a workbook, or a text: "1 234,56", "1.234,56-", "(1,234.56)".
        mark: the decimal mark of the file.

    Raises:
        BadCell: no number, more than two decimals, or a text that could be read in two ways.
    """
    if is_blank(raw):
        return 0
    number = _typed(raw, mark) if isinstance(raw, str) else decimal_of(raw)
    if number is None:
        raise BadCell(
            "not_a_number",
            _("Cette cellule n'est pas un montant."),
            _("Écrivez un nombre, par exemple 1234,56."),
        )
    try:
        amount = money.cents(number)
    except (money.NotMoney, money.AmountTooBig):
        amount = LARGEST
    if abs(amount) >= LARGEST:
        raise BadCell(
            "not_cents",
            _("Ce montant a plus de deux décimales ou plus de dix chiffres."),
            _("Vérifiez le montant, ou exportez à nouveau."),
        )
    return amount


def _typed(text: str, mark: str | None) -> Decimal | None:
    compact, negative = _compact(text)
    own = _DECIMALS.search(compact)
    mark = own[1] if own else mark
    if mark is None:
        if re.fullmatch(r"\d{1,3}[.,]\d{3}", compact):
            raise BadCell(
                "two_readings",
                _("« %(value)s » peut se lire de deux façons : mille ou décimales ?")
                % {"value": text.strip()[:40]},
                _("Exportez les montants avec deux décimales."),
            )
        mark = "," if compact.count(".") > 1 else "."
    group = re.escape(_OTHER[mark])
    shape = rf"(?:\d{{1,3}}(?:{group}\d{{3}})+|\d+)(?:{re.escape(mark)}\d{{1,2}})?"
    if not re.fullmatch(shape, compact, re.ASCII):
        return None
    number = Decimal(compact.replace(_OTHER[mark], "").replace(mark, "."))
    return -number if negative else number


def _compact(text: str) -> tuple[str, bool]:
    """The digits and marks of a text, and whether a sign or brackets make it negative."""
    bare = SPACES.sub("", text).replace("\u2212", "-").replace("'", "").replace("\u2019", "")
    bare = _CURRENCY.sub("", bare)
    inside = re.fullmatch(r"\((.*)\)|-(.*)|(.*)-", bare)
    if inside is not None:
        kept = next(part for part in inside.groups() if part is not None)
        return _CURRENCY.sub("", kept), True
    return bare.removeprefix("+"), False
