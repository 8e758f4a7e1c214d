"""What the accounts say: the trial balance of a year, and the balances taken on at the start."""

from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint
from django.utils.translation import gettext_lazy as _

from backoffice.federation.audit import Audited
from backoffice.federation.fields import eur_field, euros_only
from backoffice.federation.models import Approval, Organisation
from grants.models import Award


class TrialBalance(Audited):
    """The trial balance of one year, as the accounting software gave it; a new one replaces it."""

    organisation = models.ForeignKey(
        Organisation, on_delete=models.RESTRICT, related_name="trial_balances"
    )
    year = models.PositiveSmallIntegerField(_("exercice"))
    closed_on = models.DateField(_("arrêtée le"))
    sha256 = models.CharField(_("empreinte SHA-256 du fichier"), max_length=64)
    imported_at = models.DateTimeField(_("importée le"), auto_now=True)

    class Meta:
        verbose_name = _("balance des comptes")
        verbose_name_plural = _("balances des comptes")
        constraints = [
            UniqueConstraint(
                fields=["organisation", "year"],
                name="trial_balance_once",
                violation_error_message=_("La balance de cet exercice existe déjà."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.year}"


class TrialBalanceLine(Audited):
    """Debit and credit of one account, for one analytical account or none."""

    audit_organisation = "balance__organisation"

    balance = models.ForeignKey(TrialBalance, on_delete=models.CASCADE, related_name="lines")
    account = models.CharField(_("compte"), max_length=12)
    analytical_account = models.CharField(_("compte analytique"), max_length=20, blank=True)
    label = models.CharField(_("intitulé"), max_length=200, blank=True)
    debit = eur_field(_("débit"))
    credit = eur_field(_("crédit"))

    class Meta:
        verbose_name = _("ligne de balance")
        verbose_name_plural = _("lignes de balance")
        constraints = [
            UniqueConstraint(
                fields=["balance", "account", "analytical_account"],
                name="trial_balance_line_once",
                violation_error_message=_("Ce compte figure deux fois dans la balance."),
            ),
            CheckConstraint(
                condition=Q(debit__gte=0) & Q(credit__gte=0),
                name="trial_balance_line_not_negative",
                violation_error_message=_("Un débit ou un crédit ne peut pas être négatif."),
            ),
            euros_only("debit", "trial_balance_line"),
            euros_only("credit", "trial_balance_line"),
        ]

    def __str__(self) -> str:
        return f"{self.account} {self.analytical_account}".strip()


class OpeningBalance(Audited):
    """A balance taken on when an organisation starts with the product: debit positive.

    An account of an award (413 subsidies receivable, 167 repayable) names the award and the
    exercise that it comes from; the evidence is the closing statement of that day.
    """

    organisation = models.ForeignKey(
        Organisation, on_delete=models.RESTRICT, related_name="opening_balances"
    )
    code = models.CharField(_("code"), max_length=20)
    on_day = models.DateField(_("situation au"))
    account = models.CharField(_("compte"), max_length=12)
    label = models.CharField(_("intitulé"), max_length=200)
    approval = models.ForeignKey(
        Approval, on_delete=models.RESTRICT, related_name="opening_balances", null=True, blank=True
    )
    award = models.ForeignKey(
        Award, on_delete=models.RESTRICT, related_name="opening_balances", null=True, blank=True
    )
    year = models.PositiveSmallIntegerField(_("exercice d'origine"), null=True, blank=True)
    amount = eur_field(_("montant (débit positif)"))
    evidence = models.CharField(_("pièce justificative"), max_length=80, blank=True)

    class Meta:
        verbose_name = _("solde d'ouverture")
        verbose_name_plural = _("soldes d'ouverture")
        constraints = [
            UniqueConstraint(
                fields=["organisation", "code"],
                name="opening_balance_once",
                violation_error_message=_("Ce solde d'ouverture existe déjà."),
            ),
            euros_only("amount", "opening_balance"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.account}"
