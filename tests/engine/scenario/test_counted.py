"""Amounts beyond what can be counted: their patch is refused, and the rest of the scenario runs."""

from datetime import date
from typing import Any

import pytest

from backoffice.engine.scenario.counted import counted
from backoffice.engine.scenario.patch import Patch
from backoffice.engine.scenario.run import run
from backoffice.engine.scenario.totals import totals_of
from tests.engine.projection.made import made

DAY = date(2027, 1, 1)
ONE = made(workers=3, awards=8, years=3, employers=2, seed=11)
BASE = run(ONE.facts)
GOOD = Patch(1, "award", "E0/A1", DAY, {"granted": 50_000})


@pytest.mark.parametrize(
    ("kind", "target", "values"),
    [
        ("award", "*", {"factor": 10**15}),
        ("award", "*", {"indexed_by": 10**15}),
        ("index", "*", {"lag": 10**9}),
        ("index", "*", {"lag": 10**5}),
        ("figure", "s3.premium", {"factor": 10**12}),
        ("figure", "s3.premium", {"add": -(10**12)}),
        ("figure", "s3.premium_rate", {"set": 11}),
        ("figure", "employer.onss_category_2", {"set": -1}),
        ("figure", "employer.onss_category_2", {"factor": 10**12}),
        ("post", "CASG", {"fte": 10**12, "cost": 10**12}),
        ("post", "CASG", {"fte": 10**4, "cost": 10**12}),
    ],
)
def test_a_value_that_cannot_be_counted_is_refused_with_its_number_and_the_others_count(
    kind: str, target: str, values: Any
) -> None:
    done, totals = counted(ONE.facts, [GOOD, Patch(2, kind, target, DAY, values)], BASE)
    (refusal,) = done.refused
    assert refusal.patch.number == 2
    assert refusal.message.startswith("Modification n° 2 : ")
    expected = totals_of(run(ONE.facts, [GOOD], BASE), BASE)
    assert totals.paid.tolist() == expected.paid.tolist()
    assert totals.cost.tolist() == expected.cost.tolist()


def test_changes_that_grow_too_large_only_together_refuse_the_one_that_is_too_much() -> None:
    many = [Patch(number, "award", "*", DAY, {"factor": 10**5}) for number in (1, 2, 3)]
    done, _ = counted(ONE.facts, many, BASE)
    assert [one.patch.number for one in done.refused] == [3]


def test_what_can_be_counted_is_the_run_itself() -> None:
    done, totals = counted(ONE.facts, [GOOD], BASE)
    assert done.refused == ()
    assert totals.paid.tolist() == totals_of(run(ONE.facts, [GOOD], BASE), BASE).paid.tolist()
