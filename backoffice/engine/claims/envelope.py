"""A closed envelope: what one beneficiary gains, another loses."""

from collections.abc import Mapping
from fractions import Fraction

from backoffice.engine import money


def split_envelope(envelope: int, keys: Mapping[str, Fraction]) -> dict[str, int]:
    """Split an envelope over its beneficiaries in proportion to their keys, to the last cent.

    Args:
        envelope: cents.
        keys: one weight per beneficiary; they need not sum to 1.

    Returns:
        Cents by beneficiary, in the same order; they sum to the envelope (largest remainder, the
        first of equal ones gets the cent).

    Raises:
        NothingToShare: a key is negative, or all are zero and the envelope is not.
    """
    return dict(zip(keys, money.allocate(envelope, list(keys.values())), strict=True))
