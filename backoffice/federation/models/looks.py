"""What somebody looked at under a consent of a service."""

from django.conf import settings
from django.db import models
from django.db.models import UniqueConstraint
from django.utils.translation import gettext_lazy as _

from backoffice.federation.audit import Audited
from backoffice.federation.models.access import Consent


class ConsentUse(Audited):
    """A page that somebody opened under a consent: one row per day, person and page."""

    audit_organisation = "consent__organisation"

    consent = models.ForeignKey(Consent, on_delete=models.CASCADE, related_name="uses")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.RESTRICT,
        related_name="consent_uses",
        verbose_name=_("consulté par"),
    )
    day = models.DateField(_("jour"))
    page = models.CharField(_("page"), max_length=60)

    class Meta:
        verbose_name = _("consultation")
        verbose_name_plural = _("consultations")
        constraints = [
            UniqueConstraint(
                fields=["consent", "user", "day", "page"],
                name="consent_use_once_a_day",
                violation_error_message=_("Cette consultation est déjà notée."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.consent_id} {self.day} {self.page}"
