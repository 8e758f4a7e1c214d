"""The cost of worker-months to come, item by item, as an individual account will show them.

What no figure gives is not counted and is named: a total without it is not the whole cost.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from fractions import Fraction

import numpy as np

from backoffice.engine import money
from backoffice.engine.employer.contributions import (
    ContributionRates,
    Quarter,
    Rate,
    StructuralRates,
    contributions,
    structural_reduction,
)
from backoffice.engine.employer.premiums import (
    PremiumYears,
    YearEndRates,
    double_holiday,
    year_end_premium,
)
from backoffice.engine.figures import FigureNotDefined
from backoffice.engine.money import Cents
from backoffice.engine.periods import Ints
from backoffice.engine.sheet import COUNT, EUR, Column, FigureUse, Sheet, labels

_MONTHS, _QUARTER, _CENTS = 12, 3, 100
_JUNE, _OCTOBER = 5, 9


@dataclass(frozen=True)
class PlannedMonths:
    """One row per worker-month of one civil year, by worker then month.

    Attributes:
        worker: index of the worker.
        month: month index, all of the same year.
        gross: cents of the month, in proportion of working time and days.
        allowance: cents of the foyer or residence allowance, likewise.
        hours: weekly hours (Q); `full_time` of a full-time worker (S).
        manual: 1 for a manual worker, whose holiday pay comes from a fund, else 0.
        targeted: 1 where a target-group reduction takes the balance of contributions (ACS).
        whole: 1 where every day of the month is under contract and paid, else 0.
        served_before: whole months served in the year before, 0 to 12, for double holiday pay.
        performance: share of the quarter worked (µ), numerators and denominators.
    """

    worker: Ints
    month: Ints
    gross: Cents
    allowance: Cents
    hours: Ints
    full_time: Ints
    manual: Ints
    targeted: Ints
    whole: Ints
    served_before: Ints
    performance: tuple[Ints, Ints]

    def __len__(self) -> int:
        return len(self.month)


@dataclass(frozen=True)
class EmployerRates:
    """How the figures of a year are asked for; each call raises `FigureNotDefined` when unknown.

    Attributes:
        contributions: rates on the first day of a month, 0 to 11.
        structural: those of the structural reduction of a quarter, 0 to 3.
        withheld: EUR of each worker of a quarter that feed the Maribel fund, on which no reduction
            counts.
        year_end: premium of the sector; `annual_premium` EUR a year at full time.
        holiday: part of a month's pay for double holiday pay, as paid in a month, 0 to 11.
        insurance: accidents at work, part of the gross pay.
    """

    contributions: Callable[[int], ContributionRates]
    structural: Callable[[int], StructuralRates]
    withheld: Callable[[int], Rate]
    year_end: Callable[[], YearEndRates]
    annual_premium: Callable[[], Rate | None]
    holiday: Callable[[int], Rate]
    insurance: Callable[[], Rate]


@dataclass(frozen=True)
class Projection:
    """The projected months, and what could not be counted for want of a figure.

    `sheet` has one row per worker-month and ends at `total`, the sum of the columns that are there.
    """

    sheet: Sheet
    missing: tuple[FigureNotDefined, ...]


def project(months: PlannedMonths, rates: EmployerRates) -> Projection:
    """The cost of each planned month in cents, exact; the months of a quarter share its ONSS.

    Double holiday pay falls in June, the premiums in December or in the last month of the year.

    Raises:
        FigureNotDefined: the contributions themselves are unknown: no cost can be told.
    """
    missing: list[FigureNotDefined] = []
    premiums = [
        column
        for column in (
            _if_known(missing, lambda: _double_holiday(months, rates.holiday(_JUNE))),
            _if_known(missing, lambda: _year_end(months, rates.year_end())),
            _if_known(missing, lambda: _annual_premium(months, rates.annual_premium())),
        )
        if column is not None
    ]
    subject = months.gross + months.allowance
    for column in premiums:
        if column.name == "year_end":
            subject = subject + column.values
    charges = _contributions(months, subject, rates, missing)
    insurance = _if_known(missing, lambda: _insurance(months, rates.insurance()))
    parts = [
        Column("month", _L["month"], COUNT, months.month),
        Column("gross", _L["gross"], EUR, months.gross),
        Column("residence", _L["residence"], EUR, months.allowance),
        *premiums,
        *charges,
        *([insurance] if insurance else []),
    ]
    total = np.zeros(len(months), dtype=np.int64)
    for column in parts[1:]:
        total = total + column.values
    names = " + ".join(column.name for column in parts[1:])
    whole = Column("total", _L["total"], EUR, total, rule=names)
    named = {error.code: error for error in missing}
    return Projection(Sheet((*parts, whole)), tuple(named.values()))


def _if_known(
    missing: list[FigureNotDefined], column: Callable[[], Column | None]
) -> Column | None:
    """The column, or None with the reason kept: an unknown amount is not a zero."""
    try:
        return column()
    except FigureNotDefined as error:
        missing.append(error)
        return None


def _contributions(
    months: PlannedMonths, subject: Cents, rates: EmployerRates, missing: list[FigureNotDefined]
) -> list[Column]:
    """Contributions of each quarter, shared over its months by the pay that bears them."""
    due, reduced = np.zeros(len(months), dtype=np.int64), np.zeros(len(months), dtype=np.int64)
    uses: dict[FigureUse, None] = {}
    known = True
    quarters = months.month % _MONTHS // _QUARTER
    for quarter in np.unique(quarters):
        rows = np.flatnonzero(quarters == quarter)
        first, group = np.unique(months.worker[rows], return_inverse=True)
        lines = _quarter(months, rows, subject, group, len(first))
        found = rates.contributions(int(quarter) * _QUARTER)
        whole = contributions(lines, found, None)
        reduction = _reduction(lines, whole["due"].values, rates, int(quarter), missing)
        sheet = whole if reduction is None else contributions(lines, found, reduction)
        known = known and reduction is not None
        weights = np.maximum(subject[rows], 0)
        due[rows] = money.allocate_groups(whole["due"].values, weights, group)
        if reduction is not None:
            less = whole["due"].values - sheet["net"].values
            reduced[rows] = -money.allocate_groups(less, weights, group)
        uses.update(dict.fromkeys(use for column in sheet.columns for use in column.uses))
    column = Column(
        "employer_onss",
        _L["employer_onss"],
        EUR,
        due,
        rule="contributions of the quarter, by the pay of its months",
        uses=tuple(uses),
    )
    if not known:
        return [replace(column, label=_L["before_reductions"])]
    words = "reductions of the quarter, by the pay of its months"
    return [column, Column("onss_reduction", _L["onss_reduction"], EUR, reduced, rule=words)]


def _reduction(
    lines: Quarter,
    due: Cents,
    rates: EmployerRates,
    quarter: int,
    missing: list[FigureNotDefined],
) -> Column | None:
    """The structural reduction, which plays no part where a target-group one takes the balance."""
    if bool((lines.targeted == 1).all()):
        return Column("structural", _L["onss_reduction"], EUR, np.zeros(len(due), dtype=np.int64))
    try:
        withheld = rates.withheld(quarter)[1].exact * _CENTS
    except FigureNotDefined as error:  # it can only bound the reduction of the lowest pay
        missing.append(error)
        withheld = Fraction(0)
    kept = money.round_ratio(withheld.numerator, withheld.denominator)
    try:
        return structural_reduction(lines, due, rates.structural(quarter), kept)
    except FigureNotDefined as error:
        missing.append(error)
        return None


def _quarter(months: PlannedMonths, rows: Ints, subject: Cents, group: Ints, size: int) -> Quarter:
    """The rows of one quarter, worker by worker."""
    first = np.searchsorted(group, np.arange(size))
    place = rows[first]
    return Quarter(
        wage=money.sum_groups(subject[rows], group, size),
        manual=months.manual[place],
        targeted=months.targeted[place],
        performance=(months.performance[0][place], months.performance[1][place]),
    )


def _double_holiday(months: PlannedMonths, rate: Rate) -> Column:
    paid = (months.month % _MONTHS == _JUNE) & (months.manual == 0)
    values = double_holiday(months.gross, months.served_before, rate)
    return Column(
        "double_holiday",
        _L["double_holiday"],
        EUR,
        np.where(paid, values, 0),
        rule="gross x double_holiday x months served / 12",
        uses=(FigureUse.of(*rate),),
    )


def _year_end(months: PlannedMonths, rates: YearEndRates) -> Column:
    """The premium of each worker, on the row of the last month."""
    names, group = np.unique(months.worker, return_inverse=True)
    number = months.month % _MONTHS
    last = _last_rows(group)
    period = int(rates.period[1].exact)
    counted = np.where(number < period, months.whole, 0)
    served = money.sum_groups(counted, group, len(names))
    reference = last.copy()
    october = np.flatnonzero(number == _OCTOBER)
    reference[group[october]] = october
    years = PremiumYears(
        months.gross[reference] + months.allowance[reference],
        months.hours[reference],
        months.full_time[reference],
        served,
    )
    sheet = year_end_premium(years, rates)
    values = np.zeros(len(months), dtype=np.int64)
    values[last] = sheet["premium"].values
    uses = tuple(use for column in sheet.columns for use in column.uses)
    return Column(
        "year_end", _L["year_end"], EUR, values, rule="fixed + variable, by months", uses=uses
    )


def _annual_premium(months: PlannedMonths, rate: Rate | None) -> Column | None:
    """A fixed amount on the last month of each worker, by working time and whole months served.

    None where the sector has none.
    """
    if rate is None:
        return None
    names, group = np.unique(months.worker, return_inverse=True)
    last = _last_rows(group)
    served = money.sum_groups(months.whole, group, len(names))
    exact = rate[1].exact * _CENTS
    values = np.zeros(len(months), dtype=np.int64)
    values[last] = money.times(
        money.products(months.hours[last], served),
        exact.numerator,
        months.full_time[last] * _MONTHS * exact.denominator,
    )
    return Column(
        "annual_premium",
        _L["annual_premium"],
        EUR,
        values,
        rule="annual_premium x hours / full_time x months / 12",
        uses=(FigureUse.of(*rate),),
    )


def _last_rows(group: Ints) -> Ints:
    """The row of the last month of each worker."""
    return np.flatnonzero(np.append(group[1:] != group[:-1], True))


def _insurance(months: PlannedMonths, rate: Rate) -> Column:
    exact = rate[1].exact
    return Column(
        "accident_insurance",
        _L["accident_insurance"],
        EUR,
        money.times(months.gross, exact.numerator, exact.denominator),
        rule="gross x accident_insurance",
        uses=(FigureUse.of(*rate),),
    )


_L = {
    "month": labels("Mois", "Maand"),
    "gross": labels("Rémunération brute", "Brutoloon"),
    "residence": labels("Allocation de foyer ou de résidence", "Haard- of standplaatstoelage"),
    "double_holiday": labels("Double pécule de vacances", "Dubbel vakantiegeld"),
    "year_end": labels("Prime de fin d'année", "Eindejaarspremie"),
    "annual_premium": labels("Prime annuelle", "Jaarlijkse premie"),
    "employer_onss": labels("Cotisations patronales ONSS", "Werkgeversbijdragen RSZ"),
    "before_reductions": labels(
        "Cotisations patronales ONSS, avant réductions",
        "Werkgeversbijdragen RSZ, vóór verminderingen",
    ),
    "onss_reduction": labels(
        "Réductions de cotisations (négatif)", "Bijdrageverminderingen (negatief)"
    ),
    "accident_insurance": labels("Assurance accidents du travail", "Arbeidsongevallenverzekering"),
    "total": labels("Coût connu", "Gekende kost"),
}
