"""The one place where a solver works in floating point; what it answers is never trusted.

The engine proves from the prices, in whole numbers, what no allocation can exceed, and settles
every plan to the cent: see decision 0052.
"""

from collections.abc import Callable, Sequence
from typing import Any

import highspy
import numpy as np

from backoffice.engine.optimum.programme import PRECISION, WHOLE, Programme
from backoffice.engine.periods import Ints

_THOUSAND = 1_000


class _Silent(highspy.Highs):
    """A solver without callbacks: switching them on is what prints its banner."""

    def enableCallbacks(self) -> None:  # noqa: N802
        """Nothing, where the constructor asks for them."""
        self.silent()


def solve(programme: Programme) -> tuple[Ints, Sequence[int], int]:
    """The shares of a best solution, the prices of the rows, its thousandths of a cent, cut off.

    Nothing where the solver finds no solution: no share, no price (which proves less, never
    something false).
    """
    make: Callable[[], Any] = _Silent
    solver = make()
    solver.passModel(_model(programme))
    solver.run()
    if solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
        return np.zeros(0, dtype=np.int64), [0] * len(programme.limit), 0
    found = solver.getSolution()
    shares = np.rint(np.asarray(found.col_value) * WHOLE).astype(np.int64)
    prices = [int(price * PRECISION) for price in found.row_dual]
    return np.clip(shares, 0, programme.most), prices, int(solver.getObjectiveValue() * _THOUSAND)


def _model(programme: Programme) -> highspy.HighsLp:
    columns, rows = len(programme.value), len(programme.limit)
    model = highspy.HighsLp()
    model.num_col_, model.num_row_ = columns, rows
    model.sense_ = highspy.ObjSense.kMaximize
    model.col_cost_ = programme.value.astype(np.float64)
    model.col_lower_ = np.zeros(columns)
    model.col_upper_ = programme.most / WHOLE
    model.row_lower_ = np.full(rows, -highspy.kHighsInf)
    model.row_upper_ = programme.limit.astype(np.float64)
    model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    order = np.lexsort((programme.column, programme.row))
    starts = np.searchsorted(programme.row[order], np.arange(rows + 1))
    model.a_matrix_.start_ = starts.astype(np.int32)
    model.a_matrix_.index_ = programme.column[order].astype(np.int32)
    model.a_matrix_.value_ = programme.factor[order].astype(np.float64)
    return model
