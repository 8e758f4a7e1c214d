"""The plainest employer: one worker, one post, one award; what a case changes is an argument."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from backoffice.engine.claims.claim import Claim
from backoffice.engine.claims.inputs import Award, Known
from backoffice.engine.claims.ledger import settle
from backoffice.engine.figures import Figure, Figures
from backoffice.engine.payroll import PayMonths, Slices
from backoffice.engine.periods import Period, days_in_month
from tests.engine.claims.employers import (
    FIRST,
    NATURES,
    SCALES,
    YEAR,
    figure,
    ints,
    invoices,
    month_index_of,
    posts,
)

JANUARY = date(YEAR, 1, 1)
NEXT_YEAR = date(YEAR + 1, 1, 1)


def months_of(
    costs: Sequence[Mapping[str, int]],
    *,
    hours: int = 3800,
    paid: int = 100,
    due: int = 100,
    first: int = FIRST,
) -> PayMonths:
    """One worker, one row per dict of costs, month after month from `first`."""
    size = len(costs)
    items = dict.fromkeys(item for cost in costs for item in cost)
    return PayMonths(
        worker=ints([0] * size),
        month=ints([first + row for row in range(size)]),
        paid=ints([paid] * size),
        due=ints([due] * size),
        contract=ints([hours * days_in_month(first + row) for row in range(size)]),
        costs={item: ints([cost.get(item, 0) for cost in costs]) for item in items},
    )


def slices_of(*rows: Mapping[str, int]) -> Slices:
    """One slice per dict; what it leaves out is that of a full-time month of the first award."""
    plain = {
        "pay": 0,
        "award": 0,
        "post": 0,
        "function": 0,
        "hours": 3800,
        "full_time": 3800,
        "days": 31,
        "scale": 0,
        "seniority": 0,
    }
    columns = [{**plain, **row} for row in rows]
    return Slices(*(ints([row[name] for row in columns]) for name in plain))


def award_of(shape: str, index: int = 0, **changed: Any) -> Award:
    """An award of a year with one post of 1 FTE, without invoices."""
    plain: dict[str, Any] = {
        "index": index,
        "key": f"AWARD-{index}",
        "scheme": f"s{index}",
        "shape": shape,
        "order": index,
        "exercise": Period(JANUARY, NEXT_YEAR),
        "posts": posts((0, 10_000, JANUARY, date.max)),
        "invoices": invoices(),
        "excluded": frozenset(),
        "heads": {"staff": "full", "running": "full", "training": "full"},
        "scales": frozenset(["T"]),
        "index_regime": "r",
    }
    return Award(**{**plain, **changed})


def known_of(scheme: str, **values: Any) -> Known:
    """The figures of a scheme by their short names; a Figure is taken as it is."""
    ratios = {"premium_rate", "index_rate", "exceptional_rate", "liquidation_rate", "training_rate"}
    found: list[Figure] = [figure("scale.T.gradué.0.base", 18_000)]
    for name, value in values.items():
        unit = "ratio" if name in ratios else "EUR"
        found.append(
            value if isinstance(value, Figure) else figure(f"{scheme}.{name}", value, unit)
        )
    return Known(
        figures=Figures(found),
        scheme=scheme,
        known_on=date(YEAR + 1, 3, 1),
        scales=SCALES,
        regimes=("r", "r"),
        index={("r", FIRST + row): month_index_of(FIRST + row, capped=False) for row in range(12)},
        natures=NATURES,
    )


def claim_of(award: Award, pay: PayMonths, slices: Slices, **values: Any) -> Claim:
    """One award settled alone, with its figures by their short names."""
    ledger = settle(pay, slices, [award], {award.index: known_of(award.scheme, **values)})
    return ledger.claims[0]
