"""The rows of the invoices app, by noun."""

from invoices.models.accounts import OpeningBalance, TrialBalance, TrialBalanceLine
from invoices.models.partners import Nature, Partner
from invoices.models.purchases import Invoice, Supplier, Ventilation
from invoices.models.sales import SalesInvoice
from invoices.models.treasury import TreasuryRules

__all__ = [
    "Invoice",
    "Nature",
    "OpeningBalance",
    "Partner",
    "SalesInvoice",
    "Supplier",
    "TreasuryRules",
    "TrialBalance",
    "TrialBalanceLine",
    "Ventilation",
]
