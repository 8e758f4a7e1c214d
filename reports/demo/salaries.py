"""Salaries and published rates of a month, all from the registry of figures."""

from datetime import date
from fractions import Fraction
from functools import cache

from backoffice.engine.indexation import coefficient_on, scale_amount
from backoffice.engine.periods import month_start
from backoffice.figures.index_tables import index_tables
from backoffice.figures.loader import load
from reports.demo.careers import REGIME, SCALE, Line

_CENTS = 100
RESIDENCE_SINCE = date(2023, 12, 1)
"""First month of the residence allowance here: its published base is not known before."""


def monthly_gross(line: Line, month: int) -> int:
    """Cents of a full-time month of the scale, at the index of the month's first day."""
    day = month_start(month)
    return _monthly(f"scale.{SCALE}.{line.column}.{_seniority(line, day)}.base", day)


def residence_allowance(line: Line, month: int) -> int:
    """Cents a month of a full-time worker, full or half by annual gross pay; 0 above."""
    day = month_start(month)
    if day < RESIDENCE_SINCE:
        return 0
    gross = monthly_gross(line, month)
    if gross <= _monthly("allowance.limit_1_base", day):
        return _monthly("allowance.residence_full_base", day)
    if gross <= _monthly("allowance.limit_2_base", day):
        return _monthly("allowance.residence_half_base", day)
    return 0


def employer_contribution(month: int) -> Fraction:
    """Base rate of the employer's social contributions."""
    return _exact("employer.onss_category_2", month_start(month))


def manual_base(month: int) -> Fraction:
    """Base of the contributions of a manual worker, as a part of the gross pay."""
    return _exact("employer.manual_base", month_start(month))


def double_holiday_rate(month: int) -> Fraction:
    """Double holiday pay, as a part of a month's gross pay."""
    return _exact("employer.double_holiday", month_start(month))


def annual_premium(month: int) -> int:
    """Cents of the annual premium of a full-time worker."""
    return int(_exact("employer.annual_premium_cocof_332", month_start(month)) * _CENTS)


@cache
def _monthly(code: str, day: date) -> int:
    """Annual amount at 100 % x coefficient / 12, rounded once."""
    base = _exact(code, day) * _CENTS
    return scale_amount(int(base), _coefficient(day))


@cache
def _coefficient(day: date) -> Fraction:
    return coefficient_on(index_tables(load()), REGIME, day)


@cache
def _exact(code: str, day: date) -> Fraction:
    return load().on(code, day).exact


def _seniority(line: Line, day: date) -> int:
    """Completed years on a day."""
    since = line.seniority_on
    return day.year - since.year - ((day.month, day.day) < (since.month, since.day))
