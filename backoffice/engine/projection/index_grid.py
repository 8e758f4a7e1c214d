"""The index of each regime in each month as columns: coefficients, then capped events in order."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from math import prod

import numpy as np

from backoffice.engine import money
from backoffice.engine.indexation import IndexEvent, coefficient
from backoffice.engine.money import Cents
from backoffice.engine.periods import Ints, month_index

_MONTHS = 12
_DOUBT = {"confirmed": 0, "to_confirm": 1, "forecast": 2, "assumption": 3}


@dataclass(frozen=True)
class IndexGrid:
    """What moves an amount at 100 % in each regime (row) and month (column).

    Attributes:
        regimes: their names, row by row.
        first: month index of the first column.
        numerator: coefficient up to the first event that no coefficient expresses.
        denominator: 0 where the index of the month is not known.
        since: index in `events` of those applied after the coefficient.
        events: each list of events, in order; the first one is empty.
        status: 0 confirmed, 1 to_confirm, 2 forecast, 3 assumption.
        moves: every event of each regime by rising day, and `known` the last month of which the
            index can be told: later months stand still, as an assumption; `step` what each
            numbered crossing adds.
    """

    regimes: tuple[str, ...]
    first: int
    numerator: Ints
    denominator: Ints
    since: Ints
    events: tuple[tuple[IndexEvent, ...], ...]
    status: Ints
    moves: tuple[tuple[IndexEvent, ...], ...] = ()
    known: Ints = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    step: Fraction = Fraction(2, 100)

    @property
    def months(self) -> range:
        """The columns."""
        return range(self.first, self.first + self.numerator.shape[1])

    def rows(self, regime: Ints, month: Ints) -> tuple[Ints, Ints, Ints]:
        """Numerator, denominator (0: unknown) and list of events of each (regime, month).

        A regime below 0 or a month outside the grid is unknown.
        """
        place = month - self.first
        inside = (regime >= 0) & (place >= 0) & (place < self.numerator.shape[1])
        at = np.where(inside, regime, 0), np.where(inside, place, 0)
        if not self.numerator.size:
            zeros = np.zeros(len(month), dtype=np.int64)
            return zeros, zeros, zeros
        denominator = np.where(inside, self.denominator[at], 0)
        return self.numerator[at], denominator, np.where(inside, self.since[at], 0)

    def factor_in(self, regime: int, month: int) -> Fraction | None:
        """What an amount at 100 % that no event caps is multiplied by; None before the first one.

        The coefficient of the last numbered event, then each one that has no number.
        """
        moves = self.moves[regime] if regime >= 0 else ()
        past = [one for one in moves if month_index(one.effective) <= month]
        numbered = next((k for k, one in enumerate(past) if one.n is None), len(past))
        number = past[numbered - 1].n if numbered else None
        if number is None:
            return None
        rises = (1 + one.rate for one in past[numbered:])
        return prod(rises, start=coefficient(number, self.step))


@dataclass(frozen=True)
class Regime:
    """The events of a regime by rising day, and the last month of which it can be told."""

    events: tuple[IndexEvent, ...]
    known: int


def grid_of(regimes: Mapping[str, Regime], months: range, step: Fraction) -> IndexGrid:
    """The grid of some regimes over some months.

    The coefficient stands for the events numbered one after the other up to the first one that is
    capped or has no number; that one and those after it are applied in order. A month before the
    first event, or with a capped event whose threshold is unknown, has no index.

    Args:
        regimes: by name.
        months: the columns.
        step: what each crossing adds.
    """
    names = tuple(sorted(regimes))
    shape = len(names), len(months)
    top, bottom, since, status = (np.zeros(shape, dtype=np.int64) for _ in range(4))
    lists: dict[tuple[IndexEvent, ...], int] = {(): 0}
    for row, name in enumerate(names):
        regime = regimes[name]
        for column, month in enumerate(months):
            past = [one for one in regime.events if month_index(one.effective) <= month]
            plain = _plain(past)
            number = past[plain - 1].n if plain else None
            later = tuple(past[plain:])
            if number is not None and all(event.missing is None for event in later):
                value = coefficient(number, step)
                top[row, column], bottom[row, column] = value.numerator, value.denominator
            since[row, column] = lists.setdefault(later, len(lists))
            status[row, column] = _status(past, late=month > regime.known)
    moves = tuple(regimes[name].events for name in names)
    known = np.array([regimes[name].known for name in names], dtype=np.int64)
    return IndexGrid(
        names, months.start, top, bottom, since, tuple(lists), status, moves, known, step
    )


def _plain(events: Sequence[IndexEvent]) -> int:
    """How many events from the first one a coefficient expresses."""
    irregular = (k for k, one in enumerate(events) if one.capped_rate or one.n is None)
    return next(irregular, len(events))


def _status(past: Sequence[IndexEvent], *, late: bool) -> int:
    """The doubt on the level of a month: that of its last event, of the path where it is late."""
    if late:
        return _DOUBT["assumption"]
    return max((_DOUBT.get(event.status, 0) for event in past[-3:]), default=0)


def full_months(grid: IndexGrid, base: Cents, regime: Ints, month: Ints) -> tuple[Cents, Ints]:
    """Full-time month of each yearly base, and 1 where its index is known, else 0.

    Base x coefficient / 12, rounded, then each later event in order: as `scale_amount_on`, on
    columns. An unknown row is worth 0 and must be looked at with its mark.
    """
    if not len(base):
        return base, np.zeros(0, dtype=np.int64)
    names, rows = distinct(base, regime, month)
    top, bottom, since = grid.rows(names[1], names[2])
    known = bottom > 0
    amount = money.times(names[0], np.where(known, top, 0), np.where(known, bottom, 1) * _MONTHS)
    for place in np.unique(since[known]).tolist():
        at = np.flatnonzero((since == place) & known)
        for event in grid.events[place]:
            amount[at] = after_event(amount[at], event)
    return amount[rows], known.astype(np.int64)[rows]


def distinct(*columns: Ints) -> tuple[list[Ints], Ints]:
    """The rows of some columns that differ, column by column, and the place of each row in them.

    The columns are packed in one integer where they fit: sorting those is many times faster.
    """
    lows = [int(column.min()) for column in columns]
    spans = [int(column.max()) - low + 1 for column, low in zip(columns, lows, strict=True)]
    if prod(spans) > money.LARGEST:
        rows, place = np.unique(np.stack(columns), axis=1, return_inverse=True)
        return list(rows), np.asarray(place).reshape(-1)
    key = np.zeros(len(columns[0]), dtype=np.int64)
    for column, low, span in zip(columns, lows, spans, strict=True):
        key = key * span + (column - low)
    names, place = np.unique(key, return_inverse=True)
    found: list[Ints] = []
    for low, span in zip(reversed(lows), reversed(spans), strict=True):
        found.insert(0, names % span + low)
        names = names // span
    return found, np.asarray(place).reshape(-1)


def after_event(amounts: Cents, event: IndexEvent) -> Cents:
    """Full-time monthly amounts after one event: `apply_event` on a column.

    Raises:
        FigureNotDefined: the threshold of the event is not known.
    """
    if event.missing is not None:
        raise event.missing
    rate, part = event.rate, event.capped_rate
    capped = amounts if event.cap is None else np.minimum(amounts, event.cap)
    below = rate.denominator * part.denominator
    whole = amounts * _whole(1 + rate - part, below) + capped * _whole(part, below)
    return money.times(whole, 1, below)


def _whole(value: Fraction, below: int) -> int:
    return int(value * below)
