"""A decision on a frozen claim: what `decide` says, from what the document keeps of it."""

from fractions import Fraction

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from backoffice.engine.claims.claim import Claim
from backoffice.engine.claims.decision import Bound, Frozen, decide, decide_frozen
from backoffice.engine.claims.inputs import HEADS
from tests.engine.claims.employers import Employer, employers
from tests.engine.claims.test_decision import accepted, settled

SHARE = " x admissible staff"


def frozen_of(claim: Claim) -> Frozen:
    """What a document says of a settled claim."""
    heads = []
    for head in claim.heads:
        share = None
        if SHARE in head.rule:
            name = head.rule.partition(SHARE)[0].rpartition(" ")[2]
            (use,) = [one for one in head.uses if one.code.endswith(f".{name}")]
            share = Fraction(use.text)
        heads.append(Bound(head.name, head.maximum, share, excluded=head.rule == "excluded"))
    return Frozen(heads, claim.income, claim.admissible or 0, claim.granted)


@settings(max_examples=60, deadline=None)
@given(employers(), st.data())
def test_the_document_alone_decides_as_the_claim_does(
    employer: Employer, data: st.DataObject
) -> None:
    for claim in settled(employer):
        if any("own_share_min" in head.rule for head in claim.heads):
            continue
        lines = [accepted(one["admissible"].values, data) for one in (claim.staff, claim.invoices)]
        sums = {
            name: int(lines[1][claim.invoices["head"].values == index].sum())
            for index, name in enumerate(HEADS)
        }
        sums["staff"] += int(np.sum(lines[0]))
        found = decide(claim, employer.known[claim.award.index], lines[0], lines[1])
        assert decide_frozen(frozen_of(claim), sums) == found


def test_what_is_refused_of_the_staff_lowers_a_maximum_that_is_its_share() -> None:
    heads = [Bound("staff"), Bound("training", 1_000, Fraction(1, 100))]
    claim = Frozen(heads, income=0, admissible=101_000, granted=None)
    assert decide_frozen(claim, {"staff": 100_000, "training": 1_500}).accepted == 101_000
    assert decide_frozen(claim, {"staff": 50_000, "training": 1_500}).accepted == 50_500


def test_income_is_deducted_once_and_never_below_nothing() -> None:
    claim = Frozen([Bound("staff")], income=500, admissible=9_500, granted=4_000)
    assert decide_frozen(claim, {"staff": 10_000}).accepted == 9_500
    assert decide_frozen(claim, {"staff": 10_000}).payable == 4_000
    assert decide_frozen(claim, {"staff": 300}).accepted == 0
