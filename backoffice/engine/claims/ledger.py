"""The ledger of an employer-year: cost -> claims by award -> own funds, to the cent.

Awards are settled by rising order. An award whose hours carry earlier awards too is charged only
what those leave: no euro is claimed twice, whatever the hours say.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from backoffice.engine import money
from backoffice.engine.claims.claim import Claim, LedgerBroken, claim_of
from backoffice.engine.claims.inputs import Award, Known, TermMissing
from backoffice.engine.claims.lines import StaffLines
from backoffice.engine.figures import FigureNotDefined
from backoffice.engine.money import Cents
from backoffice.engine.payroll import PayMonths, Slices, fte_months, split_costs
from backoffice.engine.periods import Ints

_DEPENDS = (
    "%s porte sur des heures qu'une autre subvention finance aussi, et le montant de celle-ci "
    "n'est pas connu : complétez d'abord les termes de cette autre subvention."
)


@dataclass(frozen=True)
class Ledger:
    """All claims of an employer-year, and what stays on own funds of each worker-month.

    `claims` are in the order in which they were settled; `cost` and `paid_by_awards` are cents of
    each worker-month. A claim that is not known yet pays nothing.
    """

    pay: PayMonths
    claims: tuple[Claim, ...]
    cost: Cents
    paid_by_awards: Cents

    @property
    def own_funds(self) -> Cents:
        """Cents of each worker-month that no award pays."""
        return np.asarray(self.cost - self.paid_by_awards, dtype=np.int64)


@dataclass(frozen=True)
class _Stack:
    """By worker-month: hours x days already placed, what they are paid, whether it is unknown."""

    placed: Ints
    paid: Cents
    unknown: Ints


def settle(
    pay: PayMonths, slices: Slices, awards: Sequence[Award], known: Mapping[int, Known]
) -> Ledger:
    """Settle every award of an employer-year.

    Args:
        pay: worker-months.
        slices: every assignment x contract line x month of every award.
        awards: the awards, in any order.
        known: figures of each award by its index, terms first.

    Raises:
        LedgerBroken: more would be paid for a worker-month than it cost.
    """
    costs = split_costs(pay, slices)
    stack = _Stack(*(np.zeros(len(pay), dtype=np.int64) for _ in range(3)))
    claims: list[Claim] = []
    for award in sorted(awards, key=lambda one: (one.order, one.key)):
        rows = np.flatnonzero(slices.award == award.index)
        mine = slices.take(rows)
        parts = {item: values[rows] for item, values in costs.items()}
        deducted, depends = _deduction(pay, mine, parts, stack, award)
        fte = fte_months(pay, mine)
        lines = StaffLines(rows, mine, pay.month[mine.pay], parts, deducted, depends, fte)
        claims.append(claim_of(award, lines, known[award.index]))
        _place(stack, mine, claims[-1])
    ledger = Ledger(pay, tuple(claims), _sum(pay.costs, len(pay)), stack.paid)
    _verify(ledger)
    return ledger


def _deduction(
    pay: PayMonths, mine: Slices, parts: Mapping[str, Cents], stack: _Stack, award: Award
) -> tuple[Cents, FigureNotDefined | None]:
    """What earlier awards pay for the hours that this award carries again, per slice.

    At least whatever would make the month cost less than it is paid. The second value tells that
    an earlier award on the same hours is not settled yet, so that this one is unknown too.
    """
    weights = np.minimum(mine.weights, pay.contract[mine.pay])
    if not len(mine):
        return weights, None
    names, group = np.unique(mine.pay, return_inverse=True)
    own = money.sum_groups(weights, group, len(names))
    placed, paid = stack.placed[names], stack.paid[names]
    shared = np.clip(placed + own - pay.contract[names], 0, placed)
    again = money.times(paid, shared, np.maximum(placed, 1))
    share = money.sum_groups(_sum(parts, len(mine)), group, len(names))
    cost = _sum({item: values[names] for item, values in pay.costs.items()}, len(names))
    again = np.maximum(np.maximum(again, paid + share - cost), 0)
    again[own == 0] = 0
    depends = None
    if bool((stack.unknown[names] * shared).any()):
        depends = TermMissing(award.key, award.exercise.start, "missing", _DEPENDS % award.key)
    return money.allocate_groups(again, weights, group), depends


def _place(stack: _Stack, mine: Slices, claim: Claim) -> None:
    np.add.at(stack.placed, mine.pay, mine.weights)
    if claim.payable is None:
        stack.unknown[mine.pay] = 1
    else:
        np.add.at(stack.paid, mine.pay, claim.staff["payable"].values)


def _sum(columns: Mapping[str, Cents], size: int) -> Cents:
    found = np.zeros(size, dtype=np.int64)
    for values in columns.values():
        found += values
    return found


def _verify(ledger: Ledger) -> None:
    """No worker-month is paid more than it cost."""
    over = np.flatnonzero(ledger.paid_by_awards > np.maximum(ledger.cost, 0))
    if len(over):
        row = int(over[0])
        raise LedgerBroken(
            f"month {int(ledger.pay.month[row])}: {int(ledger.paid_by_awards[row])} paid "
            f"for a cost of {int(ledger.cost[row])} cents"
        )
