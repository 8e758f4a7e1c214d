"""What holds for every employer: no euro from nowhere, none paid twice, nothing above the grant."""

from dataclasses import replace

import numpy as np
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from backoffice.engine import money
from backoffice.engine.claims.ledger import Ledger, settle
from backoffice.engine.claims.lines import bounded, spread
from tests.engine.claims.employers import Employer, employers, ints
from tests.engine.claims.simple import award_of, claim_of, months_of, slices_of

AMOUNTS = st.lists(st.integers(-(10**6), 10**7), min_size=1, max_size=8)
CENTS = st.integers(1, 10**7)


def settled(employer: Employer) -> Ledger:
    return settle(employer.pay, employer.slices, employer.awards, employer.known)


@settings(max_examples=40)
@given(employers())
def test_payable_is_the_smaller_of_granted_and_admissible_and_never_negative(
    employer: Employer,
) -> None:
    for claim in settled(employer).claims:
        if claim.payable is not None:
            assert claim.payable == min(claim.granted, claim.admissible)
            assert claim.payable >= 0
        else:
            assert claim.missing


@settings(max_examples=40)
@given(employers(missing=False))
def test_the_lines_of_a_claim_sum_to_what_is_payable(employer: Employer) -> None:
    for claim in settled(employer).claims:
        if claim.payable is not None:
            assert claim.payable == claim.staff.total("payable") + claim.invoices.total("payable")


@settings(max_examples=40)
@given(employers())
def test_what_is_admissible_never_exceeds_what_is_presented_of_a_positive_head(
    employer: Employer,
) -> None:
    for claim in settled(employer).claims:
        rows_are_positive = all(
            (sheet["presented"].values >= 0).all() for sheet in (claim.staff, claim.invoices)
        )
        for head in claim.heads if rows_are_positive else ():
            assert head.admissible <= head.presented
        if claim.admissible is not None and rows_are_positive:
            assert claim.admissible <= claim.presented


@settings(max_examples=40)
@given(employers())
def test_own_funds_and_payments_sum_to_the_cost_of_every_worker_month(employer: Employer) -> None:
    ledger = settled(employer)
    paid = np.zeros(len(employer.pay), dtype=np.int64)
    for claim in ledger.claims:
        if claim.payable is not None:
            np.add.at(paid, employer.slices.pay[claim.rows], claim.staff["payable"].values)
    cost = sum(employer.pay.costs.values(), start=np.zeros(len(employer.pay), dtype=np.int64))
    assert (paid + ledger.own_funds).tolist() == cost.tolist()


@settings(max_examples=40)
@given(employers())
def test_a_month_is_never_paid_more_than_it_cost_when_every_item_is_taken(
    employer: Employer,
) -> None:
    awards = tuple(replace(award, excluded=frozenset()) for award in employer.awards)
    ledger = settled(replace(employer, awards=awards))
    assert (ledger.paid_by_awards <= np.maximum(ledger.cost, 0)).all()


@settings(max_examples=40)
@given(employers(), st.data())
def test_settling_again_or_in_another_order_of_awards_changes_nothing(
    employer: Employer, data: st.DataObject
) -> None:
    shuffled = replace(employer, awards=tuple(data.draw(st.permutations(employer.awards))))
    first, second = settled(employer), settled(shuffled)
    assert first.own_funds.tolist() == second.own_funds.tolist()
    for one, other in zip(first.claims, second.claims, strict=True):
        assert (one.award.key, one.presented) == (other.award.key, other.presented)
        assert (one.admissible, one.payable) == (other.admissible, other.payable)


@settings(max_examples=40)
@given(employers(), st.data())
def test_the_order_of_the_rows_moves_no_more_than_the_cents_of_equal_remainders(
    employer: Employer, data: st.DataObject
) -> None:
    order = ints(data.draw(st.permutations(range(len(employer.slices)))))
    first = settled(employer)
    second = settled(replace(employer, slices=employer.slices.take(order)))
    cents = len(employer.pay) * max(len(employer.pay.costs), 1) * len(employer.awards)
    one, other = first.claims[0], second.claims[0]
    assert one.award.key == other.award.key
    assert abs(one.presented - other.presented) <= cents
    assert (one.payable is None) == (other.payable is None)


@given(st.integers(0, 10**8), AMOUNTS)
def test_lines_brought_down_sum_to_the_total_and_none_rises(total: int, base: list[int]) -> None:
    assume(total <= sum(base))
    after = spread(total, ints(base))
    assert money.total(after) == total
    assert all(new <= max(old, 0) for new, old in zip(after.tolist(), base, strict=True))


@given(st.lists(st.tuples(st.integers(-(10**6), 10**7), st.integers(0, 2)), min_size=1))
def test_each_group_brought_under_its_bound_sums_to_the_smaller_of_the_two(
    rows: list[tuple[int, int]],
) -> None:
    limits = [0, 123_457, 10**9]
    base, group = ints([cents for cents, _ in rows]), ints([place for _, place in rows])
    after = bounded(base, group, ints(limits))
    for place, limit in enumerate(limits):
        mine = group == place
        assert int(after[mine].sum()) == min(int(base[mine].sum()), limit)
        assert (after[mine] <= base[mine]).all()


def test_a_total_of_zero_leaves_nothing_on_any_line() -> None:
    assert spread(0, ints([500, -500])).tolist() == [0, 0]


@given(
    st.sampled_from(["capped_cost", "post_premium", "indexed_amount", "flat_amount", "real_cost"]),
    CENTS,
    st.integers(0, 10**6),
    st.integers(1, 3800),
)
@settings(max_examples=40)
def test_a_dearer_month_never_makes_less_payable(
    shape: str, gross: int, more: int, hours: int
) -> None:
    def payable(cost: int) -> int:
        pay = months_of([{"gross": cost}])
        figures = {"granted": 30_000, "ceiling": 40_661, "premium": 30_000, "premium_rate": "19/20"}
        claim = claim_of(award_of(shape), pay, slices_of({"hours": hours}), **figures)
        assert claim.payable is not None
        return claim.payable

    assert payable(gross) <= payable(gross + more)


@given(CENTS, st.integers(0, 10**7), st.integers(0, 10**6))
@settings(max_examples=40)
def test_a_higher_ceiling_never_makes_less_payable(cost: int, ceiling: int, more: int) -> None:
    def payable(cents: int) -> int:
        claim = claim_of(
            award_of("capped_cost"),
            months_of([{"gross": cost}]),
            slices_of({}),
            ceiling=f"{cents}/100",
        )
        assert claim.payable is not None
        return claim.payable

    assert payable(ceiling) <= payable(ceiling + more)


@given(st.integers(1, 5), st.integers(1, 10**6), st.integers(0, 10**6))
@settings(max_examples=40)
def test_pay_above_the_scale_adds_nothing_when_charges_follow(
    times: int, above: int, charges: int
) -> None:
    """Scale of 18,000.00 x 2.0807 / 12 = 3,121.05 a month."""
    gross = 312_105 + above
    claim = claim_of(
        award_of("real_cost", scale_bound=True),
        months_of([{"gross": gross * times, "onss": charges * times}]),
        slices_of({}),
        granted=100_000,
    )
    expected = money.round_ratio(charges * 312_105, gross)
    assert claim.admissible == 312_105 + expected
