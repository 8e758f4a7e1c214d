"""The rows of the invoices app, by noun."""

from invoices.models.accounts import OpeningBalance, TrialBalance, TrialBalanceLine
from invoices.models.purchases import Invoice, Supplier, Ventilation
from invoices.models.sales import SalesInvoice
from invoices.models.treasury import TreasuryRules

__all__ = [
    "Invoice",
    "OpeningBalance",
    "SalesInvoice",
    "Supplier",
    "TreasuryRules",
    "TrialBalance",
    "TrialBalanceLine",
    "Ventilation",
]
