"""Random employers for the properties: small, odd, and as the engine receives them.

Every employer has part months, hours that overlap over several awards, unpaid hours, negative
corrections and grants both above and below what is admissible.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from random import Random

import numpy as np
from hypothesis import strategies as st

from backoffice.engine.claims.inputs import Award, InvoiceParts, Known, MonthIndex, Posts
from backoffice.engine.figures import Figure, FigureNotDefined, Figures, FigureValue, Source
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
    "envelope_share",
    "indexed_cost",
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
    since = date(YEAR - 2, 1, 1) if code.endswith("first_year_amount") else date(2000, 1, 1)
    since = date(YEAR, 1, 1) if code.endswith("base_amount") else since
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


def invoices(
    *rows: tuple[int, int, date, date | None], refused: Sequence[int] = ()
) -> InvoiceParts:
    """Invoice parts from head, cents, day issued and day paid; `refused` by place."""
    columns = [
        (place, head, cents, issued.toordinal(), paid.toordinal() if paid else 0, place in refused)
        for place, (head, cents, issued, paid) in enumerate(rows)
    ]
    return InvoiceParts(*ints(columns).reshape(len(columns), 6).T)


_HOURS = (3800, 3600, 1900, 1733, 2533, 50, 3040)


def employers(*, missing: bool = True) -> st.SearchStrategy[Employer]:
    """One to three workers over one to four months, under one to six awards.

    Drawn from one number, which is far quicker than a thousand small draws.
    """
    return st.integers(0, 2**32 - 1).map(lambda seed: employer_of(seed, missing=missing))


def employer_of(seed: int, *, missing: bool = True) -> Employer:
    """The employer of a number, always the same."""
    draw = Random(seed)  # noqa: S311
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
    draw.shuffle(awards)
    return Employer(pay, slices, tuple(awards), known)


def _cost(draw: Random) -> int:
    """Mostly the cost of a month, at times a correction or a few cents."""
    return draw.choice(
        (draw.randint(1, 700_000), draw.randint(1, 700_000), draw.randint(-60_000, 0), 1, 3)
    )


def _pay(draw: Random) -> PayMonths:
    rows = []
    for worker in range(draw.randint(1, 3)):
        for month in range(draw.randint(1, 4)):
            hours, days = draw.choice(_HOURS), days_in_month(FIRST + month)
            due = draw.choice((16_720, 15_960, 14_733, 0))
            paid = draw.choice((due, due, draw.randint(0, due)))
            covered = draw.choice((days, days, draw.randint(0, days)))
            rows.append((worker, FIRST + month, paid, due, hours * covered))
    columns = ints(rows).reshape(len(rows), 5).T
    items = [item for item in NATURES if draw.randint(0, 2)]
    return PayMonths(*columns, {item: ints([_cost(draw) for _ in rows]) for item in items})


def _slices(draw: Random, pay: PayMonths, awards: int) -> Slices:
    rows = []
    for row in range(len(pay)):
        for _ in range(draw.randint(0, 4)):
            award = draw.randrange(awards)
            post = award * 2 + draw.randint(0, 1)
            length = days_in_month(int(pay.month[row]))
            days = draw.choice((length, draw.randint(1, length)))
            full_time = draw.choice((3800, 3600))
            hours = min(draw.choice(_HOURS), full_time)
            scale, seniority = draw.choice((0, 0, 1)), draw.randint(0, 9)
            rows.append((row, award, post, post % 2, hours, full_time, days, scale, seniority))
    return Slices(*np.ascontiguousarray(ints(rows).reshape(len(rows), 9).T))


def _awards(draw: Random, *, missing: bool) -> tuple[list[Award], Figures]:
    figures = [figure(f"scale.T.gradué.{step}.base", 17_000 + 500 * step) for step in (0, 1, 5)]
    figures.append(health(draw))
    awards = []
    for index, shape in enumerate(draw.sample(SHAPES, draw.randint(1, len(SHAPES)))):
        scheme = f"s{index}"
        figures += _figures(draw, scheme, missing=missing)
        award = _award(draw, index, scheme, shape)
        if missing and draw.randint(0, 19) == 0:
            award = replace(award, outside_life=not_in_force(scheme))
        awards.append(award)
    return awards, Figures(figures)


def health(draw: Random) -> Figure:
    """Monthly health indices of the three Decembers that the exercise may need; one may lack."""
    rows = tuple(
        FigureValue(
            date(year, 12, 1),
            date(year + 1, 1, 1),
            Fraction(draw.randint(10_000, 15_000), 100),
            "x",
            None,
            "confirmed",
            Source("cas inventé"),
        )
        for year in range(YEAR - 3, YEAR)
        if draw.randint(0, 7)
    )
    return Figure("index.health_2013", {"fr": "h", "nl": "h"}, "index", rows, 1)


def _figures(draw: Random, scheme: str, *, missing: bool) -> list[Figure]:
    def euros(most: int = 6_000_000) -> Fraction:
        return Fraction(draw.randint(0, most), 100)

    def rate() -> Fraction:
        return Fraction(draw.randint(0, 2_000), 2_000)

    found = [
        figure(f"{scheme}.ceiling", euros(), "EUR/FTE/year"),
        figure(f"{scheme}.premium", euros(), "EUR/FTE/year"),
        figure(f"{scheme}.premium_type_07", euros(), "EUR/FTE/year"),
        figure(f"{scheme}.premium_rate", rate(), "ratio"),
        figure(f"{scheme}.base_amount", euros()),
        figure(f"{scheme}.first_year_amount", euros()),
        figure(f"{scheme}.index_rate", rate(), "ratio"),
        figure(f"{scheme}.exceptional_rate", rate(), "ratio"),
        figure(f"{scheme}.flat_amount", euros()),
        figure(f"{scheme}.units", draw.randint(0, 3), "count"),
        figure(f"{scheme}.liquidation_rate", rate(), "ratio"),
        figure(f"{scheme}.training_rate", rate(), "ratio"),
        figure(f"{scheme}.running_max", euros(1_000_000)),
    ]
    if draw.randint(0, 1):
        found.append(figure(f"{scheme}.granted", euros(2_000_000)))
    if draw.randint(0, 1):
        found.append(figure(f"{scheme}.income_deducted", euros(50_000)))
    if draw.randint(0, 1):
        found.append(figure(f"{scheme}.other_funding", euros(100_000)))
    found.append(figure(f"{scheme}.item_maximum", euros(1_500_000), "EUR/FTE/year"))
    if draw.randint(0, 1):
        found.append(figure(f"{scheme}.own_share_min", rate(), "ratio"))
        found.append(figure(f"{scheme}.investment_free", euros(400_000)))
    found.append(figure(f"{scheme}.envelope", euros(9_000_000)))
    found.append(figure(f"{scheme}.key_share", rate(), "ratio"))
    found.append(figure(f"{scheme}.income_users", euros(50_000)))
    found.append(figure(f"{scheme}.annual_amount", euros(3_000_000)))
    if missing and draw.randint(0, 7) == 0:
        gone = draw.randrange(len(found))
        found[gone] = figure(found[gone].code, None, found[gone].unit)
    return found


def not_in_force(scheme: str) -> FigureNotDefined:
    """Why a scheme gives nothing in the exercise."""
    return FigureNotDefined(f"{scheme}.life", date(YEAR, 1, 1), "repealed", "pas en vigueur")


def _award(draw: Random, index: int, scheme: str, shape: str) -> Award:
    start = draw.choice((date(YEAR, 1, 1), date(YEAR, 2, 29), date(YEAR, 3, 17)))
    mine = [
        (function, draw.choice((10_000, 5_000, 2_500, 7_333)), _day(draw, 0, 120), date.max)
        for function in range(2)
    ]
    return Award(
        index=index,
        key=f"AWARD-{index}",
        scheme=scheme,
        shape=shape,
        order=draw.randint(1, 3),
        exercise=Period(start, date(YEAR + 1, 1, 1)),
        posts=posts(*mine),
        invoices=invoices(
            *[_invoice(draw) for _ in range(draw.randint(0, 6))], refused=(draw.randint(0, 6),)
        ),
        excluded=frozenset(draw.sample(["insurance", "onss_reduction"], draw.randint(0, 2))),
        heads={
            "staff": draw.choice(["full", "full", "optional:staff_max", "running_max"]),
            "training": "training_rate",
            "running": draw.choice(["full", "running_max", "excluded"]),
            "investment": draw.choice(["optional:investment_max", "running_max", "excluded"]),
        },
        bound=draw.choice(["post_year", "worker_month"]),
        scale_bound=draw.choice([True, False]),
        framed=draw.choice([True, False]),
        pay_period=draw.choice([None, year_period(YEAR)]),
        not_before=draw.choice([None, None, _day(draw, 0, 300)]),
        scales=frozenset(["T"]),
        index_regime="r",
        premium=draw.choice(["premium", "premium_type_07"]),
        first_post=index * 2,
        approved_months=draw.choice([None, 0, 1, 7, 12]),
        refused_functions=draw.choice([frozenset(), frozenset(), frozenset([1]), None]),
        capped=dict.fromkeys(
            draw.sample(["year_end", "insurance"], draw.randint(0, 2)), "item_maximum"
        ),
        shared=frozenset(draw.sample(["gross", "onss"], draw.randint(0, 2))),
    )


def _invoice(draw: Random) -> tuple[int, int, date, date | None]:
    paid = draw.choice((None, _day(draw, 0, 420)))
    return draw.randint(0, 3), _cost(draw), _day(draw, -30, 390), paid


def _day(draw: Random, first: int, last: int) -> date:
    return date.fromordinal(date(YEAR, 1, 1).toordinal() + draw.randint(first, last))
