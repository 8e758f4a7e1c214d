"""The balance that a treasury starts from: the last that anybody wrote down."""

from dataclasses import dataclass
from datetime import date

from backoffice.engine import money
from backoffice.federation.models import Organisation
from invoices.models import OpeningBalance, TreasuryRules, TrialBalanceLine

_BANK = "55"
STATEMENT, BALANCE, TAKEN_ON, UNKNOWN = "statement", "balance", "taken_on", "unknown"


@dataclass(frozen=True)
class Opening:
    """Cents at the bank at the end of a day, and who says so; `amount` None: nobody does."""

    day: date
    amount: int | None
    source: str
    reference: str = ""


def opening_of(organisation: Organisation, rules: TreasuryRules | None, as_of: date) -> Opening:
    """The newest of a bank statement, a trial balance and a balance taken on; the first wins a tie.

    Where there is none, the treasury starts on the day looked at, and is relative.
    """
    found: list[Opening] = []
    if rules and rules.balance is not None and rules.balance_on and rules.balance_on <= as_of:
        amount = money.cents(rules.balance.amount)
        found.append(Opening(rules.balance_on, amount, STATEMENT, rules.statement))
    found += [*_trial_balances(organisation, as_of), *_taken_on(organisation, as_of)]
    if not found:
        return Opening(as_of, None, UNKNOWN)
    return max(found, key=lambda one: one.day)


def _trial_balances(organisation: Organisation, as_of: date) -> list[Opening]:
    lines = TrialBalanceLine.objects.filter(
        balance__organisation=organisation,
        balance__closed_on__lte=as_of,
        account__startswith=_BANK,
    )
    sums: dict[date, int] = {}
    for day, debit, credit in lines.values_list("balance__closed_on", "debit", "credit"):
        sums[day] = sums.get(day, 0) + money.cents(debit) - money.cents(credit)
    return [Opening(day, sums[day], BALANCE) for day in sorted(sums)]


def _taken_on(organisation: Organisation, as_of: date) -> list[Opening]:
    rows = OpeningBalance.objects.filter(
        organisation=organisation, on_day__lte=as_of, account__startswith=_BANK
    )
    sums: dict[date, int] = {}
    for day, amount in rows.values_list("on_day", "amount"):
        sums[day] = sums.get(day, 0) + money.cents(amount)
    return [Opening(day, sums[day], TAKEN_ON) for day in sorted(sums)]
