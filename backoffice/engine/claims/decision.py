"""What the funder accepts of a claim, line by line, and what is payable once it has decided."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from backoffice.engine import money
from backoffice.engine.claims.claim import Claim
from backoffice.engine.claims.grants import heads
from backoffice.engine.claims.inputs import Known
from backoffice.engine.money import Cents


class AcceptedTooMuch(ValueError):
    """A line is accepted for more than is admissible of it, or for less than nothing."""


class NotSettled(ValueError):
    """A claim whose admissible amount is unknown cannot be decided."""


@dataclass(frozen=True)
class Decided:
    """A claim after the funder's decision, in cents.

    `accepted` is the sum of the accepted lines within the maxima of their heads, less the income;
    `payable` = min(granted, accepted), None while what is granted is unknown.
    """

    accepted: int
    payable: int | None


@dataclass(frozen=True)
class Bound:
    """What a head of a frozen claim lets through, in cents.

    `maximum` is the one that was frozen, None without one; `share` replaces it where the maximum is
    a share of the staff costs: what is refused of the staff lowers it. `excluded`: nothing passes.
    """

    name: str
    maximum: int | None = None
    share: Fraction | None = None
    excluded: bool = False


@dataclass(frozen=True)
class Frozen:
    """A claim as it was frozen: its heads (staff first), and amounts in cents."""

    heads: Sequence[Bound]
    income: int
    admissible: int
    granted: int | None


def decide_frozen(frozen: Frozen, accepted: Mapping[str, int]) -> Decided:
    """What is payable of a frozen claim when the funder accepts these amounts of its heads.

    The same as `decide`, for a claim of which only the document is left.

    Args:
        frozen: what the document says.
        accepted: cents accepted of the lines of each head, by its name.
    """
    total, staff = 0, 0
    for head in frozen.heads:
        kept = 0 if head.excluded else _within_head(head, accepted.get(head.name, 0), staff)
        staff = kept if head.name == "staff" else staff
        total += kept
    kept_of_all = min(max(total - frozen.income, 0), frozen.admissible)
    granted = frozen.granted
    return Decided(kept_of_all, None if granted is None else min(granted, kept_of_all))


def _within_head(head: Bound, accepted: int, staff: int) -> int:
    if head.share is not None:
        return min(accepted, money.times_one(max(staff, 0), head.share))
    return accepted if head.maximum is None else min(accepted, head.maximum)


def decide(claim: Claim, known: Known, staff: Cents, invoices: Cents) -> Decided:
    """What is payable when the funder accepts these amounts of the lines.

    A line above the maximum of its head may take the place of a refused one: what was presented
    beyond the maximum is the employer's buffer.

    Args:
        claim: settled, with its lines.
        known: the figures of its award.
        staff: cents accepted of each staff line, from 0 to what is admissible of it; a line below
            zero is accepted as it is.
        invoices: the same for each invoice part.

    Raises:
        NotSettled: the claim is not settled.
        AcceptedTooMuch: a line is outside its bounds; the message counts them.
    """
    if claim.admissible is None:
        raise NotSettled(
            f"{claim.award.key} : le montant admissible n'est pas connu, rien ne peut être décidé."
        )
    for accepted, sheet in ((staff, claim.staff), (invoices, claim.invoices)):
        _within(accepted, sheet["admissible"].values, claim.award.key)
    sums = claim.staff.total("presented"), money.total(staff)
    parts = heads(claim.award, known, sums, invoices)
    total = max(sum(head.admissible for head in parts) - claim.income, 0)
    accepted_of_all = min(total, claim.admissible)
    granted = claim.granted
    return Decided(accepted_of_all, None if granted is None else min(granted, accepted_of_all))


def _within(accepted: Cents, admissible: Cents, key: str) -> None:
    low, high = np.minimum(admissible, 0), np.maximum(admissible, 0)
    outside = np.flatnonzero((accepted < low) | (accepted > high))
    if len(outside):
        row = int(outside[0])
        raise AcceptedTooMuch(
            f"{key} : {len(outside)} lignes acceptées hors de ce qui est admissible, dont la "
            f"ligne {row} ({money.text(int(accepted[row]))} pour "
            f"{money.text(int(admissible[row]))} admissibles)."
        )
