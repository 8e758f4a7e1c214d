"""Gross pay of contract lines month by month: scale, step and index, or the last real pay moved."""

from dataclasses import dataclass

import numpy as np

from backoffice.engine.money import Cents
from backoffice.engine.periods import Ints, month_index
from backoffice.engine.projection.facts import ASSUMPTION, Facts
from backoffice.engine.projection.index_grid import after_event, distinct, full_months
from backoffice.engine.projection.spans import Laid

_MONTHS, _LAST_STEP = 12, 59


@dataclass(frozen=True)
class FullTime:
    """Full-time monthly gross of each row, how sure it is, and 1 where nothing gives it.

    `observed` is 1 where the last real pay stands in for a scale that is unknown to us.
    """

    amount: Cents
    status: Ints
    unknown: Ints
    observed: Ints


def full_time_gross(facts: Facts, laid: Laid) -> FullTime:
    """What each contract line x month is worth at full time."""
    lines = facts.contracts
    scale, regime = lines.scale[laid.row], lines.regime[laid.row]
    step = seniority(facts, laid)
    year = np.clip(laid.month // _MONTHS - facts.scales.first, 0, facts.scales.base.shape[2] - 1)
    base = facts.scales.base[scale, step, year]
    amount, known = full_months(facts.index, np.maximum(base, 0), regime, laid.month)
    status = np.maximum(facts.scales.status[scale, step, year], _index_status(facts, regime, laid))
    missing = (base < 0) | (known == 0)
    rows = np.flatnonzero(missing)
    unknown, observed = np.zeros_like(amount), np.zeros_like(amount)
    if len(rows):
        worker = lines.worker[laid.row[rows]]
        real = facts.observed.full_month[worker]
        moved = _moved(facts, worker, regime[rows], laid.month[rows])
        amount[rows] = np.where(real < 0, 0, moved)
        unknown[rows] = real < 0
        observed[rows] = real >= 0
        status[rows] = ASSUMPTION
    return FullTime(amount, status, unknown, observed)


def seniority(facts: Facts, laid: Laid) -> Ints:
    """Completed years on the first day of the month, up to the last step of any scale."""
    years = (laid.month - facts.contracts.since[laid.row]) // _MONTHS
    return np.asarray(np.clip(years, 0, _LAST_STEP), dtype=np.int64)


def _index_status(facts: Facts, regime: Ints, laid: Laid) -> Ints:
    place = laid.month - facts.index.first
    inside = (regime >= 0) & (place >= 0) & (place < facts.index.status.shape[1])
    if not facts.index.status.size:
        return np.zeros_like(place)
    at = np.where(inside, regime, 0), np.where(inside, place, 0)
    return np.where(inside, facts.index.status[at], ASSUMPTION)


def _moved(facts: Facts, worker: Ints, regime: Ints, month: Ints) -> Cents:
    """The last real full-time month of each worker after every later event of the regime."""
    names, rows = distinct(worker, regime, month)
    amount = np.maximum(facts.observed.full_month[names[0]], 0)
    started = facts.observed.full_since[names[0]]
    for place, events in enumerate(facts.index.moves):
        for event in events:
            at = month_index(event.effective)
            hit = np.flatnonzero((names[1] == place) & (started < at) & (names[2] >= at))
            amount[hit] = after_event(amount[hit], event)
    return np.asarray(amount[rows], dtype=np.int64)
