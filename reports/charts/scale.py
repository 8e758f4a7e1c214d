"""An axis in whole numbers: round ticks, and where a value stands."""

from collections.abc import Iterable
from dataclasses import dataclass

from backoffice.engine import money

_INTERVALS = 5
_ROUND = (1, 2, 5)


@dataclass(frozen=True)
class Scale:
    """Ticks from the lowest to the highest, over a length that starts at `start`.

    `stop` may lie before `start`: a vertical axis goes up while its coordinates go down.
    """

    ticks: tuple[int, ...]
    start: int
    stop: int

    def at(self, value: int) -> int:
        """The coordinate of a value, to the nearest whole."""
        low, high = self.ticks[0], self.ticks[-1]
        return self.start + money.round_ratio((value - low) * (self.stop - self.start), high - low)

    def over(self, one: int, other: int) -> tuple[int, int]:
        """The coordinate of the nearer end of a bar between two values, and its length."""
        ends = sorted((self.at(one), self.at(other)))
        return ends[0], ends[1] - ends[0]


def scale(values: Iterable[int], least: int, start: int, stop: int) -> Scale:
    """The axis that holds all the values, its ticks at round numbers.

    Args:
        values: what it must hold; give 0 among them where bars start there.
        least: the smallest step between two ticks.
        start: the coordinate of its lowest tick.
        stop: the coordinate of its highest tick.
    """
    held = list(values) or [0]
    low, high = min(held), max(held)
    step = _step(high - low, least)
    first = low // step * step
    last = max(-(-high // step) * step, first + step)
    return Scale(tuple(range(first, last + 1, step)), start, stop)


def _step(width: int, least: int) -> int:
    """The smallest of 1, 2, 5, 10, 20... times `least` with which few intervals cover the width."""
    power = least
    while True:
        for one in _ROUND:
            if power * one * _INTERVALS >= width:
                return power * one
        power *= 10
