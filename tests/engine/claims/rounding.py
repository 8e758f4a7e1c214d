"""The two roundings of the house in plain fractions: to the nearest cent, and by largest remainder.

Written apart from `backoffice.engine.money`, so that one can catch a fault of the other.
"""

from collections.abc import Sequence
from fractions import Fraction
from math import floor


def half_up(value: Fraction | int) -> int:
    """Nearest integer, 0.5 away from zero: 0.5 -> 1, -0.5 -> -1."""
    size = floor(abs(Fraction(value)) + Fraction(1, 2))
    return -size if value < 0 else size


def share_out(total: int, weights: Sequence[int]) -> list[int]:
    """Split a total in proportion to the weights; the largest remainders get the cents left.

    Equal remainders: the first one. The parts sum to the total.
    """
    if not total:
        return [0] * len(weights)
    exact = [Fraction(abs(total) * weight, sum(weights)) for weight in weights]
    parts = [floor(part) for part in exact]
    order = sorted(range(len(parts)), key=lambda row: parts[row] - exact[row])
    for row in order[: abs(total) - sum(parts)]:
        parts[row] += 1
    return [-part for part in parts] if total < 0 else parts


def within(bound: int, amounts: Sequence[int]) -> list[int]:
    """Amounts above a bound are reduced to it: negative ones stay, the others share the rest."""
    if sum(amounts) <= bound:
        return list(amounts)
    negative = [min(amount, 0) for amount in amounts]
    shared = share_out(bound - sum(negative), [max(amount, 0) for amount in amounts])
    return [low + part for low, part in zip(negative, shared, strict=True)]


def brought_down(total: int, amounts: Sequence[int]) -> list[int]:
    """The same for what is paid: where the total is 0 nothing is paid nor taken on any row."""
    return within(total, amounts) if total else [0] * len(amounts)
