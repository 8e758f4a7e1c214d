"""One employer-year of a projected run as `settle` takes it: guard and yardstick of the batch."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

import numpy as np

from backoffice.engine.claims.inputs import Award, Known, MonthIndex
from backoffice.engine.payroll import PayMonths, Slices
from backoffice.engine.scenario.run import Run
from backoffice.engine.sheet import FigureUse
from tests.engine.projection.made import LABEL, REGIME, Made


@dataclass(frozen=True)
class EmployerYear:
    """What `settle` takes, and the award-year of each award by its index."""

    arguments: tuple[PayMonths, Slices, Sequence[Award], Mapping[int, Known]]
    rows: Mapping[int, int]


def employer_year(one: Made, done: Run, employer: int, year: int) -> EmployerYear:
    """The months, lines and awards of one employer in one year of a run."""
    months, book = done.months, done.book
    rows = np.flatnonzero((months.employer == employer) & (months.pay.month // 12 == year))
    place = np.full(len(months), -1)
    place[rows] = np.arange(len(rows))
    pay = PayMonths(
        *(getattr(months.pay, n)[rows] for n in ("worker", "month", "paid", "due", "contract")),
        {item: values[rows] for item, values in months.pay.costs.items()},
    )
    entries = {
        row: entry
        for row, entry in enumerate(one.entries)
        if entry.employer == employer and entry.claim.exercise.start.year == year
    }
    number = np.full(len(one.entries), -1)
    for row, entry in entries.items():
        number[row] = entry.claim.index
    lines = book.slices.take(np.flatnonzero(place[book.slices.pay] >= 0))
    lines = replace(lines, pay=place[lines.pay], award=number[lines.award])
    index = _index(done, year)
    known = {entry.claim.index: replace(entry.known, index=index) for entry in entries.values()}
    awards = [entry.claim for entry in entries.values()]
    places = {entry.claim.index: row for row, entry in entries.items()}
    return EmployerYear((pay, lines, awards, known), places)


def _index(done: Run, year: int) -> dict[tuple[str, int], MonthIndex]:
    """The months of a year as `settle` takes them, read back from the grid."""
    grid = done.facts.index
    use = FigureUse("i", LABEL, "ratio", date(2026, 1, 1), "", None, "confirmed", "")
    found = {}
    for month in range(year * 12, year * 12 + 12):
        at = 0, month - grid.first
        value = Fraction(int(grid.numerator[at]), int(grid.denominator[at]))
        found[REGIME, month] = MonthIndex(value, use, grid.events[int(grid.since[at])])
    return found
