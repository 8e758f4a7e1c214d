"""Application settings of the shared screens."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """Template tags, style sheets and fonts that every page and document shares; no model."""

    name = "backoffice.web"
    label = "web"
    verbose_name = "Écrans partagés"
