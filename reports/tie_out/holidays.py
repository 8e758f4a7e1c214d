"""The holiday-pay provision of an employer at the end of a year, worker by worker."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from django.utils.translation import gettext as _

from backoffice.engine import money
from backoffice.engine.figures import FigureNotDefined, Figures
from backoffice.engine.holiday import DayOff, ProvisionRates, Rate, day_off, provision
from backoffice.engine.sheet import FigureUse, uses_of
from backoffice.web.templatetags.money import day
from backoffice.web.words import phrased
from invoices.models import OpeningBalance
from reports.tie_out.classes import HOLIDAY_DEBT
from reports.tie_out.content import Holiday, HolidayLine
from reports.tie_out.earners import Earned, absent_pay, business_days, earned, last_contract
from reports.tie_out.year import Year

_Lines = tuple[tuple[HolidayLine, ...], tuple[FigureUse, ...], str]


@dataclass(frozen=True)
class _Provision:
    """The provision on one closing day; `source` says where its total comes from, or lacks."""

    lines: tuple[HolidayLine, ...]
    figures: tuple[FigureUse, ...]
    total: int | None
    source: str
    missing: str = ""


def holiday_of(
    year: Year, before: Year | None, openings: Sequence[OpeningBalance], registry: Figures
) -> Holiday:
    """The provision at 31 December, beside the one of the year before.

    Without all the pay of a year, or with a figure missing, the balance of 456 taken on that day
    answers; without it either the provision is unknown.

    Args:
        year: the year.
        before: the year before, None when the product holds nothing of it.
        openings: the balances taken on.
        registry: every figure.
    """
    now = _provision(year.number, year, openings, registry)
    previous = _provision(year.number - 1, before, openings, registry)
    return Holiday(
        lines=now.lines,
        total=now.total,
        source=now.source,
        previous=previous.total,
        previous_source=previous.source,
        figures=now.figures,
        missing=now.missing,
    )


def _provision(
    number: int, year: Year | None, openings: Sequence[OpeningBalance], registry: Figures
) -> _Provision:
    closing = date(number, 12, 31)
    paid = year if year is not None and len(year.facts.staff.pay) else None
    lines, uses, missing = ((), (), "") if paid is None else _lines(paid, registry)
    absent = "" if paid is None else absent_pay(paid)
    if paid is not None and not (missing or absent):
        total = sum(line.provision or 0 for line in lines)
        return _Provision(lines, uses, total, _("état au %s") % day(closing))
    taken = [one for one in openings if one.on_day == closing and HOLIDAY_DEBT.holds(one.account)]
    if taken:
        owed = -sum(money.cents(one.amount.amount) for one in taken)
        return _Provision((), (), owed, _("solde d'ouverture"))
    if paid is None:
        source = _("ni paie de %s ni solde d'ouverture du compte 456") % number
        return _Provision((), (), None, source, _("Provision inconnue : %s.") % source)
    words = [missing] if missing else []
    if absent:
        words.append(
            _("Provision inconnue : paie absente de travailleurs sous contrat, %s.") % absent
        )
    return _Provision(
        lines, uses, None, _("paie ou valeur de %s manquante") % number, " ".join(words)
    )


def _lines(year: Year, registry: Figures) -> _Lines:
    found, closing = list(earned(year)), date(year.number, 12, 31)
    try:
        rates = _rates(registry, closing, year.facts.as_of)
        charges = _rate(registry, "employer.onss_category_2", closing, year.facts.as_of)
    except FigureNotDefined as error:
        return tuple(_line(year, one, None, None) for one in found), (), phrased(error.message)
    gross = np.array([one.gross for one in found], dtype=np.int64)
    manual = np.array([int(one.manual) for one in found], dtype=np.int64)
    sheet = provision(gross, manual, rates)
    lines = tuple(
        _line(
            year,
            one,
            (int(sheet["base"].values[row]), int(sheet["provision"].values[row])),
            _day_off(one, charges),
        )
        for row, one in enumerate(found)
    )
    days = (FigureUse.of(*charges),) if any(line.day_pay is not None for line in lines) else ()
    return lines, (*uses_of([sheet]), *days), ""


def _rates(registry: Figures, day: date, known_on: date) -> ProvisionRates:
    return ProvisionRates(
        _rate(registry, "employer.holiday_provision_employees", day, known_on),
        _rate(registry, "employer.holiday_provision_manual", day, known_on),
        _rate(registry, "employer.manual_base", day, known_on),
    )


def _rate(registry: Figures, code: str, day: date, known_on: date) -> Rate:
    return registry[code], registry.on(code, day, known_on)


def _day_off(one: Earned, charges: Rate) -> DayOff | None:
    days = business_days(one.last_month)
    return None if one.manual or not days else day_off(one.last_gross, days, charges)


def _line(year: Year, one: Earned, owed: tuple[int, int] | None, off: DayOff | None) -> HolidayLine:
    worker = year.facts.staff.workers[one.worker]
    return HolidayLine(
        worker=worker.number,
        name=worker.name,
        manual=one.manual,
        to_confirm=one.has_left,
        analytical=year.codes.of(last_contract(year, one.worker).row.approval_id),
        gross=one.gross,
        base=None if owed is None else owed[0],
        provision=None if owed is None else owed[1],
        day_pay=None if off is None else off.pay,
        day_charges=None if off is None else off.charges,
    )
