"""A projected horizon: what it holds, and that its claims are those of `settle`."""

from dataclasses import replace
from datetime import date

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from backoffice.engine.claims.ledger import settle
from backoffice.engine.figures import FigureNotDefined
from backoffice.engine.projection.facts import ASSUMPTION
from backoffice.engine.projection.index_grid import Regime, grid_of
from backoffice.engine.projection.provision import holiday_provisions
from backoffice.engine.scenario.run import run
from tests.engine.projection.by_year import employer_year
from tests.engine.projection.made import REGIME, made


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


def test_without_a_scale_the_last_real_pay_moves_with_the_index_and_the_run_counts_whom() -> None:
    one = made(workers=3, awards=1, years=2, seed=3)
    done = run(one.facts)
    mine = done.months.pay.worker == 2  # on a scale that is unknown to us
    gross = done.months.pay.costs["gross"][mine]
    real = int(one.facts.observed.contract_month[2])
    assert abs(int(gross[0]) - real) <= 1
    assert abs(int(gross[2]) * 100 - real * 102) <= 200
    assert set(done.months.status[mine]) == {ASSUMPTION}
    assert [note.count for note in done.notes if note.code == "pay_observed"] == [1]


def test_a_worker_whom_nothing_tells_about_is_incomplete_and_never_free_by_silence() -> None:
    one = made(workers=3, awards=1, years=1, seed=3)
    seen = one.facts.observed
    blank = replace(
        seen,
        amount=np.zeros_like(seen.amount),
        paid=np.zeros_like(seen.paid),
        full_month=np.full_like(seen.full_month, -1),
    )
    done = run(replace(one.facts, observed=blank))
    assert set(done.months.incomplete) == {1}
    counts = {note.code: note.count for note in done.notes}
    assert counts["pay_unknown"] == 1
    assert counts["items_unknown"] == 3


def test_an_event_without_a_known_threshold_leaves_the_pay_after_it_unknown() -> None:
    one = made(workers=3, awards=1, years=2, seed=3)
    reason = FigureNotDefined("cap", date(2027, 3, 1), "missing", "seuil inconnu")
    events = [
        replace(event, missing=reason) if event.effective.year == 2027 else event
        for event in one.facts.index.moves[0]
    ]
    grid = one.facts.index
    regime = Regime(tuple(events), int(grid.known[0]))
    facts = replace(one.facts, index=grid_of({REGIME: regime}, grid.months, grid.step))
    months = run(facts).months
    late = months.pay.month >= 2027 * 12 + 2
    assert set(months.incomplete[late & (months.pay.worker == 2)]) == {1}
    assert set(months.incomplete[~late]) == {0}


def test_holiday_pay_owed_at_the_end_of_a_year_is_a_part_of_its_gross_pay() -> None:
    one = made(workers=2, awards=1, years=2, seed=5)
    done = run(one.facts)
    assert holiday_provisions(one.facts, done.months).tolist() == [[-1, -1]]
    rate = one.facts.figures["employer.double_holiday"]
    codes = [f"employer.holiday_provision_{status}" for status in ("employees", "manual")]
    named = [replace(rate, code=code) for code in codes]
    known = replace(one.facts, figures=one.facts.figures.with_values(named))
    owed = holiday_provisions(known, done.months)
    pay = done.months.pay.costs["gross"] + done.months.pay.costs["residence"]
    year = done.months.pay.month // 12 == 2026
    whole = [int(pay[year & (done.months.pay.worker == one)].sum()) for one in (0, 1)]
    factor = [
        108 if done.months.manual[done.months.pay.worker == one][0] else 100 for one in (0, 1)
    ]
    expected = sum(cents * f * 92 for cents, f in zip(whole, factor, strict=True)) // 10_000
    assert abs(int(owed[0, 0]) - expected) <= 2
