"""One side of a comparison in one month, read as values by worker, award, service or demand."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from backoffice.engine.money import Cents
from backoffice.engine.periods import Ints
from backoffice.engine.scenario.compare import uncovered_fte, units_of
from backoffice.engine.scenario.run import Run
from backoffice.engine.scenario.totals import Totals
from reports.board.explaining import run_of, side_of
from reports.scenarios.comparing import Comparison
from reports.scenarios.figures import View
from reports.scenarios.labels import NOBODY

Key = tuple[int, ...]
"""(worker, employer, approval), or the place of an award, of a unit, of a demand."""
Values = dict[Key, int]


@dataclass(frozen=True)
class Face:
    """A side in a month: `own` is its run, `run` the one that the month comes from."""

    own: Run
    run: Run
    totals: Totals
    units: Ints
    at: int

    @property
    def column(self) -> int:
        return self.at - self.totals.first

    @property
    def view(self) -> View:
        """What the figures of this side are read from."""
        return View(self.own.facts, self.totals, self.units)

    @cached_property
    def services(self) -> dict[tuple[int, int], int]:
        """The units looked at, by employer and approval."""
        whose = self.totals.unit_employer[self.units], self.totals.unit_approval[self.units]
        keys = zip(*(one.tolist() for one in whose), strict=True)
        return dict(zip(keys, self.units.tolist(), strict=True))

    def workers(self, run: Run, read: Callable[[Run], Ints]) -> Values:
        """A column of worker-months of a run, by worker and service."""
        values, found = read(run), Values()
        for key, place in self._rows(run):
            found[key] = found.get(key, 0) + int(values[place])
        return found

    @cached_property
    def lines(self) -> Mapping[Key, int]:
        """The row of each worker in the month."""
        return dict(self._rows(self.run))

    def _rows(self, run: Run) -> list[tuple[Key, int]]:
        months, found = run.months, list[tuple[Key, int]]()
        for place in np.flatnonzero(months.pay.month == self.at).tolist():
            service = int(months.employer[place]), int(months.approval[place])
            if service in self.services:
                found.append(((int(months.pay.worker[place]), *service), place))
        return found

    def cells(self, values: Cents, rows: Ints) -> Values:
        """A row x month table in this month."""
        return {(row,): int(values[row, self.column]) for row in rows.tolist()}

    def paid_to(self, place: int) -> dict[tuple[int, int], int]:
        """What a worker-month is paid, by award and function of the post (-1: none)."""
        lines, facts, found = self.run.book.slices, self.run.facts, dict[tuple[int, int], int]()
        for line in np.flatnonzero(lines.pay == place).tolist():
            award, post = int(facts.years.award[lines.award[line]]), int(lines.post[line])
            function = int(facts.posts.function[post]) if post >= 0 else -1
            amount = int(self.run.funding.line_payable[line])
            found[award, function] = found.get((award, function), 0) + amount
        return found


def face_of(found: Comparison, side: int, at: int) -> Face:
    """A side of a comparison in a month of its horizon.

    Raises:
        IndexError: there is no such side.
    """
    own, totals = side_of(found, side)
    units = units_of(own.facts, totals, found.base.scope.target)
    return Face(own, run_of(found, side, at), totals, units, at)


def cost(face: Face, _of: str) -> Values:
    """What each worker costs, in cents."""
    return face.workers(face.run, lambda run: run.months.cost)


def own_funds(face: Face, _of: str) -> Values:
    """What no award pays of each worker, in cents."""
    return face.workers(face.run, lambda run: run.funding.own_funds)


def fte(face: Face, _of: str) -> Values:
    """What each worker is paid for, in ten-thousandths of an FTE-month."""
    return face.workers(face.own, lambda run: run.months.fte)


def own_fte(face: Face, _of: str) -> Values:
    """What own funds pay of each service, in ten-thousandths of an FTE-month."""
    return face.cells(uncovered_fte(face.totals), face.units)


def funded(face: Face, of: str) -> Values:
    """What each award of a funder, or of all, pays of staff, in cents."""
    found = Values()
    for pair in face.view.pairs(of).tolist():
        key = (int(face.totals.pair_award[pair]),)
        found[key] = found.get(key, 0) + int(face.totals.paid[pair, face.column])
    return found


def invoices(face: Face, of: str) -> Values:
    """What each award of a funder pays of invoices, in cents."""
    return face.cells(face.totals.other_paid, face.view.owned(of))


def asked(face: Face, of: str) -> Values:
    """What each post asked of a funder costs, in cents; nothing where its cost is unknown."""
    rows = face.view.demands("" if of == NOBODY else of)
    return face.cells(np.maximum(face.totals.demand_cost, 0), rows)


def asked_fte(face: Face, _of: str) -> Values:
    """The FTE of each demand, in ten-thousandths."""
    return face.cells(face.totals.demand_fte, face.view.demands(None))


def unpriced_fte(face: Face, _of: str) -> Values:
    """The same of those whose cost no assumption gives."""
    rows = face.view.demands(None)
    return face.cells(face.totals.demand_fte, rows[face.own.facts.demands.month[rows] < 0])
