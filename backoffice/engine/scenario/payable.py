"""From what is admissible line by line to what is payable: heads, income, grant, and back."""

from dataclasses import dataclass

import numpy as np

from backoffice.engine import money
from backoffice.engine.claims.inputs import HEADS
from backoffice.engine.money import Cents
from backoffice.engine.periods import Ints
from backoffice.engine.scenario.award_years import (
    EXCLUDED,
    FULL,
    MAXIMUM,
    SHARE,
    UNKNOWN,
    AwardYears,
    Flags,
    HeadRules,
)

_STAFF, _INVESTMENT = HEADS.index("staff"), HEADS.index("investment")


@dataclass(frozen=True)
class Heads:
    """Cents within each head (rows: award-years, columns: `HEADS`), and where one is unknown."""

    admissible: Cents
    unknown: Flags


def heads_of(rules: HeadRules, presented: Cents, admitted: Cents) -> Heads:
    """What each head lets through; a head without any line has no rule to know.

    Args:
        rules: one row per award-year.
        presented: cents, award-year x head.
        admitted: what the rules of lines and invoices let through, likewise.
    """
    present = (presented != 0) | (admitted != 0)
    kind = rules.kind
    unknown = (present & (kind == UNKNOWN)).any(axis=1)
    result = np.where(kind == EXCLUDED, 0, admitted)
    result = np.where(kind == MAXIMUM, np.minimum(admitted, rules.cents), result)
    staff = _STAFF
    for head in range(len(HEADS)):
        rows = np.flatnonzero(kind[:, head] == SHARE)
        if len(rows):
            base = np.maximum(result[rows, staff], 0) * (head != staff)
            most = money.times(base, rules.numerator[rows, head], rules.denominator[rows, head])
            result[rows, head] = np.minimum(admitted[rows, head], most)
    result, lacking = _own_money(rules, result, admitted)
    unknown |= lacking & present[:, _INVESTMENT]
    return Heads(np.where(present, result, 0), unknown)


def _own_money(rules: HeadRules, result: Cents, admitted: Cents) -> tuple[Cents, Flags]:
    """The bound on investments where the letter asks for own money above a threshold."""
    figure = np.isin(rules.kind[:, _INVESTMENT], (MAXIMUM, SHARE, FULL))
    asked = (rules.own_denominator > 0) & figure
    if not asked.any():
        return result, asked
    lacking = asked & (rules.free < 0)
    base = admitted[:, _INVESTMENT]
    bottom = np.maximum(rules.own_denominator, 1)
    part = money.times(np.maximum(base, 0), bottom - rules.own_numerator, bottom)
    bound = np.maximum(rules.free, part)
    kept = np.minimum(result[:, _INVESTMENT], bound)
    result[:, _INVESTMENT] = np.where(asked, kept, result[:, _INVESTMENT])
    return result, lacking


def brought_down(base: Cents, group: Ints, totals: Cents) -> Cents:
    """Each group of rows brought down to its total, as `spread` does for one.

    Negative rows stay, positive ones share the rest by largest remainder; a total of 0 leaves
    nothing on any row.
    """
    size = len(totals)
    sums = money.sum_groups(base, group, size)
    changed = sums != totals
    nothing = (totals == 0)[group]
    rows = np.flatnonzero(changed[group] & ~nothing)
    result = np.where(nothing, 0, base)
    if len(rows):
        names, place = np.unique(group[rows], return_inverse=True)
        negative = np.minimum(base[rows], 0)
        rest = totals[names] - money.sum_groups(negative, place, len(names))
        shared = money.allocate_groups(rest, np.maximum(base[rows], 0), place)
        result[rows] = shared + negative
    return result


@dataclass(frozen=True)
class Payments:
    """What awards pay: cents of each award-year, -1 where unknown, and of each line."""

    payable: Cents
    lines: Cents


def payments(
    years: AwardYears, heads: Heads, lines: tuple[Cents, Ints], admissible: Cents
) -> Payments:
    """The least of what is granted and admissible, on lines in proportion; then the reserves.

    A reserve pays what is left of the lines of its head, above its maximum too: what the rest of
    the grant pays does not move.

    Args:
        years: every award-year.
        heads: what each head lets through.
        lines: what the rules let through of each line, and its cell: award-year x head.
        admissible: by award-year, -1 where what is payable is not known.
    """
    base, cells = lines
    award, known = cells // len(HEADS), admissible >= 0
    kept = np.minimum(years.heads.reserved.sum(axis=1), np.maximum(years.granted, 0))
    payable = np.where(known, np.minimum(years.granted - kept, admissible), -1)
    down = brought_down(base, cells, heads.admissible.reshape(-1))
    paid = brought_down(down, award, np.maximum(payable, 0))
    if not kept.any():
        return Payments(payable, paid)
    whole = money.sum_groups(base, award, len(years)) - years.income
    left = np.where(known, np.clip(whole - payable, 0, kept), 0)
    more = _of_reserves(years.heads.reserved, np.maximum(base - paid, 0), cells, left)
    return Payments(payable + money.sum_groups(more, award, len(years)), paid + more)


def _of_reserves(reserved: Cents, room: Cents, cells: Ints, left: Cents) -> Cents:
    """What the reserves pay of each line within its room, and within what is left by award-year."""
    sums = money.sum_groups(room, cells, reserved.size).reshape(reserved.shape)
    pot = np.minimum(reserved, sums)
    for head in range(reserved.shape[1]):
        pot[:, head] = np.minimum(pot[:, head], left)
        left = left - pot[:, head]
    return brought_down(room, cells, pot.reshape(-1))


def admissible_of(years: AwardYears, place: Ints, heads: Heads) -> Cents:
    """Cents admissible of each award-year: its heads less the income, never negative."""
    left = heads.admissible.sum(axis=1) - years.income[place]
    return np.asarray(np.maximum(left, 0), dtype=np.int64)
