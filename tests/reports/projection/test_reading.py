"""Facts read from the database: closed years as their justifications, then the years to come."""

from datetime import date

import numpy as np

from backoffice.engine.claims.ledger import settle
from backoffice.engine.scenario.run import Run, run
from backoffice.federation.models import Organisation
from reports.demo.employer import YEARS
from reports.projection.reading import projection_facts
from reports.snapshots import year_facts

AS_OF = date(2026, 6, 30)


def test_closed_years_equal_their_justifications_to_the_cent(demonstration: Organisation) -> None:
    done = run(projection_facts([demonstration], YEARS[0], YEARS[-1], AS_OF))
    names = [done.facts.names.awards[award] for award in done.facts.years.award]
    for year in YEARS:
        facts = year_facts(demonstration, year, AS_OF)
        ledger = settle(facts.staff.pay, facts.slices, facts.inputs, facts.known)
        assert len(ledger.claims) >= 5
        for claim in ledger.claims:
            (row,) = np.flatnonzero(
                (done.facts.years.year == year) & (np.array(names) == claim.award.key)
            )
            assert _amounts(done, row) == (claim.presented, claim.admissible, claim.payable)
        mine = done.months.pay.month // 12 == year
        assert done.funding.own_funds[mine].tolist() == ledger.own_funds.tolist()


def test_the_years_to_come_go_on_from_the_last_month_of_pay(demonstration: Organisation) -> None:
    last = YEARS[-1]
    done = run(projection_facts([demonstration], last, last + 2, AS_OF))
    months = done.months
    assert set(months.real[months.pay.month // 12 == last]) == {1}
    assert set(months.real[months.pay.month // 12 > last]) == {0}
    yearly = [int(months.cost[months.pay.month // 12 == y].sum()) for y in (last, last + 1)]
    assert yearly[0] * 9 // 10 < yearly[1] < yearly[0] * 11 // 10
    renewed = {note.subject for note in done.notes if note.code == "renewed"}
    assert renewed
    rows = done.facts.years.year == last + 1
    assert (done.funding.payable[rows] > 0).any()


def test_a_closed_year_seen_from_the_one_before_comes_within_two_percent(
    demonstration: Organisation,
) -> None:
    last = YEARS[-1]
    real = run(projection_facts([demonstration], last, last, AS_OF))
    seen = run(projection_facts([demonstration], last, last, AS_OF, date(last - 1, 12, 31)))
    assert set(seen.months.real) == {0}
    costs = [int(one.months.cost.sum()) for one in (real, seen)]
    assert abs(costs[1] - costs[0]) * 50 < costs[0]
    paid = [int(one.funding.paid.sum()) for one in (real, seen)]
    assert abs(paid[1] - paid[0]) * 50 < paid[0]


def _amounts(done: Run, row: int) -> tuple[int | None, ...]:
    known = (done.funding.admissible[row], done.funding.payable[row])
    return int(done.funding.presented[row]), *(None if one < 0 else int(one) for one in known)
