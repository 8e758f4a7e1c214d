"""Gross pay of contract lines month by month: scale, step and index, or the last real pay moved."""

from dataclasses import dataclass

import numpy as np

from backoffice.engine.money import Cents
from backoffice.engine.periods import Ints, month_index
from backoffice.engine.projection.facts import ASSUMPTION, Facts
from backoffice.engine.projection.index_grid import after_event, distinct, full_months
from backoffice.engine.projection.spans import Laid

NOT_KNOWN = -1
_MONTHS, _LAST_STEP, _PERCENT = 12, 59, 100


@dataclass(frozen=True)
class FullTime:
    """Full-time monthly gross of each row, how sure it is, and 1 where nothing gives it.

    `observed` is 1 where the last real pay stands in for a scale that is unknown to us; `apart` 1
    where a scale is known and the last real pay is more than one percent away from it.
    """

    amount: Cents
    status: Ints
    unknown: Ints
    observed: Ints
    apart: Ints


def full_time_gross(facts: Facts, laid: Laid) -> FullTime:
    """What each contract line x month is worth at full time."""
    lines = facts.contracts
    scale, regime = lines.scale[laid.row], lines.regime[laid.row]
    step = seniority(facts, laid)
    year = np.clip(laid.month // _MONTHS - facts.scales.first, 0, facts.scales.base.shape[2] - 1)
    base = _base(facts, scale, step, laid.month)
    amount, known = full_months(facts.index, np.maximum(base, 0), regime, laid.month)
    status = np.maximum(facts.scales.status[scale, step, year], _index_status(facts, regime, laid))
    missing = (base < 0) | (known == 0)
    rows = np.flatnonzero(missing)
    unknown, observed = np.zeros_like(amount), np.zeros_like(amount)
    if len(rows):
        worker = lines.worker[laid.row[rows]]
        moved = _moved(facts, worker, regime[rows], laid.month[rows])
        amount[rows] = np.maximum(moved, 0)
        unknown[rows] = moved == NOT_KNOWN
        observed[rows] = moved != NOT_KNOWN
        status[rows] = ASSUMPTION
    return FullTime(amount, status, unknown, observed, _apart(facts, laid, unknown))


def _apart(facts: Facts, laid: Laid, unknown: Ints) -> Ints:
    """1 on the first projected month of a worker whose real pay is not that of the scale.

    Both are compared at the step of the last real month, and at the index of the first projected
    one.
    """
    lines = facts.contracts
    worker = lines.worker[laid.row]
    first = (laid.month == facts.known_until[lines.employer[laid.row]]) & (unknown == 0)
    rows = np.flatnonzero(first & (facts.observed.full_month[worker] > 0))
    result = np.zeros(len(laid.row), dtype=np.int64)
    if len(rows):
        line, month, worker = laid.row[rows], laid.month[rows], worker[rows]
        moved = _moved(facts, worker, lines.regime[line], month)
        then = Laid(line, facts.observed.full_since[worker], laid.days[rows])
        base = _base(facts, lines.scale[line], seniority(facts, then), month)
        scale, _known = full_months(facts.index, np.maximum(base, 0), lines.regime[line], month)
        off = (abs(scale - moved) * _PERCENT > moved) & (base >= 0)
        result[rows] = off & (moved != NOT_KNOWN)
    return result


def _base(facts: Facts, scale: Ints, step: Ints, month: Ints) -> Cents:
    """Yearly base at 100 % of a scale and step in a month, -1 where it is unknown to us."""
    year = np.clip(month // _MONTHS - facts.scales.first, 0, facts.scales.base.shape[2] - 1)
    return np.asarray(facts.scales.base[scale, step, year], dtype=np.int64)


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
    """The last real full-time month of each worker after every later event of the regime.

    `NOT_KNOWN` from an event whose threshold is not known, and without any real pay.
    """
    names, rows = distinct(worker, regime, month)
    amount = facts.observed.full_month[names[0]]
    started = facts.observed.full_since[names[0]]
    oldest = int(started.min())
    for place, events in enumerate(facts.index.moves):
        for event in events:
            at = month_index(event.effective)
            if at <= oldest:
                continue
            hit = np.flatnonzero((names[1] == place) & (started < at) & (names[2] >= at))
            if event.missing is not None:
                amount[hit] = NOT_KNOWN
                continue
            hit = hit[amount[hit] != NOT_KNOWN]
            amount[hit] = after_event(amount[hit], event)
    return np.asarray(amount[rows], dtype=np.int64)
