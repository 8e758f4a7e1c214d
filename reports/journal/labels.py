"""What people call the things of the trail that are no rows: pages, links, sign-ins, keys."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from backoffice.federation.audit.looks import KEYS, LINK
from backoffice.federation.audit.security import ADDRESS, FACTOR, SESSIONS, SIGN_IN
from reports.pages.consents import PAGES

LABELS: Mapping[str, Any] = {
    **PAGES,
    LINK: _("Lien pour choisir un mot de passe"),
    FACTOR: _("Second facteur"),
    ADDRESS: _("Adresse électronique du compte"),
    SIGN_IN: _("Connexion manquée"),
    SESSIONS: _("Sessions terminées"),
    KEYS: _("Clés d'identité"),
}
