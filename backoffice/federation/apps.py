"""Application settings of the federation app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FederationConfig(AppConfig):
    """Registers the app under a short label."""

    name = "backoffice.federation"
    label = "federation"
    verbose_name = _("Fédération")

    def ready(self) -> None:
        """Record sign-ins and accounts from here on: they are no rows of ours."""
        from backoffice.federation.audit import accounts, looks, security  # noqa: PLC0415 - after models

        looks.listen()
        accounts.listen()
        security.listen()
