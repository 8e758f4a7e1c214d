"""What an employer asks for the year to come, and the budget that goes with it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from backoffice.engine.money import cents, euros, times_one
from backoffice.figures.vocabulary import expense_categories
from grants.scheme import schemes
from reports.demo.rows import YEARS, Row

NEXT_YEAR = YEARS[-1] + 1
_ASKED_ON = date(YEARS[-1], 10, 15)
_RISE = Fraction(102, 100)
_OWN_PART = 85
_OWN_WORDS = "Dons, cotisations, participations et activités"
_HUNDRED_EUROS = 100_00
_STAFF_ACCOUNT, _STAFF_WORDS = "620", "Rémunérations, charges et avantages"
_HOURS = {"worker", "month", "evidence", "paid_hours", "assimilated_hours", "unpaid_hours"}


@dataclass(frozen=True)
class Asked:
    """A subsidy asked again: its reference, scheme and approval, and the cents announced so far.

    `is_fixed` tells that the funder fixes the amount: none is asked.
    """

    reference: str
    approval: str | None
    scheme: str
    label: str
    announced: int
    is_fixed: bool = False

    @property
    def expected(self) -> int:
        """Cents of the year to come, to the hundred euros."""
        return times_one(self.announced, _RISE / _HUNDRED_EUROS) * _HUNDRED_EUROS


def application_rows(asked: Sequence[Asked]) -> Sequence[Row]:
    """One application for each subsidy."""
    return [
        {
            "reference": one.reference,
            "approval": one.approval,
            "year": NEXT_YEAR,
            "funder": schemes()[one.scheme].funder["fr"],
            "scheme": one.scheme,
            "label": f"DEMO {one.label} {NEXT_YEAR}",
            "amount": None if one.is_fixed else euros(one.expected),
            "state": "asked",
            "asked_on": _ASKED_ON,
            "award": None,
        }
        for one in asked
    ]


def budget_rows(
    asked: Sequence[Asked], pay: Sequence[Row], invoices: Sequence[Row]
) -> Sequence[Row]:
    """Expenses by account, from those of the last year, then the income of each application.

    Gifts, fees and events are expected to cover most of what is left; the rest is a deficit.
    """
    spent = {(_STAFF_ACCOUNT, _STAFF_WORDS): sum(_paid(row) for row in pay)}
    for category in expense_categories().values():
        mine = [row["amount"] for row in invoices if row["category"] == category.code]
        key = category.account, category.label["fr"]
        spent[key] = sum(cents(str(amount)) for amount in mine)
    expenses = [
        _line(f"D{rank:02d}", "expense", account, label, times_one(amount, _RISE))
        for rank, ((account, label), amount) in enumerate(spent.items(), start=1)
        if amount > 0 and account.startswith("6")
    ]
    incomes = [
        _line(
            f"R{rank:02d}", "income", schemes()[one.scheme].income_account, one.label, one.expected
        )
        | {"approval": one.approval, "application": one.reference}
        for rank, one in enumerate(asked, start=1)
    ]
    missing = sum(cents(str(row["amount"])) for row in expenses)
    missing -= sum(cents(str(row["amount"])) for row in incomes)
    if missing > _HUNDRED_EUROS:
        own = missing * _OWN_PART // 100 // _HUNDRED_EUROS * _HUNDRED_EUROS
        incomes.append(_line("R99", "income", "731", _OWN_WORDS, own))
    return [*expenses, *incomes]


def _paid(row: Row) -> int:
    return sum(cents(str(value)) for item, value in row.items() if item not in _HOURS)


def _line(code: str, nature: str, account: str, label: str, amount: int) -> dict[str, object]:
    return {
        "year": NEXT_YEAR,
        "code": code,
        "nature": nature,
        "account": account,
        "label": f"DEMO {label}",
        "amount": euros(amount),
    }
