"""The closed lists that several apps share: functions, diploma levels, approvals, statuses."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Function(TextChoices):
    """What a post or a worker does, in the words of the approvals."""

    SOCIAL = "social", _("Fonction sociale")
    COORDINATION = "coordination", _("Coordination")
    ADMINISTRATION = "administration", _("Administration")
    RECEPTION = "reception", _("Accueil")
    PSYCHOLOGY = "psychology", _("Psychologie")
    LEGAL = "legal", _("Aide juridique")
    COMMUNITY = "community", _("Action communautaire")
    MAINTENANCE = "maintenance", _("Entretien")


class Diploma(TextChoices):
    """Diploma level, as the funders name them."""

    MASTER = "master", _("Master")
    BACHELOR = "bachelor", _("Bachelier")
    CESS = "cess", _("CESS (secondaire supérieur)")
    OTHER = "other", _("Autre")


class ApprovalKind(TextChoices):
    """Type of approval (agrément)."""

    CASG = "CASG", _("Centre d'action sociale globale (COCOF)")
    CSSI = "CSSI", _("Centre social santé intégré (COCOF)")
    CAP = "CAP", _("Centre d'aide aux personnes (COCOM)")
    CSS = "CSS", _("Centre de service social (Wallonie)")
    ILI = "ILI", _("Initiative locale d'intégration (Wallonie)")
    SASPP = "SASPP", _("Service d'aide sociale aux personnes prostituées (Wallonie)")
    BODY = "BODY", _("Organisme représentatif et de coordination")


class Mission(TextChoices):
    """Missions of a local integration initiative (ILI), as its approval names them."""

    FRENCH = "french", _("Apprentissage du français")
    CITIZENSHIP = "citizenship", _("Formation à la citoyenneté")
    SOCIAL = "social", _("Accompagnement social")
    LEGAL = "legal", _("Accompagnement juridique spécialisé")
    INTERCULTURAL = "intercultural", _("Interculturalité")
    ANTIRACISM = "antiracism", _("Lutte contre le racisme")


class VolumeUnit(TextChoices):
    """In what the volume of a mission is counted."""

    HOURS = "hours", _("heures par an")
    MODULES = "modules", _("modules par an")
    MODULE_HOURS = "module_hours", _("heures par module")
    FILES = "files", _("dossiers par an")
    WEEK_HOURS = "week_hours", _("heures par semaine")


class FigureStatus(TextChoices):
    """How far a figure may be relied on; a justification refuses `missing` and `forecast`."""

    CONFIRMED = "confirmed", _("confirmé")
    TO_CONFIRM = "to_confirm", _("à confirmer")
    FORECAST = "forecast", _("prévision")
    MISSING = "missing", _("manquant")
