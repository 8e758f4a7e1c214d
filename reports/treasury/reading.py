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
from reports.scenarios.comparing import Baseline, Horizon, baseline, one_service
from reports.scenarios.selectors import assumptions_on
from reports.treasury.announced import (
    Written,
    awards_of,
    real_delays,
    receipt_flows,
    written_of,
)
from reports.treasury.asked import Given, Uncounted, asked_cash
from reports.treasury.bills import bill_flows, bills_of
from reports.treasury.opening import Opening, opening_of


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


def ground_of(organisation: Organisation, as_of: date, last_year: int | None = None) -> Ground:
    """Read what the treasury of an organisation needs, up to the end of next year or a later one.

    Raises:
        OutsideData: pay is known after the last year.
    """
    rules = TreasuryRules.objects.filter(organisation=organisation).first()
    opening = opening_of(organisation, rules, as_of)
    last_year = max(as_of.year + 1, last_year or 0)
    horizon = Horizon(opening.day.year - 1, last_year, as_of)
    beside = baseline(one_service(organisation), horizon, assumptions_on(as_of))
    awards, last = awards_of(organisation, as_of), date(last_year, 12, 31)
    known = receipt_flows(awards.values())
    for kind, bills in bills_of(organisation, as_of).items():
        known += bill_flows(kind, bills, as_of, last)
    return Ground(
        organisation=organisation,
        as_of=as_of,
        last=last,
        opening=opening,
        rules=rules,
        beside=beside,
        awards=awards,
        delays=real_delays(awards.values()),
        known=known,
    )


def treasury_of(ground: Ground, done: Run | None = None) -> Treasury:
    """The cash of an organisation in a run of its scenarios, by default what stands today.

    No query once the ground was used.
    """
    done = done or ground.base
    asked = asked_cash(done, Given(ground.awards, ground.pay_rules, ground.as_of))
    fixed = [*ground.known, *pay_flows(done.facts, done.months, 0, ground.pay_rules), *asked.flows]
    exercises, moved = [*_exercises(ground, done), *asked.exercises], _moved(done.facts)
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


def _exercises(ground: Ground, done: Run) -> list[Exercise]:
    """Each award-year of a run with what is left to come of it."""
    years, names = done.facts.years, done.facts.names
    known = _granted_before(ground.base)
    found = []
    for row in np.lexsort((years.year, years.award)).tolist():
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


def _granted_before(base: Run) -> dict[tuple[str, int], int]:
    """What each award-year of the baseline grants."""
    years, names = base.facts.years, base.facts.names
    return {
        (names.awards[award], int(year)): int(granted)
        for award, year, granted in zip(years.award, years.year, years.granted, strict=True)
    }


def _moved(facts: Facts) -> dict[str, list[Patch]]:
    """The patches on the days of payment, by award."""
    found: dict[str, list[Patch]] = {}
    for patch in facts.pay_dates:
        rows = np.flatnonzero(award_targets(facts, patch.target))
        for award in sorted({int(facts.years.award[row]) for row in rows}):
            found.setdefault(facts.names.awards[award], []).append(patch)
    return found
