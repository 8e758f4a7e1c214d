"""Rows with a first and a last day laid out month by month, and joined where they overlap."""

from dataclasses import dataclass

import numpy as np

from backoffice.engine.periods import Ints, month_ordinals

_MONTHS = 12
_DAYS_FROM_0 = 366


@dataclass(frozen=True)
class Laid:
    """Row x month: `row` the place of the span, `month` the month index, days in common."""

    row: Ints
    month: Ints
    days: Ints


def laid_out(start: Ints, stop: Ints, first: int, after: int) -> Laid:
    """Every month of [first, after) that each span touches, with the days that it covers.

    Args:
        start: first days, ordinals.
        stop: days after the last.
        first: month index.
        after: month index, excluded.
    """
    months = np.arange(first, after + 1, dtype=np.int64)
    edges = month_ordinals(months)
    low = np.clip(np.searchsorted(edges, start, side="right") - 1, 0, None)
    high = np.minimum(np.searchsorted(edges, stop, side="left"), after - first)
    count = np.where(stop > start, np.maximum(high - low, 0), 0)
    row = np.repeat(np.arange(len(start)), count)
    place = np.arange(len(row)) - np.repeat(np.cumsum(count) - count, count) + low[row]
    days = np.minimum(stop[row], edges[place + 1]) - np.maximum(start[row], edges[place])
    kept = np.flatnonzero(days > 0)
    return Laid(row[kept], months[place[kept]], days[kept])


def pairs(left: Ints, right: Ints) -> tuple[Ints, Ints]:
    """Every (place in left, place in right) that hold the same value, by place in left."""
    order = np.argsort(right, kind="stable")
    keys = right[order]
    low, high = np.searchsorted(keys, left), np.searchsorted(keys, left, side="right")
    count = high - low
    mine = np.repeat(np.arange(len(left)), count)
    place = np.arange(len(mine)) - np.repeat(np.cumsum(count) - count, count) + low[mine]
    return mine, order[place]
