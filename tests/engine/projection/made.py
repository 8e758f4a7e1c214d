"""Invented employers as facts of a projection, of any size; nothing here is a real amount."""

from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from typing import Any

import numpy as np

from backoffice.engine.claims.inputs import HEADS, Award, InvoiceParts, Known, Posts
from backoffice.engine.employer.contributions import ContributionRates, Rate
from backoffice.engine.employer.projection import EmployerRates
from backoffice.engine.figures import Figure, FigureNotDefined, Figures, FigureValue, Source
from backoffice.engine.indexation import IndexEvent
from backoffice.engine.payroll import PayMonths
from backoffice.engine.periods import Ints, month_index, year_period
from backoffice.engine.projection.facts import (
    Assignments,
    Contracts,
    Facts,
    Leaves,
    Names,
    Observed,
    ScaleTable,
    frozen,
    taken,
)
from backoffice.engine.projection.index_grid import IndexGrid, Regime, grid_of
from backoffice.engine.scenario.year_rows import (
    Entry,
    Vocabulary,
    award_years,
    parts_of,
    posts_of,
)

FIRST_YEAR = 2026
ITEMS = {
    "gross": "scale",
    "residence": "benefit",
    "employer_onss": "charges",
    "onss_reduction": "charges",
    "double_holiday": "benefit",
    "exit_holiday": "benefit",
    "year_end": "benefit",
    "annual_premium": "benefit",
    "commuting": "benefit",
    "accident_insurance": "benefit",
}
SHAPES: tuple[tuple[str, int, Any], ...] = (
    ("capped_cost", 10, {"bound": "post_year"}),
    ("real_cost", 60, {"scale_bound": True, "framed": True}),
    ("indexed_amount", 30, {}),
    ("post_premium", 20, {"bound": "worker_month"}),
    ("flat_amount", 40, {}),
    ("real_cost", 50, {}),
    ("envelope_share", 55, {}),
    ("indexed_cost", 70, {"framed": True}),
)
SCALES = (("MADE", "a"), ("MADE", "b"), ("UNKNOWN", "c"))
REGIME, FUNCTIONS, STEPS, FAR = "r", 3, 60, date.max.toordinal()
LABEL = {"fr": "essai", "nl": "proef"}


@dataclass(frozen=True)
class Made:
    """Facts, and the awards of each year as `settle` takes them, in the same order."""

    facts: Facts
    entries: tuple[Entry, ...]


def made(
    workers: int = 3,
    awards: int = 8,
    years: int = 2,
    employers: int = 1,
    *,
    seed: int = 1,
    each: int | None = None,
) -> Made:
    """Employers from 2026 whose pay is known up to 2025.

    Every worker stands on each of their awards, or on `each` of them, one after the other.
    """
    draw = np.random.default_rng([seed, workers, awards, employers])
    first, stop = FIRST_YEAR * 12, (FIRST_YEAR + years) * 12
    grid = _grid(first, stop)
    figures = Figures(_figures(awards))
    entries = tuple(_entries(draw, (employers, workers, awards, years), figures))
    contracts = _contracts(draw, employers * workers, workers)
    read = award_years(entries, Vocabulary(tuple(ITEMS), ITEMS, FUNCTIONS), grid)
    facts = Facts(
        names=_names(employers, workers, awards),
        first=first,
        stop=stop,
        known_until=np.full(employers, first),
        contracts=contracts,
        assignments=_some(_assignments(draw, contracts, workers, awards), awards, each),
        leaves=Leaves(*np.zeros((3, 0), dtype=np.int64)),
        posts=posts_of(entries),
        years=read,
        renewed=np.zeros(len(read), dtype=np.int64),
        parts=parts_of(entries),
        repeated=np.zeros(len(parts_of(entries)), dtype=np.int64),
        real=_no_pay(),
        worker_employer=np.repeat(np.arange(employers), workers),
        targeted=np.array([int(k % awards == 3) for k in range(employers * awards)]),
        observed=_observed(draw, contracts, first),
        scales=_scales(years),
        index=grid,
        figures=figures,
        law=law,
    )
    return Made(frozen(facts), entries)


def law(figures: Figures, committee: str, year: int) -> EmployerRates:
    """Contributions and double holiday pay from two figures; nothing else is asked."""
    del committee

    def rate(code: str, month: int = 1) -> Rate:
        return figures[code], figures.on(code, date(year, month, 1))

    def unknown(*_asked: int) -> Any:
        raise FigureNotDefined("none", None, "missing", "inconnu")

    def contributions(month: int) -> ContributionRates:
        base = rate("employer.manual_base", month + 1)
        return ContributionRates(rate("employer.onss_category_2", month + 1), base, None)

    return EmployerRates(
        contributions=contributions,
        structural=unknown,
        withheld=unknown,
        year_end=unknown,
        annual_premium=unknown,
        holiday=lambda month: rate("employer.double_holiday", month + 1),
        insurance=unknown,
    )


def events() -> tuple[IndexEvent, ...]:
    """A rise each March: confirmed, then one capped, then forecast."""
    found = []
    for rank, year in enumerate(range(2024, 2029)):
        status = "confirmed" if rank < 3 else "forecast"
        event = IndexEvent(REGIME, date(year, 3, 1), Fraction(2, 100), status, n=37 + rank)
        if rank == 3:
            event = replace(event, cap=400_000, capped_rate=Fraction(2, 100))
        found.append(event)
    return tuple(found)


def _grid(first: int, stop: int) -> IndexGrid:
    known = month_index(date(2028, 12, 1))
    return grid_of({REGIME: Regime(events(), known)}, range(first, stop), Fraction(2, 100))


def _contracts(draw: np.random.Generator, size: int, workers: int) -> Contracts:
    full = draw.choice(np.array([3800, 3600]), size)
    start = date(2015, 1, 1).toordinal() + draw.integers(0, 3650, size)
    ends = date(FIRST_YEAR, 7, 1).toordinal() + draw.integers(0, 500, size)
    return Contracts(
        worker=np.arange(size),
        employer=np.arange(size) // workers,
        approval=np.where(draw.random(size) < 0.2, -1, 0),
        function=np.arange(size) % FUNCTIONS,
        diploma=np.zeros(size, dtype=np.int64),
        committee=np.zeros(size, dtype=np.int64),
        start=start,
        stop=np.where(draw.random(size) < 0.2, ends, FAR),
        hours=full * draw.choice(np.array([20, 16, 10]), size) // 20,
        full_time=full,
        manual=(draw.random(size) < 0.1).astype(np.int64),
        scale=np.arange(size) % len(SCALES),
        since=FIRST_YEAR * 12 - draw.integers(1, 300, size),
        regime=np.zeros(size, dtype=np.int64),
    )


def _assignments(
    draw: np.random.Generator, contracts: Contracts, workers: int, awards: int
) -> Assignments:
    size = len(contracts)
    worker = np.repeat(np.arange(size), awards)
    award = np.tile(np.arange(awards), size)
    share = draw.integers(1, 10, (size, awards))
    total = share.sum(axis=1) + draw.integers(0, 3, size)
    hours = np.maximum(contracts.hours[:, None] * share // total[:, None], 1)
    stacked = draw.random(size) < 0.1
    hours[stacked, -1] = contracts.hours[stacked]
    employer, place = worker // workers, worker % workers
    return Assignments(
        worker=worker,
        post=(employer * awards + award) * workers + place,
        start=np.full(len(worker), date(2010, 1, 1).toordinal()),
        stop=np.full(len(worker), FAR),
        hours=hours[worker, award],
    )


def _some(held: Assignments, awards: int, each: int | None) -> Assignments:
    """Of the assignments of a worker, those on the awards that are theirs."""
    if each is None:
        return held
    award = np.arange(len(held)) % awards
    return taken(held, np.flatnonzero((award - held.worker) % awards < each))


def _entries(
    draw: np.random.Generator, sizes: tuple[int, int, int, int], figures: Figures
) -> list[Entry]:
    employers, workers, awards, years = sizes
    found = []
    for employer in range(employers):
        for index in range(awards):
            number = employer * awards + index
            for year in range(FIRST_YEAR, FIRST_YEAR + years):
                award = _award(draw, number, index, workers, year)
                known = Known(
                    figures,
                    award.scheme,
                    date(FIRST_YEAR, 1, 1),
                    scales=SCALES,
                    regimes=(REGIME,) * len(SCALES),
                    natures=ITEMS,
                )
                found.append(Entry(employer, number, award, known))
    return found


def _award(draw: np.random.Generator, number: int, index: int, workers: int, year: int) -> Award:
    shape, order, options = SHAPES[index]
    far = np.full(workers, FAR)
    start = np.full(workers, date(2010, 1, 1).toordinal())
    fte = np.full(workers, 8_000)
    day = date(year, 1, 1).toordinal()
    invoices = InvoiceParts(
        np.arange(4),
        draw.integers(1, len(HEADS), 4),
        draw.integers(-5_000, 90_000, 4),
        day + draw.integers(0, 365, 4),
        day + draw.integers(0, 365, 4),
        np.zeros(4, dtype=np.int64),
    )
    return Award(
        number,
        f"A{index}",
        f"s{index}",
        shape,
        order,
        year_period(year),
        Posts(np.arange(workers) % FUNCTIONS, fte, start, far),
        invoices,
        frozenset({"accident_insurance"} if index % 2 else ()),
        {"staff": "full", "training": "training_rate", "running": "running_max"},
        scales=frozenset({"MADE"}),
        index_regime=REGIME,
        first_post=number * workers,
        **options,
    )


def _figures(awards: int) -> list[Figure]:
    found = [
        _figure("employer.onss_category_2", "ratio", Fraction(324, 1000)),
        _figure("employer.manual_base", "ratio", Fraction(108, 100)),
        _figure("employer.double_holiday", "ratio", Fraction(92, 100)),
        _figure("employer.holiday_provision_employees", "ratio", Fraction(18, 100)),
    ]
    found += [
        _figure(f"scale.MADE.{column}.{step}.base", "EUR/year", Fraction(_base(step, place), 100))
        for place, column in enumerate("ab")
        for step in range(28)
    ]
    for index in range(awards):
        for name, unit, value in (
            ("granted", "EUR", Fraction(90_000)),
            ("ceiling", "EUR/FTE/year", Fraction(4_660_760, 100)),
            ("premium", "EUR/FTE/year", Fraction(37_920)),
            ("premium_rate", "ratio", Fraction(95, 100)),
            ("training_rate", "ratio", Fraction(2, 100)),
            ("running_max", "EUR", Fraction(5_000)),
        ):
            if name != "granted" or SHAPES[index][0] not in {"capped_cost", "post_premium"}:
                found.append(_figure(f"s{index}.{name}", unit, value))
    return found


def _figure(code: str, unit: str, value: Fraction) -> Figure:
    row = FigureValue(date(2000, 1, 1), None, value, str(value), None, "confirmed", Source("-"))
    return Figure(code, LABEL, unit, (row,))


def _base(step: int, column: int) -> int:
    return 1_700_000 + 61_137 * step + 250_000 * column


def _scales(years: int) -> ScaleTable:
    base = np.full((len(SCALES), STEPS, years), -1, dtype=np.int64)
    for column in range(2):
        for step in range(STEPS):
            base[column, step] = _base(min(step, 27), column)
    return ScaleTable(base, np.zeros_like(base), FIRST_YEAR)


def _observed(draw: np.random.Generator, contracts: Contracts, first: int) -> Observed:
    size = len(contracts)
    full = draw.integers(280_000, 520_000, size)
    month = full * contracts.hours // contracts.full_time
    amount = np.zeros((len(ITEMS), size, 12), dtype=np.int64)
    names = list(ITEMS)
    amount[names.index("gross")] = month[:, None]
    amount[names.index("onss_reduction")] = -draw.integers(0, 20_000, (size, 12))
    amount[names.index("commuting")] = draw.integers(0, 9_000, (size, 12))
    amount[names.index("accident_insurance")] = month[:, None] // 97
    amount[names.index("year_end"), :, 11] = month * 6 // 10
    paid = np.ones((size, 12), dtype=np.int64)
    hours = np.repeat(contracts.hours[:, None], 12, axis=1)
    since, none = np.full(size, first - 1), np.zeros(size, dtype=np.int64)
    weekly, whole = contracts.hours, contracts.full_time
    return Observed(amount, paid, hours, full, month, since, weekly, whole, none)


def _names(employers: int, workers: int, awards: int) -> Names:
    schemes = tuple(f"s{index}" for _ in range(employers) for index in range(awards))
    return Names(
        employers=tuple(f"E{index}" for index in range(employers)),
        approvals=("S",),
        approval_employers=np.zeros(1, dtype=np.int64),
        approval_kinds=("CASG",),
        approval_antennas=np.ones(1, dtype=np.int64),
        workers=tuple(f"W{index}" for _ in range(employers) for index in range(workers)),
        awards=tuple(f"A{index}" for _ in range(employers) for index in range(awards)),
        award_labels=schemes,
        award_schemes=schemes,
        award_approvals=np.zeros(len(schemes), dtype=np.int64),
        award_employers=np.repeat(np.arange(employers), awards),
        funders={f"s{index}": f"funder {index % 3}" for index in range(awards)},
        functions=("social", "coordination", "administration"),
        diplomas=("bachelor",),
        scales=SCALES,
        committees=("330",),
    )


def _no_pay() -> PayMonths:
    def none() -> Ints:
        return np.zeros(0, dtype=np.int64)

    return PayMonths(none(), none(), none(), none(), none(), {item: none() for item in ITEMS})
