"""Movements of money, one row each: the day, the cents, what it is for and how sure it is."""

from dataclasses import dataclass
from datetime import date

from backoffice.engine.projection.facts import CONFIRMED

GRANT, RECOVERY, SALE = "grant", "recovery", "sale"
PAY, YEAR_END, DOUBLE_HOLIDAY = "pay", "year_end", "double_holiday"
ONSS, TAX, BENEFITS, INVOICE = "onss", "tax", "benefits", "invoice"
ASKED = "asked"
KINDS = (
    GRANT,
    SALE,
    RECOVERY,
    PAY,
    DOUBLE_HOLIDAY,
    YEAR_END,
    ONSS,
    TAX,
    BENEFITS,
    ASKED,
    INVOICE,
)
"""What money moves for: first what comes in, then what goes out."""


@dataclass(frozen=True)
class Flow:
    """One movement.

    Attributes:
        day: when the money moves.
        amount: cents, positive when it comes in.
        kind: one of `KINDS`.
        subject: the reference of the award, empty for what is about none.
        status: doubt, a place in `STATUSES` of the projection.
    """

    day: date
    amount: int
    kind: str
    subject: str = ""
    status: int = CONFIRMED
