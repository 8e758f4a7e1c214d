"""What leaves the house: named sign-offs, frozen justifications and their files."""

import hashlib

from django.conf import settings
from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from backoffice.federation.audit import Audited
from backoffice.federation.models import StoredFile
from grants.models import Award


class SignOff(Audited):
    """A named person accepts one warning or one figure to confirm, for one award and year.

    `user` is the account that accepted on the site; None when it was done at the command line.
    """

    audit_organisation = "award__organisation"
    audit_hidden = ("signed_by",)

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
        verbose_name=pgettext_lazy("personne", "compte"),
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


class VersionDamaged(RuntimeError):
    """A frozen document is no longer what was frozen; `version` is its row."""

    def __init__(self, version: "Justification") -> None:
        self.version = version
        super().__init__(f"{version.pk}")


class Justification(Audited):
    """A final justification, frozen: never edited, corrected only by a new one that points to it.

    `document` is the complete JSON text with pseudonyms instead of names, `document_digest` its
    SHA-256, `digest` that of its content whatever the version and the day; the files written at the
    same moment are known by their own SHA-256. `frozen_by` is None at the command line.
    `holds_names` marks a document frozen before pseudonyms; `redactions` says when one was written
    over a name of it, with the SHA-256 of the text before and after.
    `withdrawn_at` is when it was unlocked before it was sent, None while it stands.
    """

    audit_organisation = "award__organisation"
    audit_hidden = ("document",)

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
    document_digest = models.CharField(_("empreinte du document"), max_length=64, blank=True)
    holds_names = models.BooleanField(_("contient des noms"), default=False)
    redactions = models.JSONField(_("noms remplacés"), default=list, blank=True)
    file_digests = models.JSONField(_("empreintes des fichiers"))
    withdrawn_at = models.DateTimeField(_("déverrouillée le"), null=True, blank=True)

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

    @property
    def text(self) -> str:
        """The document, which still has the digest stored beside it.

        Raises:
            VersionDamaged: it was changed since.
        """
        found = hashlib.sha256(self.document.encode()).hexdigest()
        if self.document_digest not in ("", found):
            raise VersionDamaged(self)
        return self.document


class FrozenFile(Audited):
    """A file of a frozen justification, kept as it was written; its JSON is the row itself."""

    audit_organisation = "justification__award__organisation"

    justification = models.ForeignKey(
        Justification, on_delete=models.RESTRICT, related_name="files"
    )
    extension = models.CharField(_("format"), max_length=4)
    stored = models.OneToOneField(StoredFile, on_delete=models.RESTRICT, related_name="frozen_as")

    class Meta:
        verbose_name = _("fichier figé")
        verbose_name_plural = _("fichiers figés")
        constraints = [
            UniqueConstraint(
                fields=["justification", "extension"],
                name="frozen_file_once",
                violation_error_message=_("Ce format est déjà gardé."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.justification_id} {self.extension}"
