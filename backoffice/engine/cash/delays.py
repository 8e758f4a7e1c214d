"""How late money comes, seen in what came before."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Delay:
    """Days between the day announced and the day of payment, early ones negative.

    `median` is the middle one, the later of the two middle ones of an even count; `count` how many
    payments were seen.
    """

    median: int
    shortest: int
    longest: int
    count: int


NO_DELAY = Delay(0, 0, 0, 0)
"""Nothing was seen yet: the day announced stands."""


def delays_of(seen: Iterable[tuple[str, date, date]]) -> Mapping[str, Delay]:
    """The delays of each group: (group, day announced, day of payment)."""
    days: dict[str, list[int]] = {}
    for group, due, came in seen:
        days.setdefault(group, []).append((came - due).days)
    return {group: _delay(sorted(found)) for group, found in days.items()}


def _delay(days: list[int]) -> Delay:
    return Delay(days[len(days) // 2], days[0], days[-1], len(days))
