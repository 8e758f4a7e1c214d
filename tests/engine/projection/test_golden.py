"""Worker-months by hand: what hire, departure, working time, steps, leaves and limits do to them.

Two workers, each full time at 38 hours in January 2026, on no award. W1's scale is unknown: her
3,000.00 EUR of December 2025 go on, and no index moves them unless a test says so. W0 stands on a
scale of 17,000.00 + 611.37 EUR a step at 100 %, with an index that rises by 2 % each March:
coefficient 2.1223 up to February 2026 (1.02^38), 2.1647 from March (1.02^39).
"""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import numpy as np
import pytest

from backoffice.engine.figures import Figure, FigureValue, Source
from backoffice.engine.indexation import IndexEvent
from backoffice.engine.projection.annual import REFERENCE
from backoffice.engine.projection.explained import FIGURE, LAST_YEAR, explained
from backoffice.engine.projection.facts import ASSUMPTION, FORECAST, TO_CONFIRM, Facts, Leaves
from backoffice.engine.projection.index_grid import Regime, grid_of
from backoffice.engine.projection.months import Months, worker_months
from backoffice.engine.projection.residence import with_allowances
from backoffice.engine.scenario.patch import Patch, Value
from backoffice.engine.scenario.run import run
from tests.engine.projection.made import FAR, ITEMS, LABEL, REGIME, events, made

PAY = 300_000
JULY = 2026 * 12 + 6
ALLOWANCES = {
    "foyer_full": "719.88",
    "foyer_half": "359.94",
    "residence_full": "359.94",
    "residence_half": "179.97",
    "limit_1": "15841.61",
    "limit_2": "18060.43",
}
"""allowance.* of the product (Group S, CP 318.01), EUR a year at 100 %."""


def figure(code: str, unit: str, value: str) -> Figure:
    exact = FigureValue(
        date(2000, 1, 1), None, Fraction(value), value, None, "confirmed", Source("-")
    )
    return Figure(code, LABEL, unit, (exact,))


@pytest.fixture(scope="module")
def facts() -> Facts:
    facts = made(workers=2, awards=1, years=2).facts
    lines, seen = facts.contracts, facts.observed
    amount = np.zeros_like(seen.amount)
    amount[list(ITEMS).index("gross"), 0] = 311_472  # step 1: 17,611.37 x 2.1223 / 12
    amount[list(ITEMS).index("gross"), 1] = PAY
    full = np.array([311_472, PAY])
    two = np.ones(2, dtype=np.int64)
    more = [figure(f"allowance.{one}_base", "EUR/year", v) for one, v in ALLOWANCES.items()]
    more.append(figure(REFERENCE, "months", "9"))
    late = events()[-1]
    return replace(
        facts,
        contracts=replace(
            lines,
            start=two * date(2015, 1, 1).toordinal(),
            stop=two * FAR,
            hours=two * 3800,
            full_time=two * 3800,
            manual=two * 0,
            scale=np.array([0, 2]),
            since=np.array([JULY - 24, JULY - 24]),  # step 1 up to June 2026, step 2 from July
            regime=np.array([0, -1]),
        ),
        observed=replace(
            seen,
            amount=amount,
            hours=np.full_like(seen.hours, 3800),
            full_month=full,
            contract_month=full,
            weekly=two * 3800,
            whole=two * 3800,
        ),
        index=grid_of(
            {
                REGIME: Regime(
                    (*events()[:3], replace(late, effective=date(2027, 3, 1), n=40)), JULY
                )
            },
            facts.months,
            facts.index.step,
        ),
        figures=facts.figures.with_values(more),
    )


def item(facts: Facts, name: str, worker: int, months: Months | None = None) -> dict[int, int]:
    """Cents of an item by month from January 2026 on, where there are some."""
    found = worker_months(facts) if months is None else months
    rows = np.flatnonzero(found.pay.worker == worker).tolist()
    at = [int(found.pay.month[row]) - facts.first for row in rows]
    cents = [int(found.pay.costs[name][row]) for row in rows]
    return {month: one for month, one in zip(at, cents, strict=True) if one}


def between(facts: Facts, start: date, stop: date | None = None, worker: int = 1) -> Facts:
    """The worker under contract from a day to the one before another."""
    lines = facts.contracts
    mine = lines.worker == worker
    stops = stop.toordinal() if stop else FAR
    return replace(
        facts,
        contracts=replace(
            lines,
            start=np.where(mine, start.toordinal(), lines.start),
            stop=np.where(mine, stops, lines.stop),
        ),
    )


def with_last_year(facts: Facts, name: str, worker: int, months: list[int]) -> Facts:
    """The worker with an item in each month of 2025, in cents."""
    amount = facts.observed.amount.copy()
    amount[list(ITEMS).index(name), worker] = months
    return with_allowances(replace(facts, observed=replace(facts.observed, amount=amount)))


def patched(facts: Facts, target: str, day: date, **values: Value) -> Months:
    done = run(facts, [Patch(1, "worker", target, day, values)])
    assert done.refused == ()
    return done.months


def test_a_hire_and_a_departure_in_the_middle_of_a_month_are_paid_by_days(facts: Facts) -> None:
    here = between(facts, date(2026, 4, 16), date(2026, 9, 11))
    whole = dict.fromkeys(range(4, 8), PAY)
    assert item(here, "gross", 1) == {3: 150_000, **whole, 8: 100_000}  # 15 and 10 days of 30
    onss = {month: cents * 324 // 1000 for month, cents in item(here, "gross", 1).items()}
    assert item(here, "employer_onss", 1) == onss
    # 18 % of what the year has paid; the double pay of the year before is paid in June
    assert item(here, "exit_holiday", 1) == {8: (150_000 + 4 * PAY + 100_000) * 18 // 100}


def test_a_contract_up_to_the_last_day_of_the_years_shown_ends_in_its_last_month(
    facts: Facts,
) -> None:
    here = between(facts, date(2015, 1, 1), date(2028, 1, 1))
    assert item(here, "exit_holiday", 1) == {23: 12 * PAY * 18 // 100}
    assert item(here, "gross", 1) == dict.fromkeys(range(24), PAY)


def test_working_time_that_changes_within_a_month_counts_by_days(facts: Facts) -> None:
    half = patched(facts, "W1", date(2026, 4, 11), share=Fraction(1, 2))
    gross = item(facts, "gross", 1, half)
    assert (gross[2], gross[3], gross[4]) == (PAY, 100_000 + 100_000, 150_000)
    [row] = np.flatnonzero((half.pay.worker == 1) & (half.pay.month == facts.first + 3)).tolist()
    assert int(half.fte[row]) == 6_667  # 10 days of 30 at full time, 20 at half


def test_a_step_counts_from_the_month_of_its_day(facts: Facts) -> None:
    gross = item(facts, "gross", 0)
    assert gross[1] == 311_472  # 17,611.37 x 2.1223 / 12
    assert gross[2] == gross[5] == 317_694  # 17,611.37 x 2.1647 / 12
    assert gross[6] == 328_723  # 18,222.74 x 2.1647 / 12


def test_who_is_away_and_comes_back_is_paid_for_the_days_before_and_after(facts: Facts) -> None:
    days = date(2026, 4, 11).toordinal(), date(2026, 6, 16).toordinal()
    away = Leaves(*(np.array([one]) for one in (1, *days)))
    months = worker_months(replace(facts, leaves=away))
    gross = item(facts, "gross", 1, months)
    assert (gross[3], gross.get(4), gross[5]) == (100_000, None, 150_000)
    assert len(np.flatnonzero(months.pay.worker == 1)) == 24
    assert item(facts, "exit_holiday", 1, months) == {}  # who comes back has not left


def test_the_premium_of_who_leaves_comes_with_the_last_pay_for_the_months_served(
    facts: Facts,
) -> None:
    paid = with_last_year(facts, "year_end", 1, [0] * 11 + [180_000])
    assert item(paid, "year_end", 1) == {11: 180_000, 23: 180_000}
    gone = between(paid, date(2015, 1, 1), date(2026, 6, 16))
    assert item(gone, "year_end", 1) == {5: 100_000}  # five whole months of nine


def test_pay_after_a_forecast_event_is_forecast_and_beyond_it_an_assumption(facts: Facts) -> None:
    months = worker_months(facts)
    mine = months.pay.worker == 0
    status = months.status[mine].tolist()
    assert status[7] == ASSUMPTION  # nothing is told beyond July 2026
    told = {REGIME: Regime(facts.index.moves[0], facts.first + 18)}
    known = replace(facts, index=grid_of(told, facts.months, facts.index.step))
    status = worker_months(known).status[mine].tolist()
    assert max(status[:14]) < FORECAST
    assert set(status[14:19]) == {FORECAST}
    assert set(status[19:]) == {ASSUMPTION}
    more = IndexEvent(REGIME, date(2027, 9, 1), Fraction(5, 100), "assumption")
    path = {REGIME: Regime((*facts.index.moves[0], more), facts.stop)}
    there = replace(facts, index=grid_of(path, facts.months, facts.index.step))
    gross = item(there, "gross", 0)
    assert gross[20] == (gross[19] * 105 + 50) // 100


def test_an_annual_premium_is_an_amount_that_neither_index_nor_step_moves(facts: Facts) -> None:
    paid = with_last_year(facts, "annual_premium", 0, [0] * 11 + [4_900])
    assert item(paid, "annual_premium", 0) == {11: 4_900, 23: 4_900}
    half = patched(paid, "W0", date(2026, 7, 1), share=Fraction(1, 2))
    assert item(paid, "annual_premium", 0, half) == {11: 2_450, 23: 2_450}
    gone = between(paid, date(2015, 1, 1), date(2026, 7, 1), worker=0)
    assert item(gone, "annual_premium", 0) == {5: 2_450}  # six months of twelve
    assert "premiums_carried" in [one.code for one in worker_months(paid).notes]


def test_the_residence_allowance_follows_the_index_and_stops_above_its_limit(facts: Facts) -> None:
    paid = with_last_year(facts, "residence", 0, [3_183] * 12)  # 179.97 x 2.1223 / 12
    before = {**dict.fromkeys(range(2), 3_183), **dict.fromkeys(range(2, 6), 3_247)}
    assert item(paid, "residence", 0) == before  # 179.97 x 2.1647 = 389.58, / 12
    months = worker_months(paid)
    assert [one.workers for one in months.notes if one.code == "residence_by_rule"] == [(0,)]
    assert int(months.status[0]) == TO_CONFIRM
    [told] = [one for one in explained(paid, months, 0).items if one.name == "residence"]
    assert (told.origin, told.figures[0]) == (FIGURE, "allowance.residence_full_base")
    half = patched(paid, "W0", date(2026, 4, 11), share=Fraction(1, 2))
    gross = item(paid, "residence", 0, half)
    assert (gross[2], gross[3], gross[4]) == (3_247, 2_165, 1_624)
    other = patched(paid, "W0", date(2026, 5, 1), scale="MADE", column="b")
    assert max(item(paid, "residence", 0, other)) == 3  # 20,111.37 at 100 % is above both limits


def test_a_foyer_allowance_is_told_from_one_of_residence_by_its_amount(facts: Facts) -> None:
    paid = with_last_year(facts, "residence", 0, [6_366] * 12)  # 359.94 x 2.1223 / 12
    found = item(paid, "residence", 0)
    assert (found[0], found[2], max(found)) == (6_366, 6_493, 5)


def test_an_allowance_of_another_amount_stays_and_is_said_to_be_confirmed(facts: Facts) -> None:
    paid = with_last_year(facts, "residence", 0, [4_000] * 12)
    assert item(paid, "residence", 0) == dict.fromkeys(range(24), 4_000)
    months = worker_months(paid)
    assert [one.workers for one in months.notes if one.code == "residence_kept"] == [(0,)]
    assert int(months.status[0]) == ASSUMPTION
    [told] = [one for one in explained(paid, months, 0).items if one.name == "residence"]
    assert told.origin == LAST_YEAR


def test_an_allowance_that_pay_has_ended_within_the_last_year_does_not_come_back(
    facts: Facts,
) -> None:
    high = replace(
        facts,
        contracts=replace(facts.contracts, since=facts.contracts.since - 24),
        observed=replace(facts.observed, full_month=np.array([322_285, PAY])),
    )
    paid = with_last_year(high, "residence", 0, [3_183] * 6 + [0] * 6)
    assert item(paid, "residence", 0) == {}
