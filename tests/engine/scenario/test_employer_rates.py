"""Patches on the rates of the employer: from their day on, in whichever month it lies."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import numpy as np
import pytest

from backoffice.engine.projection.facts import Facts
from backoffice.engine.scenario.patch import Patch
from backoffice.engine.scenario.run import Run, run
from backoffice.engine.scenario.totals import totals_of
from tests.engine.projection.made import FAR, made

MARCH, SEPTEMBER = date(2027, 3, 1), date(2027, 9, 1)


@pytest.fixture(scope="module")
def facts() -> Facts:
    """One employee under contract over two years, 2026 and 2027."""
    one = made(workers=1, awards=1, years=2, seed=3).facts
    lines = one.contracts
    open_end = replace(lines, stop=np.full_like(lines.stop, FAR), manual=lines.manual * 0)
    return replace(one, contracts=open_end)


def item(done: Run, name: str) -> list[int]:
    return [int(cents) for cents in done.months.pay.costs[name]]


def test_contributions_move_from_the_month_of_the_day_within_a_quarter_too(facts: Facts) -> None:
    base = run(facts)
    patch = Patch(1, "figure", "employer.onss_category_2", MARCH, {"set": Fraction(25, 100)})
    done = run(facts, [patch], base)
    old, new = item(base, "employer_onss"), item(done, "employer_onss")
    assert new[:14] == old[:14]
    gross = item(done, "gross")
    assert new[14:17] == [round(Fraction(one, 4) + Fraction(1, 1000)) for one in gross[14:17]]


def test_double_holiday_pay_of_june_stands_when_its_rate_moves_in_september(facts: Facts) -> None:
    base = run(facts)
    patch = Patch(1, "figure", "employer.double_holiday", SEPTEMBER, {"set": Fraction(1, 2)})
    done = run(facts, [patch], base)
    assert item(done, "double_holiday") == item(base, "double_holiday")
    assert totals_of(done, base).cost.tolist() == totals_of(base).cost.tolist()
    june = replace(patch, since=date(2027, 6, 1))
    moved = item(run(facts, [june], base), "double_holiday")
    assert moved[5] == item(base, "double_holiday")[5]
    assert abs(moved[17] * 92 - item(base, "double_holiday")[17] * 50) <= 92
