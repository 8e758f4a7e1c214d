"""Writes of the accounts: a trial balance replaces the one before it, whole."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from backoffice.engine import money
from backoffice.federation.models import Organisation
from invoices.models import TrialBalance, TrialBalanceLine

_BATCH = 500


@dataclass(frozen=True)
class AccountLine:
    """Cents on one account under one analytical account, blank for none; neither is negative."""

    account: str
    analytical: str
    label: str
    debit: int
    credit: int


@transaction.atomic
def replace_trial_balance(
    *, organisation: Organisation, year: int, sha256: str, lines: Sequence[AccountLine]
) -> TrialBalance:
    """Store the balance of a year at its 31 December; a former one goes, with all its lines.

    Args:
        organisation: whose accounts.
        year: the civil year.
        sha256: digest of the file it came from.
        lines: one per account and analytical account.
    """
    Organisation.objects.select_for_update(of=("self",)).get(pk=organisation.pk)
    TrialBalance.objects.filter(organisation=organisation, year=year).delete()
    balance = TrialBalance.objects.create(
        organisation=organisation, year=year, closed_on=date(year, 12, 31), sha256=sha256
    )
    TrialBalanceLine.objects.bulk_create(
        (
            TrialBalanceLine(
                balance=balance,
                account=line.account,
                analytical_account=line.analytical,
                label=line.label,
                debit=money.euros(line.debit),
                credit=money.euros(line.credit),
            )
            for line in lines
        ),
        batch_size=_BATCH,
    )
    return balance
