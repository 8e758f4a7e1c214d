"""Application settings of the shared screens."""

from django.apps import AppConfig
from django.db.backends.signals import connection_created

from backoffice.web.folding import teach


class WebConfig(AppConfig):
    """Template tags, style sheets and fonts that every page and document shares; no model."""

    name = "backoffice.web"
    label = "web"
    verbose_name = "Écrans partagés"

    def ready(self) -> None:
        """Let every database compare texts as people do."""
        connection_created.connect(teach, dispatch_uid="web.folding")
