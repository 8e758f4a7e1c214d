"""The posts that a scenario asks, as money: their cost, and the payments that would bear it.

A post counts where both are known: what it costs, and one award of the funder to that service,
whose payments say when the money comes. Otherwise it is on no day, and is said.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from backoffice.engine.cash.flows import ASKED, Flow
from backoffice.engine.cash.grants import Exercise
from backoffice.engine.cash.pay import PayRules, pay_day
from backoffice.engine.periods import month_start
from backoffice.engine.projection.facts import ASSUMPTION, Facts
from backoffice.engine.scenario.run import Run
from backoffice.engine.scenario.totals import asked_cost
from grants.models import Award
from reports.treasury.announced import asked_payments

_MONTHS = 12
NO_COST, NO_AWARD, SEVERAL = "no_cost", "no_award", "several"


@dataclass(frozen=True)
class Uncounted:
    """A post that is in no balance: ten-thousandths of FTE, its funder ("": nobody), and why."""

    fte: int
    funder: str
    since: date
    why: str


@dataclass(frozen=True)
class AskedCash:
    """What the posts asked cost and bring, and those that are not counted."""

    flows: tuple[Flow, ...] = ()
    exercises: tuple[Exercise, ...] = ()
    uncounted: tuple[Uncounted, ...] = ()


@dataclass(frozen=True)
class Given:
    """What payments rest on: the awards by reference, how the employer pays, the day of today.

    `place` is that of the employer in the projection.
    """

    awards: Mapping[str, Award]
    pays: PayRules
    as_of: date
    place: int = 0


def asked_cash(done: Run, given: Given) -> AskedCash:
    """The posts that a run asks for one employer; no query once its awards were read.

    The cost leaves on the day of pay of its month, with an assumption as its doubt. What it costs
    in a year comes as the award that is asked would be paid for it, never before the post begins.
    """
    facts, demands = done.facts, done.facts.demands
    costs = asked_cost(facts)
    flows, exercises, uncounted = list[Flow](), list[Exercise](), list[Uncounted]()
    for demand in np.flatnonzero(demands.employer == given.place).tolist():
        found = _award_of(facts, demand, given.awards)
        if demands.month[demand] < 0 or not isinstance(found, Award):
            why = NO_COST if demands.month[demand] < 0 else str(found)
            funder = demands.funders[demands.funder[demand]]
            since = month_start(int(demands.since[demand]))
            uncounted.append(Uncounted(int(demands.fte[demand]), funder, since, why))
            continue
        flows += _paid(facts, costs[demand].tolist(), given.pays)
        exercises += _exercises(facts, demand, costs[demand].tolist(), (found, given.as_of))
    return AskedCash(tuple(flows), tuple(exercises), tuple(uncounted))


def _award_of(facts: Facts, demand: int, awards: Mapping[str, Award]) -> Award | str:
    """The only award of the funder to the service; else why there is none."""
    names, demands = facts.names, facts.demands
    funder, approval = demands.funders[demands.funder[demand]], int(demands.approval[demand])
    living = set(facts.years.award[facts.years.year * _MONTHS + _MONTHS > demands.since[demand]])
    asked = [
        names.awards[award]
        for award in np.flatnonzero(names.award_employers == demands.employer[demand]).tolist()
        if award in living
        and names.funders[names.award_schemes[award]] == funder
        and approval in (-1, int(names.award_approvals[award]))
    ]
    if len(asked) == 1 and asked[0] in awards:
        return awards[asked[0]]
    return SEVERAL if len(asked) > 1 else NO_AWARD


def _paid(facts: Facts, costs: list[int], pays: PayRules) -> Iterator[Flow]:
    for month, cents in enumerate(costs, facts.first):
        if cents:
            yield Flow(pay_day(month, pays.pay_day), -cents, ASKED, status=ASSUMPTION)


def _exercises(
    facts: Facts, demand: int, costs: list[int], asked: tuple[Award, date]
) -> Iterator[Exercise]:
    """What each year costs, as an exercise of the award that has not been paid at all."""
    award, as_of = asked
    since = month_start(int(facts.demands.since[demand]))
    for place in range(0, len(costs), _MONTHS):
        year, cents = (facts.first + place) // _MONTHS, sum(costs[place : place + _MONTHS])
        if not cents:
            continue
        written = asked_payments(award, year, cents, as_of)
        yield Exercise(
            reference=award.reference,
            year=year,
            granted=cents,
            payable=cents,
            received=0,
            announced=tuple(
                one if one.due == date.max else replace(one, due=max(one.due, since))
                for one in written.announced
            ),
            closing=written.closing,
            status=ASSUMPTION,
            known=cents,
            seen=min(as_of, since),
        )
