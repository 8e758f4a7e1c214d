"""The projected cost of a contract for a year, from the registry of figures and the index."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

import numpy as np
from django.utils.translation import gettext as _

from backoffice.engine import money
from backoffice.engine.employer.contributions import ContributionRates, Rate, StructuralRates
from backoffice.engine.employer.premiums import AllowanceRates, YearEndRates, allowance
from backoffice.engine.employer.projection import (
    EmployerRates,
    PlannedMonths,
    Projection,
    project,
)
from backoffice.engine.figures import FigureNotDefined, Figures
from backoffice.engine.index_series import IndexTables
from backoffice.engine.indexation import coefficient_on, scale_amount_on
from backoffice.engine.periods import Ints, Period, month_period, month_start, year_period

_MONTHS, _QUARTER = 12, 3
_COCOF = "332_cocof"
_CENTS = 100


class NoDay(ValueError):
    """The contract, or the seniority that it counts, has no day in the year asked for."""


class AllowanceUnknown(LookupError):
    """No figure gives the foyer or residence allowance of a month; `reason` says which."""

    def __init__(self, reason: FigureNotDefined) -> None:
        super().__init__(reason.message)
        self.reason = reason


@dataclass(frozen=True)
class PlannedContract:
    """A contract to cost for one year; hours are weekly, in hundredths.

    `sector` is the end of the codes of its year-end premium ("332_cocof"); `allowance` is "foyer",
    "residence" or empty; `targeted` says that a target-group reduction takes the contributions.
    """

    scale: str
    column: str
    seniority_since: date
    hours: int
    full_time: int
    regime: str
    sector: str
    starts_on: date
    ends_on: date | None = None
    manual: bool = False
    targeted: bool = False
    allowance: str = ""


def projected_year(
    contract: PlannedContract, year: int, registry: Figures, tables: IndexTables
) -> Projection:
    """The months of a contract in one year, each at the index and step of its first day.

    An allowance that no figure gives is left out and named, as any other unknown part.

    Raises:
        FigureNotDefined: no scale amount, no index or no contribution is known.
        NoDay: the contract has no day in the year.
    """
    rates = employer_rates(registry, contract.sector, year)
    try:
        return project(_months(contract, year, registry, tables), rates)
    except AllowanceUnknown as unknown:
        bare = replace(contract, allowance="")
        found = project(_months(bare, year, registry, tables), rates)
        return replace(found, missing=(unknown.reason, *found.missing))


def employer_rates(registry: Figures, sector: str, year: int) -> EmployerRates:
    """The figures of an employer's sector for one year, each asked when it is needed."""

    def on(code: str, day: date) -> Rate:
        return registry[code], registry.on(code, day)

    def first(quarter: int) -> date:
        return date(year, quarter * _QUARTER + 1, 1)

    last = date(year, _MONTHS, 31)
    return EmployerRates(
        contributions=lambda month: ContributionRates(
            contributions=on("employer.onss_category_2", date(year, month + 1, 1)),
            manual_base=on("employer.manual_base", date(year, month + 1, 1)),
            remaining=on("acs.remaining_onss", date(year, month + 1, 1)),
        ),
        structural=lambda quarter: _structural(on, first(quarter)),
        withheld=lambda quarter: on(f"maribel.withholding_{_withheld(sector)}", first(quarter)),
        year_end=lambda: YearEndRates(
            fixed=on(f"year_end.fixed_{sector}", last),
            period=on("year_end.reference_months", last),
            variable=_if_any(registry, on, f"year_end.rate_{sector}", last),
            october=_if_any(registry, on, f"year_end.october_rate_{sector}", last),
        ),
        annual_premium=lambda: (
            on("employer.annual_premium_cocof_332", last) if sector == _COCOF else None
        ),
        holiday=lambda month: on("employer.double_holiday", date(year, month + 1, 1)),
        insurance=lambda: on("employer.accident_insurance", last),
    )


def _structural(on: Callable[[str, date], Rate], day: date) -> StructuralRates:
    def known(name: str) -> Rate | None:
        try:
            return on(f"employer.structural_{name}", day)
        except FigureNotDefined as error:
            if error.reason == "before_first":  # the reduction had no such part yet
                return None
            if name == "beta_partial":
                return None
            raise

    return StructuralRates(
        fixed=on("employer.structural_fixed", day),
        low=on("employer.structural_low", day),
        low_below=on("employer.structural_low_below", day),
        very_low=known("very_low"),
        very_low_below=known("very_low_below"),
        high=on("employer.structural_high", day),
        high_above=on("employer.structural_high_above", day),
        beta=on("employer.structural_beta", day),
        beta_partial=known("beta_partial"),
    )


def _withheld(sector: str) -> str:
    """Which amount feeds the Maribel fund of a sector: committee 330 has its own."""
    return "330" if sector.startswith("330") else "general"


def _if_any(
    registry: Figures, on: Callable[[str, date], Rate], code: str, day: date
) -> Rate | None:
    """A part of the premium that the sector's agreement may not have."""
    return on(code, day) if code in registry else None


def _months(
    contract: PlannedContract, year: int, registry: Figures, tables: IndexTables
) -> PlannedMonths:
    covered = Period.inclusive(contract.starts_on, contract.ends_on).overlap(year_period(year))
    numbers = list(covered.months())
    if not numbers:
        raise NoDay(_("Le contrat n'a aucun jour en %d.") % year)
    days = [month_period(number).overlap(covered).days for number in numbers]
    lengths = [month_period(number).days for number in numbers]
    full = _array([_full_month(contract, number, registry, tables) for number in numbers])
    size = len(numbers)
    hours, full_time = (_array([value] * size) for value in (contract.hours, contract.full_time))
    part = money.products(hours, _array(days)), money.products(full_time, _array(lengths))
    extra = _allowances(contract, numbers, full, (registry, tables))
    return PlannedMonths(
        worker=_array([0] * size),
        month=_array(numbers),
        gross=money.times(full, *part),
        allowance=money.times(extra, _array(days), _array(lengths)),
        hours=hours,
        full_time=full_time,
        manual=_array([int(contract.manual)] * size),
        targeted=_array([int(contract.targeted)] * size),
        whole=_array([int(one == whole) for one, whole in zip(days, lengths, strict=True)]),
        served_before=_array([_whole_months(contract, year - 1)] * size),
        performance=_performance(contract, covered, numbers),
    )


def _full_month(
    contract: PlannedContract, number: int, registry: Figures, tables: IndexTables
) -> int:
    """Cents of a full-time month of the scale, at the step and the index of its first day."""
    day = max(month_start(number), contract.starts_on)
    since = contract.seniority_since
    years = day.year - since.year - ((day.month, day.day) < (since.month, since.day))
    if years < 0:
        raise NoDay(
            _("L'ancienneté commence le %(since)s, après le %(day)s.")
            % {"since": f"{since:%d/%m/%Y}", "day": f"{day:%d/%m/%Y}"}
        )
    value = registry.on(_step(registry, contract, years), day).exact * _CENTS
    base = money.round_ratio(value.numerator, value.denominator)
    return scale_amount_on(tables, contract.regime, base, month_start(number))


def _step(registry: Figures, contract: PlannedContract, years: int) -> str:
    """The code of the step of a seniority; past the last step of the scale, the last one."""
    name = f"scale.{contract.scale}.{contract.column}"
    known = [step for step in range(years + 1) if f"{name}.{step}.base" in registry]
    return f"{name}.{known[-1] if known else years}.base"


def _allowances(
    contract: PlannedContract, months: list[int], full: Ints, source: tuple[Figures, IndexTables]
) -> Ints:
    """Cents of the allowance of a whole month at the contract's working time, month by month."""
    found = np.zeros(len(months), dtype=np.int64)
    hours, full_time = _array([contract.hours]), _array([contract.full_time])
    for row, number in enumerate(months) if contract.allowance else ():
        try:
            rates, index = _allowance_rates(contract, month_start(number), *source)
        except FigureNotDefined as error:
            raise AllowanceUnknown(error) from error
        found[row] = allowance(full[row : row + 1], hours, full_time, index, rates)[0]
    return found


def _allowance_rates(
    contract: PlannedContract, day: date, registry: Figures, tables: IndexTables
) -> tuple[AllowanceRates, Fraction]:
    codes = (f"{contract.allowance}_full", f"{contract.allowance}_half", "limit_1", "limit_2")
    named = [f"allowance.{code}_base" for code in codes]
    rates = [(registry[code], registry.on(code, day)) for code in named]
    return AllowanceRates(*rates), coefficient_on(tables, contract.regime, day)


def _performance(
    contract: PlannedContract, covered: Period, numbers: list[int]
) -> tuple[Ints, Ints]:
    """Share of the quarter worked by the contract: Q/S x days covered / days of the quarter."""
    tops, bottoms = [], []
    for number in numbers:
        first = number - number % _QUARTER
        quarter = Period(month_start(first), month_start(first + _QUARTER))
        share = Fraction(contract.hours, contract.full_time) * Fraction(
            quarter.overlap(covered).days, quarter.days
        )
        tops.append(share.numerator)
        bottoms.append(share.denominator)
    return _array(tops), _array(bottoms)


def _whole_months(contract: PlannedContract, year: int) -> int:
    """Whole months of the contract in a year."""
    covered = Period.inclusive(contract.starts_on, contract.ends_on)
    months = (month_period(number) for number in year_period(year).months())
    return sum(covered.overlap(month) == month for month in months)


def _array(values: list[int]) -> Ints:
    return np.array(values, dtype=np.int64)
