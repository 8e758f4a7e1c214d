"""Application settings of the invoices app."""

from django.apps import AppConfig


class InvoicesConfig(AppConfig):
    """Names the app in the administration."""

    name = "invoices"
    verbose_name = "Factures"
