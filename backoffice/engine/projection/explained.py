"""Where the cost of one worker-month comes from, item by item, and how its pay was reached."""

from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from backoffice.engine.indexation import IndexEvent
from backoffice.engine.periods import days_in_month
from backoffice.engine.projection.facts import STATUSES, Facts
from backoffice.engine.projection.gross import full_time_gross, seniority
from backoffice.engine.projection.items import EXIT_RATE, ONCE
from backoffice.engine.projection.months import Months
from backoffice.engine.projection.residence import ITEM as RESIDENCE
from backoffice.engine.projection.residence import KINDS, RULED, rule_codes
from backoffice.engine.projection.spans import Laid, laid_out

REAL, SCALE, LAST_PAY, FIGURE, LAST_YEAR, UNKNOWN = (
    *("real", "scale", "last_pay", "figure", "last_year"),
    "unknown",
)
_FIGURES = {
    "double_holiday": ("employer.double_holiday",),
    "exit_holiday": (EXIT_RATE, "employer.double_holiday"),
    "employer_onss": ("employer.onss_category_2", "employer.manual_base"),
}
_MONTHS = 12


@dataclass(frozen=True)
class Item:
    """One cost item of a worker-month: its cents, and where they come from.

    `origin` is real pay, the scale, the last real pay moved by the index, a figure (`figures` names
    them), the last known year, or unknown: then nothing is counted.
    """

    name: str
    cents: int
    origin: str
    figures: tuple[str, ...] = ()


@dataclass(frozen=True)
class PayStep:
    """How one contract line came to its part of the gross pay of a month.

    `base` is the yearly amount at 100 % in cents (None: the scale is unknown to us), `coefficient`
    what it is multiplied by, `events` those applied after it; `full_time` cents of a whole month at
    full time; then hours, full time (hundredths) and days under contract of the month.
    """

    scale: tuple[str, str]
    seniority: int
    base: int | None
    coefficient: Fraction | None
    events: tuple[IndexEvent, ...]
    full_time: int
    hours: int
    full_hours: int
    days: int
    month_days: int


@dataclass(frozen=True)
class Explained:
    """One worker-month: its items, the steps of its pay (none for real pay), and its doubt."""

    worker: str
    month: int
    items: tuple[Item, ...]
    steps: tuple[PayStep, ...]
    status: str
    incomplete: bool


def explained(facts: Facts, months: Months, row: int) -> Explained:
    """What row `row` of the months rests on; `facts` are those of the run."""
    worker, month = int(months.pay.worker[row]), int(months.pay.month[row])
    real = bool(months.real[row])
    steps = () if real else _steps(facts, worker, month)
    unknown = not facts.observed.paid[worker].any()
    rule = int(facts.observed.allowance[worker])
    by_scale = all(step.base is not None and step.coefficient for step in steps)
    items = []
    for name, values in months.pay.costs.items():
        cents = int(values[row])
        known = (REAL, ()) if real else _origin(name, by_scale=by_scale, unknown=unknown)
        if name == RESIDENCE and not real and rule >= RULED:
            known = FIGURE, rule_codes(KINDS[rule - RULED])
        if cents or known[0] == UNKNOWN:
            items.append(Item(name, cents, *known))
    return Explained(
        facts.names.workers[worker],
        month,
        tuple(items),
        steps,
        STATUSES[int(months.status[row])],
        bool(months.incomplete[row]),
    )


def _origin(name: str, *, by_scale: bool, unknown: bool) -> tuple[str, tuple[str, ...]]:
    if name == "gross":
        return (SCALE if by_scale else LAST_PAY), ()
    if name in _FIGURES:
        return FIGURE, _FIGURES[name]
    return (UNKNOWN if unknown and name not in ONCE else LAST_YEAR), ()


def _steps(facts: Facts, worker: int, month: int) -> tuple[PayStep, ...]:
    """The steps of each contract line of the worker in the month."""
    lines = facts.contracts
    mine = np.flatnonzero(lines.worker == worker)
    laid = laid_out(lines.start[mine], lines.stop[mine], month, month + 1)
    laid = Laid(mine[laid.row], laid.month, laid.days)
    full = full_time_gross(facts, laid)
    step = seniority(facts, laid)
    top, bottom, since = facts.index.rows(lines.regime[laid.row], laid.month)
    year = min(max(month // _MONTHS - facts.scales.first, 0), facts.scales.base.shape[2] - 1)
    found = []
    for place, line in enumerate(laid.row.tolist()):
        base = int(facts.scales.base[lines.scale[line], step[place], year])
        known = int(bottom[place]) > 0
        found.append(
            PayStep(
                scale=facts.names.scales[int(lines.scale[line])],
                seniority=int(step[place]),
                base=None if base < 0 else base,
                coefficient=Fraction(int(top[place]), int(bottom[place])) if known else None,
                events=facts.index.events[int(since[place])] if known else (),
                full_time=int(full.amount[place]),
                hours=int(lines.hours[line]),
                full_hours=int(lines.full_time[line]),
                days=int(laid.days[place]),
                month_days=days_in_month(month),
            )
        )
    return tuple(found)
