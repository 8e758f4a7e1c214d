"""What an approved service really did in a year, mission by mission."""

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint
from django.utils.translation import gettext_lazy as _

from backoffice.federation.audit import Audited
from backoffice.federation.fields import hours_field
from backoffice.federation.models.organisations import Approval
from backoffice.federation.vocabulary import Mission, VolumeUnit


class ActivityVolume(Audited):
    """The volume of one mission in one year and where it was counted.

    A mission may be counted in several units: files in the year and hours a week.
    """

    audit_organisation = "approval__organisation"

    approval = models.ForeignKey(Approval, on_delete=models.RESTRICT, related_name="volumes")
    year = models.PositiveSmallIntegerField(_("exercice"))
    mission = models.CharField(_("mission"), max_length=20, choices=Mission.choices)
    unit = models.CharField(_("unité"), max_length=16, choices=VolumeUnit.choices)
    volume = hours_field(_("volume"), validators=[MinValueValidator(0)])
    source = models.CharField(_("source"), max_length=120)

    class Meta:
        verbose_name = _("volume d'activité")
        verbose_name_plural = _("volumes d'activité")
        constraints = [
            UniqueConstraint(
                fields=["approval", "year", "mission", "unit"],
                name="activity_volume_once",
                violation_error_message=_("Ce volume existe déjà pour cet exercice."),
            ),
            CheckConstraint(
                condition=Q(volume__gte=0),
                name="activity_volume_not_negative",
                violation_error_message=_("Un volume ne peut pas être négatif."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.approval_id} {self.year} {self.mission} {self.unit}"
