"""Premiums of a month: double holiday pay, year-end and annual premium, pay on departure."""

from fractions import Fraction

from backoffice.engine.money import times_one
from backoffice.engine.periods import days_in_month, month_index, month_start
from reports.demo import pay_rules
from reports.demo.careers import BRUSSELS_HOURS, Worker
from reports.demo.gross import full_month, gross_of, last_line
from reports.demo.salaries import annual_premium, double_holiday_rate
from reports.demo.working_time import line_days, month_hours

_MONTHS = 12
_JUNE, _OCTOBER, _DECEMBER = 6, 10, 12


def premiums(worker: Worker, month: int) -> dict[str, int]:
    """Cents by cost item; 0 where the month does not pay the item.

    The holiday pay of manual workers comes from a fund, not from the employer.
    """
    leaving, by_fund = is_last(worker, month), worker.lines[-1].is_manual
    in_june = _is(month, _JUNE)
    return {
        "double_holiday": _double_holiday(worker, month) if in_june and not by_fund else 0,
        "exit_holiday": _exit_holiday(worker, month) if leaving and not by_fund else 0,
        "year_end": _year_end(worker, month) if leaving or _is(month, _DECEMBER) else 0,
        "annual_premium": _annual_premium(worker, month) if _is(month, _DECEMBER) else 0,
        "severance": _severance(worker, month) if leaving else 0,
    }


def is_last(worker: Worker, month: int) -> bool:
    """Does the worker leave the employer in this month?"""
    ends_on = worker.lines[-1].ends_on
    return ends_on is not None and month_index(ends_on) == month


def _is(month: int, number: int) -> bool:
    return month_start(month).month == number


def _january(month: int) -> int:
    return month - month_start(month).month + 1


def _double_holiday(worker: Worker, month: int) -> int:
    """A share of this month's full pay, by months of contract in the year before."""
    start = _january(month) - _MONTHS
    served = sum(_is_whole(worker, each) for each in range(start, start + _MONTHS))
    share = double_holiday_rate(month) * Fraction(served, _MONTHS)
    return times_one(full_month(worker, month), share)


def _exit_holiday(worker: Worker, month: int) -> int:
    """On this year's gross pay, and the double pay of last year's service when not yet paid."""
    earned = sum(gross_of(worker, each) for each in range(_january(month), month + 1))
    last_year = _double_holiday(worker, month) if month_start(month).month < _JUNE else 0
    return times_one(earned, pay_rules.EXIT_HOLIDAY) + last_year


def _year_end(worker: Worker, month: int) -> int:
    """Fixed part x Q/S and a share of twelve months' pay, by months served until September."""
    january = _january(month)
    until = min(month + 1, january + pay_rules.YEAR_END_MONTHS)
    served = sum(_is_whole(worker, each, paid=True) for each in range(january, until))
    if not served:
        return 0
    reference = min(month, january + _OCTOBER - 1)
    line = last_line(worker, month)
    fixed = pay_rules.YEAR_END_FIXED[line.full_time] * Fraction(line.weekly, line.full_time)
    variable = pay_rules.YEAR_END_RATE[line.full_time] * _MONTHS * full_month(worker, reference)
    return times_one(1, (fixed + variable) * Fraction(served, pay_rules.YEAR_END_MONTHS))


def _annual_premium(worker: Worker, month: int) -> int:
    """Brussels only: a fixed amount, by working time and months of contract in the year."""
    line = last_line(worker, month)
    if line.full_time != BRUSSELS_HOURS:
        return 0
    served = sum(_is_whole(worker, each) for each in range(_january(month), month + 1))
    part = Fraction(line.weekly, line.full_time) * Fraction(served, _MONTHS)
    return times_one(annual_premium(month), part)


def _severance(worker: Worker, month: int) -> int:
    """Months of pay with their contributions, for a worker who is dismissed."""
    if not worker.is_dismissed:
        return 0
    return times_one(full_month(worker, month), pay_rules.SEVERANCE_MONTHS)


def _is_whole(worker: Worker, month: int, *, paid: bool = False) -> bool:
    """Is every day of the month under contract and, if asked, every hour remunerated?"""
    days = sum(line_days(line, month).days for line in worker.lines)
    spent = month_hours(worker, month)
    return days == days_in_month(month) and not (paid and spent.unpaid)
