"""Who may do what: roles in an organisation and in the federation, and a service's consents."""

from django.conf import settings
from django.db import models
from django.db.models import CheckConstraint, F, Q, UniqueConstraint
from django.utils.translation import gettext_lazy as _

from backoffice.federation.audit import Audited
from backoffice.federation.models.organisations import Organisation
from backoffice.federation.roles import FederationRole, Role


class Membership(Audited):
    """A user's role in one organisation; without a membership nothing of it is visible."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships"
    )
    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="memberships"
    )
    role = models.CharField(_("rôle"), max_length=12, choices=Role.choices, default=Role.FINANCE)

    class Meta:
        verbose_name = _("accès")
        verbose_name_plural = _("accès")
        constraints = [
            UniqueConstraint(
                fields=["user", "organisation"],
                name="membership_once",
                violation_error_message=_("Cet accès existe déjà."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.user_id} -> {self.organisation_id}"


class FederationMember(Audited):
    """A user's role for the whole federation; it needs a second factor at sign-in."""

    audit_organisation = None

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="federation_roles"
    )
    role = models.CharField(_("rôle"), max_length=14, choices=FederationRole.choices)

    class Meta:
        verbose_name = _("rôle dans la fédération")
        verbose_name_plural = _("rôles dans la fédération")
        constraints = [
            UniqueConstraint(
                fields=["user", "role"],
                name="federation_member_once",
                violation_error_message=_("Cette personne a déjà ce rôle."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.role}"


class Consent(Audited):
    """A service lets the federation's finance officer see its rows, for a purpose and a time.

    Both days are included; `withdrawn_at` ends it at once. Nothing of it is ever edited.
    """

    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="consents"
    )
    purpose = models.CharField(_("but"), max_length=250)
    starts_on = models.DateField(_("du"))
    ends_on = models.DateField(_("au"))
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.RESTRICT,
        related_name="consents_given",
        verbose_name=_("donné par"),
    )
    given_at = models.DateTimeField(_("donné le"), auto_now_add=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.RESTRICT,
        related_name="consents_withdrawn",
        null=True,
        blank=True,
        verbose_name=_("retiré par"),
    )
    withdrawn_at = models.DateTimeField(_("retiré le"), null=True, blank=True)

    class Meta:
        verbose_name = _("accord du service")
        verbose_name_plural = _("accords du service")
        constraints = [
            CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")),
                name="consent_dates_in_order",
                violation_error_message=_("La date de fin précède la date de début."),
            ),
            CheckConstraint(
                condition=~Q(purpose=""),
                name="consent_has_a_purpose",
                violation_error_message=_("Indiquez le but de l'accès."),
            ),
            CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True)
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False),
                name="consent_withdrawn_by_someone",
                violation_error_message=_("Un retrait a un auteur et une date."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.starts_on} {self.ends_on}"
