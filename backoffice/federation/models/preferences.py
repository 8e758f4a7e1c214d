"""What an account chose for itself."""

from django.conf import settings
from django.db import models
from django.db.models import CheckConstraint, Q
from django.utils.translation import gettext_lazy as _

from backoffice.federation.audit import Audited


class Preference(Audited):
    """The language in which an account reads its pages, its mails and its documents."""

    audit_organisation = None

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="preference"
    )
    language = models.CharField(
        _("langue"),
        max_length=2,
        choices=settings.LANGUAGES,
        default=settings.LANGUAGE_CODE,
    )

    class Meta:
        verbose_name = _("préférence")
        verbose_name_plural = _("préférences")
        constraints = [
            CheckConstraint(
                condition=Q(language__in=[code for code, _name in settings.LANGUAGES]),
                name="preference_language_known",
                violation_error_message=_("Le site parle français et néerlandais."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.language}"
