"""The rows of the purchase journal: suppliers, invoices and their ventilation over the awards."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction

from backoffice.engine.money import euros
from reports.demo.journal import Invoice, Journal, invoices_of
from reports.demo.rows import Row, hours
from reports.demo.suppliers import supplier, supplier_rows


def used_suppliers(journal: Journal, year: int) -> Sequence[Row]:
    """The suppliers of the year's invoices."""
    return supplier_rows({each.purchase.supplier for each in invoices_of(journal, year)})


def invoice_rows(journal: Journal, year: int) -> Sequence[Row]:
    """The invoices issued in the year, in order of piece."""
    return [_row(invoice) for invoice in invoices_of(journal, year)]


def ventilation_rows(journal: Journal, year: int) -> Sequence[Row]:
    """The shares of the year's invoices put on its awards."""
    return [row for invoice in invoices_of(journal, year) for row in _shares(invoice)]


def _row(invoice: Invoice) -> Row:
    code = invoice.piece.removeprefix("A")
    return {
        "piece": invoice.piece,
        "supplier": supplier(invoice.purchase.supplier),
        "number": invoice.number,
        "issued_on": invoice.issued_on,
        "description": invoice.words,
        "category": invoice.purchase.category,
        "approval": invoice.purchase.approval,
        "amount": euros(invoice.amount),
        "paid_on": invoice.paid_on,
        "payment_reference": f"BANQUE-DEMO-{code}" if invoice.paid_on else None,
        "evidence": f"PJ-DEMO-{code}" if invoice.has_evidence else None,
        **_outsider(invoice),
    }


def _outsider(invoice: Invoice) -> Row:
    """Who worked, on an invoice for people outside the payroll."""
    who = invoice.purchase.outsider
    if who is None:
        return {}
    spent = None if who.hours is None else hours(who.hours)
    return {"person": who.person, "function": who.function, "hours": spent}


def _shares(invoice: Invoice) -> Iterator[Row]:
    for award, share in invoice.shares:
        yield {
            "invoice": invoice.piece,
            "award": award,
            "share": _written(share),
            "key": invoice.key_words,
        }


def _written(share: Fraction) -> Decimal | str:
    """A whole number of percent as a number, any other ratio as text."""
    percent = share * 100
    return Decimal(percent.numerator) if percent.denominator == 1 else str(share)
