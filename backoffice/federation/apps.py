"""Application settings of the federation app."""

from django.apps import AppConfig


class FederationConfig(AppConfig):
    """Registers the app under a short label."""

    name = "backoffice.federation"
    label = "federation"
    verbose_name = "Fédération"

    def ready(self) -> None:
        """Record the sign-ins from here on: a sign-in writes no row of ours."""
        from backoffice.federation.audit.looks import listen  # noqa: PLC0415 - models come first

        listen()
