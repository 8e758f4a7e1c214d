"""The radar: cells of cost (a month of a worker, an invoice) that are claimed beyond themselves.

A cell has a size: the cents that it cost, or the hours x days of the contract. Whoever claims a
part of it is an award for an exercise, by its index. Nothing is rounded here but `at_stake`.
"""

from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations

import numpy as np

from backoffice.engine import money
from backoffice.engine.periods import Ints


@dataclass(frozen=True)
class Claims:
    """One row per claim: its cell, who claims, and how much, in the unit of the cells.

    A claimant may have several rows on a cell; a refund is negative.
    """

    cell: Ints
    claimant: Ints
    amount: Ints


@dataclass(frozen=True)
class Excess:
    """A cell claimed beyond its size.

    `excess` is what the claims have together above the size, or above 0 for a cell that cost
    nothing; `claims` holds each claimant once, by index, with its sum.
    """

    cell: int
    excess: int
    claims: tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class Overlap:
    """Hours x days of a cell that two claimants both carry; `hours` those of each of them."""

    cell: int
    claimants: tuple[int, int]
    hours: tuple[int, int]
    shared: int


def excesses(sizes: Ints, claims: Claims) -> tuple[Excess, ...]:
    """Every cell whose claims are together above its size, by cell.

    Args:
        sizes: one per cell; a negative one counts as 0.
        claims: in any order.
    """
    over = money.sum_groups(claims.amount, claims.cell, len(sizes)) - np.maximum(sizes, 0)
    cells = np.flatnonzero(over > 0)
    if not len(cells):
        return ()
    rows = np.flatnonzero((over > 0)[claims.cell])
    pairs = np.stack((claims.cell[rows], claims.claimant[rows]))
    names, group = np.unique(pairs, axis=1, return_inverse=True)
    sums = money.sum_groups(claims.amount[rows], group.reshape(-1), names.shape[1])
    found: dict[int, list[tuple[int, int]]] = {}
    for cell, claimant, amount in zip(*names.tolist(), sums.tolist(), strict=True):
        found.setdefault(cell, []).append((claimant, amount))
    return tuple(Excess(cell, int(over[cell]), tuple(found[cell])) for cell in cells.tolist())


def overlaps(contract: Ints, hours: Claims) -> tuple[Overlap, ...]:
    """Each pair of claimants on a cell whose hours are together above those of the contract.

    Args:
        contract: hours x days of each cell.
        hours: hours x days that each claimant carries.
    """
    return tuple(
        Overlap(over.cell, (one, other), (mine, theirs), min(mine, theirs, over.excess))
        for over in excesses(contract, hours)
        for (one, mine), (other, theirs) in combinations(over.claims, 2)
        if min(mine, theirs) > 0
    )


def at_stake(overlap: Overlap, paid: tuple[int, int]) -> int:
    """Cents that one of the two must leave if the hours may not carry both: the smaller part.

    Args:
        overlap: the hours that both carry.
        paid: what each of them pays for its hours of the cell, in cents.
    """
    parts = (
        money.times_one(amount, Fraction(overlap.shared, hours))
        for amount, hours in zip(paid, overlap.hours, strict=True)
    )
    return max(min(parts), 0)
