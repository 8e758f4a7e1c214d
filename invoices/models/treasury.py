"""What an employer alone can say of its cash: the bank, the way it pays, what a loan costs."""

from django.db import models
from django.db.models import CheckConstraint, Q
from django.utils.translation import gettext_lazy as _

from backoffice.federation.audit import Audited
from backoffice.federation.fields import eur_field, euros_only
from backoffice.federation.models import Organisation


class TreasuryRules(Audited):
    """The last known balance of the bank accounts, and what the pay and the bank follow.

    Everything may be unknown: empty is not zero, and the treasury says what it did without.
    """

    organisation = models.OneToOneField(
        Organisation, on_delete=models.RESTRICT, related_name="treasury_rules"
    )
    balance_on = models.DateField(_("solde au"), null=True, blank=True)
    balance = eur_field(_("solde des comptes bancaires"), null=True, blank=True)
    statement = models.CharField(_("extrait de compte (référence)"), max_length=80, blank=True)
    credit_line = eur_field(_("découvert autorisé"), null=True, blank=True)
    overdraft_rate = models.DecimalField(
        _("taux d'intérêt du découvert, par an"),
        max_digits=6,
        decimal_places=5,
        null=True,
        blank=True,
    )
    pay_day = models.PositiveSmallIntegerField(
        _("jour du mois où la paie part"), null=True, blank=True
    )
    tax_share = models.DecimalField(
        _("précompte professionnel, part de la rémunération imposable"),
        max_digits=6,
        decimal_places=5,
        null=True,
        blank=True,
    )

    class Meta:
        verbose_name = _("règles de trésorerie")
        verbose_name_plural = _("règles de trésorerie")
        constraints = [
            CheckConstraint(
                condition=Q(balance__isnull=True, balance_on__isnull=True)
                | Q(balance__isnull=False, balance_on__isnull=False),
                name="treasury_balance_with_its_day",
                violation_error_message=_(
                    "Indiquez le solde et son jour, ou laissez les deux vides."
                ),
            ),
            CheckConstraint(
                condition=Q(credit_line__isnull=True) | Q(credit_line__gte=0),
                name="treasury_credit_line_not_negative",
                violation_error_message=_("Le découvert autorisé ne peut pas être négatif."),
            ),
            CheckConstraint(
                condition=(Q(overdraft_rate__isnull=True) | Q(overdraft_rate__range=(0, 1)))
                & (Q(tax_share__isnull=True) | Q(tax_share__range=(0, 1))),
                name="treasury_rates_between_0_and_1",
                violation_error_message=_("Un taux doit être entre 0 et 100 %."),
            ),
            CheckConstraint(
                condition=Q(pay_day__isnull=True) | Q(pay_day__range=(1, 31)),
                name="treasury_pay_day_in_a_month",
                violation_error_message=_("Le jour de la paie est entre 1 et 31."),
            ),
            euros_only("balance", "treasury_rules"),
            euros_only("credit_line", "treasury_rules"),
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id}"
