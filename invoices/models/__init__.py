"""The rows of the invoices app, by noun."""

from invoices.models.accounts import OpeningBalance, TrialBalance, TrialBalanceLine
from invoices.models.purchases import Invoice, Supplier, Ventilation
from invoices.models.sales import SalesInvoice

__all__ = [
    "Invoice",
    "OpeningBalance",
    "SalesInvoice",
    "Supplier",
    "TrialBalance",
    "TrialBalanceLine",
    "Ventilation",
]
