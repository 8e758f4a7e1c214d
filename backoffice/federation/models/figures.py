"""Figures that users fill in: what no file of the product knows, with its source."""

from django.conf import settings
from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint
from django.utils.translation import gettext_lazy as _

from backoffice.federation.audit import Audited
from backoffice.federation.fields import plausible_day
from backoffice.federation.vocabulary import FigureStatus


class FigureEntry(Audited):
    """A dated value that a user fills in for a general figure which is missing or has changed.

    The value is exact text ("46607.60", "0.0484", "2/37") in the unit of the figure; it always
    names its source, and stands next to the published values without replacing them in the files.
    `entered_by` and `entered_at` say who filled it in last and when; null when nobody kept it.
    """

    audit_organisation = None

    code = models.CharField(_("code de la valeur"), max_length=120)
    since = models.DateField(_("en vigueur le"), validators=[plausible_day])
    value = models.CharField(_("valeur exacte"), max_length=40)
    decided_on = models.DateField(
        _("décidée le"), null=True, blank=True, validators=[plausible_day]
    )
    status = models.CharField(
        _("statut"),
        max_length=12,
        choices=[c for c in FigureStatus.choices if c[0] != FigureStatus.MISSING],
        default=FigureStatus.TO_CONFIRM,
    )
    source = models.CharField(_("source"), max_length=250)
    source_url = models.URLField(_("adresse de la source"), blank=True)
    verified_on = models.DateField(_("vérifiée le"), validators=[plausible_day])
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        related_name="figure_entries",
        null=True,
        blank=True,
        editable=False,
        verbose_name=_("saisie par"),
    )
    entered_at = models.DateTimeField(_("saisie le"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("valeur de référence")
        verbose_name_plural = _("valeurs de référence")
        constraints = [
            UniqueConstraint(
                fields=["code", "since", "decided_on"],
                name="figure_entry_once",
                violation_error_message=_("Cette valeur a déjà été saisie pour ce jour."),
            ),
            UniqueConstraint(
                fields=["code", "since"],
                condition=Q(decided_on__isnull=True),
                name="figure_entry_once_when_undated",
                violation_error_message=_("Cette valeur a déjà été saisie pour ce jour."),
            ),
            CheckConstraint(
                condition=~Q(source=""),
                name="figure_entry_has_source",
                violation_error_message=_("Indiquez la source de la valeur."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.since}: {self.value}"


class FigureVerification(Audited):
    """Someone compared a value with its source and found it unchanged.

    The value is that of a figure in force from `since` and decided on `decided_on` (null: unknown),
    from the files or filled in; its last verification is the one that counts. `value` is its exact
    text on that day: once the value changes, the verification no longer speaks of it.
    """

    audit_organisation = None

    code = models.CharField(_("code de la valeur"), max_length=120)
    since = models.DateField(_("en vigueur le"))
    decided_on = models.DateField(_("décidée le"), null=True, blank=True)
    value = models.CharField(_("valeur exacte"), max_length=120, default="")
    verified_on = models.DateField(_("vérifiée le"))
    verified_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        related_name="figure_verifications",
        null=True,
        verbose_name=_("vérifiée par"),
    )

    class Meta:
        verbose_name = _("vérification d'une valeur")
        verbose_name_plural = _("vérifications de valeurs")
        constraints = [
            UniqueConstraint(
                fields=["code", "since", "decided_on", "verified_on"],
                name="figure_verification_once",
            ),
            UniqueConstraint(
                fields=["code", "since", "verified_on"],
                condition=Q(decided_on__isnull=True),
                name="figure_verification_once_when_undated",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.since}: {self.verified_on}"
