"""What the bank of an employer said at the end of the last year, and how it pays its people."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from backoffice.engine.money import euros
from reports.demo.federation.amounts import year_cost
from reports.demo.federation.plan import EMPLOYERS
from reports.demo.federation.staff import workers
from reports.demo.rows import YEARS

_BANK = 9500
_SAYS_NOTHING = 8
"""One employer in eight never wrote its balance."""
_MONTHS_HELD = (1, 9)
"""Half months of pay on the account."""
_CREDIT_LINES = (None, None, 10_000_00, 25_000_00)
_RATES = (None, Decimal("0.07000"), Decimal("0.08500"))
_PAY_DAYS = (None, 25, 28)


def bank_of(number: str) -> Mapping[str, Any] | None:
    """The rules of the treasury of an employer; None where nobody said any."""
    employer = next((one for one in EMPLOYERS if one.number == number), None)
    if employer is None or employer.rank % _SAYS_NOTHING == 1:
        return None
    chance, year = employer.chance(_BANK), YEARS[-1]
    half_month = sum(year_cost(worker, year) for worker in workers(employer)) // 24
    credit = chance.choice(_CREDIT_LINES)
    return {
        "balance_on": date(year, 12, 31),
        "balance": euros(half_month * chance.randint(*_MONTHS_HELD)),
        "statement": f"DEMO extrait {year}-12",
        "credit_line": None if credit is None else euros(credit),
        "overdraft_rate": chance.choice(_RATES),
        "pay_day": chance.choice(_PAY_DAYS),
        "tax_share": None,
    }
