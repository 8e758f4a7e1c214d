"""What the product holds of a year's income: what each award has earned, and the sales."""

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _

from backoffice.engine import money
from backoffice.engine.periods import year_period
from backoffice.federation.models import Organisation
from invoices.models import SalesInvoice
from reports.tie_out.classes import class_of
from reports.tie_out.content import Entry, Reason
from reports.tie_out.year import Codes, Year


def award_entries(year: Year) -> Iterator[Entry]:
    """One entry per award: payable, or granted while payable is unknown, or unknown."""
    for index, award in enumerate(year.facts.awards):
        row, account = award.row, award.scheme.income_account
        group = class_of(account)
        yield Entry(
            group="" if group is None else group.code,
            analytical=year.codes.awards[row.pk],
            account=account,
            kind="award",
            key=row.reference,
            label=row.label,
            day=award.exercise.start,
            dossier=row.reference,
            amount=year.earned(index),
        )


def granted_gaps(year: Year) -> Iterator[tuple[str, Reason]]:
    """By analytical account: granted less payable, for accounts that took what was granted."""
    for award, claim in zip(year.facts.awards, year.claims, strict=True):
        gap = (claim.granted or 0) - (claim.payable or 0)
        if claim.granted is not None and claim.payable is not None and gap:
            words = _("%s : accordé comptabilisé au lieu du payable") % award.row.reference
            yield year.codes.awards[award.row.pk], Reason(words, gap)


def sales_of(organisation: Organisation, year: int) -> Iterable[SalesInvoice]:
    """The sales invoices of a year, by number."""
    period = year_period(year)
    return SalesInvoice.objects.filter(
        organisation=organisation, issued_on__gte=period.start, issued_on__lt=period.stop
    ).order_by("number")


def sale_entries(sales: Iterable[SalesInvoice], codes: Codes) -> Iterator[Entry]:
    """One entry per sales invoice, on the account that it names."""
    for sale in sales:
        group = class_of(sale.account)
        yield Entry(
            group="" if group is None else group.code,
            analytical=codes.of(sale.approval_id),
            account=sale.account,
            kind="sale",
            key=sale.number,
            label=f"{sale.customer}, {sale.description}",
            day=sale.issued_on,
            dossier="",
            amount=money.cents(sale.amount.amount),
        )
