"""What the employer declared to the ONSS about Maribel posts: funded hours, by quarter and line."""

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint
from django.utils.translation import gettext_lazy as _

from backoffice.federation.audit import Audited
from backoffice.federation.fields import eur_field, euros_only, hours_field
from staffing.models.people import Worker

HOURS_OF_A_WEEK = 168


class DmfaLine(Audited):
    """One occupation line of a worker in the DmfA of a quarter, as last declared.

    `funded_hours` (Qbis) are hours a week; `exempt_pay` is pay that Maribel funds although it is
    not subject to ONSS and `other_subsidies` what others than Maribel pay, both for the quarter.
    A blank is a field that the declaration does not hold.

    Source: DmfA fields since the fourth quarter of 2018 (ONSS annual report 2018).
    """

    audit_organisation = "worker__organisation"

    worker = models.ForeignKey(Worker, on_delete=models.RESTRICT, related_name="dmfa_lines")
    quarter = models.DateField(_("trimestre (premier jour)"))
    number = models.PositiveSmallIntegerField(_("ligne d'occupation"))
    funded_hours = hours_field(_("heures financées par semaine (Qbis)"), null=True, blank=True)
    exempt_pay = eur_field(
        _("rémunération financée non soumise à l'ONSS"),
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
    )
    other_subsidies = eur_field(
        _("subventions autres que Maribel"),
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
    )
    evidence = models.CharField(_("pièce (DmfA)"), max_length=80, blank=True)

    class Meta:
        verbose_name = _("ligne de DmfA")
        verbose_name_plural = _("lignes de DmfA")
        constraints = [
            UniqueConstraint(
                fields=["worker", "quarter", "number"],
                name="dmfa_line_once",
                violation_error_message=_("Cette ligne existe déjà pour ce trimestre."),
            ),
            CheckConstraint(
                condition=Q(quarter__day=1) & Q(quarter__month__in=(1, 4, 7, 10)),
                name="dmfa_line_first_day_of_quarter",
                violation_error_message=_("Le trimestre s'écrit avec son premier jour."),
            ),
            CheckConstraint(
                condition=Q(funded_hours__isnull=True)
                | Q(funded_hours__gte=0, funded_hours__lte=HOURS_OF_A_WEEK),
                name="dmfa_line_hours_of_a_week",
                violation_error_message=_("Une semaine a de 0 à 168 heures."),
            ),
            CheckConstraint(
                condition=(Q(exempt_pay__isnull=True) | Q(exempt_pay__gte=0))
                & (Q(other_subsidies__isnull=True) | Q(other_subsidies__gte=0)),
                name="dmfa_line_not_negative",
                violation_error_message=_("Un montant de la DmfA ne peut pas être négatif."),
            ),
            euros_only("exempt_pay", "dmfa_line"),
            euros_only("other_subsidies", "dmfa_line"),
        ]

    def __str__(self) -> str:
        return f"{self.worker_id} {self.quarter:%Y-%m} {self.number}"
