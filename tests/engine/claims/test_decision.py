"""After the funder's decision: accepted <= admissible, and payable is the smaller of two."""

from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backoffice.engine.claims.claim import Claim
from backoffice.engine.claims.decision import AcceptedTooMuch, NotSettled, decide
from backoffice.engine.claims.inputs import Known
from backoffice.engine.claims.ledger import settle
from backoffice.engine.money import Cents
from tests.engine.claims.employers import YEAR, Employer, employers, invoices
from tests.engine.claims.simple import award_of, known_of, months_of, slices_of
from tests.engine.ratios import ratios

PARTS = ratios(1, 100)


def settled(employer: Employer) -> list[Claim]:
    ledger = settle(employer.pay, employer.slices, employer.awards, employer.known)
    return [claim for claim in ledger.claims if claim.admissible is not None]


def accepted(values: Cents, data: st.DataObject) -> Cents:
    """A drawn part of each positive line; a negative one stays as it is."""
    parts = [data.draw(PARTS) if value > 0 else 1 for value in values.tolist()]
    return np.array([int(v * p) for v, p in zip(values.tolist(), parts, strict=True)], np.int64)


@settings(max_examples=40, deadline=None)
@given(employers(), st.data())
def test_accepted_is_within_admissible_and_payable_within_granted(
    employer: Employer, data: st.DataObject
) -> None:
    for claim in settled(employer):
        lines = [accepted(one["admissible"].values, data) for one in (claim.staff, claim.invoices)]
        found = decide(claim, employer.known[claim.award.index], lines[0], lines[1])
        assert 0 <= found.accepted <= claim.admissible
        if claim.granted is None:
            assert found.payable is None
        else:
            assert found.payable == min(claim.granted, found.accepted)


@settings(max_examples=40, deadline=None)
@given(employers())
def test_a_claim_accepted_in_full_pays_what_was_payable_before(employer: Employer) -> None:
    for claim in settled(employer):
        known = employer.known[claim.award.index]
        whole = [sheet["admissible"].values for sheet in (claim.staff, claim.invoices)]
        found = decide(claim, known, whole[0], whole[1])
        assert found.accepted == claim.admissible
        if claim.payable is not None:
            assert found.payable == claim.payable


@settings(max_examples=30, deadline=None)
@given(employers(), st.data())
def test_accepting_less_of_a_line_never_pays_more(employer: Employer, data: st.DataObject) -> None:
    for claim in settled(employer):
        known = employer.known[claim.award.index]
        more = accepted(claim.staff["admissible"].values, data)
        less = accepted(np.where(more > 0, more, claim.staff["admissible"].values), data)
        less = np.where(more > 0, np.minimum(less, more), more)
        invoices = claim.invoices["admissible"].values
        one, other = (decide(claim, known, lines, invoices) for lines in (less, more))
        assert one.accepted <= other.accepted


def test_a_line_accepted_beyond_what_is_admissible_is_refused_by_its_number() -> None:
    claim, known = simple(running_max=400)
    with pytest.raises(AcceptedTooMuch, match="ligne 0"):
        decide(claim, known, claim.staff["admissible"].values + 1, invoices_of(claim))
    with pytest.raises(AcceptedTooMuch, match="ligne 0"):
        decide(claim, known, claim.staff["admissible"].values * 0 - 1, invoices_of(claim))


def test_a_buffer_above_the_maximum_takes_the_place_of_a_refused_cost() -> None:
    """3,000.00 of pay and 500.00 of invoices under a maximum of 400.00: refusing 100.00 costs 0."""
    claim, known = simple(running_max=400)
    assert claim.admissible == 340_000
    found = decide(claim, known, claim.staff["admissible"].values, np.array([40_000]))
    assert (found.accepted, found.payable) == (340_000, 340_000)
    less = decide(claim, known, claim.staff["admissible"].values, np.array([39_999]))
    assert less.accepted == 339_999


def test_a_claim_that_is_not_settled_cannot_be_decided() -> None:
    claim, known = simple()
    assert claim.admissible is None
    with pytest.raises(NotSettled):
        decide(claim, known, claim.staff["presented"].values, claim.invoices["presented"].values)


def simple(**values: int) -> tuple[Claim, Known]:
    """A month of 3,000.00 and one invoice of 500.00 under a maximum of running costs."""
    heads = {"staff": "full", "running": "running_max"}
    part = invoices((2, 50_000, date(YEAR, 5, 2), None))
    award = award_of("real_cost", heads=heads, invoices=part)
    pay = months_of([{"gross": 300_000}])
    known = known_of(award.scheme, granted=5_000, **values)
    (claim,) = settle(pay, slices_of({}), [award], {0: known}).claims
    return claim, known


def invoices_of(claim: Claim) -> Cents:
    return claim.invoices["admissible"].values
