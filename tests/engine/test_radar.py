"""The radar: nothing where claims are legal, and exactly the cell that has a cent too much."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backoffice.engine import money
from backoffice.engine.claims.ledger import settle
from backoffice.engine.radar import Claims, Excess, Overlap, at_stake, excesses, overlaps
from tests.engine.claims.employers import employers

ORGANISATIONS, MONTHS, WORKERS, AWARDS = 40, 36, 6, 5
CELLS = ORGANISATIONS * MONTHS * WORKERS


def ints(*values: int) -> money.Ints:
    return np.array(values, dtype=np.int64)


def claims(*rows: tuple[int, int, int]) -> Claims:
    """Claims from (cell, claimant, amount)."""
    return Claims(*(ints(*column) for column in zip(*rows, strict=True)))


def legal(seed: int) -> tuple[money.Cents, Claims]:
    """Costs of 40 organisations over 36 months, refunds among them, and claims within them.

    Up to three awards of the same organisation share each cost with its own funds, by largest
    remainder; an award may come back on a cell, and some cells are claimed to the last cent.
    """
    draw = np.random.default_rng(seed)
    cost = draw.integers(-50_000, 900_000, CELLS)
    weights = draw.integers(0, 4, (CELLS, 4)) + np.array([0, 0, 0, 1])
    weights[draw.random(CELLS) < 0.3, 3] = 0
    weights[:, 0] += weights.sum(axis=1) == 0
    group = np.repeat(np.arange(CELLS), 4)
    parts = money.allocate_groups(cost, weights.reshape(-1), group)
    mine = np.flatnonzero(np.arange(CELLS * 4) % 4 < 3)
    organisation = group[mine] // (MONTHS * WORKERS)
    claimant = organisation * AWARDS + draw.integers(0, AWARDS, len(mine))
    order = draw.permutation(len(mine))
    return cost, Claims(group[mine][order], claimant[order], parts[mine][order])


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 2**32 - 1), st.data())
def test_one_cent_too_much_in_any_cell_is_found_and_named(seed: int, data: st.DataObject) -> None:
    cost, asked = legal(seed)
    assert excesses(cost, asked) == ()
    cell = data.draw(st.integers(0, CELLS - 1), label="cell")
    rows = np.flatnonzero(asked.cell == cell)
    row = data.draw(st.sampled_from(rows.tolist()), label="claim")
    full = asked.amount.copy()
    full[row] += max(int(cost[cell]), 0) - int(full[rows].sum())
    assert excesses(cost, Claims(asked.cell, asked.claimant, full)) == ()
    full[row] += 1
    (found,) = excesses(cost, Claims(asked.cell, asked.claimant, full))
    assert (found.cell, money.text(found.excess)) == (cell, "0.01")
    assert sum(amount for _claimant, amount in found.claims) == max(int(cost[cell]), 0) + 1
    named = {claimant for claimant, _amount in found.claims}
    assert named == set(asked.claimant[rows].tolist())


@settings(max_examples=60, deadline=None)
@given(employers(), st.data())
def test_what_the_ledger_settles_is_legal_until_a_cent_is_added(employer, data) -> None:
    ledger = settle(employer.pay, employer.slices, employer.awards, employer.known)
    rows = [
        (int(employer.slices.pay[place]), claim.award.index, int(amount))
        for claim in ledger.claims
        if claim.payable is not None
        for place, amount in zip(claim.rows, claim.staff["payable"].values, strict=True)
    ]
    assert excesses(ledger.room, claims((0, 0, 0), *rows)) == ()
    cell = data.draw(st.integers(0, len(employer.pay) - 1))
    rest = int(ledger.room[cell] - ledger.paid_by_awards[cell])
    assert excesses(ledger.room, claims((cell, 99, rest), *rows)) == ()
    (found,) = excesses(ledger.room, claims((cell, 99, rest + 1), *rows))
    assert (found.cell, found.excess) == (cell, 1)
    assert (99, rest + 1) in found.claims


def test_a_claimant_is_named_once_with_the_sum_of_its_claims() -> None:
    asked = claims((1, 7, 60), (0, 2, 10), (1, 3, 50), (1, 7, 5))
    assert excesses(ints(10, 100), asked) == (Excess(1, 15, ((3, 50), (7, 65))),)


def test_a_month_that_costs_nothing_or_less_carries_no_claim() -> None:
    assert excesses(ints(-500, 0), claims((0, 1, -500), (1, 1, 0))) == ()
    assert excesses(ints(-500), claims((0, 1, 1))) == (Excess(0, 1, ((1, 1),)),)


def test_no_claim_at_all_and_no_cell_at_all_are_legal() -> None:
    nothing = Claims(ints(), ints(), ints())
    assert excesses(ints(5), nothing) == excesses(ints(), nothing) == ()


def test_amounts_beyond_64_bits_are_not_wrapped_around() -> None:
    huge = 2**62
    (found,) = excesses(ints(huge), claims((0, 1, huge - 1), (0, 2, 2)))
    assert found.excess == 1


@pytest.mark.parametrize(
    ("hours", "shared"),
    [
        ((38, 38), 38),
        ((38, 19), 19),
        ((19, 19), 0),
        ((30, 20), 12),
        ((1, 38), 1),
    ],
)
def test_hours_that_carry_two_awards_are_what_exceeds_the_contract(
    hours: tuple[int, int], shared: int
) -> None:
    days = 31 * 100
    one, other = (each * days for each in hours)
    found = overlaps(ints(38 * days), claims((0, 4, one), (0, 9, other)))
    expected = (Overlap(0, (4, 9), (one, other), shared * days),) if shared else ()
    assert found == expected


def test_three_awards_on_the_same_hours_are_one_cell_and_one_award_twice_is_none() -> None:
    three = overlaps(ints(38), claims((0, 1, 38), (0, 2, 38), (0, 3, 38)))
    assert three == (Overlap(0, (1, 2, 3), (38, 38, 38), 76),)
    assert at_stake(three[0], (100, 300, 200)) == 100
    some = overlaps(ints(38), claims((0, 1, 19), (0, 2, 19), (0, 3, 10)))
    assert some == (Overlap(0, (1, 2, 3), (19, 19, 10), 10),)
    assert overlaps(ints(38), claims((0, 1, 38), (0, 1, 38))) == ()


def test_what_is_at_stake_is_the_smaller_of_what_the_two_pay_for_the_shared_hours() -> None:
    (half,) = overlaps(ints(38), claims((0, 1, 38), (0, 2, 19)))
    assert at_stake(half, (300_000, 150_001)) == 150_000
    assert at_stake(half, (300_001, 150_001)) == 150_001
    assert at_stake(half, (300_000, -5)) == 0
    assert Fraction(half.shared, half.hours[0]) == Fraction(1, 2)
