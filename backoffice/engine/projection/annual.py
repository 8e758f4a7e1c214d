"""Premiums paid once a year, from that of the last known year and the months served in each."""

from datetime import date

import numpy as np

from backoffice.engine import money
from backoffice.engine.figures import FigureNotDefined
from backoffice.engine.money import Cents
from backoffice.engine.periods import Ints
from backoffice.engine.projection.facts import Facts, Observed
from backoffice.engine.projection.planned import Planned
from backoffice.engine.projection.served import whole_months
from backoffice.engine.scenario.award_years import Flags

ANNUAL = ("year_end", "annual_premium")
FIXED = frozenset({"annual_premium"})
"""Premiums that are an amount, and no part of the pay."""
REFERENCE = "year_end.reference_months"
_MONTHS = 12


def annual_premium(
    facts: Facts,
    planned: Planned,
    item: str,
    missing: dict[str, FigureNotDefined],
) -> tuple[Cents, Flags]:
    """Cents of a premium on the rows that bear it, and true where it is due but not known.

    The premium of the last known year x now / then of whole months served in the reference period,
    and of a month's pay, or of working time alone for a premium that is a fixed amount. The parts
    of the year-end premium, of which one is fixed, are not told apart: the whole follows pay. Who
    had served no month had no premium: what comes is not known, where the employer pays it.

    Args:
        facts: what is read; `observed` holds the premium of the last known year.
        planned: the rows that bear the premium are those of `last`, one a worker and year.
        item: its cost item.
        missing: filled with the figures that have no value.
    Source: year_end.reference_months; an unpaid month is not served (usual, to be confirmed);
    employer.annual_premium_cocof_332: not indexed, in proportion of working time.
    """
    last = np.flatnonzero(planned.last)
    worker, year = planned.worker[last], planned.month[last] // _MONTHS
    amount = facts.observed.amount[facts.years.items.index(item)]
    known = _year_of(facts, amount)[worker]
    first = int(min(facts.first // _MONTHS, known.min(initial=facts.first)))
    months = whole_months(facts, first * _MONTHS, paid=True)
    whole = months.reshape(len(months), months.shape[1] // _MONTHS, _MONTHS)
    served = whole.cumsum(axis=2, dtype=np.int64)
    period = np.array(
        [_period(facts, item, one, missing) for one in range(first, facts.stop // _MONTHS)],
        dtype=np.int64,
    )
    now, then = (served[worker, one - first, period[one - first] - 1] for one in (year, known))
    move = _move(facts.observed, planned, item, last)
    over = move[1] * then
    ratio = np.where(over > 0, move[0] * now, 0), np.maximum(over, 1)
    common = np.maximum(np.gcd(*ratio), 1)
    premium = amount.sum(axis=1)[worker]
    unknown = (over <= 0) & (now > 0) & _paid_by(facts, amount)[worker]
    return money.times(premium, ratio[0] // common, ratio[1] // common), unknown


def _move(seen: Observed, planned: Planned, item: str, rows: Ints) -> tuple[Ints, Ints]:
    """What moves a premium beside the months served, now and then: pay, or working time alone."""
    worker = planned.worker[rows]
    if item in FIXED:
        now = planned.hours[rows] * seen.whole[worker]
        return now, planned.full_time[rows] * seen.weekly[worker]
    return planned.contract_month[rows], seen.contract_month[worker]


def _year_of(facts: Facts, amount: Cents) -> Ints:
    """By worker, the civil year of the last known premium; without one, of the last known pay."""
    last = facts.known_until[facts.worker_employer] - 1
    back = (last[:, None] - np.arange(_MONTHS)) % _MONTHS
    paid = np.where(amount != 0, back, _MONTHS).min(axis=1)
    return np.asarray((last - np.where(paid < _MONTHS, paid, 0)) // _MONTHS, dtype=np.int64)


def _paid_by(facts: Facts, amount: Cents) -> Flags:
    """By worker, whether the employer has paid this premium to someone."""
    employers = np.unique(facts.worker_employer[(amount != 0).any(axis=1)])
    return np.asarray(np.isin(facts.worker_employer, employers), dtype=np.bool_)


def _period(facts: Facts, item: str, year: int, missing: dict[str, FigureNotDefined]) -> int:
    """Months of the reference period, from January; the whole year where nothing says it."""
    if item != "year_end":
        return _MONTHS
    try:
        return int(facts.figures.on(REFERENCE, date(year, 12, 31)).exact)
    except FigureNotDefined as error:
        missing[error.code] = error
        return _MONTHS
