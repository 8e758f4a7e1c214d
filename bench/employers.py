"""Random employers as columns of the engine: workers, pay, slices, awards of the five shapes.

Drawn from a fixed seed, so that two runs measure the same rows. Nothing here is a real amount.
"""

from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from typing import Any

import numpy as np

from backoffice.engine.claims.inputs import HEADS, Award, InvoiceParts, Known, MonthIndex, Posts
from backoffice.engine.figures import Figure, Figures, FigureValue, Source
from backoffice.engine.payroll import PayMonths, Slices
from backoffice.engine.periods import Ints, days_in_month, year_period
from backoffice.engine.sheet import FigureUse

MONTHS, MAY, DECEMBER = 12, 4, 11
ABSENT, STACKED, PART_MONTH = 0.1, 0.1, 0.05
FUNCTIONS = 4
SCALES = (("BENCH", "a"), ("BENCH", "b"), ("BENCH", "c"))
LAST_STEP = 27
REGIME = "public"
LABEL = {"fr": "mesure", "nl": "meting"}
NATURES = {
    "gross": "scale",
    "residence": "benefit",
    "employer_onss": "charges",
    "onss_reduction": "charges",
    "double_holiday": "benefit",
    "year_end": "benefit",
    "commuting": "benefit",
    "meal_vouchers": "benefit",
    "accident_insurance": "benefit",
}
SHAPES: tuple[tuple[str, int, Any], ...] = (
    ("capped_cost", 10, {"bound": "post_year"}),
    ("indexed_amount", 30, {}),
    ("real_cost", 60, {"scale_bound": True, "framed": True}),
    ("post_premium", 20, {"bound": "post_year"}),
    ("flat_amount", 40, {}),
    ("real_cost", 50, {}),
    ("capped_cost", 15, {"bound": "worker_month"}),
    ("real_cost", 70, {"scale_bound": True, "framed": True}),
)
"""Shape, order and options of the awards, in the order in which a smaller number takes them."""


@dataclass(frozen=True)
class EmployerYear:
    """What `settle` receives."""

    pay: PayMonths
    slices: Slices
    awards: tuple[Award, ...]
    known: dict[int, Known]


def employer_year(workers: int, awards: int, year: int, seed: int = 1) -> EmployerYear:
    """One employer-year where each worker is put on each award in each month."""
    draw = np.random.default_rng([seed, year, workers, awards])
    full = draw.choice(np.array([3800, 3800, 3600]), workers)
    weekly = full * draw.choice(np.array([20, 16, 10]), workers) // 20
    pay = _pay(draw, full, weekly, year)
    slices = _slices(draw, pay, full, weekly, awards)
    settled = tuple(_award(draw, index, workers, year, pay) for index in range(awards))
    index = {(REGIME, month): _index(month) for month in year_period(year).months()}
    figures = Figures(_figures(settled, pay, year))
    known = {
        award.index: Known(
            figures, award.scheme, date(year + 1, 6, 1), scales=SCALES, index=index, natures=NATURES
        )
        for award in settled
    }
    return EmployerYear(pay, slices, settled, known)


def with_crowded_posts(year: EmployerYear) -> EmployerYear:
    """The same employer where two workers hold each post, and are together more than its FTE."""
    workers = int(year.pay.worker.max()) + 1
    place = year.slices.post % workers
    slices = replace(year.slices, post=year.slices.post - place + place // 2)
    tiny = np.full(workers, 100)  # a hundredth of one FTE
    awards = tuple(replace(award, posts=replace(award.posts, fte=tiny)) for award in year.awards)
    return replace(year, slices=slices, awards=awards)


def _pay(draw: np.random.Generator, full: Ints, weekly: Ints, year: int) -> PayMonths:
    workers, size = len(full), len(full) * MONTHS
    worker = np.repeat(np.arange(workers), MONTHS)
    month = np.tile(np.arange(year * MONTHS, (year + 1) * MONTHS), workers)
    days = np.array([days_in_month(int(one)) for one in month[:MONTHS]])
    hours, whole = weekly[worker], full[worker]
    due = hours * 433 // 100
    absent = np.where(draw.random(size) < ABSENT, draw.integers(0, 6000, size), 0)
    gross = draw.integers(280_000, 560_000, size) * hours // whole
    costs = {
        "gross": gross,
        "residence": np.full(size, 6_020),
        "employer_onss": gross * 27 // 100 + draw.integers(0, 100, size),
        "onss_reduction": -draw.integers(0, 40_000, size),
        "double_holiday": np.where(month % MONTHS == MAY, gross * 92 // 100, 0),
        "year_end": np.where(month % MONTHS == DECEMBER, gross * 60 // 100, 0),
        "commuting": draw.integers(0, 9_000, size),
        "meal_vouchers": draw.integers(0, 13_000, size),
        "accident_insurance": gross // 97,
    }
    return PayMonths(
        worker, month, np.maximum(due - absent, 0), due, hours * np.tile(days, workers), costs
    )


def _slices(
    draw: np.random.Generator, pay: PayMonths, full: Ints, weekly: Ints, awards: int
) -> Slices:
    """Each award gets a part of the contract; one worker in ten is stacked above the contract."""
    workers = len(full)
    share = draw.integers(1, 10, (workers, awards))
    total = share.sum(axis=1) + draw.integers(0, 3, workers)
    hours = np.maximum(weekly[:, None] * share // total[:, None], 1)
    stacked = draw.random(workers) < STACKED
    hours[stacked, -1] = weekly[stacked]
    size = len(pay)
    row = np.repeat(np.arange(size), awards)
    award = np.tile(np.arange(awards), size)
    worker = pay.worker[row]
    length = pay.contract[row] // weekly[worker]
    part = draw.random(len(row)) < PART_MONTH
    days = np.where(part, length // 2, length)
    return Slices(
        pay=row,
        award=award,
        post=award * workers + worker,
        function=worker % FUNCTIONS,
        hours=hours[worker, award],
        full_time=full[worker],
        days=days,
        scale=worker % len(SCALES),
        seniority=(worker * 7) % 30,
    )


def _award(draw: np.random.Generator, index: int, workers: int, year: int, pay: PayMonths) -> Award:
    shape, order, options = SHAPES[index]
    start, stop = date(year, 1, 1).toordinal(), date(year + 1, 1, 1).toordinal()
    fte = np.full(workers, 10_000)  # a post of one FTE for each worker
    posts = Posts(
        np.arange(workers) % FUNCTIONS, fte, np.full(workers, start), np.full(workers, stop)
    )
    count = min(workers * 4, 2_000)
    invoices = InvoiceParts(
        np.arange(count),
        draw.integers(1, len(HEADS), count),
        draw.integers(-5_000, 90_000, count),
        draw.integers(start - 20, stop, count),
        draw.integers(start, stop + 40, count),
        np.zeros(count, dtype=np.int64),
    )
    heads = {"staff": "full", "training": "training_rate", "running": "running_max"}
    return Award(
        index,
        f"A{index}",
        f"s{index}",
        shape,
        order,
        year_period(year),
        posts,
        invoices,
        frozenset({"accident_insurance"} if index % 2 else ()),
        {**heads, "investment": "excluded"},
        scales=frozenset({"BENCH"}),
        index_regime=REGIME,
        first_post=index * workers,
        **options,
    )


def _figures(awards: tuple[Award, ...], pay: PayMonths, year: int) -> list[Figure]:
    found = [
        _figure(f"scale.{scale}.{column}.{step}.base", "EUR/year", 20_000_00 + 61_137 * step, year)
        for scale, column in SCALES
        for step in range(LAST_STEP + 1)
    ]
    cost = int(sum(int(values.sum()) for values in pay.costs.values()))
    for award in awards:
        for name, unit, cents in (
            ("granted", "EUR", cost // (len(awards) + 1)),
            ("ceiling", "EUR/FTE/year", 46_607_60),
            ("premium", "EUR/FTE/year", 37_920_00),
            ("premium_rate", "ratio", 95),
            ("training_rate", "ratio", 2),
            ("running_max", "EUR", 500_000_00),
        ):
            found.append(_figure(f"{award.scheme}.{name}", unit, cents, year))
    return found


def _figure(code: str, unit: str, hundredths: int, year: int) -> Figure:
    day = date(year, 1, 1)
    value = Fraction(hundredths, 100)
    text = f"{hundredths // 100}.{hundredths % 100:02d}"
    return Figure(
        code, LABEL, unit, (FigureValue(day, None, value, text, day, "confirmed", Source("-")),)
    )


def _index(month: int) -> MonthIndex:
    steps = month % MONTHS // 4
    value = Fraction(20_399, 10_000) * Fraction(102, 100) ** steps
    value = Fraction(round(value * 10_000), 10_000)
    day = date(month // MONTHS, steps * 4 + 1, 1)
    use = FigureUse(f"index.{REGIME}", LABEL, "ratio", day, str(value), None, "confirmed", "-")
    return MonthIndex(value, use)
