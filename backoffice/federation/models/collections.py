"""The collections of the federation's figures, and the services that agree to take part."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import CheckConstraint, F, Q, UniqueConstraint
from django.utils.translation import gettext_lazy as _

from backoffice.federation.audit import Audited
from backoffice.federation.models.organisations import Organisation


class Collection(Audited):
    """The figures of one year that the federation gathers from the services that agree.

    Services agree from `opens_on` to `closes_on`, both included; they withdraw whenever they wish.
    """

    audit_organisation = None

    year = models.PositiveSmallIntegerField(_("exercice"))
    title = models.CharField(_("titre"), max_length=120)
    opens_on = models.DateField(_("ouverte du"))
    closes_on = models.DateField(_("au"))
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.RESTRICT,
        related_name="collections_opened",
        null=True,
        blank=True,
        verbose_name=_("ouverte par"),
    )

    class Meta:
        verbose_name = _("collecte")
        verbose_name_plural = _("collectes")
        constraints = [
            UniqueConstraint(
                fields=["year"],
                name="collection_once_a_year",
                violation_error_message=_("Une collecte existe déjà pour cet exercice."),
            ),
            CheckConstraint(
                condition=Q(closes_on__gte=F("opens_on")),
                name="collection_dates_in_order",
                violation_error_message=_("La date de fin précède la date de début."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year} {self.title}"

    def is_open(self, day: date) -> bool:
        """Whether services may agree on a day."""
        return self.opens_on <= day <= self.closes_on


class Participation(Audited):
    """A service agrees that its figures enter the aggregates of one collection.

    A withdrawal ends it for the figures computed from then on; what was published stays.
    """

    collection = models.ForeignKey(
        Collection, on_delete=models.RESTRICT, related_name="participations"
    )
    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="participations"
    )
    agreed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.RESTRICT,
        related_name="participations_agreed",
        null=True,
        blank=True,
        verbose_name=_("acceptée par"),
    )
    agreed_at = models.DateTimeField(_("acceptée le"), auto_now_add=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.RESTRICT,
        related_name="participations_withdrawn",
        null=True,
        blank=True,
        verbose_name=_("retirée par"),
    )
    withdrawn_at = models.DateTimeField(_("retirée le"), null=True, blank=True)

    class Meta:
        verbose_name = _("participation")
        verbose_name_plural = _("participations")
        constraints = [
            UniqueConstraint(
                fields=["collection", "organisation"],
                condition=Q(withdrawn_at__isnull=True),
                name="participation_one_running",
                violation_error_message=_("Ce service participe déjà à cette collecte."),
            ),
            CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True)
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False),
                name="participation_withdrawn_by_someone",
                violation_error_message=_("Un retrait a un auteur et une date."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.collection_id}"
