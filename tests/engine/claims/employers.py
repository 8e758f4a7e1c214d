"""Random employers for the properties: small, odd, and as the engine receives them.

Every employer has part months, hours that overlap over several awards, unpaid hours, negative
corrections and grants both above and below what is admissible.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

import numpy as np
from hypothesis import strategies as st

from backoffice.engine.claims.inputs import Award, InvoiceParts, Known, MonthIndex, Posts
from backoffice.engine.figures import Figure, Figures, FigureValue, Source
from backoffice.engine.indexation import IndexEvent
from backoffice.engine.payroll import PayMonths, Slices
from backoffice.engine.periods import (
    Ints,
    Period,
    days_in_month,
    month_start,
    year_period,
)
from backoffice.engine.sheet import FigureUse

YEAR = 2024
FIRST = YEAR * 12
NATURES = {
    "gross": "scale",
    "onss": "charges",
    "onss_reduction": "charges",
    "year_end": "benefit",
    "insurance": "benefit",
}
SCALES = (("T", "gradué"), ("OTHER", "licencié"))
SHAPES = (
    "capped_cost",
    "post_premium",
    "indexed_amount",
    "flat_amount",
    "real_cost",
    "real_cost",
)


@dataclass(frozen=True)
class Employer:
    """What `settle` receives."""

    pay: PayMonths
    slices: Slices
    awards: tuple[Award, ...]
    known: Mapping[int, Known]


def ints(values: list[int]) -> Ints:
    return np.array(values, dtype=np.int64)


def figure(code: str, value: Fraction | int | str | None, unit: str = "EUR") -> Figure:
    """A figure with one value in force since long; None is a missing one."""
    status = "missing" if value is None else "confirmed"
    exact = None if value is None else Fraction(value)
    since = date(YEAR, 1, 1) if code.endswith("base_amount") else date(2000, 1, 1)
    row = FigureValue(since, None, exact, str(value), None, status, Source("cas inventé"))
    return Figure(code, {"fr": code, "nl": code}, unit, (row,))


def month_index_of(month: int, *, capped: bool) -> MonthIndex:
    """A coefficient for a month, followed by one capped event when asked."""
    use = FigureUse(
        "index", {"fr": "i"}, "ratio", month_start(month), "2.0807", None, "confirmed", ""
    )
    event = IndexEvent(
        "r",
        month_start(month),
        Fraction(2, 100),
        "confirmed",
        cap=400000,
        capped_rate=Fraction(1, 50),
    )
    return MonthIndex(Fraction(20807, 10000), use, (event,) if capped else ())


def posts(*rows: tuple[int, int, date, date]) -> Posts:
    """Posts from function, FTE in ten-thousandths, first day and day after the last."""
    columns = [(function, fte, a.toordinal(), z.toordinal()) for function, fte, a, z in rows]
    return Posts(*ints(columns).reshape(len(columns), 4).T)


def invoices(*rows: tuple[int, int, date, date | None]) -> InvoiceParts:
    """Invoice parts from head, cents, day issued and day paid."""
    columns = [
        (place, head, cents, issued.toordinal(), paid.toordinal() if paid else 0)
        for place, (head, cents, issued, paid) in enumerate(rows)
    ]
    return InvoiceParts(*ints(columns).reshape(len(columns), 5).T)


_cost = st.integers(-60_000, 700_000)
_hours = st.sampled_from([3800, 3600, 1900, 1733, 2533, 50, 3040])
_days = st.integers(1, 366).map(lambda n: date.fromordinal(date(YEAR, 1, 1).toordinal() + n - 1))


@st.composite
def employers(draw: st.DrawFn, *, missing: bool = True) -> Employer:
    """One to three workers over one to four months, under one to six awards."""
    awards, figures = _awards(draw, missing=missing)
    pay = _pay(draw)
    slices = _slices(draw, pay, len(awards))
    index = {
        ("r", FIRST + month): month_index_of(FIRST + month, capped=month % 2 == 1)
        for month in range(12)
    }
    known = {
        award.index: Known(
            figures=figures,
            scheme=award.scheme,
            known_on=date(2025, 3, 1),
            scales=SCALES,
            regimes=("r", "r"),
            index=index,
            natures=NATURES,
        )
        for award in awards
    }
    return Employer(pay, slices, tuple(draw(st.permutations(awards))), known)


def _pay(draw: st.DrawFn) -> PayMonths:
    rows = []
    for worker in range(draw(st.integers(1, 3))):
        for month in range(draw(st.integers(1, 4))):
            hours, days = draw(_hours), days_in_month(FIRST + month)
            due = draw(st.sampled_from([16_720, 15_960, 14_733, 0]))
            paid = draw(st.integers(0, due)) if draw(st.booleans()) else due
            covered = draw(st.integers(0, days)) if draw(st.booleans()) else days
            rows.append((worker, FIRST + month, paid, due, hours * covered))
    columns = ints(rows).reshape(len(rows), 5).T
    costs = {item: ints([draw(_cost) for _ in rows]) for item in NATURES if draw(st.booleans())}
    return PayMonths(*columns, costs)


def _slices(draw: st.DrawFn, pay: PayMonths, awards: int) -> Slices:
    rows = []
    for row in range(len(pay)):
        for _ in range(draw(st.integers(0, 4))):
            award = draw(st.integers(0, awards - 1))
            post = award * 2 + draw(st.integers(0, 1))
            days = draw(st.integers(1, days_in_month(int(pay.month[row]))))
            full_time = draw(st.sampled_from([3800, 3600]))
            scale, seniority = draw(st.integers(0, 1)), draw(st.integers(0, 9))
            hours = min(draw(_hours), full_time)
            rows.append((row, award, post, post % 2, hours, full_time, days, scale, seniority))
    return Slices(*np.ascontiguousarray(ints(rows).reshape(len(rows), 9).T))


def _awards(draw: st.DrawFn, *, missing: bool) -> tuple[list[Award], Figures]:
    figures = [figure(f"scale.T.gradué.{step}.base", 17_000 + 500 * step) for step in (0, 1, 5)]
    awards = []
    for index, shape in enumerate(draw(st.permutations(SHAPES))[: draw(st.integers(1, 6))]):
        scheme = f"s{index}"
        figures += _figures(draw, scheme, missing=missing)
        awards.append(_award(draw, index, scheme, shape))
    return awards, Figures(figures)


def _figures(draw: st.DrawFn, scheme: str, *, missing: bool) -> list[Figure]:
    euros = st.integers(0, 6_000_000).map(lambda cents: Fraction(cents, 100))
    rate = st.fractions(0, 1, max_denominator=2_000)
    found = [
        figure(f"{scheme}.ceiling", draw(euros), "EUR/FTE/year"),
        figure(f"{scheme}.premium", draw(euros), "EUR/FTE/year"),
        figure(f"{scheme}.premium_rate", draw(rate), "ratio"),
        figure(f"{scheme}.base_amount", draw(euros)),
        figure(f"{scheme}.index_rate", draw(rate), "ratio"),
        figure(f"{scheme}.exceptional_rate", draw(rate), "ratio"),
        figure(f"{scheme}.flat_amount", draw(euros)),
        figure(f"{scheme}.units", draw(st.integers(0, 3)), "count"),
        figure(f"{scheme}.liquidation_rate", draw(rate), "ratio"),
        figure(f"{scheme}.training_rate", draw(rate), "ratio"),
        figure(f"{scheme}.running_max", draw(euros)),
    ]
    if draw(st.booleans()):
        found.append(figure(f"{scheme}.granted", draw(euros)))
    if draw(st.booleans()):
        found.append(figure(f"{scheme}.income_deducted", draw(euros) / 100))
    if missing and draw(st.integers(0, 5)) == 0:
        gone = draw(st.integers(0, len(found) - 1))
        found[gone] = figure(found[gone].code, None, found[gone].unit)
    return found


def _award(draw: st.DrawFn, index: int, scheme: str, shape: str) -> Award:
    start = draw(st.sampled_from([date(YEAR, 1, 1), date(YEAR, 2, 29), date(YEAR, 3, 17)]))
    within = Period(start, date(YEAR + 1, 1, 1))
    mine = [
        (function, draw(st.sampled_from([10_000, 5_000, 2_500, 7_333])), draw(_days), date.max)
        for function in range(2)
    ]
    paid = st.one_of(st.none(), st.dates(date(YEAR, 1, 1), date(YEAR + 1, 3, 1)))
    issued = st.dates(date(YEAR - 1, 12, 1), date(YEAR + 1, 1, 31))
    rows = draw(st.lists(st.tuples(st.integers(1, 3), _cost, issued, paid), max_size=4))
    return Award(
        index=index,
        key=f"AWARD-{index}",
        scheme=scheme,
        shape=shape,
        order=draw(st.integers(1, 3)),
        exercise=within,
        posts=posts(*mine),
        invoices=invoices(*rows),
        excluded=draw(st.frozensets(st.sampled_from(["insurance", "onss_reduction"]))),
        heads={
            "staff": draw(st.sampled_from(["full", "optional:staff_max", "running_max"])),
            "training": "training_rate",
            "running": draw(st.sampled_from(["full", "running_max", "excluded"])),
        },
        bound=draw(st.sampled_from(["post_year", "worker_month"])),
        scale_bound=draw(st.booleans()),
        framed=draw(st.booleans()),
        pay_period=draw(st.sampled_from([None, year_period(YEAR)])),
        scales=frozenset(["T"]),
        index_regime="r",
    )
