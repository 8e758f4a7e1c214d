"""Each part of the cost of an employee to come, by hand, with the figures of the product.

9,000.00 EUR a month is the example of comptacours (2019) for the provision: 9,000 x 12 x 18.20 %
= 19,656.00. The other sources are those of the figures named beside each amount.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from backoffice.engine.cash.flows import PAY as PAY_FLOW
from backoffice.engine.cash.pay import PayRules, pay_flows
from backoffice.engine.projection.explained import FIGURE, explained
from backoffice.engine.projection.facts import TO_CONFIRM, Facts
from backoffice.engine.projection.index_grid import Regime, grid_of
from backoffice.engine.projection.provision import holiday_provisions
from backoffice.engine.scenario.patch import Patch
from backoffice.engine.scenario.run import Run, run
from backoffice.engine.scenario.totals import totals_of
from grants.employer_cost import employer_rates
from grants.scheme import general_figures
from tests.engine.projection.made import FAR, FIRST_YEAR, ITEMS, REGIME, made

PAY = 900_000
ONSS = 291_600  # 32.40 % of 9,000.00 (cesal, ONSS: 24.92 % + 7.48 %)
DOUBLE = 828_000  # 92 % of 9,000.00 (rule of the holiday pay of employees)
YEAR_END = 500_000
PROVISION = 1_965_600  # 18.20 % of 108,000.00 (comptacours 2019)


def employee(ends: date | None = None, manual: int = 0) -> Facts:
    """One full-time worker whose 9,000.00 EUR no index moves, on no award, until a last day."""
    facts = made(workers=1, awards=1, years=2).facts
    lines, seen = facts.contracts, facts.observed
    one = np.ones(1, dtype=np.int64)
    amount = np.zeros_like(seen.amount)
    amount[list(ITEMS).index("gross")] = PAY
    amount[list(ITEMS).index("year_end"), :, 11] = YEAR_END
    return replace(
        facts,
        contracts=replace(
            lines,
            start=one * date(2015, 1, 1).toordinal(),
            stop=one * (ends.toordinal() + 1 if ends else FAR),
            hours=one * 3800,
            full_time=one * 3800,
            manual=one * manual,
            scale=one * 2,  # unknown to us: the last real pay goes on
        ),
        observed=replace(
            seen,
            amount=amount,
            hours=np.full_like(seen.hours, 3800),
            full_month=one * PAY,
            contract_month=one * PAY,
            weekly=one * 3800,
            whole=one * 3800,
        ),
        index=grid_of({REGIME: Regime((), facts.stop)}, facts.months, facts.index.step),
        figures=general_figures(),
        law=employer_rates,
    )


def paid(done: Run, item: str) -> Mapping[int, int]:
    """Cents of an item by month, where there are some; months count from the first one."""
    months = (done.months.pay.month - done.facts.first).tolist()
    values = done.months.pay.costs[item].tolist()
    return {month: cents for month, cents in zip(months, values, strict=True) if cents}


def test_a_whole_year_bears_contributions_holiday_pay_and_premium_and_owes_its_provision() -> None:
    facts = employee()
    done = run(facts)
    assert paid(done, "gross") == dict.fromkeys(range(24), PAY)
    assert paid(done, "double_holiday") == {5: DOUBLE, 17: DOUBLE}
    assert paid(done, "year_end") == {11: YEAR_END, 23: YEAR_END}
    of_premium = YEAR_END * 324 // 1000
    expected = {month: ONSS + (of_premium if month % 12 == 11 else 0) for month in range(24)}
    assert paid(done, "employer_onss") == expected
    assert paid(done, "exit_holiday") == {}
    assert holiday_provisions(facts, done.months).tolist() == [[PROVISION, PROVISION]]


def test_the_provision_of_a_manual_worker_is_the_contribution_to_the_fund() -> None:
    facts = employee(manual=1)
    done = run(facts)
    assert paid(done, "double_holiday") == {}
    owed = 1_197_893  # 10.27 % of 108 % of 108,000.00, half up
    assert holiday_provisions(facts, done.months).tolist() == [[owed, owed]]


@pytest.mark.parametrize(
    ("ends", "earned"),
    [
        (date(FIRST_YEAR, 3, 31), 3 * PAY * 182 // 1000 + DOUBLE),  # 4,914.00 + 8,280.00
        (date(FIRST_YEAR, 6, 30), 6 * PAY * 182 // 1000),  # the double pay is paid in June
        (date(FIRST_YEAR, 9, 15), (8 * PAY + PAY // 2) * 182 // 1000),  # 13,923.00
        (date(FIRST_YEAR, 12, 31), PROVISION),
    ],
)
def test_a_contract_that_ends_pays_in_its_last_month_the_holidays_it_has_earned(
    ends: date, earned: int
) -> None:
    facts = employee(ends)
    done = run(facts)
    assert paid(done, "exit_holiday") == {ends.month - 1: earned}
    assert holiday_provisions(facts, done.months).tolist() == [[0, 0]]
    row = ends.month - 1
    assert done.months.status[row] >= TO_CONFIRM
    [item] = [one for one in explained(facts, done.months, row).items if one.name == "exit_holiday"]
    assert (item.cents, item.origin) == (earned, FIGURE)
    assert item.figures == ("employer.holiday_provision_employees", "employer.double_holiday")


def test_a_manual_worker_who_leaves_is_paid_by_the_fund_whose_contribution_stays_due() -> None:
    facts = employee(date(FIRST_YEAR, 6, 30), manual=1)
    done = run(facts)
    assert paid(done, "exit_holiday") == {}
    owed = 5_400_000 * 108 // 100 * 1027 // 10_000
    assert holiday_provisions(facts, done.months).tolist() == [[owed, 0]]


def test_real_pay_of_the_year_has_earned_holidays_too() -> None:
    facts = employee(date(FIRST_YEAR, 6, 30))
    whole = run(facts)
    real = replace(
        whole.months.pay,
        costs={item: cents[:4] for item, cents in whole.months.pay.costs.items()},
        **{
            name: getattr(whole.months.pay, name)[:4]
            for name in ("worker", "month", "paid", "due", "contract")
        },
    )
    done = run(replace(facts, real=real, known_until=facts.known_until + 4))
    assert done.months.real.tolist() == [1, 1, 1, 1, 0, 0]
    assert paid(done, "exit_holiday") == paid(whole, "exit_holiday")


@pytest.mark.parametrize("day", [date(FIRST_YEAR + 1, 1, 1), date(FIRST_YEAR + 1, 7, 1)])
def test_who_leaves_in_a_scenario_is_paid_out_of_months_from_the_day_on(day: date) -> None:
    facts = employee()
    base = run(facts)
    done = run(facts, [Patch(1, "worker", "W0", day, {"end": True})], base)
    [(month, _earned)] = paid(done, "exit_holiday").items()
    assert month == (day.year - FIRST_YEAR) * 12 + day.month - 2
    before, after, free = totals_of(base), totals_of(done, base), totals_of(done)
    cut = month + 1
    assert after.cost[:, :cut].tolist() == before.cost[:, :cut].tolist()
    assert after.cost.sum() == free.cost.sum()
    assert after.own_funds.sum() == free.own_funds.sum()


def test_the_holiday_pay_of_who_leaves_goes_out_with_the_last_pay() -> None:
    rules = PayRules(pay_day=25)

    def paid_in_march(facts: Facts) -> int:
        flows = pay_flows(facts, run(facts).months, 0, rules)
        day = date(FIRST_YEAR, 3, 25)
        return -sum(one.amount for one in flows if (one.kind, one.day) == (PAY_FLOW, day))

    assert paid_in_march(employee(date(FIRST_YEAR, 3, 31))) > paid_in_march(employee())
