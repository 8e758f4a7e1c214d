"""The signed table of stacks asks every pair of schemes on each day its answer changes."""

from itertools import combinations_with_replacement

from grants.scheme import schemes
from grants.stacking import changes_between
from tests.golden import cases


def test_every_pair_of_schemes_is_asked_on_each_day_its_answer_changes() -> None:
    asked = {(row["one"], row["other"], row["day"]) for row in cases("stacking.csv")}
    changes = {
        (one, other, day.isoformat())
        for one, other in combinations_with_replacement(sorted(schemes()), 2)
        for day, _stack in changes_between(schemes()[one], schemes()[other])
    }
    assert changes - asked == set()
