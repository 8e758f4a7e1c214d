"""Who we work for: organisations, their approvals with frame and sites; who may see them."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint
from django.utils.translation import gettext_lazy as _
from stdnum.be import vat
from stdnum.exceptions import ValidationError as NumberError

from backoffice.federation.audit import Audited
from backoffice.federation.fields import dates_in_order
from backoffice.federation.vocabulary import ApprovalKind, Diploma, Function


def validate_enterprise_number(value: str) -> None:
    """Ten digits, first 0 or 1, last two = 97 - (first eight mod 97)."""
    try:
        compact = vat.validate(value)
    except NumberError as error:
        raise ValidationError(
            _("Le numéro d'entreprise %(value)s n'est pas valable (clé de contrôle)."),
            params={"value": value},
        ) from error
    if compact != value:
        raise ValidationError(
            _("Écrivez le numéro d'entreprise en dix chiffres : %(compact)s."),
            params={"compact": compact},
        )


class Organisation(Audited):
    """One employer, one enterprise number, one tenant: usually an ASBL, sometimes a mutuality."""

    audit_organisation = ""
    audit_hidden = ("contact",)

    class LegalForm(models.TextChoices):
        ASBL = "asbl", _("ASBL")
        MUTUALITY = "mutuality", _("Mutualité")
        PUBLIC = "public", _("Pouvoir public")

    enterprise_number = models.CharField(
        _("numéro d'entreprise"),
        max_length=10,
        unique=True,
        validators=[validate_enterprise_number],
    )
    name = models.CharField(_("dénomination"), max_length=200)
    legal_form = models.CharField(
        _("forme juridique"), max_length=12, choices=LegalForm.choices, default=LegalForm.ASBL
    )
    address = models.CharField(_("adresse"), max_length=250, blank=True)
    iban = models.CharField(_("IBAN"), max_length=34, blank=True)
    contact = models.CharField(_("signataire"), max_length=150, blank=True)
    is_demo = models.BooleanField(_("démonstration"), default=False)

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")

    def __str__(self) -> str:
        return f"{self.name} ({self.enterprise_number})"


class Approval(Audited):
    """An approval (agrément) held by an organisation: one service, with its analytical account."""

    organisation = models.ForeignKey(
        Organisation, on_delete=models.RESTRICT, related_name="approvals"
    )
    code = models.CharField(_("code"), max_length=20)
    kind = models.CharField(_("type d'agrément"), max_length=10, choices=ApprovalKind.choices)
    name = models.CharField(_("dénomination du service"), max_length=200)
    reference = models.CharField(_("référence de la décision"), max_length=80, blank=True)
    analytical_account = models.CharField(_("compte analytique"), max_length=20)
    starts_on = models.DateField(_("du"))
    ends_on = models.DateField(_("au"), null=True, blank=True)

    class Meta:
        verbose_name = _("agrément")
        verbose_name_plural = _("agréments")
        constraints = [
            UniqueConstraint(
                fields=["organisation", "code"],
                name="approval_code_once",
                violation_error_message=_("Cet agrément existe déjà dans l'organisation."),
            ),
            dates_in_order("approval"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class ApprovedPosition(Audited):
    """FTE of one function in the frame that an approval decision fixes (cadre agréé)."""

    audit_organisation = "approval__organisation"

    class Origin(models.TextChoices):
        MINIMUM = "minimum", _("cadre minimum")
        COMPLEMENTARY = "complementary", _("équipe complémentaire")
        ANTENNA = "antenna", _("antenne")

    approval = models.ForeignKey(Approval, on_delete=models.RESTRICT, related_name="positions")
    code = models.CharField(_("code"), max_length=20)
    function = models.CharField(_("fonction"), max_length=20, choices=Function.choices)
    diploma = models.CharField(
        _("diplôme minimum"), max_length=10, choices=Diploma.choices, blank=True
    )
    origin = models.CharField(
        _("origine"), max_length=14, choices=Origin.choices, default=Origin.MINIMUM
    )
    fte = models.DecimalField(_("ETP"), max_digits=6, decimal_places=4)
    reference = models.CharField(_("référence de la décision"), max_length=80, blank=True)
    starts_on = models.DateField(_("du"))
    ends_on = models.DateField(_("au"), null=True, blank=True)

    class Meta:
        verbose_name = _("poste du cadre agréé")
        verbose_name_plural = _("cadre agréé")
        constraints = [
            UniqueConstraint(
                fields=["approval", "code"],
                name="approved_position_once",
                violation_error_message=_("Ce poste existe déjà dans le cadre de l'agrément."),
            ),
            CheckConstraint(
                condition=Q(fte__gt=0),
                name="approved_position_fte_positive",
                violation_error_message=_("Le nombre d'ETP doit être supérieur à zéro."),
            ),
            dates_in_order("approved_position"),
        ]

    def __str__(self) -> str:
        return f"{self.code} ({self.fte} ETP)"


class Site(Audited):
    """A place where an approved service works: its seat or an antenna."""

    audit_organisation = "approval__organisation"

    class Kind(models.TextChoices):
        SEAT = "seat", _("siège")
        ANTENNA = "antenna", _("antenne")

    approval = models.ForeignKey(Approval, on_delete=models.RESTRICT, related_name="sites")
    code = models.CharField(_("code"), max_length=20)
    name = models.CharField(_("nom"), max_length=150)
    kind = models.CharField(_("type"), max_length=10, choices=Kind.choices)
    address = models.CharField(_("adresse"), max_length=250, blank=True)
    starts_on = models.DateField(_("du"))
    ends_on = models.DateField(_("au"), null=True, blank=True)

    class Meta:
        verbose_name = _("site")
        verbose_name_plural = _("sites")
        constraints = [
            UniqueConstraint(
                fields=["approval", "code"],
                name="site_code_once",
                violation_error_message=_("Ce site existe déjà pour l'agrément."),
            ),
            dates_in_order("site"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"
