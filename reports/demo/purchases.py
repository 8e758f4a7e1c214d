"""The rows of the purchase journal: suppliers, invoices and their ventilation over the awards."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction

from backoffice.engine.money import euros
from reports.demo.awards import cocof, cocom, saspp
from reports.demo.invoices import Invoice, invoices_of
from reports.demo.rows import Row
from reports.demo.spending import WORDS
from reports.demo.suppliers import supplier_rows

_AWARD = {"cocof": cocof, "cocom": cocom, "saspp": saspp}


def used_suppliers(year: int) -> Sequence[Row]:
    """The suppliers of the year's invoices."""
    return supplier_rows({invoice.supplier for invoice in invoices_of(year)})


def invoice_rows(year: int) -> Sequence[Row]:
    """The invoices issued in the year, in order of piece."""
    return [_row(invoice) for invoice in invoices_of(year)]


def ventilation_rows(year: int) -> Sequence[Row]:
    """The shares of the year's invoices put on the year's awards."""
    return [row for invoice in invoices_of(year) for row in _shares(invoice)]


def _row(invoice: Invoice) -> Row:
    code = invoice.piece.removeprefix("A")
    return {
        "piece": invoice.piece,
        "supplier": invoice.supplier,
        "number": invoice.number,
        "issued_on": invoice.issued_on,
        "description": invoice.words,
        "category": invoice.purchase.category,
        "approval": invoice.purchase.approval,
        "amount": euros(invoice.amount),
        "paid_on": invoice.paid_on,
        "payment_reference": f"BANQUE-DEMO-{code}" if invoice.paid_on else None,
        "evidence": f"PJ-DEMO-{code}" if invoice.has_evidence else None,
    }


def _shares(invoice: Invoice) -> Iterator[Row]:
    for funder, share in invoice.key:
        yield {
            "invoice": invoice.piece,
            "award": _AWARD[funder](invoice.issued_on.year),
            "share": _written(share),
            "key": WORDS.get(invoice.key),
        }


def _written(share: Fraction) -> Decimal | str:
    """A whole number of percent as a number, any other ratio as text."""
    percent = share * 100
    return Decimal(percent.numerator) if percent.denominator == 1 else str(share)
