"""What is asked of funders for a year, and the budget that goes with it."""

from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint
from django.utils.translation import gettext_lazy as _

from backoffice.federation.audit import Audited
from backoffice.federation.fields import eur_field, euros_only
from backoffice.federation.models import Approval, Organisation
from grants.models.awards import Award


class Application(Audited):
    """A public subsidy asked for one year, of one of our schemes or of any other funder.

    COCOF, decree of 5 March 2009, art. 64 § 2: the file lists every public subsidy held or asked.
    `amount` is None when the funder fixes it; `award` is what the funder granted in the end.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("en préparation")
        ASKED = "asked", _("demandée")
        GRANTED = "granted", _("accordée")
        REFUSED = "refused", _("refusée")
        WITHDRAWN = "withdrawn", _("retirée")

    organisation = models.ForeignKey(
        Organisation, on_delete=models.RESTRICT, related_name="applications"
    )
    approval = models.ForeignKey(
        Approval, on_delete=models.RESTRICT, related_name="applications", null=True, blank=True
    )
    reference = models.CharField(_("référence"), max_length=40)
    year = models.PositiveSmallIntegerField(_("exercice"))
    funder = models.CharField(_("pouvoir subsidiant"), max_length=120)
    scheme = models.CharField(_("régime"), max_length=40, blank=True)
    label = models.CharField(_("objet"), max_length=200)
    amount = eur_field(_("montant demandé"), null=True, blank=True)
    state = models.CharField(_("état"), max_length=10, choices=State.choices)
    asked_on = models.DateField(_("demandée le"), null=True, blank=True)
    award = models.ForeignKey(
        Award, on_delete=models.RESTRICT, related_name="applications", null=True, blank=True
    )

    class Meta:
        verbose_name = _("demande de subvention")
        verbose_name_plural = _("demandes de subvention")
        constraints = [
            UniqueConstraint(
                fields=["organisation", "reference"],
                name="application_reference_once",
                violation_error_message=_("Cette référence de demande existe déjà."),
            ),
            CheckConstraint(
                condition=Q(state="draft") | Q(asked_on__isnull=False),
                name="application_asked_on_a_day",
                violation_error_message=_("Indiquez le jour de la demande."),
            ),
            CheckConstraint(
                condition=Q(amount__isnull=True) | Q(amount__gte=0),
                name="application_amount_not_negative",
                violation_error_message=_("Un montant demandé ne peut pas être négatif."),
            ),
            euros_only("amount", "application"),
        ]

    def __str__(self) -> str:
        return f"{self.reference} {self.year}"


class BudgetLine(Audited):
    """One line of the budget of a year: an account of class 6 (expense) or 7 (income).

    An income line may name the award or the application that it expects.
    """

    class Nature(models.TextChoices):
        EXPENSE = "expense", _("dépense")
        INCOME = "income", _("recette")

    organisation = models.ForeignKey(
        Organisation, on_delete=models.RESTRICT, related_name="budget_lines"
    )
    approval = models.ForeignKey(
        Approval, on_delete=models.RESTRICT, related_name="budget_lines", null=True, blank=True
    )
    year = models.PositiveSmallIntegerField(_("exercice"))
    code = models.CharField(_("code"), max_length=20)
    nature = models.CharField(_("nature"), max_length=10, choices=Nature.choices)
    account = models.CharField(_("compte"), max_length=12)
    label = models.CharField(_("intitulé"), max_length=200)
    amount = eur_field(_("montant"))
    award = models.ForeignKey(
        Award, on_delete=models.RESTRICT, related_name="budget_lines", null=True, blank=True
    )
    application = models.ForeignKey(
        Application, on_delete=models.RESTRICT, related_name="budget_lines", null=True, blank=True
    )

    class Meta:
        verbose_name = _("ligne de budget")
        verbose_name_plural = _("budget")
        constraints = [
            UniqueConstraint(
                fields=["organisation", "year", "code"],
                name="budget_line_once",
                violation_error_message=_("Cette ligne de budget existe déjà."),
            ),
            CheckConstraint(
                condition=Q(nature="expense", account__startswith="6")
                | Q(nature="income", account__startswith="7"),
                name="budget_line_account_of_its_nature",
                violation_error_message=_("Une dépense est en classe 6, une recette en classe 7."),
            ),
            euros_only("amount", "budget_line"),
        ]

    def __str__(self) -> str:
        return f"{self.year} {self.code}"
