"""Reads of the accounts: trial balances and balances taken on."""

from collections.abc import Sequence
from datetime import date

from django.db.models import QuerySet
from django.db.models.functions import Coalesce

from backoffice.federation.models import Organisation
from invoices.models import OpeningBalance, TrialBalance, TrialBalanceLine

_COSTS = "6"


def called(path: str = "") -> Coalesce:
    """The name of a supplier or a customer in a query; `path` leads to it from another table."""
    start = f"{path}__" if path else ""
    return Coalesce(f"{start}identity__name", f"{start}firm")


def trial_balances(organisation: Organisation, years: Sequence[int]) -> dict[int, TrialBalance]:
    """The balances of some years, by year."""
    found = TrialBalance.objects.filter(organisation=organisation, year__in=years)
    return {balance.year: balance for balance in found}


def balance_lines(balances: Sequence[TrialBalance]) -> QuerySet[TrialBalanceLine]:
    """The lines of some balances, by account."""
    return TrialBalanceLine.objects.filter(balance__in=balances).order_by(
        "balance__year", "account", "analytical_account"
    )


def analytical_costs(organisation: Organisation, year: int) -> frozenset[str] | None:
    """The analytical accounts that bear costs in the trial balance of a year.

    None when no balance was imported. A cost account whose debit equals its credit bears none.
    """
    lines = TrialBalanceLine.objects.filter(balance__organisation=organisation, balance__year=year)
    found = lines.values_list("account", "analytical_account", "debit", "credit")
    rows = list(found.order_by("account", "analytical_account"))
    if not rows:
        return None
    return frozenset(
        analytical
        for account, analytical, debit, credit in rows
        if analytical and account.startswith(_COSTS) and debit != credit
    )


def openings_until(organisation: Organisation, day: date) -> QuerySet[OpeningBalance]:
    """The balances taken on up to a day, by day and code."""
    rows = OpeningBalance.objects.filter(organisation=organisation, on_day__lte=day)
    return rows.select_related("approval", "award", "award__approval").order_by("on_day", "code")
