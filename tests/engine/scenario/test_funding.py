"""The batch settles many employers at once as `settle` does each of them, to the cent."""

from hypothesis import given, settings
from hypothesis import strategies as st

from backoffice.engine.claims.ledger import settle
from backoffice.engine.scenario.funding import fund
from tests.engine.claims.employers import employer_of
from tests.engine.scenario.books import book_of


@settings(max_examples=80, deadline=None)
@given(st.lists(st.integers(0, 2**32 - 1), min_size=1, max_size=3))
def test_the_batch_equals_the_ledger_of_each_employer_to_the_cent(seeds: list[int]) -> None:
    found = [employer_of(seed) for seed in seeds]
    book, place = book_of(found)
    funding = fund(book)
    rows = lines = 0
    for number, one in enumerate(found):
        ledger = settle(one.pay, one.slices, one.awards, one.known)
        for claim in ledger.claims:
            year = place[number, claim.award.index]
            got = (
                funding.presented[year],
                _amount(funding.admissible[year]),
                _amount(funding.granted[year]),
                _amount(funding.payable[year]),
            )
            assert got == (claim.presented, claim.admissible, claim.granted, claim.payable), (
                claim.award
            )
            if claim.payable is not None:
                mine = funding.line_payable[lines : lines + len(one.slices)][claim.rows]
                assert mine.tolist() == claim.staff["payable"].values.tolist()
        own = funding.own_funds[rows : rows + len(one.pay)]
        assert own.tolist() == ledger.own_funds.tolist()
        rows, lines = rows + len(one.pay), lines + len(one.slices)


def _amount(cents: int) -> int | None:
    return None if cents < 0 else int(cents)
