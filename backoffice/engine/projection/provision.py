"""The provision for holiday pay at the end of each projected year."""

from datetime import date

import numpy as np

from backoffice.engine import money
from backoffice.engine.figures import FigureNotDefined, Figures
from backoffice.engine.holiday import ProvisionRates, provision
from backoffice.engine.money import Cents
from backoffice.engine.projection.facts import Facts
from backoffice.engine.projection.index_grid import distinct
from backoffice.engine.projection.items import EARNS_HOLIDAYS, last_days
from backoffice.engine.projection.months import Months

_MONTHS = 12


def holiday_provisions(facts: Facts, months: Months) -> Cents:
    """Cents that each employer owes at the end of each year of the horizon, -1 where unknown.

    Rows are employers, columns civil years. What a year costs beyond its pay is the difference with
    the year before. An employee who has left by then was paid on leaving; the contribution to the
    holiday fund on the pay of a manual worker stays due.

    Source: employer.holiday_provision_employees, employer.holiday_provision_manual,
    employer.manual_base.
    """
    first = facts.first // _MONTHS
    size = len(facts.names.employers), facts.stop // _MONTHS - first
    result = np.zeros(size, dtype=np.int64)
    pay = np.zeros(len(months), dtype=np.int64)
    for item in EARNS_HOLIDAYS:
        pay = pay + months.pay.costs.get(item, 0)
    if not len(months):
        return result
    year = months.pay.month // _MONTHS - first
    (employer, worker, manual, at), group = distinct(
        months.employer, months.pay.worker, months.manual, year
    )
    gross = money.sum_groups(pay, group, len(at))
    last = last_days(facts)[worker]
    for column in range(size[1]):
        closing = date(first + column, 12, 31).toordinal()
        rows = np.flatnonzero((at == column) & ((last > closing + 1) | (manual == 1)))
        rates = _rates(facts.figures, date(first + column, 12, 31))
        if rates is None:
            result[:, column] = -1
            continue
        owed = provision(gross[rows], manual[rows], rates)["provision"].values
        result[:, column] = money.sum_groups(owed, employer[rows], size[0])
    return result


def _rates(figures: Figures, day: date) -> ProvisionRates | None:
    try:
        employees, manual, base = (
            (figures[code], figures.on(code, day))
            for code in (
                "employer.holiday_provision_employees",
                "employer.holiday_provision_manual",
                "employer.manual_base",
            )
        )
    except FigureNotDefined:
        return None
    return ProvisionRates(employees, manual, base)
