"""The ledger of an employer-year: cost -> claims by award -> own funds, to the cent.

Awards are settled by rising order. An award whose hours carry earlier awards too is charged only
what those leave: no euro is claimed twice, whatever the hours say.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from backoffice.engine import money
from backoffice.engine.claims.claim import Claim, LedgerBroken, claim_of
from backoffice.engine.claims.counted import counted
from backoffice.engine.claims.inputs import Award, Known, TermMissing
from backoffice.engine.claims.lines import StaffLines
from backoffice.engine.figures import FigureNotDefined
from backoffice.engine.money import Cents
from backoffice.engine.payroll import PayMonths, Slices, fte_months, split_costs
from backoffice.engine.periods import Ints
from backoffice.engine.phrases import Phrase


@dataclass(frozen=True)
class Ledger:
    """All claims of an employer-year, and what stays on own funds of each worker-month.

    `claims` are in the order in which they were settled; `cost` and `paid_by_awards` are cents of
    each worker-month; `topped_up`, by index of the award, is the part of what an award leaves that
    later awards pay on the same hours. A claim that is not known yet pays nothing.
    """

    pay: PayMonths
    claims: tuple[Claim, ...]
    cost: Cents
    paid_by_awards: Cents
    topped_up: Mapping[int, int]

    @property
    def own_funds(self) -> Cents:
        """Cents of each worker-month that no award pays."""
        return np.asarray(self.cost - self.paid_by_awards, dtype=np.int64)

    @property
    def room(self) -> Cents:
        """Cents of each worker-month that awards may pay together, never negative.

        The cost; a refund on an item that some award leaves out does not lower it.
        """
        excluded = {item for claim in self.claims for item in claim.award.excluded}
        return np.maximum(_room(self.pay.costs, excluded, len(self.pay)), 0)


@dataclass(frozen=True)
class _Stack:
    """By worker-month: hours x days already placed, what they are paid, whether it is unknown.

    `left` holds, by award, what it leaves of each worker-month; `topped_up` what later ones took.
    """

    placed: Ints
    paid: Cents
    unknown: Ints
    left: dict[int, Cents] = field(default_factory=dict)
    topped_up: dict[int, int] = field(default_factory=dict)


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
    stack = _Stack(_zeros(len(pay)), _zeros(len(pay)), _zeros(len(pay)))
    claims: list[Claim] = []
    for award in sorted(awards, key=lambda one: (one.order, one.key)):
        rows = np.flatnonzero(slices.award == award.index)
        mine = slices.take(rows)
        parts = {item: values[rows] for item, values in costs.items()}
        fte, free = fte_months(pay, mine), _zeros(len(rows))
        lines = StaffLines(rows, mine, pay.month[mine.pay], parts, free, None, fte)
        lines = counted(award, lines, known[award.index])
        deducted, depends = _deduction(pay, mine, lines.costs, stack, award)
        lines = replace(lines, deducted=deducted, depends=depends)
        claims.append(claim_of(award, lines, known[award.index]))
        _place(pay, stack, mine, claims[-1])
    cost = _sum(pay.costs, len(pay))
    ledger = Ledger(pay, tuple(claims), cost, stack.paid, stack.topped_up)
    _verify(ledger)
    return ledger


def _deduction(
    pay: PayMonths, mine: Slices, parts: Mapping[str, Cents], stack: _Stack, award: Award
) -> tuple[Cents, FigureNotDefined | None]:
    """What earlier awards pay for the hours that this award carries again, per slice.

    At least whatever would make the month cost less than it is paid, spread over the slices by
    their eligible cost and never above it. The second value tells that an earlier award on the
    same hours is not settled yet, so that this one is unknown too.
    """
    weights = np.minimum(mine.weights, pay.contract[mine.pay])
    if not len(mine):
        return weights, None
    names, group = np.unique(mine.pay, return_inverse=True)
    own = money.sum_groups(weights, group, len(names))
    placed, paid = stack.placed[names], stack.paid[names]
    shared = np.clip(placed + own - pay.contract[names], 0, placed)
    again = money.times(paid, shared, np.maximum(placed, 1))
    eligible = _sum(_taken(parts, award), len(mine))
    asked = money.sum_groups(eligible, group, len(names))
    costs = {item: values[names] for item, values in pay.costs.items()}
    room = _room(costs, award.excluded, len(names))
    again = np.maximum(np.maximum(again, paid + asked - room), 0)
    again[own == 0] = 0
    depends = None
    if bool((stack.unknown[names] * shared).any()):
        message = Phrase(
            "%(award)s porte sur des heures qu'une autre subvention finance aussi, et le montant "
            "de celle-ci n'est pas connu : complétez d'abord les termes de cette autre "
            "subvention.",
            award=award.key,
        )
        depends = TermMissing(award.key, award.exercise.start, "missing", message)
    positive = np.maximum(eligible, 0)
    again = np.minimum(again, money.sum_groups(positive, group, len(names)))
    return money.allocate_groups(again, positive, group), depends


def _place(pay: PayMonths, stack: _Stack, mine: Slices, claim: Claim) -> None:
    """Put the hours and the payment of a claim on the stack, above those already there."""
    size = len(stack.placed)
    own = _zeros(size)
    np.add.at(own, mine.pay, np.minimum(mine.weights, pay.contract[mine.pay]))
    if claim.payable is None:
        stack.unknown[mine.pay] = 1
    else:
        payable, left = _zeros(size), _zeros(size)
        np.add.at(payable, mine.pay, claim.staff["payable"].values)
        np.add.at(left, mine.pay, claim.staff["presented"].values)
        shared = np.clip(stack.placed + own - pay.contract, 0, np.minimum(own, stack.placed))
        _top_up(stack, money.times(payable, shared, np.maximum(own, 1)))
        stack.paid[:] += payable
        stack.left[claim.award.index] = left - payable
    stack.placed[:] += own


def _top_up(stack: _Stack, above: Cents) -> None:
    """What a claim pays on shared hours covers what earlier awards left of them, oldest first."""
    rest = np.maximum(above, 0)
    for award, left in tuple(stack.left.items()):
        taken = np.minimum(rest, np.maximum(left, 0))
        stack.left[award] = left - taken
        rest = rest - taken
        stack.topped_up[award] = stack.topped_up.get(award, 0) + money.total(taken)


def _zeros(size: int) -> Cents:
    return np.zeros(size, dtype=np.int64)


def _sum(columns: Mapping[str, Cents], size: int) -> Cents:
    found = _zeros(size)
    for values in columns.values():
        found += values
    return found


def _taken(parts: Mapping[str, Cents], award: Award) -> Mapping[str, Cents]:
    """The cost items that the scheme of an award takes."""
    return {item: values for item, values in parts.items() if item not in award.excluded}


def _room(costs: Mapping[str, Cents], excluded: Collection[str], size: int) -> Cents:
    """Cents of each month that awards may pay together.

    A refund on an item that an award does not take leaves what it does take as it was.
    """
    found = _zeros(size)
    for item, cost in costs.items():
        found += np.maximum(cost, 0) if item in excluded else cost
    return found


def _verify(ledger: Ledger) -> None:
    """No worker-month is paid more than it cost, refunds that an award leaves out set apart."""
    over = np.flatnonzero(ledger.paid_by_awards > ledger.room)
    if len(over):
        row = int(over[0])
        raise LedgerBroken(
            f"month {int(ledger.pay.month[row])}: {int(ledger.paid_by_awards[row])} paid "
            f"for a cost of {int(ledger.cost[row])} cents"
        )
