"""Invoice rows of an employer-year as the engine receives them: the part of each on each award."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

import numpy as np
from django.db.models import Prefetch, Q

from backoffice.engine import money
from backoffice.engine.claims.inputs import HEADS, InvoiceParts
from backoffice.engine.periods import Period
from backoffice.federation.models import Organisation
from backoffice.figures.vocabulary import expense_categories
from invoices.models import Invoice, Ventilation


@dataclass(frozen=True)
class Part:
    """The share of one invoice on one award; `amount` in cents."""

    invoice: int
    award: int
    share: Fraction
    amount: int


@dataclass(frozen=True)
class InvoiceFacts:
    """The invoices of an employer-year in order of piece, and their parts by award id."""

    rows: tuple[Invoice, ...]
    parts: Mapping[int, tuple[Part, ...]]

    def parts_of(self, award: int) -> tuple[Part, ...]:
        """The parts on one award (its database id), in order of piece."""
        return self.parts.get(award, ())


def invoice_facts(
    organisation: Organisation, year: Period, whole_awards: Sequence[int]
) -> InvoiceFacts:
    """The invoices issued in a year, and those charged to awards that lie wholly within it.

    Args:
        organisation: the employer.
        year: the civil year.
        whole_awards: ids of the awards whose period lies within the year; an invoice of another
            year charged to one of them belongs to the exercise too, where a check will name it.
    """
    rows = tuple(
        organisation.invoices.filter(
            Q(issued_on__gte=year.start, issued_on__lt=year.stop)
            | Q(ventilations__award__in=whole_awards)
        )
        .distinct()
        .select_related("supplier")
        .prefetch_related(
            Prefetch("ventilations", Ventilation.objects.order_by("award__reference"))
        )
        .order_by("piece")
    )
    parts: dict[int, list[Part]] = {}
    for index, invoice in enumerate(rows):
        inside = year.contains(invoice.issued_on)
        for part in _parts(index, invoice):
            if inside or part.award in whole_awards:
                parts.setdefault(part.award, []).append(part)
    return InvoiceFacts(rows, {award: tuple(found) for award, found in parts.items()})


def _parts(index: int, invoice: Invoice) -> list[Part]:
    """Largest remainder over the shares of the invoice and what stays on own funds."""
    ventilations = list(invoice.ventilations.all())
    shares = [Fraction(v.share_numerator, v.share_denominator) for v in ventilations]
    if not shares:
        return []
    amounts = money.allocate(money.cents(invoice.amount.amount), [*shares, 1 - sum(shares)])
    return [
        Part(index, ventilation.award_id, share, amount)
        for ventilation, share, amount in zip(ventilations, shares, amounts, strict=False)
    ]


def part_columns(facts: InvoiceFacts, award: int) -> InvoiceParts:
    """The parts on one award as columns, in order of piece."""
    categories = expense_categories()
    rows = []
    for part in facts.parts_of(award):
        invoice = facts.rows[part.invoice]
        head = HEADS.index(categories[invoice.category].head)
        issued, paid = _day(invoice.issued_on), _day(invoice.paid_on)
        rows.append((part.invoice, head, part.amount, issued, paid))
    return InvoiceParts(*np.array(rows, dtype=np.int64).reshape(len(rows), 5).T)


def _day(day: date | None) -> int:
    return 0 if day is None else day.toordinal()
