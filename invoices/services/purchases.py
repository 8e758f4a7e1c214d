"""Keeping a purchase invoice together with its parts over awards."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from django.db import transaction
from django.utils.translation import gettext as _

from backoffice.federation.rows import NotKept, keep_row
from grants.models import Award
from invoices.models import Invoice, Ventilation


@dataclass(frozen=True)
class Share:
    """The part of an invoice that an award pays (1 is the whole), and the key that gives it."""

    award: Award
    part: Fraction
    key: str = ""


@transaction.atomic
def keep_invoice(*, invoice: Invoice, shares: Sequence[Share], version: str = "") -> Invoice:
    """Store an invoice and its parts; a part that stays the same is left alone.

    Args:
        invoice: new, or changed since it was read.
        shares: one per award, whose sum is at most 1.
        version: of the invoice and its parts, as the form has seen them.

    Raises:
        ChangedMeanwhile: somebody has changed them since `version`.
        NotKept: the parts exceed the invoice, or the row breaks a rule.
    """
    if sum((one.part for one in shares), Fraction(0)) > 1:
        raise NotKept([_("Les parts dépassent la facture.")])
    keep_row(row=invoice, version=version, owned=("ventilations",))
    former = {one.award_id: one for one in invoice.ventilations.all()}
    for gone in former.keys() - {one.award.pk for one in shares}:
        former[gone].delete()
    for one in shares:
        row = former.get(one.award.pk) or Ventilation(invoice=invoice, award=one.award)
        told = (one.part.numerator, one.part.denominator, one.key)
        if row.pk and (row.share_numerator, row.share_denominator, row.key) == told:
            continue
        if row.pk and Fraction(row.share_numerator, row.share_denominator) == one.part:
            told = (row.share_numerator, row.share_denominator, one.key)
            if row.key == one.key:
                continue
        row.share_numerator, row.share_denominator, row.key = told
        row.save()
    return invoice
