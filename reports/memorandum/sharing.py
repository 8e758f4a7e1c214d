"""Hours that several awards carry: what the later one covers of what the earlier ones leave."""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from backoffice.engine import money
from backoffice.engine.claims.claim import Claim
from backoffice.engine.claims.ledger import Ledger
from backoffice.engine.money import Cents
from backoffice.engine.payroll import Slices


class TopUp(NamedTuple):
    """Cents of each worker-month that a later award pays of what an earlier one leaves."""

    earlier: int
    later: int
    amounts: Cents


class _Held(NamedTuple):
    """A claim by worker-month: its own weight, that on hours of earlier claims, and its cents."""

    award: int
    own: Cents
    shared: Cents
    paid: Cents
    asked: Cents


def top_ups(ledger: Ledger, slices: Slices) -> Iterator[TopUp]:
    """The ledger's top-ups with the award that pays each; by award they sum to `topped_up`.

    The rule is the ledger's: what a claim pays on shared hours covers what earlier awards left of
    them, oldest first.
    """
    left: dict[int, Cents] = {}
    for one in _held(ledger, slices):
        rest = _on_shared(one, one.paid)
        for award, amount in tuple(left.items()):
            taken = np.minimum(rest, np.maximum(amount, 0))
            left[award], rest = amount - taken, rest - taken
            yield TopUp(award, one.award, taken)
        left[one.award] = one.asked - one.paid


def carried_again(ledger: Ledger, slices: Slices) -> Iterator[Cents]:
    """Of each claim, the cents of each worker-month presented on hours of earlier claims."""
    for one in _held(ledger, slices):
        yield _on_shared(one, one.asked)


def _on_shared(one: _Held, amounts: Cents) -> Cents:
    return np.maximum(money.times(amounts, one.shared, np.maximum(one.own, 1)), 0)


def _held(ledger: Ledger, slices: Slices) -> Iterator[_Held]:
    """The claims whose payment is known, in order; the others hold their hours all the same."""
    contract = ledger.pay.contract
    capped = np.minimum(slices.weights, contract[slices.pay])
    placed = np.zeros(len(contract), dtype=np.int64)
    for claim in ledger.claims:
        own = _by_month(ledger, slices, claim, capped[claim.rows])
        shared = np.clip(placed + own - contract, 0, np.minimum(own, placed))
        if claim.payable is not None:
            paid, asked = (
                _by_month(ledger, slices, claim, claim.staff[name].values)
                for name in ("payable", "presented")
            )
            yield _Held(claim.award.index, own, shared, paid, asked)
        placed = placed + own


def _by_month(ledger: Ledger, slices: Slices, claim: Claim, values: Cents) -> Cents:
    return money.sum_groups(values, slices.pay[claim.rows], len(ledger.pay.contract))
