"""Addresses at which a calendar program reads deadlines, without a session."""

from django.conf import settings
from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from backoffice.federation.audit import Audited
from backoffice.federation.models import Approval


class CalendarFeed(Audited):
    """A secret address for one user (all that he may see) or for one service (its approval).

    Only a keyed hash of the secret is kept: the address is shown once, when it is drawn. One that
    is withdrawn stays as a row and answers nobody.
    """

    audit_organisation = "approval__organisation"
    audit_hidden = ("digest",)

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="calendar_feeds",
        null=True,
        blank=True,
        verbose_name=pgettext_lazy("personne", "compte"),
    )
    approval = models.ForeignKey(
        Approval,
        on_delete=models.CASCADE,
        related_name="calendar_feeds",
        null=True,
        blank=True,
        verbose_name=_("agrément"),
    )
    digest = models.CharField(_("empreinte de l'adresse"), max_length=64, unique=True)
    created_at = models.DateTimeField(_("créée le"), auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="calendar_feeds_created",
        verbose_name=_("créée par"),
    )
    revoked_at = models.DateTimeField(_("retirée le"), null=True, blank=True)

    class Meta:
        verbose_name = _("adresse d'agenda")
        verbose_name_plural = _("adresses d'agenda")
        constraints = [
            CheckConstraint(
                condition=Q(user__isnull=True) ^ Q(approval__isnull=True),
                name="calendar_feed_of_one",
                violation_error_message=_("Une adresse est celle d'un compte ou d'un agrément."),
            ),
            UniqueConstraint(
                fields=["user"],
                condition=Q(revoked_at__isnull=True),
                name="calendar_feed_once_a_user",
                violation_error_message=_("Ce compte a déjà une adresse."),
            ),
            UniqueConstraint(
                fields=["approval"],
                condition=Q(revoked_at__isnull=True),
                name="calendar_feed_once_an_approval",
                violation_error_message=_("Cet agrément a déjà une adresse."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pk}"
