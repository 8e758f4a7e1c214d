"""Application settings of the federation app."""

from django.apps import AppConfig


class FederationConfig(AppConfig):
    """Registers the app under a short label."""

    name = "backoffice.federation"
    label = "federation"
    verbose_name = "Fédération"
