"""What leaves the house and what came in: frozen justifications, sign-offs, workbook imports."""

from django.conf import settings
from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint
from django.utils.translation import gettext_lazy as _

from backoffice.federation.models import Organisation
from grants.models import Award
from reports.evidence.link import EvidenceLink

__all__ = ["EvidenceLink", "Justification", "SignOff", "WorkbookImport"]


class SignOff(models.Model):
    """A named person accepts one warning or one figure to confirm, for one award and year.

    `user` is the account that accepted on the site; None when it was done at the command line.
    """

    award = models.ForeignKey(Award, on_delete=models.RESTRICT, related_name="sign_offs")
    year = models.PositiveSmallIntegerField(_("exercice"))
    subject = models.CharField(_("contrôle ou valeur"), max_length=400)
    signed_by = models.CharField(_("accepté par"), max_length=150)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.RESTRICT,
        related_name="sign_offs",
        null=True,
        blank=True,
        verbose_name=_("compte"),
    )
    reason = models.CharField(_("motif"), max_length=250)
    signed_on = models.DateField(_("le"))

    class Meta:
        verbose_name = _("acceptation")
        verbose_name_plural = _("acceptations")
        constraints = [
            UniqueConstraint(
                fields=["award", "year", "subject"],
                name="sign_off_once",
                violation_error_message=_("Ce point a déjà été accepté."),
            ),
            CheckConstraint(
                condition=~Q(signed_by="") & ~Q(reason=""),
                name="sign_off_named_and_explained",
                violation_error_message=_("Indiquez qui accepte et pourquoi."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.award_id} {self.year} {self.subject}"


class Justification(models.Model):
    """A final justification, frozen: never edited, corrected only by a new one that points to it.

    `document` is the complete JSON text as issued, `digest` its SHA-256; the files written at the
    same moment are known by their own SHA-256. `frozen_by` is None at the command line.
    """

    award = models.ForeignKey(Award, on_delete=models.RESTRICT, related_name="justifications")
    year = models.PositiveSmallIntegerField(_("exercice"))
    version = models.PositiveSmallIntegerField(_("version"))
    replaces = models.OneToOneField(
        "self",
        on_delete=models.RESTRICT,
        null=True,
        blank=True,
        related_name="replaced_by",
        verbose_name=_("corrige"),
    )
    as_of = models.DateField(_("situation au"))
    frozen_at = models.DateTimeField(_("figée le"), auto_now_add=True)
    frozen_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.RESTRICT,
        related_name="justifications",
        null=True,
        blank=True,
        verbose_name=_("figée par"),
    )
    document = models.TextField(_("document"))
    digest = models.CharField(_("empreinte SHA-256"), max_length=64)
    file_digests = models.JSONField(_("empreintes des fichiers"))

    class Meta:
        verbose_name = _("justification figée")
        verbose_name_plural = _("justifications figées")
        constraints = [
            UniqueConstraint(
                fields=["award", "year", "version"],
                name="justification_version_once",
                violation_error_message=_("Cette version existe déjà."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.award_id} {self.year} v{self.version}"


class WorkbookImport(models.Model):
    """A workbook that a user uploaded: previewed first, then applied or left."""

    class State(models.TextChoices):
        REFUSED = "refused", _("refusé")
        PREVIEWED = "previewed", _("prêt à importer")
        APPLIED = "applied", _("importé")

    organisation = models.ForeignKey(
        Organisation, on_delete=models.RESTRICT, related_name="imports", null=True, blank=True
    )
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.RESTRICT, related_name="imports"
    )
    uploaded_at = models.DateTimeField(_("déposé le"), auto_now_add=True)
    file = models.FileField(_("fichier"), upload_to="imports/")
    sha256 = models.CharField(_("empreinte SHA-256"), max_length=64)
    state = models.CharField(_("état"), max_length=10, choices=State.choices)
    report = models.JSONField(_("compte rendu"))

    class Meta:
        verbose_name = _("import de classeur")
        verbose_name_plural = _("imports de classeurs")

    def __str__(self) -> str:
        return f"{self.pk} {self.state}"
