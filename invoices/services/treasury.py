"""Writes of the treasury: what an employer says of its accounts and of the way it pays."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from backoffice.federation.models import Organisation
from invoices.models import TreasuryRules


@transaction.atomic
def save_treasury_rules(*, organisation: Organisation, said: Mapping[str, Any]) -> TreasuryRules:
    """Keep what is said; what is empty is unknown again.

    Args:
        organisation: whose accounts.
        said: the fields of the row, all of them.
    """
    Organisation.objects.select_for_update(of=("self",)).get(pk=organisation.pk)
    known = TreasuryRules.objects.filter(organisation=organisation).first()
    rules = known or TreasuryRules(organisation=organisation)
    for name, value in said.items():
        setattr(rules, name, value)
    rules.save()
    return rules
