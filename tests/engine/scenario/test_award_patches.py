"""Envelopes shared out with a minimum, and amounts that follow the index late or by steps."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from backoffice.engine import money
from backoffice.engine.projection.facts import Facts
from backoffice.engine.scenario.patch import Patch, Refused, Value
from backoffice.engine.scenario.patches.awards import award_patch, index_factor
from backoffice.engine.scenario.run import run
from tests.engine.projection.made import made

FACTS = made(workers=1, awards=8, years=3).facts
JANUARY = date(2027, 1, 1)
AMOUNTS = st.lists(st.integers(0, 10**9), min_size=8, max_size=8)


def granting(amounts: list[int]) -> Facts:
    """Eight awards that grant these cents each year."""
    years = FACTS.years
    return replace(FACTS, years=replace(years, granted=np.array(amounts)[years.award]))


def granted(facts: Facts, since: date = JANUARY, **values: Value) -> np.ndarray:
    """What each award grants in 2028 under one patch on all of them."""
    now, _touched = award_patch(facts, Patch(1, "award", "*", since, values))
    return now.years.granted[now.years.year == 2028]


@given(AMOUNTS, st.integers(0, 10**6))
def test_an_open_envelope_lowers_nobody_and_brings_everybody_up(amounts, euros) -> None:
    facts = granting(amounts)
    new = granted(facts, least=euros, envelope="open")
    assert new.tolist() == [max(one, euros * 100) for one in amounts]


@given(AMOUNTS, st.integers(0, 10**6))
def test_a_closed_envelope_keeps_its_sum_to_the_cent(amounts, euros) -> None:
    facts, floor = granting(amounts), euros * 100
    if sum(amounts) < floor * len(amounts):
        with pytest.raises(Refused, match="trop petite"):
            granted(facts, least=euros, envelope="closed")
        return
    new = granted(facts, least=euros, envelope="closed")
    assert new.sum() == sum(amounts)
    assert new.min() >= floor
    for old, one in zip(amounts, new.tolist(), strict=True):
        assert one <= max(old, floor)


def test_the_least_may_be_a_part_of_what_one_fte_costs() -> None:
    new = granted(granting([1_000_000] * 8), least=60_000, fte=Fraction(1, 2), envelope="open")
    assert set(new.tolist()) == {3_000_000}


@pytest.mark.parametrize(
    ("since", "values", "said"),
    [
        (JANUARY, {"least": 1}, "envelope"),
        (JANUARY, {"least": 1, "envelope": "half"}, "open"),
        (date(2027, 3, 1), {"least": 1, "envelope": "open"}, "1er janvier"),
        (JANUARY, {"indexed_by": "r", "every": Fraction(1, 2)}, "« every »"),
        (JANUARY, {"indexed_by": "r", "late": -1}, "« late »"),
        (JANUARY, {"add": 1, "regime": "none"}, "« none »"),
        (JANUARY, {"factor": 1, "regime": "r"}, "« add »"),
    ],
)
def test_what_cannot_be_shared_out_is_refused(since, values, said) -> None:
    with pytest.raises(Refused) as refused:
        granted(granting([1000] * 8), since, **values)
    assert said in str(refused.value)


def test_alone_in_a_closed_envelope_nobody_can_give() -> None:
    one = Patch(1, "award", FACTS.names.awards[0], JANUARY, {"least": 2_000, "envelope": "closed"})
    with pytest.raises(Refused, match="personne d'autre ici"):
        award_patch(granting([100_000] * 8), one)
    enough = replace(one, values={"least": 1_000, "envelope": "closed"})
    now, _touched = award_patch(granting([100_000] * 8), enough)
    assert set(now.years.granted[now.years.year == 2028].tolist()) == {100_000}


def test_what_is_added_alone_follows_the_index_that_it_names() -> None:
    facts = granting([10**8] * 8)
    flat, moved = granted(facts, add=12_000), granted(facts, add=12_000, regime="r")
    assert set(flat.tolist()) == {10**8 + 1_200_000}
    index = sum(factors()[12:], Fraction(0))
    assert set(moved.tolist()) == {10**8 + money.times_one(100_000, index)}
    assert index > 12


def test_what_is_added_in_july_counts_for_half_a_year() -> None:
    facts = granting([10**8] * 8)
    july = granted(facts, date(2028, 7, 1), add=12_000)
    assert set(july.tolist()) == {10**8 + 600_000}


def test_an_amount_that_is_not_known_cannot_be_shared_out() -> None:
    with pytest.raises(Refused, match="n'est pas connu"):
        granted(granting([-1, *[10**9] * 7]), least=1, envelope="closed")
    assert granted(granting([-1] * 8), least=1, envelope="open").max() == -1


def factors(**values: Value) -> list[Fraction]:
    patch = Patch(1, "award", "*", JANUARY, {"indexed_by": "r", **values})
    return [index_factor(FACTS, patch, month) for month in range(2027 * 12, FACTS.stop)]


@given(st.integers(1, 3))
def test_an_amount_that_follows_late_is_what_it_was_months_before(late: int) -> None:
    assert factors(late=late)[late:] == factors()[:-late]
    assert factors(late=late)[:late] == [1] * late


@pytest.mark.parametrize("every", [6, 24])
def test_an_amount_adapted_by_steps_stays_between_two_of_them(every: int) -> None:
    whole, stepped = factors(), factors(every=every)
    assert stepped == [whole[month - month % every] for month in range(len(whole))]
    assert stepped != whole


def test_a_longer_delay_never_pays_more() -> None:
    sums = [
        money.total(granted(granting([10**8] * 8), indexed_by="r", late=late))
        for late in (0, 1, 2, 3)
    ]
    assert sums == sorted(sums, reverse=True)
    assert sums[0] > sums[3]


def test_an_uncapped_award_pays_whatever_is_admissible_and_no_cent_more() -> None:
    facts = granting([100] * 8)
    base, now = run(facts), run(facts, [Patch(1, "award", "*", JANUARY, {"uncapped": True})])
    late = facts.years.year >= JANUARY.year
    assert (base.funding.admissible[late] > base.funding.payable[late]).any()
    assert (now.funding.payable[late] == now.funding.admissible[late]).all()
    assert (now.funding.payable[~late] == base.funding.payable[~late]).all()


def test_an_amount_per_fte_without_a_ceiling_counts_the_real_cost_and_a_rate_has_none() -> None:
    facts = made(workers=4, awards=8, years=3).facts
    code = facts.years.codes[0]
    high, none = (
        run(facts, [Patch(1, "figure", code, JANUARY, values)])
        for values in ({"set": 10**9}, {"uncapped": True})
    )
    assert not none.refused
    assert (none.funding.admissible == high.funding.admissible).all()
    rate = next(one for one in facts.names.award_schemes if one == "s3")
    [refusal] = run(
        facts, [Patch(1, "figure", f"{rate}.premium_rate", JANUARY, {"uncapped": True})]
    ).refused
    assert "taux" in refusal.message


def test_an_uncapped_amount_pays_what_workers_cost_where_a_letter_writes_the_grant() -> None:
    years = FACTS.years
    mine = years.shape == years.shape[0]
    letter = replace(
        FACTS,
        years=replace(
            years,
            granted=np.where(mine, 1_000, years.granted),
            written=np.where(mine, 1, years.written),
        ),
    )
    before = run(letter)
    patch = Patch(1, "figure", "s0.ceiling", JANUARY, {"uncapped": True})
    done = run(letter, [patch], before)
    late, early = mine & (years.year == 2027), mine & (years.year == 2026)
    assert done.refused == ()
    assert set(before.funding.payable[mine].tolist()) == {1_000}
    assert (done.funding.payable[late] == done.funding.admissible[late]).all()
    lines = late[done.book.slices.award]
    staff = done.funding
    assert staff.line_payable[lines].tolist() == staff.line_presented[lines].tolist()
    assert (staff.line_payable[lines] > 0).any()
    assert done.funding.payable[early].tolist() == [1_000]
