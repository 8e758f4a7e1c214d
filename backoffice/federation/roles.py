"""The table of rights: what each role may do. Nothing else decides."""

from collections.abc import Mapping
from types import MappingProxyType

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Right(TextChoices):
    """What a page or a service asks of the person who uses it.

    The first ones are held over one organisation; `AGGREGATES`, `FIGURES`, `COLLECTIONS` and
    `ACCOUNTS` over the whole site; `READ` is anyone's who is signed in (rules, help).
    """

    SEE = "see", _("voir les lignes du service")
    EDIT = "edit", _("modifier les lignes du service")
    IMPORT = "import", _("importer des fichiers")
    EXPORT = "export", _("exporter des fichiers")
    SIGN = "sign", _("accepter un avertissement")
    JUSTIFY = "justify", _("préparer, envoyer et clore une justification")
    APPROVE = "approve", _("approuver ou déverrouiller une justification")
    CONSENT = "consent", _("donner ou retirer un accès à la fédération")
    SIMULATE = "simulate", _("écrire, copier et partager des scénarios")
    PEOPLE = "people", _("répondre d'une personne : ses données, leur export, leur effacement")
    AGGREGATES = "aggregates", _("voir les chiffres agrégés")
    FIGURES = "figures", _("remplir et vérifier les valeurs de référence")
    COLLECTIONS = "collections", _("ouvrir et clore une collecte")
    ACCOUNTS = "accounts", _("gérer les comptes et les accès")
    READ = "read", _("lire les règles et l'aide")


class Role(TextChoices):
    """A person's role in one organisation."""

    FINANCE = "finance", _("finances du service")
    DIRECTOR = "director", _("direction du service")
    ACCOUNTANT = "accountant", _("comptable externe")


class FederationRole(TextChoices):
    """A person's role for the whole federation; it shows no row of a service by itself."""

    FINANCE = "finance", _("finances de la fédération")
    ANALYST = "analyst", _("analyste de la fédération")
    ADMINISTRATOR = "administrator", _("administrateur")


SERVICE_RIGHTS: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        Role.FINANCE: frozenset(
            {
                Right.SEE,
                Right.EDIT,
                Right.IMPORT,
                Right.EXPORT,
                Right.SIGN,
                Right.JUSTIFY,
                Right.SIMULATE,
                Right.PEOPLE,
            }
        ),
        Role.DIRECTOR: frozenset(
            {
                Right.SEE,
                Right.EXPORT,
                Right.SIGN,
                Right.APPROVE,
                Right.CONSENT,
                Right.SIMULATE,
                Right.PEOPLE,
            }
        ),
        Role.ACCOUNTANT: frozenset({Right.SEE, Right.EDIT, Right.IMPORT, Right.EXPORT}),
    }
)
FEDERATION_RIGHTS: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        FederationRole.FINANCE: frozenset({Right.AGGREGATES, Right.FIGURES, Right.COLLECTIONS}),
        FederationRole.ANALYST: frozenset({Right.AGGREGATES}),
        FederationRole.ADMINISTRATOR: frozenset({Right.FIGURES, Right.ACCOUNTS}),
    }
)
CONSENT_RIGHTS = frozenset({Right.SEE, Right.EXPORT})
"""What the federation's finance officer may do over a service that consents to it."""
EVERYWHERE = frozenset(
    {Right.AGGREGATES, Right.FIGURES, Right.COLLECTIONS, Right.ACCOUNTS, Right.READ}
)
"""The rights that no organisation gives."""
