"""A cell of the grid as people write it: "50", "12,5 %", "1/3", "19 h", "50@15:30".

A share is of the contract's hours, hours are those of a week. After "@" comes a day of the month
and what holds from that day on. Hours are hundredths, kept exactly; a share is how they are read.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

from django.utils.translation import gettext as _

from backoffice.engine import money
from backoffice.engine.periods import days_in_month, month_start
from reports.exchange.numbers import SPACES, decimal_of, plain

PERCENT, HOURS = "percent", "hours"
LONGEST = 80
_SHOWN = 30
_HUNDREDTHS = 100
_SUFFIX = {"%": PERCENT, "h": HOURS}
_FRACTION = re.compile(r"(\d{1,4})/(\d{1,4})")
_DAY = re.compile(r"(\d{1,2})(?:[/.-](\d{1,2})(?:[/.-](\d{4}))?)?")
_PARTS = (3, 6, 7, 9, 12)
"""Denominators whose percentages are not exact, and that people write all the same."""


class CellRefused(ValueError):
    """What was typed cannot be the content of the cell; the message says what to write."""


@dataclass(frozen=True)
class Part:
    """What holds from a day of the month on: a share (1 is 100 %) or hours a week."""

    day: int
    value: Fraction
    unit: str


@dataclass(frozen=True)
class Run:
    """Hours a week, in hundredths, from a day (ordinal) on, and those of the contract then."""

    start: int
    hours: int
    contract: int


def read_cell(text: str, unit: str, month: int) -> tuple[Part, ...]:
    """The parts of a cell, by day; none where it is empty.

    Args:
        text: as typed or pasted.
        unit: what a number without a sign is.
        month: index of the month.

    Raises:
        CellRefused: not a share nor hours, above 100 %, negative, or a day out of the month.
    """
    compact = SPACES.sub("", text).lower()
    if not compact:
        return ()
    if len(compact) > LONGEST:
        raise CellRefused(_("Ce texte est trop long pour une case (%d signes au plus).") % LONGEST)
    first, *later = compact.split("@")
    parts = [Part(1, *_value(first, unit))]
    for piece in later:
        day, colon, value = piece.partition(":")
        if not colon:
            raise CellRefused(
                _("Après @, écrivez le jour, deux points et la part : 50@15:30 change le 15.")
            )
        parts.append(Part(_day(day, month), *_value(value, unit)))
    days = [part.day for part in parts]
    if days != sorted(set(days)):
        raise CellRefused(_("Les jours se suivent du premier au dernier : 50@10:30@20:0."))
    return tuple(parts)


def written(runs: Sequence[Run], unit: str) -> str:
    """The text of a cell in one unit; empty where no hour is charged."""
    if len(runs) == 1:
        alone = _shown(runs[0], unit)
        return "" if alone == "0" else alone
    shown = [(run.start, _shown(run, unit)) for run in runs]
    kept = [one for place, one in enumerate(shown) if not place or one[1] != shown[place - 1][1]]
    if all(value == "0" for _start, value in kept):
        return ""
    first, *later = kept
    return first[1] + "".join(f"@{date.fromordinal(start).day}:{value}" for start, value in later)


@lru_cache(maxsize=8192)
def percent_of(hours: int, contract: int) -> str:
    """The shortest percentage that gives these hours of the contract again."""
    if not contract:
        return "0"
    found = list(_percentages(hours, contract))
    for shown, decimals in found:
        if money.times_one(contract, Fraction(shown, 100 * 10**decimals)) == hours:
            return _decimal(shown, decimals)
    return _decimal(*found[-1])


def tenths_of_percent(hours: int, contract: int) -> str:
    """A percentage of a contract with at most one decimal, to be read and not typed again."""
    return _decimal(money.round_ratio(hours * 1000, contract), 1) if contract else "0"


@lru_cache(maxsize=8192)
def hours_text(hundredths: int) -> str:
    """Hours with as many decimals as they need: 1900 gives "19", 1140 "11,4"."""
    return _decimal(hundredths, 2)


def _percentages(hours: int, contract: int) -> Iterator[tuple[int, int]]:
    """Percentages that may be meant, with their decimals: whole, one decimal, 1/3, then more."""
    for decimals in (0, 1):
        yield money.round_ratio(hours * 100 * 10**decimals, contract), decimals
    for part in _PARTS:
        count = money.round_ratio(hours * part, contract)
        if money.times_one(contract, Fraction(count, part)) == hours:
            yield money.round_ratio(count * 10_000, part), 2
    for decimals in (2, 3):
        yield money.round_ratio(hours * 100 * 10**decimals, contract), decimals


def _decimal(value: int, decimals: int) -> str:
    return plain(Decimal(value).scaleb(-decimals)).replace(".", ",")


def _shown(run: Run, unit: str) -> str:
    if unit == HOURS:
        return hours_text(run.hours)
    return percent_of(run.hours, run.contract)


def _value(text: str, unit: str) -> tuple[Fraction, str]:
    if text[-1:] in _SUFFIX:
        unit, text = _SUFFIX[text[-1]], text[:-1]
    fraction = _FRACTION.fullmatch(text)
    if fraction and int(fraction[2]):
        number = Fraction(int(fraction[1]), int(fraction[2]))
        scale = 1
    elif (typed := decimal_of(text)) is not None:
        number, scale = Fraction(typed), 100 if unit == PERCENT else 1
    else:
        raise CellRefused(
            _("« %s » n'est pas une part : écrivez 50, 12,5 ou 1/3, 19 h, ou 50@15:30.")
            % text[:_SHOWN]
        )
    found = number / scale
    if found < 0:
        raise CellRefused(_("Une part n'est pas négative : écrivez 0 ou videz la case."))
    if unit == PERCENT and found > 1:
        raise CellRefused(
            _("%s %% dépasse le contrat : une part va de 0 à 100 %%.") % text[:_SHOWN]
        )
    return found, unit


def _day(text: str, month: int) -> int:
    """A day of the month, written alone or in full."""
    first, last = month_start(month), days_in_month(month)
    match = _DAY.fullmatch(text)
    if match:
        asked = (match[2] or first.month, match[3] or first.year)
        if (int(asked[0]), int(asked[1])) == (first.month, first.year) and (
            1 < int(match[1]) <= last
        ):
            return int(match[1])
    raise CellRefused(
        _("Le jour du changement est entre le 02/%(month)s et le %(last)s/%(month)s.")
        % {"last": last, "month": f"{first:%m/%Y}"}
    )
