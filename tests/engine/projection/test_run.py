"""A projected horizon: what it holds, and that its claims are those of `settle`."""

from hypothesis import given, settings
from hypothesis import strategies as st

from backoffice.engine.claims.ledger import settle
from backoffice.engine.scenario.run import run
from tests.engine.projection.by_year import employer_year
from tests.engine.projection.made import made


@settings(max_examples=15)
@given(st.integers(0, 10_000))
def test_projected_years_are_settled_as_justifications_are(seed: int) -> None:
    one = made(workers=3, awards=8, years=2, employers=2, seed=seed)
    done = run(one.facts)
    for employer in range(2):
        for year in (2026, 2027):
            asked = employer_year(one, done, employer, year)
            for claim in settle(*asked.arguments).claims:
                row = asked.rows[claim.award.index]
                assert int(done.funding.payable[row]) == claim.payable


def test_pay_follows_the_scale_the_step_and_the_index() -> None:
    one = made(workers=1, awards=1, years=2, seed=3)
    done = run(one.facts)
    gross = done.months.pay.costs["gross"]
    assert gross[2] > gross[1]  # the event of March
    assert list(done.months.pay.month[:2]) == [2026 * 12, 2026 * 12 + 1]
