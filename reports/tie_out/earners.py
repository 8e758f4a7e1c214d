"""Who has earned holiday pay that is still owed on 31 December, and whose pay is absent."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from django.utils.translation import gettext as _

from backoffice.engine.periods import (
    Ints,
    Period,
    end_of_month,
    is_business_day,
    month_index,
    month_period,
    month_start,
    year_period,
)
from backoffice.figures.vocabulary import cost_items
from reports.tie_out.year import Year
from staffing.models import ContractLine
from staffing.snapshots import ContractFacts

_ONE_DAY = timedelta(days=1)
_EXIT = "exit_holiday"
_NAMED = 3


@dataclass(frozen=True)
class Earned:
    """Gross of one worker under one status in the year, and of the last month with some.

    `has_left`: no longer in service on 31 December.
    """

    worker: int
    manual: bool
    has_left: bool
    gross: int
    last_gross: int
    last_month: int


def earned(year: Year) -> Iterator[Earned]:
    """Those in service on 31 December, and every manual worker of the year.

    An employee who left before was paid exit holiday pay; the contribution to the holiday fund on
    the pay of a manual worker stays due.
    """
    staff, serving, base = year.facts.staff, _serving(year), _base(year)
    sums: dict[tuple[int, bool], list[tuple[int, int]]] = {}
    for row in range(len(staff.pay)):
        worker, month = int(staff.pay.worker[row]), int(staff.pay.month[row])
        manual = _was_manual(year, worker, end_of_month(month_start(month)))
        if manual or worker in serving:
            sums.setdefault((worker, manual), []).append((month, int(base[row])))
    for (worker, manual), months in sorted(sums.items()):
        last_month, last_gross = max(months, key=lambda one: (one[1] != 0, one[0]))
        gross = sum(amount for _month, amount in months)
        yield Earned(worker, manual, worker not in serving, gross, last_gross, last_month)


def absent_pay(year: Year) -> str:
    """The months of contract without any pay row, with their workers' numbers; empty for none."""
    staff, serving = year.facts.staff, _serving(year)
    paid = set(zip(staff.pay.worker.tolist(), staff.pay.month.tolist(), strict=True))
    found: dict[int, set[str]] = {}
    for line in staff.contracts:
        if line.hours and (line.worker in serving or _is_manual(line)):
            for month in _worked_months(line, year.number):
                if (line.worker, month) not in paid:
                    found.setdefault(month, set()).add(staff.workers[line.worker].number)
    listed = (f"{month_start(month):%m/%Y} ({_numbers(found[month])})" for month in sorted(found))
    return ", ".join(listed)


def last_contract(year: Year, worker: int) -> ContractFacts:
    """The contract in force on 31 December, or else the last that had begun."""
    lines = [line for line in year.facts.staff.contracts if line.worker == worker]
    closing = date(year.number, 12, 31)
    return next((line for line in lines if _covers(line, closing)), lines[-1])


def business_days(month: int) -> int:
    """How many days of a month are worked, Monday to Friday."""
    return sum(is_business_day(day) for day in _days(month_period(month)))


def _numbers(workers: Iterable[str]) -> str:
    listed = sorted(workers)
    more = len(listed) - _NAMED
    if more > 1:
        return _("%(first)s et %(more)s autres") % {
            "first": ", ".join(listed[:_NAMED]),
            "more": more,
        }
    return ", ".join(listed)


def _serving(year: Year) -> set[int]:
    closing = date(year.number, 12, 31)
    staff = year.facts.staff
    return {line.worker for line in staff.contracts if _covers(line, closing)} - _paid_out(year)


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


def _was_manual(year: Year, worker: int, day: date) -> bool:
    """The status on a day, or under the last contract before it."""
    lines = [line for line in year.facts.staff.contracts if line.worker == worker]
    begun = [line for line in lines if line.start <= day.toordinal()]
    return bool(begun) and _is_manual(begun[-1])


def _is_manual(line: ContractFacts) -> bool:
    return line.row.status == ContractLine.Status.MANUAL


def _covers(line: ContractFacts, day: date) -> bool:
    return line.start <= day.toordinal() < line.stop


def _worked_months(line: ContractFacts, year: int) -> Iterator[int]:
    """The months of a year with a business day under a contract."""
    for month in year_period(year).months():
        if any(is_business_day(day) and _covers(line, day) for day in _days(month_period(month))):
            yield month


def _days(period: Period) -> Iterator[date]:
    return (period.start + _ONE_DAY * step for step in range(period.days))
