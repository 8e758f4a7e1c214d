"""The radar: cells of cost (a month of a worker, an invoice) that are claimed beyond themselves.

A cell has a size: the cents that it cost, or the hours x days of the contract. Whoever claims a
part of it is an award for an exercise, by its index. Nothing is rounded here but `at_stake`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

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
    """A cell whose hours carry several claimants.

    `hours` (hours x days) are those of each of `claimants`; `shared` those that are carried beyond
    the contract, by others than the claimant with the most.
    """

    cell: int
    claimants: tuple[int, ...]
    hours: tuple[int, ...]
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
    """Every cell that several claimants carry together above the hours of the contract, by cell.

    Args:
        contract: hours x days of each cell.
        hours: hours x days that each claimant carries.
    """
    found = []
    for over in excesses(contract, hours):
        carried = [(claimant, each) for claimant, each in over.claims if each > 0]
        if len(carried) > 1:
            claimants, each = zip(*carried, strict=True)
            shared = min(over.excess, sum(each) - max(each))
            found.append(Overlap(over.cell, claimants, each, shared))
    return tuple(found)


def at_stake(overlap: Overlap, paid: Sequence[int]) -> int:
    """Cents that one claimant must leave if the hours may not carry several: the smallest part.

    Args:
        overlap: the hours that are shared.
        paid: what each of its claimants pays for its hours of the cell, in cents.
    """
    parts = (
        money.times_one(amount, Fraction(min(overlap.shared, hours), hours))
        for amount, hours in zip(paid, overlap.hours, strict=True)
    )
    return max(min(parts), 0)
