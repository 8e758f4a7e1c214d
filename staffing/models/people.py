"""The people who do the work: contract lines, real pay by cost item, assignments to posts."""

from typing import ClassVar

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import CheckConstraint, F, Q, UniqueConstraint
from django.utils.translation import gettext_lazy as _

from backoffice.federation.audit import Audited
from backoffice.federation.fields import dates_in_order, eur_field, euros_only, hours_field
from backoffice.federation.identities.named import Named, NamedManager
from backoffice.federation.models import Approval, Identity, Organisation
from backoffice.federation.vocabulary import Diploma, Function
from grants.models import Post


class Worker(Named, Audited):
    """A person employed by one organisation; the number is the employer's own.

    Who it is stands in `identity`; `name` reads and renames it.
    """

    named_as = "name"

    organisation = models.ForeignKey(
        Organisation, on_delete=models.RESTRICT, related_name="workers"
    )
    number = models.CharField(_("numéro"), max_length=20)
    identity = models.ForeignKey(
        Identity, on_delete=models.RESTRICT, related_name="workers", verbose_name=_("identité")
    )

    objects: ClassVar[NamedManager] = NamedManager()

    class Meta:
        verbose_name = _("travailleur")
        verbose_name_plural = _("travailleurs")
        constraints = [
            UniqueConstraint(
                fields=["organisation", "number"],
                name="worker_number_once",
                violation_error_message=_("Ce numéro de travailleur existe déjà."),
            )
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def name(self) -> str:
        """The name of the person, or the pseudonym once it is erased."""
        identity = self.known_identity
        return identity.name if identity else ""

    @name.setter
    def name(self, name: str) -> None:
        if self.known_identity is None:
            self.identity = Identity(kind=Identity.Kind.WORKER)
        self.identity.rename(name)


class ContractLine(Audited):
    """A period with the same working time, function and scale; a change opens a new line.

    Working time is Q/S: `weekly_hours` (Q) over `full_time_hours` (S), both hours a week.
    """

    audit_organisation = "worker__organisation"

    class Kind(models.TextChoices):
        PERMANENT = "permanent", _("durée indéterminée")
        FIXED = "fixed", _("durée déterminée")
        REPLACEMENT = "replacement", _("remplacement")

    class Status(models.TextChoices):
        EMPLOYEE = "employee", _("employé")
        MANUAL = "manual", _("ouvrier")

    worker = models.ForeignKey(Worker, on_delete=models.RESTRICT, related_name="contract_lines")
    starts_on = models.DateField(_("du"))
    ends_on = models.DateField(_("au"), null=True, blank=True)
    kind = models.CharField(_("nature"), max_length=12, choices=Kind.choices)
    status = models.CharField(
        _("statut"), max_length=10, choices=Status.choices, default=Status.EMPLOYEE
    )
    replaces = models.ForeignKey(
        Worker, on_delete=models.RESTRICT, related_name="replaced_by", null=True, blank=True
    )
    approval = models.ForeignKey(
        Approval, on_delete=models.RESTRICT, related_name="contract_lines", null=True, blank=True
    )
    function = models.CharField(_("fonction"), max_length=20, choices=Function.choices)
    diploma = models.CharField(_("diplôme"), max_length=10, choices=Diploma.choices)
    weekly_hours = hours_field(_("heures par semaine (Q)"))
    full_time_hours = hours_field(_("temps plein (S)"))
    joint_committee = models.CharField(_("commission paritaire"), max_length=12)
    scale = models.CharField(_("barème"), max_length=40)
    scale_column = models.CharField(_("colonne du barème"), max_length=40)
    seniority_on = models.DateField(_("ancienneté depuis le"))
    index_regime = models.CharField(_("régime d'indexation des salaires"), max_length=20)
    evidence = models.CharField(_("pièce (contrat ou avenant)"), max_length=80, blank=True)

    class Meta:
        verbose_name = _("ligne de contrat")
        verbose_name_plural = _("lignes de contrat")
        constraints = [
            UniqueConstraint(
                fields=["worker", "starts_on"],
                name="contract_line_once",
                violation_error_message=_("Une ligne de contrat commence déjà ce jour-là."),
            ),
            CheckConstraint(
                condition=Q(weekly_hours__gt=0) & Q(full_time_hours__gte=F("weekly_hours")),
                name="contract_line_hours_within_full_time",
                violation_error_message=_("Les heures doivent être entre 0 et le temps plein."),
            ),
            dates_in_order("contract_line"),
        ]

    def __str__(self) -> str:
        return f"{self.worker_id} {self.starts_on}"


class PayMonth(Audited):
    """The hours of one worker in one month, from the individual account; one per month.

    Paid hours are worked or paid as such, assimilated hours are paid absences, unpaid hours are
    the rest of the contract's time (long sickness, unpaid leave).
    """

    audit_organisation = "worker__organisation"

    worker = models.ForeignKey(Worker, on_delete=models.RESTRICT, related_name="pay_months")
    month = models.DateField(_("mois (premier jour)"))
    paid_hours = hours_field(_("heures payées"), validators=[MinValueValidator(0)])
    assimilated_hours = hours_field(_("heures assimilées"), validators=[MinValueValidator(0)])
    unpaid_hours = hours_field(_("heures non payées"), validators=[MinValueValidator(0)])
    evidence = models.CharField(_("pièce (compte individuel)"), max_length=80, blank=True)

    class Meta:
        verbose_name = _("mois de paie")
        verbose_name_plural = _("mois de paie")
        constraints = [
            UniqueConstraint(
                fields=["worker", "month"],
                name="pay_month_once",
                violation_error_message=_("Ce mois existe déjà pour ce travailleur."),
            ),
            CheckConstraint(
                condition=Q(paid_hours__gte=0)
                & Q(assimilated_hours__gte=0)
                & Q(unpaid_hours__gte=0),
                name="pay_month_hours_not_negative",
                violation_error_message=_("Des heures ne peuvent pas être négatives."),
            ),
            CheckConstraint(
                condition=Q(month__day=1),
                name="pay_month_first_day",
                violation_error_message=_("Le mois s'écrit avec son premier jour."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.worker_id} {self.month:%Y-%m}"


class PayItem(Audited):
    """One cost item of a pay month, in EUR: what it cost the employer (a reduction is negative)."""

    audit_organisation = "pay_month__worker__organisation"

    pay_month = models.ForeignKey(PayMonth, on_delete=models.RESTRICT, related_name="items")
    cost_item = models.CharField(_("élément de coût"), max_length=30)
    amount = eur_field(_("montant"))

    class Meta:
        verbose_name = _("élément de paie")
        verbose_name_plural = _("éléments de paie")
        constraints = [
            UniqueConstraint(
                fields=["pay_month", "cost_item"],
                name="pay_item_once",
                violation_error_message=_("Cet élément existe déjà pour ce mois."),
            ),
            euros_only("amount", "pay_item"),
        ]

    def __str__(self) -> str:
        return f"{self.cost_item} {self.amount}"


class Assignment(Audited):
    """A worker holds a post for a number of hours a week (the funded hours, Qbis)."""

    audit_organisation = "worker__organisation"

    worker = models.ForeignKey(Worker, on_delete=models.RESTRICT, related_name="assignments")
    post = models.ForeignKey(Post, on_delete=models.RESTRICT, related_name="assignments")
    starts_on = models.DateField(_("du"))
    ends_on = models.DateField(_("au"), null=True, blank=True)
    weekly_hours = hours_field(_("heures par semaine à charge de la subvention"))
    reason = models.CharField(_("motif"), max_length=250, blank=True)

    class Meta:
        verbose_name = _("affectation")
        verbose_name_plural = _("affectations")
        constraints = [
            UniqueConstraint(
                fields=["worker", "post", "starts_on"],
                name="assignment_once",
                violation_error_message=_("Cette affectation existe déjà."),
            ),
            CheckConstraint(
                condition=Q(weekly_hours__gt=0),
                name="assignment_hours_positive",
                violation_error_message=_("Les heures doivent être supérieures à zéro."),
            ),
            dates_in_order("assignment"),
        ]

    def __str__(self) -> str:
        return f"{self.worker_id} -> {self.post_id}"
