"""Whole months that workers serve, from their contracts and their known absences."""

import numpy as np

from backoffice.engine.periods import Ints, month_ordinals
from backoffice.engine.projection.facts import Facts
from backoffice.engine.projection.spans import Laid, laid_out, pairs
from backoffice.engine.scenario.award_years import Flags

_MONTHS = 12


def whole_months(facts: Facts, first: int, *, paid: bool = False) -> Flags:
    """Worker x month from `first`, a January, to the end of the horizon: every day under contract.

    With `paid`, a month with a day of a known absence is not whole.
    """
    lines = facts.contracts
    laid = laid_out(lines.start, lines.stop, first, facts.stop)
    days = laid.days - absent_days(facts, laid) if paid else laid.days
    count = facts.stop - first
    sums = np.zeros(len(facts.names.workers) * count, dtype=np.int64)
    np.add.at(sums, lines.worker[laid.row] * count + laid.month - first, days)
    months = np.arange(first, facts.stop)
    length = month_ordinals(months + 1) - month_ordinals(months)
    return np.asarray(sums.reshape(-1, count) >= length, dtype=np.bool_)


def absent_days(facts: Facts, laid: Laid) -> Ints:
    """Days of each contract line x month on which the worker is on unpaid leave."""
    leaves = facts.leaves
    lost = np.zeros(len(laid.row), dtype=np.int64)
    if not len(leaves.worker):
        return lost
    lines = facts.contracts
    mine, other = pairs(lines.worker[laid.row], leaves.worker)
    low = np.maximum(lines.start[laid.row[mine]], month_ordinals(laid.month[mine]))
    high = np.minimum(lines.stop[laid.row[mine]], month_ordinals(laid.month[mine] + 1))
    common = np.minimum(high, leaves.stop[other]) - np.maximum(low, leaves.start[other])
    np.add.at(lost, mine, np.maximum(common, 0))
    return np.minimum(lost, laid.days)
