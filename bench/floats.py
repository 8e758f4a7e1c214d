"""The same claims in binary floating point, rounded to cents where the rules round.

What a spreadsheet does: it is here to be compared with, and to count the cents that it misses.
Staff lines only: the split of the cost, the bound per FTE, the scale, and what stays admissible
of each line before frames and grants.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from backoffice.engine.claims.inputs import Award
from backoffice.engine.periods import month_ordinals
from bench.employers import EmployerYear

Floats = npt.NDArray[np.float64]
_MONTHS = 12


@dataclass(frozen=True)
class FloatClaim:
    """Presented by line, and the bound of each line's group before it is rounded; in EUR."""

    presented: Floats
    bounds: Mapping[int, float]


def settle_in_floats(year: EmployerYear) -> dict[int, FloatClaim]:
    """Each award by its index."""
    pay, slices = year.pay, year.slices
    weights = np.minimum(slices.weights, pay.contract[slices.pay]) / pay.contract[slices.pay]
    parts = {
        item: np.round(cents[slices.pay] / 100 * weights, 2) for item, cents in pay.costs.items()
    }
    length = month_ordinals(pay.month + 1) - month_ordinals(pay.month)
    paid = pay.paid / np.maximum(pay.due, 1)
    fte = slices.hours / slices.full_time * slices.days / length[slices.pay] * paid[slices.pay]
    return {award.index: _claim(year, award, parts, fte) for award in year.awards}


def _claim(
    year: EmployerYear, award: Award, parts: Mapping[str, Floats], fte: Floats
) -> FloatClaim:
    rows = np.flatnonzero(year.slices.award == award.index)
    taken = [values[rows] for item, values in parts.items() if item not in award.excluded]
    presented = np.round(np.sum(taken, axis=0), 2)
    value = _value(year, award)
    if value is None:
        return FloatClaim(presented, {})
    key = year.slices.post if award.bound == "post_year" else year.slices.pay
    names, group = np.unique(key[rows], return_inverse=True)
    sums = np.bincount(group, weights=fte[rows]) * value / _MONTHS
    return FloatClaim(presented, dict(zip(names.tolist(), np.round(sums, 2), strict=True)))


def _value(year: EmployerYear, award: Award) -> float | None:
    """EUR per FTE and year."""
    known, day = year.known[award.index], award.exercise.start
    if award.shape == "capped_cost":
        return float(known.use("ceiling", day)[0])
    if award.shape == "post_premium":
        return float(known.use("premium", day)[0]) * float(known.use("premium_rate", day)[0])
    return None
