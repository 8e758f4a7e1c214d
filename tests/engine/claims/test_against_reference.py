"""The engine agrees to the cent with plain fractions, on employers nobody would draw by hand."""

from hypothesis import given, settings

from backoffice.engine.claims.ledger import settle
from tests.engine.claims.employers import Employer, employers
from tests.engine.claims.reference import Amounts, reference_settle


@settings(max_examples=150)
@given(employers())
def test_every_amount_equals_the_exact_reference_to_the_cent(employer: Employer) -> None:
    expected = reference_settle(employer.pay, employer.slices, employer.awards, employer.known)
    ledger = settle(employer.pay, employer.slices, employer.awards, employer.known)
    found = {
        claim.award.key: Amounts(claim.presented, claim.admissible, claim.payable)
        for claim in ledger.claims
    }
    assert found == expected.claims
    assert ledger.own_funds.tolist() == expected.own_funds
