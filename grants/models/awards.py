"""Awards: what a funder has granted, on which terms and for which posts."""

from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from backoffice.federation.audit import Audited
from backoffice.federation.fields import dates_in_order
from backoffice.federation.models import Approval, Organisation
from backoffice.federation.vocabulary import Diploma, FigureStatus, Function
from backoffice.web.templatetags.labels import said
from backoffice.web.templatetags.money import fte
from grants.terms import TERMS


class Award(Audited):
    """A subsidy of one organisation under one funder's scheme, for a period.

    It is notified by a letter; one that is expected has none yet: no reference and no day.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.RESTRICT, related_name="awards")
    approval = models.ForeignKey(
        Approval, on_delete=models.RESTRICT, related_name="awards", null=True, blank=True
    )
    reference = models.CharField(_("référence"), max_length=40)
    scheme = models.CharField(_("régime"), max_length=40)
    label = models.CharField(_("intitulé"), max_length=200)
    letter_reference = models.CharField(_("référence de la lettre"), max_length=120, blank=True)
    letter_on = models.DateField(_("date de la lettre"), null=True, blank=True)
    notified_on = models.DateField(_("notifiée le"), null=True, blank=True)
    starts_on = models.DateField(_("du"))
    ends_on = models.DateField(_("au"), null=True, blank=True)
    renews = models.OneToOneField(
        "self",
        on_delete=models.RESTRICT,
        related_name="renewed_by",
        null=True,
        blank=True,
        verbose_name=_("reconduit"),
    )

    class Meta:
        verbose_name = _("subvention")
        verbose_name_plural = _("subventions")
        constraints = [
            UniqueConstraint(
                fields=["organisation", "reference"],
                name="award_reference_once",
                violation_error_message=_("Cette référence existe déjà dans l'organisation."),
            ),
            CheckConstraint(
                condition=Q(letter_reference="", letter_on__isnull=True, notified_on__isnull=True)
                | (~Q(letter_reference="") & Q(letter_on__isnull=False, notified_on__isnull=False)),
                name="award_letter_whole_or_expected",
                violation_error_message=_(
                    "Indiquez la référence, la date et la notification de la lettre, ou laissez "
                    "les trois vides tant qu'elle n'est pas reçue."
                ),
            ),
            dates_in_order("award"),
        ]

    def __str__(self) -> str:
        return f"{self.reference} {self.label}"

    @property
    def is_expected(self) -> bool:
        """Whether its letter has not come yet."""
        return self.letter_on is None


class Amendment(Audited):
    """A later decision of the funder that changes the terms of an award (avenant)."""

    audit_organisation = "award__organisation"

    award = models.ForeignKey(Award, on_delete=models.RESTRICT, related_name="amendments")
    number = models.PositiveSmallIntegerField(_("numéro"))
    letter_reference = models.CharField(_("référence de la lettre"), max_length=120)
    decided_on = models.DateField(_("décidé le"))
    effective_on = models.DateField(_("prend effet le"))
    reason = models.CharField(_("objet"), max_length=250)

    class Meta:
        verbose_name = _("avenant")
        verbose_name_plural = _("avenants")
        constraints = [
            UniqueConstraint(
                fields=["award", "number"],
                name="amendment_number_once",
                violation_error_message=_("Cet avenant existe déjà."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.award_id} n° {self.number}"


class Term(Audited):
    """One notified term of an award: a term wins over the scheme's general figure.

    The codes, their kinds and how a value is written are in `grants.terms`. A retroactive
    decision is a second row with the same first day and a later `decided_on`: the newest known
    on the day of the statement applies, and a past statement can be replayed.
    """

    audit_organisation = "award__organisation"

    award = models.ForeignKey(Award, on_delete=models.RESTRICT, related_name="terms")
    code = models.CharField(_("terme"), max_length=40)
    value = models.CharField(_("valeur"), max_length=120)
    starts_on = models.DateField(_("du"))
    ends_on = models.DateField(_("au"), null=True, blank=True)
    decided_on = models.DateField(_("décidé le"))
    letter_reference = models.CharField(_("référence de la lettre"), max_length=120)
    status = models.CharField(
        _("statut"),
        max_length=12,
        choices=[c for c in FigureStatus.choices if c[0] != FigureStatus.MISSING],
        default=FigureStatus.CONFIRMED,
    )

    class Meta:
        verbose_name = _("terme")
        verbose_name_plural = _("termes")
        constraints = [
            UniqueConstraint(
                fields=["award", "code", "starts_on", "decided_on"],
                name="term_once",
                violation_error_message=_("Ce terme existe déjà pour ce jour et cette décision."),
            ),
            dates_in_order("term"),
        ]

    def __str__(self) -> str:
        term = TERMS.get(self.code)
        return f"{said(term.words) if term else self.code} : {self.value}"


class Post(Audited):
    """A funded or approved position of an award; it outlives the workers who hold it."""

    audit_organisation = "award__organisation"

    award = models.ForeignKey(Award, on_delete=models.RESTRICT, related_name="posts")
    code = models.CharField(_("code"), max_length=20)
    function = models.CharField(_("fonction"), max_length=20, choices=Function.choices)
    diploma = models.CharField(
        _("diplôme minimum"), max_length=10, choices=Diploma.choices, blank=True
    )
    fte = models.DecimalField(_("ETP"), max_digits=6, decimal_places=4)
    starts_on = models.DateField(_("du"))
    ends_on = models.DateField(_("au"), null=True, blank=True)

    class Meta:
        verbose_name = _("poste")
        verbose_name_plural = _("postes")
        constraints = [
            UniqueConstraint(
                fields=["award", "code"],
                name="post_code_once",
                violation_error_message=_("Ce poste existe déjà dans la subvention."),
            ),
            CheckConstraint(
                condition=Q(fte__gt=0),
                name="post_fte_positive",
                violation_error_message=_("Le nombre d'ETP doit être supérieur à zéro."),
            ),
            dates_in_order("post"),
        ]

    def __str__(self) -> str:
        return gettext("%(code)s (%(fte)s ETP)") % {"code": self.code, "fte": fte(self.fte)}
