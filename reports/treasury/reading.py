"""What a treasury stands on, read once for an organisation, and laid out for any scenario."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

import numpy as np

from backoffice.engine import money
from backoffice.engine.cash.curve import Curve, curve_of
from backoffice.engine.cash.delays import Delay
from backoffice.engine.cash.flows import Flow
from backoffice.engine.cash.grants import Exercise, Pace, Unplaced, expected
from backoffice.engine.cash.pay import PayRules, pay_flows
from backoffice.engine.projection.facts import ASSUMPTION, CONFIRMED, Facts
from backoffice.engine.scenario.patch import Patch
from backoffice.engine.scenario.patches.awards import award_targets
from backoffice.engine.scenario.run import Run
from backoffice.federation.models import Organisation
from grants.models import Award
from invoices.models import TreasuryRules
from reports.scenarios.comparing import Baseline, Horizon, Scope, baseline, one_service
from reports.scenarios.selectors import assumptions_on
from reports.treasury.announced import (
    Awards,
    Written,
    awards_by_employer,
    real_delays,
    receipt_flows,
    written_of,
)
from reports.treasury.asked import Given, Uncounted, asked_cash
from reports.treasury.bills import Bills, bill_flows, bills_by_employer
from reports.treasury.opening import Opening, openings_of

ONE_POINT = Fraction(1, 100)
"""A rate of one per cent a year: what lateness costs for each, where no rate is known."""


@dataclass(frozen=True)
class Ground:
    """All that the treasury of one organisation needs; nothing of it moves with a scenario.

    Attributes:
        organisation: whose cash.
        as_of: the day looked from; `last` the last day of the curve.
        opening: the balance that it starts from.
        rules: what the employer said of its accounts and its pay, None: nothing.
        beside: what stands today, as scenarios are set beside it; `base` its projection.
        awards: by reference.
        delays: how late each scheme pays.
        known: flows that no scenario moves: what came and went, invoices.
        place: of the employer in the projection, which may hold others.
    """

    organisation: Organisation
    as_of: date
    last: date
    opening: Opening
    rules: TreasuryRules | None
    beside: Baseline
    awards: Mapping[str, Award]
    delays: Mapping[str, Delay]
    known: Sequence[Flow]
    place: int = 0
    written: dict[tuple[str, int], Written] = field(default_factory=dict)

    @property
    def base(self) -> Run:
        """The projection without patches."""
        return self.beside.run

    @property
    def pay_rules(self) -> PayRules:
        """How the employer pays."""
        if self.rules is None:
            return PayRules()
        share = self.rules.tax_share
        return PayRules(self.rules.pay_day, None if share is None else Fraction(share))

    @property
    def room(self) -> int:
        """Cents by which the account may go below zero; 0 where nobody said."""
        line = self.rules.credit_line if self.rules else None
        return 0 if line is None else money.cents(line.amount)

    @property
    def rate(self) -> Fraction | None:
        """Yearly rate of an overdraft, None while nobody said it."""
        rate = self.rules.overdraft_rate if self.rules else None
        return None if rate is None else Fraction(rate)


@dataclass(frozen=True)
class Treasury:
    """The cash of one scenario.

    Attributes:
        flows: every movement after the opening, in order of days.
        curve: with the usual delays of the funders.
        late: with the longest delays seen of each; `announced` on the days announced.
        unplaced: money that is on no day of the curve.
        uncounted: posts asked that are in no balance.
        run: the projection under the patches.
    """

    flows: tuple[Flow, ...]
    curve: Curve
    late: Curve
    announced: Curve
    unplaced: tuple[Unplaced, ...]
    uncounted: tuple[Uncounted, ...]
    run: Run

    def lateness(self, rate: Fraction) -> int:
        """Cents of interest that the delays of the funders cost, against the days announced."""
        return self.curve.interest(rate) - self.announced.interest(rate)


def ground_of(organisation: Organisation, as_of: date, last_year: int | None = None) -> Ground:
    """Read what the treasury of an organisation needs, up to the end of next year or a later one.

    Raises:
        OutsideData: pay is known after the last year.
    """
    return grounds_of(one_service(organisation), as_of, last_year)[0]


def grounds_of(scope: Scope, as_of: date, last_year: int | None = None) -> list[Ground]:
    """The same for each organisation of a scope, on one projection of all.

    Raises:
        OutsideData: as for one.
    """
    whose = scope.organisations
    said = TreasuryRules.objects.filter(organisation__in=whose)
    rules = {one.organisation_id: one for one in said}
    openings = openings_of(whose, rules, as_of)
    last_year = max(as_of.year + 1, last_year or 0)
    first = min(opening.day for opening in openings.values()).year - 1
    beside = baseline(scope, Horizon(first, last_year, as_of), assumptions_on(as_of))
    places = {number: place for place, number in enumerate(beside.facts.names.employers)}
    awards, bills = awards_by_employer(whose, as_of), bills_by_employer(whose, as_of)
    last = date(last_year, 12, 31)
    return [
        Ground(
            organisation=one,
            as_of=as_of,
            last=last,
            opening=openings[one.pk],
            rules=rules.get(one.pk),
            beside=beside,
            awards=awards[one.pk],
            delays=real_delays(awards[one.pk].values()),
            known=_known(awards[one.pk], bills[one.pk], as_of, last),
            place=places[one.enterprise_number],
        )
        for one in whose
    ]


def _known(awards: Awards, bills: Bills, as_of: date, last: date) -> list[Flow]:
    """What came and went, and the invoices: no scenario moves them."""
    found = receipt_flows(awards.values())
    for kind, each in bills.items():
        found += bill_flows(kind, each, as_of, last)
    return found


def treasury_of(ground: Ground, done: Run | None = None) -> Treasury:
    """The cash of an organisation in a run of its scenarios, by default what stands today.

    No query once the ground was used.
    """
    done = done or ground.base
    pays, place = ground.pay_rules, ground.place
    asked = asked_cash(done, Given(ground.awards, pays, ground.as_of, place))
    fixed = [*ground.known, *pay_flows(done.facts, done.months, place, pays), *asked.flows]
    exercises, moved = [*exercises_of(ground, done), *asked.exercises], moved_of(ground, done.facts)
    first, last, start = ground.opening.day, ground.last, ground.opening.amount or 0
    usual = expected(exercises, Pace(ground.delays), moved)
    late = expected(exercises, Pace(ground.delays, late=True), moved)
    announced = expected(exercises, Pace(ground.delays, announced=True), moved)
    flows = [one for one in (*fixed, *usual.flows) if first < one.day <= last]
    return Treasury(
        flows=tuple(sorted(flows, key=lambda one: (one.day, one.kind, one.subject))),
        curve=curve_of(start, flows, first, last),
        late=curve_of(start, [*fixed, *late.flows], first, last),
        announced=curve_of(start, [*fixed, *announced.flows], first, last),
        unplaced=usual.unplaced,
        uncounted=asked.uncounted,
        run=done,
    )


def exercises_of(ground: Ground, done: Run) -> list[Exercise]:
    """Each award-year of a run with what is left to come of it."""
    years, names = done.facts.years, done.facts.names
    known = _granted_before(ground)
    found = []
    mine = np.flatnonzero(years.employer == ground.place)
    for row in mine[np.lexsort((years.year[mine], years.award[mine]))].tolist():
        reference, year = names.awards[years.award[row]], int(years.year[row])
        granted = known.get((reference, year), int(years.granted[row]))
        key = (reference, year)
        if key not in ground.written:
            award = ground.awards[reference]
            ground.written[key] = written_of(award, year, granted, ground.as_of)
        written = ground.written[key]
        found.append(
            Exercise(
                reference=reference,
                year=year,
                granted=int(years.granted[row]),
                payable=int(done.funding.payable[row]),
                received=written.received,
                announced=written.announced,
                closing=written.closing,
                status=ASSUMPTION if done.facts.renewed[row] else CONFIRMED,
                known=granted,
                seen=ground.as_of if written.stored else ground.opening.day,
            )
        )
    return found


def _granted_before(ground: Ground) -> dict[tuple[str, int], int]:
    """What each award-year of the baseline grants."""
    years, names = ground.base.facts.years, ground.base.facts.names
    return {
        (names.awards[years.award[row]], int(years.year[row])): int(years.granted[row])
        for row in np.flatnonzero(years.employer == ground.place).tolist()
    }


def moved_of(ground: Ground, facts: Facts) -> dict[str, list[Patch]]:
    """The patches on the days of payment, by award."""
    years, found = facts.years, dict[str, list[Patch]]()
    for patch in facts.pay_dates:
        rows = np.flatnonzero(award_targets(facts, patch.target) & (years.employer == ground.place))
        for award in sorted({int(years.award[row]) for row in rows}):
            found.setdefault(facts.names.awards[award], []).append(patch)
    return found
