"""The balance that a treasury starts from: the last that anybody wrote down."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
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


def openings_of(
    organisations: Sequence[Organisation], rules: Mapping[int, TreasuryRules], as_of: date
) -> dict[int, Opening]:
    """For each employer the newest of a bank statement, a trial balance and a balance taken on.

    The first of these wins a tie. Where there is none, the treasury starts on the day looked at,
    and is relative. Two queries.
    """
    found: dict[int, list[Opening]] = {one.pk: [] for one in organisations}
    for whose, said in rules.items():
        if said.balance is not None and said.balance_on and said.balance_on <= as_of:
            amount = money.cents(said.balance.amount)
            found[whose].append(Opening(said.balance_on, amount, STATEMENT, said.statement))
    for source, rows in (
        (BALANCE, _trial_balances(organisations, as_of)),
        (TAKEN_ON, _taken_on(organisations, as_of)),
    ):
        for (whose, day), cents in sorted(rows.items()):
            found[whose].append(Opening(day, cents, source))
    unknown = Opening(as_of, None, UNKNOWN)
    return {
        whose: max(each, key=lambda one: one.day, default=unknown) for whose, each in found.items()
    }


def _trial_balances(
    organisations: Sequence[Organisation], as_of: date
) -> dict[tuple[int, date], int]:
    lines = TrialBalanceLine.objects.filter(
        balance__organisation__in=organisations,
        balance__closed_on__lte=as_of,
        account__startswith=_BANK,
    )
    sums: dict[tuple[int, date], int] = defaultdict(int)
    columns = "balance__organisation", "balance__closed_on", "debit", "credit"
    for whose, day, debit, credit in lines.values_list(*columns):
        sums[whose, day] += money.cents(debit) - money.cents(credit)
    return sums


def _taken_on(organisations: Sequence[Organisation], as_of: date) -> dict[tuple[int, date], int]:
    rows = OpeningBalance.objects.filter(
        organisation__in=organisations, on_day__lte=as_of, account__startswith=_BANK
    )
    sums: dict[tuple[int, date], int] = defaultdict(int)
    for whose, day, amount in rows.values_list("organisation", "on_day", "amount"):
        sums[whose, day] += money.cents(amount)
    return sums
