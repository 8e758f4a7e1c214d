"""A worker-month explained: its items sum to its cost, and its steps give its pay."""

import numpy as np
import pytest

from backoffice.engine import money
from backoffice.engine.projection.explained import LAST_PAY, SCALE, explained
from backoffice.engine.scenario.run import Run, run
from tests.engine.projection.made import made


@pytest.fixture(scope="module")
def done() -> Run:
    return run(made(workers=3, awards=2, years=3, seed=7).facts)


def test_items_sum_to_the_cost_and_steps_give_the_gross_of_every_month(done: Run) -> None:
    for row in range(len(done.months)):
        found = explained(done.facts, done.months, row)
        assert sum(item.cents for item in found.items) == int(done.months.cost[row])
        gross = sum(
            int(
                money.times(
                    np.array([step.full_time]),
                    step.hours * step.days,
                    step.full_hours * step.month_days,
                )[0]
            )
            for step in found.steps
        )
        assert gross == int(done.months.pay.costs["gross"][row])


def test_pay_says_whether_it_is_the_scale_or_the_last_real_pay(done: Run) -> None:
    origins = {}
    for row in range(len(done.months)):
        found = explained(done.facts, done.months, row)
        origins.setdefault(found.worker, set()).update(
            item.origin for item in found.items if item.name == "gross"
        )
    assert origins == {"W0": {SCALE}, "W1": {SCALE}, "W2": {LAST_PAY}}
    first = explained(done.facts, done.months, 0).steps[0]
    assert first.base is not None
    assert first.coefficient is not None
