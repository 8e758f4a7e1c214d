"""Application settings of the reports app."""

from django.apps import AppConfig


class ReportsConfig(AppConfig):
    """Names the app in the administration."""

    name = "reports"
    verbose_name = "Rapports"
