"""What each service brings to the sums of the federation: awaited, paid late, below zero."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from backoffice.engine.cash.curve import can_pay
from backoffice.engine.cash.flows import YEAR_END
from backoffice.engine.cash.grants import settled
from backoffice.engine.periods import add_months
from backoffice.engine.scenario.run import Run
from reports.treasury.announced import seen_payments
from reports.treasury.page import is_main
from reports.treasury.reading import ONE_POINT, Ground, Treasury, exercises_of, treasury_of

LATE, COMING, UNDATED = "late", "coming", "undated"
TODAY, NEVER = "today", "never"
PAID, SHORT, NO_PREMIUM = "paid", "short", "no_premium"
_AHEAD, _MONTHS_OF_A_QUARTER = 12, 3


@dataclass(frozen=True)
class Look:
    """The cash of a service under one look.

    Attributes:
        below: quarter of the first day beyond its credit line, as 2027-Q1, or `NEVER`.
        premiums: by year, whether the year-end premium is `PAID`, `SHORT`, or none is known.
        point: cents that the delays cost for each per cent of interest; `own` at its own rate,
            None while nobody said it.
    """

    below: str
    premiums: Mapping[int, str]
    point: int
    own: int | None


@dataclass(frozen=True)
class Service:
    """One employer.

    Attributes:
        number: who owns what follows, for the disclosure control alone.
        awaited: cents by funder and `LATE`, `COMING` or `UNDATED`.
        delays: by funder, days between the day announced and the day of each payment that came.
        looks: today and each scenario; empty where no balance at the bank is known.
        is_partial: an amount of it is not known.
    """

    number: int
    awaited: Mapping[tuple[str, str], int]
    delays: Mapping[str, Sequence[int]]
    looks: Mapping[str, Look]
    is_partial: bool


def service_of(ground: Ground, runs: Mapping[str, Run]) -> Service:
    """What one employer brings, today and under the runs of scenarios on the same projection."""
    awaited, is_partial = _awaited(ground)
    return Service(
        number=ground.organisation.pk,
        awaited=awaited,
        delays=_delays(ground),
        looks={} if ground.opening.amount is None else dict(_looks(ground, runs)),
        is_partial=is_partial,
    )


def quarter_of(day: date) -> str:
    """The quarter of a day, as 2027-Q1."""
    return f"{day.year}-Q{(day.month - 1) // _MONTHS_OF_A_QUARTER + 1}"


def _awaited(ground: Ground) -> tuple[dict[tuple[str, str], int], bool]:
    """What is left to come of this year, the one before and the next twelve months."""
    found: dict[tuple[str, str], int] = defaultdict(int)
    funders = ground.base.facts.names.funders
    is_partial, until = False, add_months(ground.as_of, _AHEAD)
    for one in exercises_of(ground, ground.base):
        if one.year < ground.as_of.year - 1:
            continue
        if one.payable < 0:
            is_partial = True
            continue
        funder = funders[ground.awards[one.reference].scheme]
        for row in settled(one):
            what = _what(row.due, ground.as_of, until)
            if row.amount > 0 and what:
                found[funder, what] += row.amount
    return dict(found), is_partial


def _what(due: date, seen_on: date, until: date) -> str:
    if due == date.max:
        return UNDATED
    if due <= seen_on:
        return LATE
    return COMING if due <= until else ""


def _delays(ground: Ground) -> dict[str, list[int]]:
    funders = ground.base.facts.names.funders
    found: dict[str, list[int]] = defaultdict(list)
    for group, due, came in seen_payments(ground.awards.values()):
        scheme, _slash, _kind = group.partition("/")
        found[funders[scheme]].append((came - due).days)
    return dict(found)


def _looks(ground: Ground, runs: Mapping[str, Run]) -> Iterator[tuple[str, Look]]:
    today = treasury_of(ground)
    yield TODAY, _look(ground, today, today)
    for code, done in runs.items():
        yield code, _look(ground, treasury_of(ground, done), today)


def _look(ground: Ground, shown: Treasury, today: Treasury) -> Look:
    """Lateness is counted against the days announced today, whatever the scenario."""
    below = shown.curve.first_below(-ground.room, ground.as_of)
    premiums = {
        one.day.year: SHORT if one.short else PAID
        for one in can_pay(shown.curve, shown.flows, YEAR_END, ground.room)
        if one.day > ground.as_of and is_main(one, shown, YEAR_END)
    }
    rates = [ONE_POINT] if ground.rate is None else [ONE_POINT, ground.rate]
    costs = [shown.curve.interest(rate) - today.announced.interest(rate) for rate in rates]
    years = range(ground.as_of.year, ground.last.year + 1)
    return Look(
        below=quarter_of(below.day) if below else NEVER,
        premiums={year: premiums.get(year, NO_PREMIUM) for year in years},
        point=costs[0],
        own=costs[1] if len(costs) > 1 else None,
    )
