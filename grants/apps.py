"""Application settings of the grants app."""

from django.apps import AppConfig


class GrantsConfig(AppConfig):
    """Names the app in the administration."""

    name = "grants"
    verbose_name = "Subventions"
