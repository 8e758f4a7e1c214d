"""What stands across the funders: the radar of double claims, and the projected employer cost."""

from collections.abc import Iterator
from datetime import date
from fractions import Fraction

import numpy as np

from backoffice.engine.employer.projection import EmployerRates, PlannedMonths, project
from backoffice.engine.money import round_ratio
from backoffice.engine.periods import Ints, month_index
from backoffice.engine.radar import Claims, excesses
from bench.table import Row
from bench.timing import timed
from grants.employer_cost import employer_rates
from grants.scheme import general_figures

_EMPLOYERS, _MONTHS, _WORKERS, _CLAIMS = 40, 36, 12, 4
_YEAR, _LAST, _JUNE = 2020, 3, 5


def measure(*, quick: bool) -> Iterator[Row]:
    """The radar at the size of the federation, and a thousand worker-years of projected cost."""
    yield _radar(4 if quick else _EMPLOYERS)
    yield _projected(100 if quick else 1_000)


def _radar(employers: int) -> Row:
    sizes, claims = _cells(employers)
    ours = timed(lambda: excesses(sizes, claims), 7)
    found = excesses(sizes, claims)
    assert len(found) == 1  # noqa: S101 - the planted cent, or the measure means nothing
    plain = timed(lambda: _in_a_dict(sizes, claims), 3)
    return Row.of(
        f"radar, {employers} employers x {_MONTHS} months, {len(claims.cell):,} claims",
        ours,
        alternative="sums in a dictionary, claim by claim",
        other=plain.middle,
    )


def _cells(employers: int) -> tuple[Ints, Claims]:
    """Worker-months wholly claimed by four awards, one of them by one cent too much."""
    random = np.random.default_rng(7)
    size = employers * _MONTHS * _WORKERS
    sizes = random.integers(150_000, 600_000, size)
    cell = np.repeat(np.arange(size), _CLAIMS)
    amount = np.repeat(sizes // _CLAIMS, _CLAIMS)
    amount[::_CLAIMS] += sizes - sizes // _CLAIMS * _CLAIMS
    amount[int(random.integers(len(amount)))] += 1
    return sizes, Claims(cell, np.tile(np.arange(_CLAIMS), size), amount)


def _in_a_dict(sizes: Ints, claims: Claims) -> list[int]:
    found: dict[int, int] = {}
    for cell, amount in zip(claims.cell.tolist(), claims.amount.tolist(), strict=True):
        found[cell] = found.get(cell, 0) + amount
    return [cell for cell, total in found.items() if total > int(sizes[cell])]


def _projected(workers: int) -> Row:
    months, rates = _planned(workers), employer_rates(general_figures(), "332_cocof", _YEAR)
    ours = timed(lambda: project(months, rates), 7)
    plain = timed(lambda: _in_fractions(months, rates), 3)
    missed = abs(_in_fractions(months, rates) - project(months, rates).sheet.total("total"))
    return Row.of(
        f"projected cost, {workers:,} workers x 12 months",
        ours,
        alternative=f"the same in plain Fractions, row by row ({missed} cents apart)",
        other=plain.middle,
    )


def _planned(workers: int) -> PlannedMonths:
    random = np.random.default_rng(11)
    size = workers * 12
    hours = np.repeat(random.integers(1_900, 3_801, workers), 12)
    ones = np.ones(size, dtype=np.int64)
    january = month_index(date(_YEAR, 1, 1))
    return PlannedMonths(
        worker=np.repeat(np.arange(workers), 12),
        month=np.tile(np.arange(january, january + 12), workers),
        gross=np.repeat(random.integers(200_000, 500_000, workers), 12) * hours // 3_800,
        allowance=np.zeros(size, dtype=np.int64),
        hours=hours,
        full_time=np.full(size, 3_800, dtype=np.int64),
        manual=np.zeros(size, dtype=np.int64),
        targeted=ones,
        whole=ones,
        served_before=ones * 12,
        performance=(hours, np.full(size, 3_800, dtype=np.int64)),
    )


def _in_fractions(months: PlannedMonths, rates: EmployerRates) -> int:
    """Cents of the whole: pay, premiums, and the contributions left of each quarter."""
    premium, asked = rates.annual_premium(), rates.year_end()
    assert premium is not None  # noqa: S101 - this sector has one
    variable = asked.variable[1].exact * 12 if asked.variable else Fraction(0)
    found = 0
    for first in range(0, len(months), 12):
        gross = int(months.gross[first])
        part = Fraction(int(months.hours[first]), int(months.full_time[first]))
        end = _cents(asked.fixed[1].exact * 100 * part) + _cents(variable * gross)
        found += gross * 12 + end + _cents(premium[1].exact * 100 * part)
        found += _cents(gross * rates.holiday(_JUNE)[1].exact)
        for quarter in range(4):
            remaining = rates.contributions(quarter * 3).remaining
            assert remaining is not None  # noqa: S101 - every worker here is of a target group
            wage = gross * 3 + (end if quarter == _LAST else 0)
            found += _cents(wage * remaining[1].exact)
    return found


def _cents(value: Fraction) -> int:
    return round_ratio(value.numerator, value.denominator)
