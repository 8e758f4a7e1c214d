"""Who was told of a deadline, and how long before."""

from django.conf import settings
from django.db import models
from django.db.models import UniqueConstraint
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from backoffice.federation.audit import Audited
from grants.models.deadlines import Deadline


class DeadlineReminder(Audited):
    """One reminder of a deadline to one user: told once, and sent by mail when `sent_at` says so.

    A deadline that moves is told again, for its new day.
    """

    audit_organisation = "deadline__award__organisation"

    deadline = models.ForeignKey(Deadline, on_delete=models.CASCADE, related_name="reminders")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="deadline_reminders",
        verbose_name=pgettext_lazy("personne", "compte"),
    )
    due_on = models.DateField(_("échéance"))
    days = models.PositiveSmallIntegerField(_("jours avant"))
    told_on = models.DateField(_("signalé le"))
    sent_at = models.DateTimeField(_("envoyé le"), null=True, blank=True)

    class Meta:
        verbose_name = _("rappel")
        verbose_name_plural = _("rappels")
        constraints = [
            UniqueConstraint(
                fields=["deadline", "user", "due_on", "days"],
                name="deadline_reminder_once",
                violation_error_message=_("Ce rappel a déjà été donné."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.deadline_id} -{self.days}"
