"""Holiday pay owed at the end of a year: the provision of an employer, and what a day off is worth.

The holidays of a year are earned by the work of the year before: on 31 December the employer owes
its employees the simple and double holiday pay that their gross pay has earned, and the holiday
fund the contribution on that of its manual workers.
"""

from dataclasses import dataclass

import numpy as np

from backoffice.engine import money
from backoffice.engine.figures import Figure, FigureValue
from backoffice.engine.money import Cents
from backoffice.engine.periods import Ints
from backoffice.engine.sheet import EUR, Column, FigureUse, Sheet, labels

Rate = tuple[Figure, FigureValue]


@dataclass(frozen=True)
class ProvisionRates:
    """The figures in force on the closing day.

    `employees` is a part of the gross pay of employees, `manual` of the contribution base of manual
    workers, which is `manual_base` times their gross pay.
    """

    employees: Rate
    manual: Rate
    manual_base: Rate


@dataclass(frozen=True)
class DayOff:
    """One day of simple holiday pay, and the employer's contributions on it; cents."""

    pay: int
    charges: int


def provision(gross: Cents, manual: Ints, rates: ProvisionRates) -> Sheet:
    """The provision for holiday pay, one row per worker and status.

    Args:
        gross: cents of the year, without holiday pay nor year-end premium.
        manual: 1 for a manual worker, 0 for an employee.
        rates: see `ProvisionRates`.

    Returns:
        A sheet with `gross`, `base` (what the rate applies to) and `provision`, each rounded once.
    """
    is_manual = np.asarray(manual, dtype=np.int64)
    bases = (1, 1), rates.manual_base[1].exact.as_integer_ratio()
    rests = (
        rates.employees[1].exact.as_integer_ratio(),
        rates.manual[1].exact.as_integer_ratio(),
    )
    base = _by_status(gross, is_manual, bases)
    owed = _by_status(base, is_manual, rests)
    by_base = FigureUse.of(*rates.manual_base)
    by_rate = FigureUse.of(*rates.employees), FigureUse.of(*rates.manual)
    return Sheet(
        (
            Column("gross", labels("Rémunération brute", "Brutoloon"), EUR, gross),
            Column(
                "base",
                labels("Base de la provision", "Basis van de voorziening"),
                EUR,
                base,
                rule="gross x manual_base for manual workers",
                uses=(by_base,),
                use=is_manual - 1,
            ),
            Column(
                "provision",
                labels("Provision", "Voorziening"),
                EUR,
                owed,
                rule="base x rate of the status",
                uses=by_rate,
                use=is_manual,
            ),
        )
    )


def day_off(gross: int, working_days: int, contributions: Rate) -> DayOff:
    """What one day of simple holiday pay costs an employer.

    Args:
        gross: cents of one month of pay.
        working_days: days that this month's pay stands for.
        contributions: rate of the employer's contributions.

    Raises:
        ZeroDivisionError: no working day.
    """
    pay = money.round_ratio(gross, working_days)
    return DayOff(pay, money.times_one(pay, contributions[1].exact))


def _by_status(
    amounts: Cents, manual: Ints, ratios: tuple[tuple[int, int], tuple[int, int]]
) -> Cents:
    """Each row times the ratio of its status, employees first."""
    top, bottom = (np.array(part, dtype=np.int64) for part in zip(*ratios, strict=True))
    return money.times(amounts, top[manual], bottom[manual])
