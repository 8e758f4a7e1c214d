"""The pay of every worker-month by cost item, in cents, as an individual account shows it."""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from functools import cache

from backoffice.engine.money import euros, times_one
from backoffice.engine.periods import month_start, month_text, year_period
from reports.demo import pay_rules
from reports.demo.careers import Line, Worker
from reports.demo.gross import gross_of, last_line, residence_of
from reports.demo.premiums import premiums
from reports.demo.rows import Row, hours
from reports.demo.salaries import employer_contribution, manual_base
from reports.demo.working_time import Hours, line_days, month_hours

_WEEK = 5


def pay_rows(workers: Sequence[Worker], year: int) -> Sequence[Row]:
    """One row per worker-month with a contract day; an item that was not paid has no cell."""
    return [row for worker in workers for row in _rows_of(worker, year)]


def _rows_of(worker: Worker, year: int) -> Iterator[Row]:
    for month in year_period(year).months():
        if any(line_days(line, month).days for line in worker.lines):
            yield _row(worker, month)


def _row(worker: Worker, month: int) -> Row:
    spent = month_hours(worker, month)
    return {
        "worker": worker.number,
        "month": month_start(month),
        "paid_hours": hours(spent.paid),
        "assimilated_hours": hours(spent.assimilated),
        "unpaid_hours": hours(spent.unpaid),
        "evidence": f"CI-{month_text(month)}-{worker.number}",
        **{item: euros(amount) for item, amount in pay_items(worker, month).items() if amount},
    }


@cache
def pay_items(worker: Worker, month: int) -> Mapping[str, int]:
    """Cents by cost item of a month with a contract day; 0 where the month does not pay it."""
    line, spent = last_line(worker, month), month_hours(worker, month)
    gross, residence = gross_of(worker, month), residence_of(worker, month)
    extra = premiums(worker, month)
    subject = gross + residence + extra["year_end"]
    return {
        "gross": gross,
        "residence": residence,
        "employer_onss": times_one(_base(line, subject, month), employer_contribution(month)),
        "onss_reduction": _reduction(worker, subject, line, spent) if gross else 0,
        **extra,
        "commuting": times_one(worker.commuting, Fraction(spent.paid, spent.due or 1)),
        "meal_vouchers": pay_rules.MEAL_VOUCHER * (spent.paid // (line.full_time // _WEEK)),
        "accident_insurance": times_one(gross, pay_rules.ACCIDENT_INSURANCE),
        "occupational_medicine": pay_rules.MEDICINE if _is_first(worker, month) else 0,
        "social_secretariat": pay_rules.SECRETARIAT,
    }


def _base(line: Line, subject: int, month: int) -> int:
    """What contributions are due on: more than the pay of a manual worker."""
    return times_one(subject, manual_base(month)) if line.is_manual else subject


def _reduction(worker: Worker, subject: int, line: Line, spent: Hours) -> int:
    """Reductions of contributions, negative."""
    if worker.is_acs:
        return -times_one(subject, pay_rules.ACS_REDUCTION)
    part = Fraction(line.weekly, line.full_time) * Fraction(spent.remunerated, spent.due or 1)
    return -times_one(pay_rules.STRUCTURAL_REDUCTION, part)


def _is_first(worker: Worker, month: int) -> bool:
    """First month of the worker's contract in the year: the medicine's yearly bill."""
    starts_on = worker.lines[0].starts_on
    first = month_start(month)
    begins = (starts_on.year, starts_on.month) == (first.year, first.month)
    return begins or (first.month == 1 and starts_on < first)
