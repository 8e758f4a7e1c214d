"""Gross pay of a worker-month: scale x Q/S, on the days of each contract line and its paid part."""

from collections.abc import Callable
from fractions import Fraction

from backoffice.engine.money import times_one
from backoffice.engine.periods import days_in_month
from reports.demo.careers import Line, Worker
from reports.demo.salaries import monthly_gross, residence_allowance
from reports.demo.working_time import line_days, line_hours


def gross_of(worker: Worker, month: int) -> int:
    """Cents of gross pay; 0 in a month without remunerated hours."""
    return _paid(worker, month, monthly_gross)


def residence_of(worker: Worker, month: int) -> int:
    """Cents of residence allowance, prorated as the gross pay is."""
    return _paid(worker, month, residence_allowance)


def full_month(worker: Worker, month: int) -> int:
    """Cents that the month would have paid if worked from end to end under its last line."""
    line = last_line(worker, month)
    return times_one(monthly_gross(line, month), Fraction(line.weekly, line.full_time))


def last_line(worker: Worker, month: int) -> Line:
    """The last contract line that touches the month.

    Raises:
        IndexError: the worker has no contract day in the month.
    """
    return [line for line in worker.lines if line_days(line, month).days][-1]


def _paid(worker: Worker, month: int, full_time: Callable[[Line, int], int]) -> int:
    return sum(
        times_one(full_time(line, month), _part(worker, line, month))
        for line in worker.lines
        if line_days(line, month).days
    )


def _part(worker: Worker, line: Line, month: int) -> Fraction:
    """Q/S x days under the line / days of the month x remunerated hours / due hours."""
    days = Fraction(line_days(line, month).days, days_in_month(month))
    spent = line_hours(worker, line, month)
    paid = Fraction(spent.remunerated, spent.due) if spent.due else Fraction(1)
    return Fraction(line.weekly, line.full_time) * days * paid
