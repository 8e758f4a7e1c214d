"""Premiums of a year and allowances of a month, from the pay of the scale: cents, exact, dated."""

from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from backoffice.engine import money
from backoffice.engine.employer.contributions import Rate
from backoffice.engine.money import Cents
from backoffice.engine.periods import Ints
from backoffice.engine.sheet import COUNT, EUR, HOURS, Column, FigureUse, Sheet, labels

_MONTHS = 12
_CENTS = 100


@dataclass(frozen=True)
class PremiumYears:
    """What the premiums of a year rest on; one row per worker and year.

    Attributes:
        reference: cents of the reference month (October), allowance included, as paid to the
            worker (already in proportion of the working time).
        hours: weekly hours of the contract in that month (Q), `full_time` of a full-time (S).
        served: whole months served in the reference period, at most the months of that period.
    """

    reference: Cents
    hours: Ints
    full_time: Ints
    served: Ints


@dataclass(frozen=True)
class YearEndRates:
    """The premium of a sector for one year.

    `fixed` is EUR a year at full time; `variable` a part of twelve reference months, `october` a
    part of one, None where the sector's agreement has no such part; `period` the number of months
    of the reference period.
    """

    fixed: Rate
    period: Rate
    variable: Rate | None = None
    october: Rate | None = None


def year_end_premium(years: PremiumYears, rates: YearEndRates) -> Sheet:
    """The year-end premium of each worker, in cents.

    Fixed part x Q/S and variable part of the reference pay, both x months served over the months of
    the reference period; each part rounded once.

    Source: year_end.* (agreements of the sectors); a month counts when it is whole, usual rule of
    these agreements, to be confirmed for each sector.
    """
    period = int(rates.period[1].exact)
    served = np.minimum(years.served, period)
    fixed_value = rates.fixed[1].exact * _CENTS
    fixed = money.times(
        money.products(money.products(years.hours, served), fixed_value.numerator),
        1,
        money.products(years.full_time * period, fixed_value.denominator),
    )
    share = _share(rates)
    variable = money.times(
        money.products(years.reference, served), share.numerator, share.denominator * period
    )
    used = [rate for rate in (rates.variable, rates.october) if rate]
    return Sheet(
        (
            Column("reference", _L["reference"], EUR, years.reference),
            Column("hours", _L["hours"], HOURS, years.hours),
            Column("full_time", _L["full_time"], HOURS, years.full_time),
            Column("served", _L["served"], COUNT, served, uses=(FigureUse.of(*rates.period),)),
            Column(
                "fixed",
                _L["fixed"],
                EUR,
                fixed,
                rule="fixed x hours / full_time x served / period",
                uses=(FigureUse.of(*rates.fixed),),
            ),
            Column(
                "variable",
                _L["variable"],
                EUR,
                variable,
                rule="reference x 12 x rate x served / period",
                uses=tuple(FigureUse.of(*rate) for rate in used),
            ),
            Column("premium", _L["premium"], EUR, fixed + variable, rule="fixed + variable"),
        )
    )


def double_holiday(month: Cents, served: Ints, rate: Rate) -> Cents:
    """Double holiday pay of employees: part of a month's pay x months served last year / 12; cents.

    Manual workers are paid by the holiday fund: give them no row. No contribution is due on it.
    Source: employer.double_holiday.
    """
    exact = rate[1].exact
    return money.times(money.products(month, served), exact.numerator, exact.denominator * _MONTHS)


@dataclass(frozen=True)
class AllowanceRates:
    """Foyer or residence allowance at 100 % of the index: EUR a year, and the limits of pay.

    `full` up to `limit_1` of yearly full-time pay, `half` up to `limit_2`, nothing above; what
    equals a limit is within it (to be confirmed).
    """

    full: Rate
    half: Rate
    limit_1: Rate
    limit_2: Rate


def allowance(
    gross: Cents, hours: Ints, full_time: Ints, index: Fraction, rates: AllowanceRates
) -> Cents:
    """Cents a month of the foyer or residence allowance, in proportion of the working time.

    Args:
        gross: cents of a full-time month of the scale, as indexed.
        hours: weekly hours of the contract (Q).
        full_time: weekly hours of a full-time worker (S).
        index: coefficient on base 138.01 of the month.
        rates: amounts and limits at 100 %.

    Returns:
        Cents a month: the yearly amount x index rounded to the cent, / 12, x Q/S, rounded once more
        where the published monthly amounts are.

    Source: allowance.* (Group S, CP 318.01).
    """
    year = money.products(gross, _MONTHS)
    limits = [_indexed(rate, index) for rate in (rates.limit_1, rates.limit_2)]
    amounts = [
        money.round_ratio(_indexed(rate, index), _MONTHS) for rate in (rates.full, rates.half)
    ]
    month = np.where(year <= limits[0], amounts[0], np.where(year <= limits[1], amounts[1], 0))
    return money.times(month, hours, full_time)


def _indexed(rate: Rate, index: Fraction) -> int:
    value = rate[1].exact * _CENTS * index
    return money.round_ratio(value.numerator, value.denominator)


def _share(rates: YearEndRates) -> Fraction:
    """Part of one reference month that the variable part stands for, over the whole period."""
    yearly = rates.variable[1].exact * _MONTHS if rates.variable else Fraction(0)
    return yearly + (rates.october[1].exact if rates.october else Fraction(0))


_L = {
    "reference": labels("Mois de référence (octobre)", "Referentiemaand (oktober)"),
    "hours": labels("Heures par semaine", "Uren per week"),
    "full_time": labels("Temps plein", "Voltijds"),
    "served": labels("Mois de la période de référence", "Maanden van de referentieperiode"),
    "fixed": labels("Part fixe", "Vast deel"),
    "variable": labels("Part variable", "Variabel deel"),
    "premium": labels("Prime de fin d'année", "Eindejaarspremie"),
}
