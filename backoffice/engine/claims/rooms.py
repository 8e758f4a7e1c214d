"""Ratios brought down in proportion to the room of their group, exactly and column by column.

Each group is put on one common denominator: its parts, their sum and its room are then whole
numbers. Groups whose whole numbers leave 64 bits run through the same steps on Python integers.
"""

import numpy as np

from backoffice.engine import money
from backoffice.engine.periods import Ints

Ratios = tuple[Ints, Ints]


def reduced(top: Ints, bottom: Ints) -> Ratios:
    """The same ratios in lowest terms."""
    common = np.gcd(top, bottom)
    return top // common, bottom // common


def within_room(parts: Ratios, group: Ints, room: Ratios) -> Ratios:
    """Bring the ratios of each group down to its room, each in proportion.

    A group that stays within its room is untouched.

    Args:
        parts: numerators, not negative, and positive denominators, one per row.
        group: index of the row's room, 0 to len(room) - 1; each room has a row.
        room: one per group, in lowest terms.

    Returns:
        One ratio per row, in lowest terms where it changed; Python integers where 64 bits are few.
    """
    order = np.argsort(group, kind="stable")
    top, bottom, owner = parts[0][order], parts[1][order], group[order]
    common, fits = _common(top, bottom, owner, room)
    found = parts[0].copy(), parts[1].copy()
    for small in (True, False):
        rows = np.flatnonzero(fits[owner] == small)
        if len(rows):
            kind = np.int64 if small else object
            names, place = np.unique(owner[rows], return_inverse=True)
            columns = [each.astype(kind) for each in (top[rows], bottom[rows])]
            sizes = [each[names].astype(kind) for each in (*room, common)]
            if not small:
                sizes[2] = _exact_common(columns[1], place, len(names))
                found = found[0].astype(object), found[1].astype(object)
            changed = _in_proportion((columns[0], columns[1]), place, sizes)
            found[0][order[rows]], found[1][order[rows]] = changed
    return found


def _in_proportion(parts: Ratios, group: Ints, sizes: list[Ints]) -> Ratios:
    """The ratios of groups on known common denominators; `sizes` are room, its denominator, common.

    part x room / sum of the parts, where the sum exceeds the room.
    """
    top, bottom, common = sizes
    shares = parts[0] * (common[group] // parts[1])
    whole = np.zeros(len(common), dtype=shares.dtype)
    np.add.at(whole, group, shares)
    over = (whole * bottom > top * common)[group]
    scaled = shares * top[group], np.where(over, whole[group] * bottom[group], 1)
    changed = reduced(*scaled)
    return np.where(over, changed[0], parts[0]), np.where(over, changed[1], parts[1])


def _common(top: Ints, bottom: Ints, owner: Ints, room: Ratios) -> tuple[Ints, Ints]:
    """The common denominator of each group of sorted rows, and whether its products fit 64 bits.

    The sum of a group is at most `ceilings` x its common denominator, so that one bound on the
    denominator covers every product that follows.
    """
    size = len(room[0])
    ceilings = money.sum_groups(-(-top // bottom), owner, size)
    most = np.maximum(money.products(np.maximum(ceilings, 1), np.maximum(*room)), 1)
    limit = (money.LARGEST // most).astype(np.int64)
    count = np.bincount(owner, minlength=size)
    first = np.cumsum(count) - count
    common, fits = np.ones(size, dtype=np.int64), np.ones(size, dtype=bool)
    for rank in range(int(count.max())):
        groups = np.flatnonzero((count > rank) & fits)
        step = bottom[first[groups] + rank]
        step = step // np.gcd(step, common[groups])
        fits[groups] = common[groups] <= limit[groups] // step
        groups, step = groups[fits[groups]], step[fits[groups]]
        common[groups] *= step
    return common, fits


def _exact_common(bottom: Ints, group: Ints, size: int) -> Ints:
    """The common denominator of each group on Python integers."""
    found = np.ones(size, dtype=object)
    np.lcm.at(found, group, bottom)
    return found
