"""Cents: the only module that multiplies by a fraction, rounds, or splits a total.

Amounts are whole cents, one per row, in int64 arrays. Every product is rounded once, half up
away from zero (0.005 becomes 0.01, -0.005 becomes -0.01). Bounds are checked beforehand: where
an intermediate product would leave int64, the same operation runs on Python integers.
"""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from math import lcm
from typing import cast

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Cents = npt.NDArray[np.int64]

LARGEST = 2**63 - 1
_FEWEST_BITS = 8
_FEW = 64
_WRITTEN = re.compile(r"[+-]?\d+(\.\d{1,2})?", re.ASCII)


class NotMoney(ValueError):
    """The text or number is not an amount in EUR with at most two decimals."""


class AmountTooBig(OverflowError):
    """A result in cents does not fit in 64 bits."""


class NothingToShare(ValueError):
    """An amount must be split but every weight is zero, or a weight is negative."""


def cents(amount: Decimal | str | int) -> int:
    """Exact EUR to cents.

    Args:
        amount: EUR; a text has a decimal point and at most two decimals, no separators.

    Raises:
        NotMoney: not a finite number, or more than two decimals.
        AmountTooBig: beyond 64 bits of cents.
    """
    if isinstance(amount, bool) or not isinstance(amount, (Decimal, str, int)):
        raise NotMoney(f"{amount!r} n'est pas un montant en euros.")
    if isinstance(amount, str):
        if not _WRITTEN.fullmatch(amount):
            raise NotMoney(f"« {amount} » n'est pas un montant en euros à deux décimales.")
        amount = Decimal(amount)
    if isinstance(amount, Decimal) and not amount.is_finite():
        raise NotMoney(f"{amount} n'est pas un montant en euros.")
    numerator, denominator = amount.as_integer_ratio()
    whole, rest = divmod(numerator * 100, denominator)
    if rest:
        raise NotMoney(f"{amount} a plus de deux décimales.")
    return _fits(whole)


def euros(amount: int) -> Decimal:
    """Cents to EUR, always with two decimals."""
    return Decimal(text(amount))


def text(amount: int) -> str:
    """Cents as EUR text with a point and two decimals: 468000 gives "4680.00"."""
    whole, rest = divmod(abs(int(amount)), 100)
    return f"{'-' if amount < 0 else ''}{whole}.{rest:02d}"


def round_ratio(numerator: int, denominator: int) -> int:
    """Ratio to the nearest integer, half up away from zero.

    Raises:
        ZeroDivisionError: the denominator is zero.
    """
    if denominator < 0:
        numerator, denominator = -numerator, -denominator
    size = (2 * abs(numerator) + denominator) // (2 * denominator)
    return -size if numerator < 0 else size


def times_one(amount: int, rate: Fraction) -> int:
    """Cents x rate, rounded once to the cent, half up away from zero."""
    return _fits(round_ratio(int(amount) * rate.numerator, rate.denominator))


def times(amounts: Cents, numerator: int | Ints, denominator: int | Ints) -> Cents:
    """Each row x numerator / denominator, rounded once, half up away from zero.

    Args:
        amounts: cents, any sign.
        numerator: one for all rows, or one per row.
        denominator: positive, one for all rows, or one per row.

    Raises:
        ZeroDivisionError: a denominator is zero or negative.
        AmountTooBig: a result does not fit in 64 bits.
    """
    if _lowest(denominator) <= 0:
        raise ZeroDivisionError("Un dénominateur doit être positif.")
    most = _bound(denominator)
    wide = max(2 * _bound(amounts) * _bound(numerator) + most, 2 * most) > LARGEST
    product = _as(amounts, wide=wide) * _as(numerator, wide=wide)
    divisor = _as(denominator, wide=wide)
    size = (2 * abs(product) + divisor) // (2 * divisor)
    return _narrow(np.where(product < 0, -size, size))


def products(left: Ints, right: int | Ints) -> Ints:
    """Exact row by row products, on Python integers where 64 bits would wrap around."""
    wide = _bound(left) * _bound(right) > LARGEST
    return cast("Ints", _as(left, wide=wide) * _as(right, wide=wide))


def total(amounts: Cents) -> int:
    """Exact sum in cents as a Python integer, whatever its size."""
    if _bound(amounts) * max(len(amounts), 1) <= LARGEST:
        return int(amounts.sum())
    return sum(int(amount) for amount in amounts)


def sum_groups(values: Cents, group: Ints, size: int) -> Cents:
    """Exact sums of the rows of each group.

    Args:
        values: cents, one per row.
        group: index of the row's group, 0 to size - 1.
        size: number of groups; an empty group sums to 0.

    Raises:
        AmountTooBig: a sum does not fit in 64 bits.
    """
    return _narrow(_sums(values, group, size))


def sum_ratios(numerator: Ints, denominator: Ints, group: Ints, size: int) -> list[Fraction]:
    """Exact sums of numerator / denominator in each group, never rounded.

    Args:
        numerator: one per row.
        denominator: positive, one per row.
        group: index of the row's group, 0 to size - 1.
        size: number of groups; an empty group sums to 0.

    Raises:
        ZeroDivisionError: a denominator is zero or negative.
    """
    if _lowest(denominator) <= 0:
        raise ZeroDivisionError("Un dénominateur doit être positif.")
    sums = [Fraction(0)] * size
    if not len(numerator):
        return sums
    common = lcm(*(int(each) for each in np.unique(denominator)))
    if common * _bound(numerator) * len(numerator) <= LARGEST:
        parts = _sums(numerator * (common // denominator), group, size)
        return [Fraction(int(part), common) for part in parts]
    order = np.lexsort((denominator, group))
    top, bottom, owner = numerator[order], denominator[order], group[order]
    fresh = np.concatenate(([True], (np.diff(owner) != 0) | (np.diff(bottom) != 0)))
    first = np.flatnonzero(fresh)
    parts = _sums(top, np.cumsum(fresh) - 1, len(first))
    for each, rows in _runs(owner[first]):
        sums[each] = _sum_of_ratios(parts[rows].tolist(), bottom[first[rows]].tolist())
    return sums


def sum_products(
    left: tuple[Ints, Ints], right: tuple[Ints, Ints], group: Ints, size: int
) -> Cents:
    """Exact sums of left x right in each group, each sum rounded once, half up away from zero.

    Args:
        left: numerators and positive denominators, one per row.
        right: same.
        group: index of the row's group, 0 to size - 1.
        size: number of groups; an empty group sums to 0.

    Raises:
        ZeroDivisionError: a denominator is zero or negative.
        AmountTooBig: a sum does not fit in 64 bits.
    """
    if min(_lowest(left[1]), _lowest(right[1])) <= 0:
        raise ZeroDivisionError("Un dénominateur doit être positif.")
    across, back = np.gcd(left[0], right[1]), np.gcd(right[0], left[1])
    top = left[0] // across, right[0] // back
    bottom = left[1] // back, right[1] // across
    wide = max(_bound(top[0]) * _bound(top[1]), _bound(bottom[0]) * _bound(bottom[1])) > LARGEST
    products = [_as(a, wide=wide) * _as(b, wide=wide) for a, b in (top, bottom)]
    return _narrow(_rounded_sums(products[0], products[1], group, size))


def _rounded_sums(top: Ints, bottom: Ints, group: Ints, size: int) -> Ints:
    """Sums of top / bottom per group, rounded; reduced ratios make exact work rare.

    The fractional parts are summed in units of 2**-bits, each too low by less than one unit. Where
    the sum lies so close to a half that the units cannot tell, the group is summed exactly.
    """
    bits = 62 - max(_bound(bottom).bit_length(), len(group).bit_length())
    if top.dtype == object or bits < _FEWEST_BITS:
        sums, undecided = _as(np.zeros(size, dtype=np.int64), wide=True), np.arange(size)
    else:
        whole, rest = np.divmod(top, bottom)
        parts = _sums((rest << bits) // bottom, group, size) + (1 << (bits - 1))
        sums = _sums(whole, group, size)
        high = (parts + np.bincount(group, minlength=size)) >> bits
        undecided = np.flatnonzero((parts - 1) >> bits != high)
        sums = sums + high
    if len(undecided):
        order = np.argsort(group, kind="stable")
        order = order[np.isin(group[order], undecided)]
        for each, rows in _runs(group[order]):
            exact = _sum_of_ratios(top[order[rows]].tolist(), bottom[order[rows]].tolist())
            sums[each] = round_ratio(exact.numerator, exact.denominator)
    return sums


def _runs(owner: Ints) -> Iterator[tuple[int, slice]]:
    """Each value of a sorted column with the rows that hold it."""
    starts = np.flatnonzero(np.diff(owner, prepend=-1))
    for start, stop in pairwise([*starts.tolist(), len(owner)]):
        yield int(owner[start]), slice(start, stop)


def _sum_of_ratios(top: Sequence[int], bottom: Sequence[int]) -> Fraction:
    """Exact sum over one common denominator, far cheaper than adding fraction by fraction."""
    common = lcm(*set(bottom))
    return Fraction(sum(a * (common // b) for a, b in zip(top, bottom, strict=True)), common)


def allocate(total: int, weights: Sequence[int | Fraction]) -> list[int]:
    """Split `total` cents in proportion to the weights, by largest remainder.

    Invariant: sums to `total`. Equal remainders: the first row gets the cent. A negative total
    is split as its opposite is. A zero weight gets nothing.

    Raises:
        NothingToShare: a weight is negative, or all are zero and the total is not.
    """
    if any(weight.numerator < 0 for weight in weights):
        raise NothingToShare("Un poids de répartition est négatif.")
    scale = lcm(*(weight.denominator for weight in weights))
    parts = [weight.numerator * (scale // weight.denominator) for weight in weights]
    whole = sum(parts)
    if whole == 0:
        if total:
            raise NothingToShare(f"{text(total)} EUR à répartir, mais tous les poids sont nuls.")
        return [0] * len(parts)
    split = [divmod(abs(total) * part, whole) for part in parts]
    shares = [share for share, _ in split]
    order = sorted(range(len(split)), key=lambda row: -split[row][1])
    for row in order[: abs(total) - sum(shares)]:
        shares[row] += 1
    return [-share for share in shares] if total < 0 else shares


def allocate_groups(totals: Cents, weights: Ints, group: Ints) -> Cents:
    """The split of `allocate`, for many totals at once.

    Args:
        totals: cents, one per group, any sign.
        weights: not negative, one per row.
        group: index of the row's total, 0 to len(totals) - 1.

    Returns:
        Cents, one per row; the rows of a group sum to its total.

    Raises:
        NothingToShare: a weight is negative, or a total other than 0 has only zero weights.
    """
    if _lowest(weights) < 0:
        raise NothingToShare("Un poids de répartition est négatif.")
    whole = _sums(weights, group, len(totals))
    empty = np.flatnonzero((whole == 0) & (totals != 0))
    if len(empty):
        amount = text(int(totals[empty[0]]))
        raise NothingToShare(f"{amount} EUR à répartir, mais tous les poids sont nuls.")
    wide = _bound(totals) * _bound(weights) > LARGEST or whole.dtype == object
    size: Ints = abs(_as(totals, wide=wide))
    divisor = np.where(whole == 0, 1, whole)
    shares, rest = _divmod(size[group] * _as(weights, wide=wide), divisor[group])
    left = (size - _sums(shares, group, len(totals))).astype(np.int64)
    shares[_with_a_cent(group, rest.astype(np.int64), left)] += 1
    negative = totals < 0
    return _narrow(np.where(negative[group], -shares, shares) if negative.any() else shares)


def _divmod(top: Ints, bottom: Ints) -> tuple[Ints, Ints]:
    """Quotient and remainder; two steps, because one division and a product are the fastest."""
    quotient = top // bottom
    return quotient, top - quotient * bottom


def _with_a_cent(group: Ints, rest: Ints, left: Ints) -> Ints:
    """The rows that receive one more cent: in each group, the `left` largest remainders."""
    count = np.bincount(group, minlength=len(left))
    first, before = np.cumsum(count) - count, np.cumsum(left) - left
    places = np.arange(left.sum()) + np.repeat(first - before, left)
    chosen: Ints = _by_group_then_rest(group, rest)[places]
    return chosen


def _by_group_then_rest(group: Ints, rest: Ints) -> Ints:
    """Row order: by group, largest remainder first, then first row first.

    The three keys are packed in one integer when they fit, because sorting plain integers is
    several times faster than sorting on three columns.
    """
    bits, span = len(group).bit_length(), _bound(rest) + 1
    if ((_bound(group) + 1) * span) << bits > LARGEST:
        return np.lexsort((-rest, group))
    packed = ((group * span + (span - 1 - rest)) << bits) + np.arange(len(group))
    packed.sort()
    order: Ints = packed & ((1 << bits) - 1)
    return order


def _fits(amount: int) -> int:
    if abs(amount) > LARGEST:
        raise AmountTooBig(f"{amount} centimes dépassent la capacité de 64 bits.")
    return amount


def _bound(values: int | Ints) -> int:
    """Largest absolute value, as a Python integer; 0 when there is no row."""
    if isinstance(values, int):
        return abs(values)
    if values.size <= _FEW:  # where Python is several times faster than a numpy reduction
        return max(map(abs, values.ravel().tolist()), default=0)
    return max(int(values.max()), -int(values.min()))


def _lowest(values: int | Ints) -> int:
    """Smallest value; 1 when there is no row, which no check refuses."""
    if isinstance(values, int):
        return values
    if values.size <= _FEW:
        return min(values.ravel().tolist(), default=1)
    return int(values.min())


def _as(values: int | Ints, *, wide: bool) -> Ints:
    """Values as int64 or, where products overflow, as Python integers behind the same type."""
    return cast("Ints", np.asarray(values, dtype=object if wide else np.int64))


def _narrow(values: Ints) -> Cents:
    """Back to int64, refusing what does not fit."""
    if values.dtype == object:
        _fits(_bound(values))
    return values.astype(np.int64, copy=False)


def _sums(values: Ints, group: Ints, size: int) -> Ints:
    """Sums per group, int64 when the bound allows it, Python integers otherwise."""
    wide = _bound(values) * max(len(values), 1) > LARGEST
    sums = _as(np.zeros(size, dtype=np.int64), wide=wide)
    np.add.at(sums, group, _as(values, wide=wide))
    return sums
