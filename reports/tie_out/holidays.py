"""The holiday-pay provision of an employer at the end of a year, worker by worker."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from backoffice.engine import money
from backoffice.engine.figures import FigureNotDefined, Figures
from backoffice.engine.holiday import DayOff, ProvisionRates, Rate, day_off, provision
from backoffice.engine.periods import (
    Ints,
    Period,
    end_of_month,
    is_business_day,
    month_index,
    month_period,
    month_start,
)
from backoffice.engine.sheet import FigureUse, uses_of
from backoffice.figures.vocabulary import cost_items
from invoices.models import OpeningBalance
from reports.tie_out.classes import HOLIDAY_DEBT
from reports.tie_out.content import Holiday, HolidayLine
from reports.tie_out.year import Year
from staffing.models import ContractLine
from staffing.snapshots import ContractFacts

_ONE_DAY = timedelta(days=1)
_EXIT = "exit_holiday"
_Lines = tuple[tuple[HolidayLine, ...], tuple[FigureUse, ...], str]


@dataclass(frozen=True)
class _Earned:
    """Gross of one worker under one status in the year, and of the last month of pay."""

    worker: int
    manual: bool
    gross: int
    last_gross: int
    last_month: int


def holiday_of(
    year: Year, before: Year | None, openings: Iterable[OpeningBalance], registry: Figures
) -> Holiday:
    """The provision at 31 December, beside the one of the year before.

    Args:
        year: the year.
        before: the year before, None when it has no pay.
        openings: the balances taken on; 456 of the year before answers when its pay is not held.
        registry: every figure.
    """
    lines, uses, missing = _lines(year, registry)
    previous, source = _previous(year, before, openings, registry)
    return Holiday(
        lines=lines,
        total=None if missing else sum(line.provision or 0 for line in lines),
        previous=previous,
        previous_source=source,
        figures=uses,
        missing=missing,
    )


def _previous(
    year: Year, before: Year | None, openings: Iterable[OpeningBalance], registry: Figures
) -> tuple[int | None, str]:
    last = date(year.number - 1, 12, 31)
    if before is not None and len(before.facts.staff.pay):
        lines, _uses, missing = _lines(before, registry)
        total = None if missing else sum(line.provision or 0 for line in lines)
        return total, f"état au {last:%d/%m/%Y}"
    taken = [one for one in openings if one.on_day == last and HOLIDAY_DEBT.holds(one.account)]
    if taken:
        return -sum(money.cents(one.amount.amount) for one in taken), "solde d'ouverture"
    return None, f"ni paie de {year.number - 1} ni solde d'ouverture du compte 456"


def _lines(
    year: Year, registry: Figures
) -> tuple[tuple[HolidayLine, ...], tuple[FigureUse, ...], str]:
    earned, closing = list(_earned(year)), date(year.number, 12, 31)
    try:
        rates = _rates(registry, closing, year.facts.as_of)
        charges = _rate(registry, "employer.onss_category_2", closing, year.facts.as_of)
    except FigureNotDefined as error:
        return tuple(_line(year, one, None, None) for one in earned), (), str(error)
    gross = np.array([one.gross for one in earned], dtype=np.int64)
    manual = np.array([int(one.manual) for one in earned], dtype=np.int64)
    sheet = provision(gross, manual, rates)
    lines = tuple(
        _line(
            year,
            one,
            (int(sheet["base"].values[row]), int(sheet["provision"].values[row])),
            _day_off(one, charges),
        )
        for row, one in enumerate(earned)
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


def _earned(year: Year) -> Iterable[_Earned]:
    """Those in service on 31 December: who left before was paid exit holiday pay."""
    staff, closing = year.facts.staff, date(year.number, 12, 31)
    serving = {line.worker for line in staff.contracts if _covers(line, closing)} - _paid_out(year)
    base = _base(year)
    sums: dict[tuple[int, bool], list[tuple[int, int]]] = {}
    for row in range(len(staff.pay)):
        worker, month = int(staff.pay.worker[row]), int(staff.pay.month[row])
        if worker in serving:
            manual = _is_manual(year, worker, end_of_month(month_start(month)))
            sums.setdefault((worker, manual), []).append((month, int(base[row])))
    for (worker, manual), months in sorted(sums.items()):
        last_month, last_gross = max(months)
        gross = sum(amount for _month, amount in months)
        yield _Earned(worker, manual, gross, last_gross, last_month)


def _paid_out(year: Year) -> set[int]:
    """Who leaves on the closing day itself and was paid exit holiday pay that month."""
    staff, after = year.facts.staff, date(year.number + 1, 1, 1)
    staying = {line.worker for line in staff.contracts if _covers(line, after)}
    paid = staff.pay.costs.get(_EXIT)
    if paid is None:
        return set()
    rows = np.flatnonzero((staff.pay.month == month_index(after) - 1) & (paid != 0))
    return {int(staff.pay.worker[row]) for row in rows} - staying


def _base(year: Year) -> Ints:
    pay = year.facts.staff.pay
    found = np.zeros(len(pay), dtype=np.int64)
    for item, column in pay.costs.items():
        if cost_items()[item].holiday_base:
            found += column
    return found


def _is_manual(year: Year, worker: int, day: date) -> bool:
    """The status on a day, or under the last contract before it."""
    lines = [line for line in year.facts.staff.contracts if line.worker == worker]
    begun = [line for line in lines if line.start <= day.toordinal()]
    return bool(begun) and begun[-1].row.status == ContractLine.Status.MANUAL


def _covers(line: ContractFacts, day: date) -> bool:
    return line.start <= day.toordinal() < line.stop


def _day_off(one: _Earned, charges: Rate) -> DayOff | None:
    days = _business_days(month_period(one.last_month))
    return None if one.manual or not days else day_off(one.last_gross, days, charges)


def _business_days(month: Period) -> int:
    days = (month.start + _ONE_DAY * step for step in range(month.days))
    return sum(is_business_day(day) for day in days)


def _line(
    year: Year, one: _Earned, owed: tuple[int, int] | None, off: DayOff | None
) -> HolidayLine:
    worker = year.facts.staff.workers[one.worker]
    closing = date(year.number, 12, 31)
    contract = next(
        line
        for line in year.facts.staff.contracts
        if line.worker == one.worker and _covers(line, closing)
    )
    return HolidayLine(
        worker=worker.number,
        name=worker.name,
        manual=one.manual,
        analytical=year.codes.of(contract.row.approval_id),
        gross=one.gross,
        base=None if owed is None else owed[0],
        provision=None if owed is None else owed[1],
        day_pay=None if off is None else off.pay,
        day_charges=None if off is None else off.charges,
    )
