"""Premiums paid once a year, from that of the last known year and the months served in each."""

from datetime import date

import numpy as np

from backoffice.engine import money
from backoffice.engine.figures import FigureNotDefined
from backoffice.engine.money import Cents
from backoffice.engine.periods import Ints
from backoffice.engine.projection.facts import Facts
from backoffice.engine.projection.served import whole_months
from backoffice.engine.scenario.award_years import Flags

ANNUAL = ("year_end", "annual_premium")
REFERENCE = "year_end.reference_months"
_MONTHS = 12


def annual_premium(
    facts: Facts,
    item: str,
    bearing: tuple[Ints, Ints, Cents],
    missing: dict[str, FigureNotDefined],
) -> tuple[Cents, Flags]:
    """Cents of a premium on the rows that bear it, and true where it is due but not known.

    The premium of the last known year x a month's pay now / then x whole months served in the
    reference period now / then. Who had served none of it had no premium: what comes is not known,
    where the employer pays that premium.

    Args:
        facts: what is read; `observed` holds the premium of the last known year.
        item: its cost item.
        bearing: worker, civil year and cents of a whole month's pay of the rows, one a worker and
            year.
        missing: filled with the figures that have no value.
    Source: year_end.reference_months; an unpaid month is not served (usual, to be confirmed).
    """
    worker, year, month = bearing
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
    over = facts.observed.contract_month[worker] * then
    ratio = np.where(over > 0, month * now, 0), np.maximum(over, 1)
    common = np.maximum(np.gcd(*ratio), 1)
    premium = amount.sum(axis=1)[worker]
    unknown = (over <= 0) & (now > 0) & _paid_by(facts, amount)[worker]
    return money.times(premium, ratio[0] // common, ratio[1] // common), unknown


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
