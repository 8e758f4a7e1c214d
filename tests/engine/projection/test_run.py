"""A projected horizon: what it holds, and that its claims are those of `settle`."""

from datetime import date
from fractions import Fraction

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from backoffice.engine.claims.inputs import Known, MonthIndex
from backoffice.engine.claims.ledger import settle
from backoffice.engine.payroll import PayMonths
from backoffice.engine.scenario.run import Run, run
from backoffice.engine.sheet import FigureUse
from tests.engine.projection.made import LABEL, REGIME, Made, made


@settings(max_examples=15)
@given(st.integers(0, 10_000))
def test_projected_years_are_settled_as_justifications_are(seed: int) -> None:
    one = made(workers=3, awards=8, years=2, employers=2, seed=seed)
    done = run(one.facts)
    for employer in range(2):
        for year in (2026, 2027):
            ledger = _ledger(one, done, employer, year)
            for award, payable in ledger.items():
                assert int(done.funding.payable[award]) == payable


def test_pay_follows_the_scale_the_step_and_the_index() -> None:
    one = made(workers=1, awards=1, years=2, seed=3)
    done = run(one.facts)
    gross = done.months.pay.costs["gross"]
    assert gross[2] > gross[1]  # the event of March
    assert list(done.months.pay.month[:2]) == [2026 * 12, 2026 * 12 + 1]


def _ledger(one: Made, done: Run, employer: int, year: int) -> dict[int, int | None]:
    """Payable of each award-year of an employer-year, by its row."""
    months, book = done.months, done.book
    rows = np.flatnonzero((months.employer == employer) & (months.pay.month // 12 == year))
    place = np.full(len(months), -1)
    place[rows] = np.arange(len(rows))
    pay = PayMonths(
        *(getattr(months.pay, n)[rows] for n in ("worker", "month", "paid", "due", "contract")),
        {item: values[rows] for item, values in months.pay.costs.items()},
    )
    lines = book.slices.take(np.flatnonzero(place[book.slices.pay] >= 0))
    entries = [
        (row, entry)
        for row, entry in enumerate(one.entries)
        if entry.employer == employer and entry.claim.exercise.start.year == year
    ]
    number = np.full(len(one.entries), -1)
    number[[row for row, _ in entries]] = [entry.claim.index for _, entry in entries]
    lines = type(lines)(
        place[lines.pay],
        number[lines.award],
        *(getattr(lines, n) for n in list(lines.__dataclass_fields__)[2:]),
    )
    index = _index(done, year)
    known = {entry.claim.index: _known(entry.known, index) for _, entry in entries}
    ledger = settle(pay, lines, [entry.claim for _, entry in entries], known)
    payable = {claim.award.index: claim.payable for claim in ledger.claims}
    return {row: payable[entry.claim.index] for row, entry in entries}


def _known(known: Known, index: dict[tuple[str, int], MonthIndex]) -> Known:
    return Known(
        known.figures,
        known.scheme,
        known.known_on,
        known.scales,
        known.regimes,
        index,
        known.natures,
    )


def _index(done: Run, year: int) -> dict[tuple[str, int], MonthIndex]:
    """The months of a year as `settle` takes them, read back from the grid."""
    grid, use = (
        done.facts.index,
        FigureUse("i", LABEL, "ratio", date(2026, 1, 1), "", None, "confirmed", ""),
    )
    found = {}
    for month in range(year * 12, year * 12 + 12):
        at = 0, month - grid.first
        value = Fraction(int(grid.numerator[at]), int(grid.denominator[at]))
        found[REGIME, month] = MonthIndex(value, use, grid.events[int(grid.since[at])])
    return found
