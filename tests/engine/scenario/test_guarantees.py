"""What a scenario promises: nothing changes without a patch, before its day, or in the baseline."""

from collections.abc import Iterator, Sequence
from dataclasses import fields, is_dataclass, replace
from datetime import date
from fractions import Fraction
from functools import cache
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backoffice.engine.scenario.compare import bridge, by_year, drivers, sheet_of
from backoffice.engine.scenario.patch import Patch, Value, overriding
from backoffice.engine.scenario.run import Run, run
from backoffice.engine.scenario.totals import Totals, totals_of
from tests.engine.projection.made import Made, made

KINDS: tuple[tuple[str, str, dict[str, Value]], ...] = (
    ("award", "E0/A1", {"granted": 50_000}),
    ("award", "*", {"factor": Fraction(98, 100)}),
    ("award", "scheme:s4", {"indexed_by": "r"}),
    ("award", "E1/A2", {"stop": True}),
    ("scheme", "s2", {"stop": True}),
    ("figure", "s0.ceiling", {"factor": Fraction(9, 10)}),
    ("figure", "s3.premium_rate", {"set": 1}),
    ("figure", "s0.ceiling", {"freeze": True}),
    ("figure", "s3.premium", {"indexed_by": "r"}),
    ("figure", "employer.onss_category_2", {"set": Fraction(3, 10)}),
    ("index", "*", {"lag": 2, "of": "grants"}),
    ("index", "r", {"skip": 2027}),
    ("index", "r", {"capped_above": 3_500}),
    ("index", "*", {"full": True}),
    ("index", "*", {"path": Fraction(3, 100)}),
    ("worker", "E0/W0", {"share": Fraction(1, 2)}),
    ("worker", "E1/W1", {"scale": "MADE", "column": "b"}),
    ("worker", "E0/W2", {"end": True}),
    ("worker", "E0/W1", {"leave": date(2027, 9, 15)}),
    ("post", "CASG", {"fte": 1, "cost": 60_000, "regime": "r"}),
    ("pay_date", "*", {"delay_days": 90}),
    ("merge", "E0", {"into": "E1"}),
)


@cache
def base() -> tuple[Made, Run]:
    one = made(workers=3, awards=8, years=2, employers=2, seed=11)
    return one, run(one.facts)


@cache
def untouched() -> Totals:
    """The totals of the baseline."""
    first = base()[1]
    return totals_of(first, first)


BY_DAY = {"worker", "scheme", "pay_date"}


def first_moved(patch: Patch) -> int:
    """The month of the day for what counts by days, else the first whole month from the day on."""
    month = patch.since.year * 12 + patch.since.month - 1
    return month if patch.kind in BY_DAY or patch.since.day == 1 else month + 1


def patches_of(draws: Sequence[tuple[int, int]]) -> list[Patch]:
    """Patches by place in `KINDS` and day after 1 January 2026."""
    found = []
    for number, (kind, days) in enumerate(draws, start=1):
        name, target, values = KINDS[kind]
        day = date.fromordinal(date(2026, 1, 1).toordinal() + days)
        found.append(Patch(number, name, target, day, values))
    return found


DRAWS = st.lists(
    st.tuples(st.integers(0, len(KINDS) - 1), st.integers(0, 600)), min_size=1, max_size=3
)


def test_an_empty_scenario_is_the_baseline_to_the_cent() -> None:
    one, first = base()
    for again in (run(one.facts), run(one.facts, (), first)):
        assert _columns(again.funding) == _columns(first.funding)
        assert _columns(totals_of(again, first)) == _columns(totals_of(first))


@settings(max_examples=25)
@given(DRAWS)
def test_nothing_moves_before_the_first_day_of_a_patch(draws: list[tuple[int, int]]) -> None:
    _stands_before(patches_of(draws))


@settings(max_examples=60)
@given(DRAWS)
def test_each_patch_moves_nothing_before_its_day_beside_the_scenario_without_it(
    draws: list[tuple[int, int]],
) -> None:
    one, first = base()
    patches = patches_of(draws)
    done = run(one.facts, patches, first)
    after = totals_of(done, first)
    for patch in patches:
        others = [other for other in patches if other is not patch]
        without = run(one.facts, others, first)
        if _refused(done) - {patch.number} == _refused(without):
            _same_before(first_moved(patch), totals_of(without, first), after)


def _refused(done: Run) -> set[int]:
    """The numbers of the patches refused: one may let another through."""
    return {each.patch.number for each in done.refused}


@pytest.mark.parametrize("kind", range(len(KINDS)))
@pytest.mark.parametrize("days", [14, 73, 180, 181, 364, 379, 592])
def test_no_kind_of_patch_moves_anything_before_its_day(kind: int, days: int) -> None:
    _stands_before(patches_of([(kind, days)]))


def _stands_before(patches: list[Patch]) -> None:
    one, first = base()
    done = run(one.facts, patches, first)
    month = min(first_moved(patch) for patch in patches)
    after = totals_of(done, first)
    assert not after.demand_fte[:, : month - one.facts.first].any()
    assert all(since >= month for _a, _b, since in done.facts.merged)
    _same_before(month, untouched(), after)


def _same_before(month: int, before: Totals, after: Totals) -> None:
    """What two scenarios of the same baseline show up to a month."""
    cut = month - base()[0].facts.first
    for name in ("fte", "claimed", "doubt", "uncertain"):
        assert getattr(before, name)[:, :cut].tolist() == getattr(after, name)[:, :cut].tolist()
    assert before.cost[:, :cut].tolist() == after.cost[:, :cut].tolist()
    assert before.own_funds[:, :cut].tolist() == after.own_funds[:, :cut].tolist()
    assert _paid(before)[:, :cut].tolist() == _paid(after)[:, :cut].tolist()
    assert before.other_paid[:, :cut].tolist() == after.other_paid[:, :cut].tolist()


@settings(max_examples=10)
@given(DRAWS)
def test_what_is_held_back_before_the_day_stays_in_its_year(draws: list[tuple[int, int]]) -> None:
    one, first = base()
    done = run(one.facts, patches_of(draws), first)
    held, free = totals_of(done, first), totals_of(done)
    assert by_year(_paid(held)).tolist() == by_year(_paid(free)).tolist()


@settings(max_examples=10)
@given(DRAWS)
def test_a_run_on_a_baseline_equals_a_run_from_nothing(draws: list[tuple[int, int]]) -> None:
    one, first = base()
    assert _columns(run(one.facts, patches_of(draws), first).funding) == _columns(
        run(one.facts, patches_of(draws)).funding
    )


@settings(max_examples=10)
@given(DRAWS)
def test_the_facts_of_the_baseline_are_never_touched(draws: list[tuple[int, int]]) -> None:
    one, first = base()
    before = _columns(one.facts)
    run(one.facts, patches_of(draws), first)
    assert _columns(one.facts) == before
    with pytest.raises(ValueError, match="read-only"):
        one.facts.contracts.hours[0] = 1


@settings(max_examples=10)
@given(DRAWS)
def test_drivers_and_bridge_sum_to_the_difference(
    draws: list[tuple[int, int]],
) -> None:
    one, first = base()
    done = run(one.facts, patches_of(draws), first)
    old, new = (sheet_of(one.facts, totals_of(each, first)) for each in (first, done))
    apart = new.own_funds - old.own_funds
    assert sum(step.cents for step in drivers(old, new)).tolist() == apart.tolist()
    steps = bridge([("base", old), ("scenario", new)])
    assert sum(step.cents for step in steps).tolist() == new.own_funds.tolist()


@pytest.mark.parametrize("kind", range(len(KINDS)))
def test_each_kind_of_patch_on_a_baseline_is_as_whole_as_from_nothing(kind: int) -> None:
    one, first = base()
    patches = patches_of([(kind, 200)])
    done = run(one.facts, patches, first)
    assert not done.refused
    assert _columns(done.funding) == _columns(run(one.facts, patches).funding)


def test_of_two_patches_on_the_same_value_the_later_wins_and_the_run_says_so() -> None:
    one, first = base()
    day = date(2027, 1, 1)
    low = Patch(1, "award", "E0/A1", day, {"granted": 10_000})
    high = Patch(2, "award", "E0/A1", day, {"granted": 20_000})
    done = run(one.facts, [low, high], first)
    assert done.overridden == ((low, high),)
    assert _columns(done.funding) == _columns(run(one.facts, [high], first).funding)


NEW_YEAR = date(2027, 1, 1)


@pytest.mark.parametrize(
    ("early", "late"),
    [
        (("worker", "W", {"hours": 10}), ("worker", "E0/W", {"hours": 12})),
        (("worker", "W", {"share": Fraction(1, 2)}), ("worker", "E0/W", {"hours": 12})),
        (("worker", "W", {"scale": "MADE", "column": "b"}), ("worker", "W", {"end": True})),
        (("award", "E0/A1", {"granted": 5}), ("award", "scheme:s1", {"granted": 6})),
        (("award", "*", {"factor": 2}), ("award", "E0/A1", {"stop": True})),
        (("index", "*", {"path": 0}), ("index", "r", {"path": Fraction(1, 100), "of": "pay"})),
        (("index", "r", {"capped_above": 3_500}), ("index", "*", {"full": True})),
        (("figure", "s0.ceiling", {"set": 9}), ("figure", "s0.*", {"set": 8})),
        (("figure", "s0.*", {"freeze": True}), ("figure", "s0.ceiling", {"set": 8})),
        (("pay_date", "*", {"delay_days": 9}), ("pay_date", "A1", {"delay_days": 3})),
        (("scheme", "scheme:s2", {"stop": True}), ("scheme", "s2", {"stop": True})),
        (("merge", "E0", {"into": "E1"}), ("merge", "E0", {"into": "E2"})),
    ],
)
def test_contradictions_are_seen_whatever_the_target_is_called(early: Any, late: Any) -> None:
    one = _named()
    first, second = (
        Patch(number, kind, target, NEW_YEAR, values)
        for number, (kind, target, values) in enumerate((early, late), start=1)
    )
    done = run(one.facts, [first, second])
    assert not done.refused
    assert done.overridden == ((first, second),)
    sentence = overriding(first, second)
    assert sentence.startswith("Modification n° 1")
    assert all(f"« {patch.target} »" in sentence for patch in (first, second))


@pytest.mark.parametrize(
    ("early", "late"),
    [
        (("worker", "E0/W0", {"hours": 10}), ("worker", "E0/W1", {"hours": 12})),
        (("worker", "W", {"hours": 10}), ("worker", "W", {"share": Fraction(1, 2)})),
        (("award", "E0/A1", {"granted": 5}), ("award", "E1/A1", {"granted": 6})),
        (("award", "*", {"granted": 5}), ("award", "*", {"factor": 2})),
        (("index", "r", {"path": 0, "of": "pay"}), ("index", "*", {"path": 0, "of": "grants"})),
        (("index", "*", {"lag": 1}), ("index", "r", {"lag": -1})),
        (("figure", "s0.ceiling", {"set": 9}), ("figure", "s3.premium", {"set": 8})),
        (("figure", "s3.premium", {"set": 9}), ("figure", "s3.premium_rate", {"set": 1})),
        (("post", "*", {"fte": 1}), ("post", "CASG", {"fte": 1})),
    ],
)
def test_what_does_not_meet_or_adds_up_is_no_contradiction(early: Any, late: Any) -> None:
    one = _named()
    both = [
        Patch(number, kind, target, NEW_YEAR, values)
        for number, (kind, target, values) in enumerate((early, late), start=1)
    ]
    done = run(one.facts, both)
    assert not done.refused
    assert done.overridden == ()


@cache
def _named() -> Made:
    """Three employers; one worker has a number of her own, and a contract without end."""
    one = made(workers=3, awards=8, years=2, employers=3, seed=11)
    workers = ("W0", "W1", "W", *one.facts.names.workers[3:])
    lines = one.facts.contracts
    lines = replace(lines, stop=np.full(len(lines), date.max.toordinal()))
    names = replace(one.facts.names, workers=workers)
    return replace(one, facts=replace(one.facts, names=names, contracts=lines))


@pytest.mark.parametrize(
    ("patch", "words"),
    [
        (Patch(1, "award", "NOPE", date(2026, 5, 1), {"stop": True}), "A0"),
        (Patch(1, "award", "E0/A1", date(2026, 5, 1), {}), "granted"),
        (Patch(1, "scheme", "nope", date(2026, 5, 1), {"stop": True}), "s0"),
        (Patch(1, "figure", "nope.x", date(2026, 5, 1), {"set": 1}), "s0.ceiling"),
        (Patch(1, "index", "nope", date(2026, 5, 1), {"lag": 1}), "r"),
        (Patch(1, "worker", "W0", date(2026, 5, 1), {"end": True}), "E0/W0"),
        (Patch(1, "worker", "E9/W0", date(2026, 5, 1), {"end": True}), "W1"),
        (Patch(1, "worker", "E0/W0", date(2026, 5, 1), {"scale": "X"}), "MADE a"),
        (Patch(1, "post", "NOPE", date(2026, 5, 1), {"fte": 1}), "CASG"),
        (Patch(1, "merge", "E0", date(2026, 5, 1), {"into": "E0"}), "elle-même"),
        (Patch(1, "nope", "E0", date(2026, 5, 1), {}), "award"),
        (Patch(1, "award", "*", date(2020, 5, 1), {"stop": True}), "01/01/2026"),
        (Patch(1, "award", "*", date(2040, 5, 1), {"stop": True}), "01/01/2028"),
        (Patch(1, "award", "*", date(2027, 12, 2), {"stop": True}), "aucun mois entier"),
    ],
)
def test_a_patch_that_names_nothing_is_refused_with_what_exists(patch: Patch, words: str) -> None:
    one, first = base()
    good = Patch(2, "award", "E0/A1", date(2026, 1, 1), {"granted": 1_000})
    done = run(one.facts, [patch, good], first)
    (refusal,) = done.refused
    assert "n° 1" in refusal.message
    assert words in refusal.message
    assert _columns(done.funding) == _columns(run(one.facts, [good], first).funding)


def _paid(totals: Totals) -> Any:
    return totals.paid_by_award(16)


def _columns(value: Any) -> list[Any]:
    """Every array of a structure, as lists."""
    return list(_walk(value))


def _walk(value: Any) -> Iterator[Any]:
    if isinstance(value, np.ndarray):
        yield value.tolist()
    elif is_dataclass(value) and not isinstance(value, type):
        for one in fields(value):
            yield from _walk(getattr(value, one.name))
