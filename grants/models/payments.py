"""What the funder of an award should pay and what it has paid."""

from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint
from django.utils.translation import gettext_lazy as _

from backoffice.federation.audit import Audited
from backoffice.federation.fields import eur_field, euros_only
from grants.models.awards import Award


class Instalment(Audited):
    """An expected payment of an award for one year: an advance or the balance."""

    audit_organisation = "award__organisation"

    class Kind(models.TextChoices):
        ADVANCE = "advance", _("avance")
        BALANCE = "balance", _("solde")

    award = models.ForeignKey(Award, on_delete=models.RESTRICT, related_name="instalments")
    year = models.PositiveSmallIntegerField(_("exercice"))
    number = models.PositiveSmallIntegerField(_("numéro"))
    kind = models.CharField(_("nature"), max_length=10, choices=Kind.choices)
    due_on = models.DateField(_("due le"))
    amount = eur_field(_("montant attendu"))

    class Meta:
        verbose_name = _("tranche")
        verbose_name_plural = _("tranches")
        constraints = [
            UniqueConstraint(
                fields=["award", "year", "number"],
                name="instalment_once",
                violation_error_message=_("Cette tranche existe déjà."),
            ),
            euros_only("amount", "instalment"),
        ]

    def __str__(self) -> str:
        return f"{self.year}/{self.number}"


class Receipt(Audited):
    """Money received from the funder (positive) or given back (negative) for one year."""

    audit_organisation = "award__organisation"

    award = models.ForeignKey(Award, on_delete=models.RESTRICT, related_name="receipts")
    year = models.PositiveSmallIntegerField(_("exercice"))
    reference = models.CharField(_("référence bancaire"), max_length=60)
    received_on = models.DateField(_("reçue le"))
    amount = eur_field(_("montant"))
    instalment = models.ForeignKey(
        Instalment, on_delete=models.RESTRICT, related_name="receipts", null=True, blank=True
    )

    class Meta:
        verbose_name = _("versement reçu")
        verbose_name_plural = _("versements reçus")
        constraints = [
            UniqueConstraint(
                fields=["award", "reference"],
                name="receipt_once",
                violation_error_message=_("Ce versement existe déjà."),
            ),
            CheckConstraint(
                condition=~Q(amount=0),
                name="receipt_not_zero",
                violation_error_message=_("Un versement ne peut pas être nul."),
            ),
            euros_only("amount", "receipt"),
        ]

    def __str__(self) -> str:
        return f"{self.reference} {self.amount}"
