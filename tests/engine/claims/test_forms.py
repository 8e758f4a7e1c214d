"""What the legal form of a beneficiary leaves out is not admitted, and the rest is unchanged."""

from hypothesis import given
from hypothesis import strategies as st

from backoffice.engine.claims.claim import Claim
from tests.engine.claims.employers import posts
from tests.engine.claims.simple import JANUARY, NEXT_YEAR, award_of, claim_of, months_of, slices_of

TWO = posts((0, 10_000, JANUARY, NEXT_YEAR), (1, 10_000, JANUARY, NEXT_YEAR))
COSTS = st.lists(st.integers(-100_000, 700_000), min_size=1, max_size=6)


def settled(costs: list[int], refused: frozenset[int] | None, **options: bool) -> Claim:
    """One month a cost, on functions 0 and 1 by turns."""
    pay = months_of([{"gross": cost} for cost in costs])
    lines = slices_of(
        *[{"pay": row, "function": row % 2, "post": row % 2} for row in range(len(costs))]
    )
    award = award_of("real_cost", posts=TWO, refused_functions=refused, **options)
    return claim_of(award, pay, lines, granted=1_000_000)


def test_a_function_that_the_form_leaves_out_is_presented_and_not_admitted() -> None:
    claim = settled([300_000, 200_000], frozenset([1]))
    assert (claim.presented, claim.admissible, claim.payable) == (500_000, 300_000, 300_000)
    assert claim.staff["of_the_form"].values.tolist() == [300_000, 0]
    assert claim.staff["of_the_form"].rule.startswith("eligible where the form")


def test_a_form_that_finances_everything_adds_no_step() -> None:
    assert "of_the_form" not in settled([300_000], frozenset()).staff


def test_a_form_that_is_not_known_leaves_the_claim_unknown_and_says_which_term() -> None:
    claim = settled([300_000], None)
    assert (claim.presented, claim.admissible, claim.payable) == (300_000, None, None)
    assert [error.code for error in claim.missing] == ["s0.form"]
    assert "« form »" in claim.missing[0].message


@given(COSTS, st.sampled_from([{}, {"scale_bound": True}, {"framed": True}]))
def test_the_other_functions_keep_exactly_what_they_had(
    costs: list[int], options: dict[str, bool]
) -> None:
    whole = settled(costs, frozenset(), **options)
    part = settled(costs, frozenset([1]), **options)
    before, after = whole.staff["admissible"].values, part.staff["admissible"].values
    assert after[0::2].tolist() == before[0::2].tolist()
    assert set(after[1::2].tolist()) <= {0}
