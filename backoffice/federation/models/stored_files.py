"""Files that people hand in: kept as they came, with who, when and their SHA-256."""

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from backoffice.federation.audit import Audited
from backoffice.federation.models.organisations import Organisation


def stored_path(_row: "StoredFile", _name: str) -> str:
    """A path that says nothing of its content."""
    return f"files/{uuid.uuid4().hex}"


class StoredFile(Audited):
    """The original of a file of one organisation; served only after a check of rights.

    `name` is the name it came with, `media_type` what its content is (whatever the name says).
    `about` is the last person whose row it was joined to, and stays when it is taken off. Once
    `erased_at` is set, its content and its name are gone; its size and SHA-256 stay.
    """

    audit_hidden = ("name", "file")

    organisation = models.ForeignKey(Organisation, on_delete=models.RESTRICT, related_name="files")
    file = models.FileField(_("fichier"), upload_to=stored_path)
    name = models.CharField(_("nom du fichier"), max_length=200)
    media_type = models.CharField(_("type"), max_length=100)
    size = models.PositiveIntegerField(_("taille en octets"))
    sha256 = models.CharField(_("empreinte SHA-256"), max_length=64)
    kept_at = models.DateTimeField(_("déposé le"), auto_now_add=True)
    kept_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.RESTRICT,
        related_name="stored_files",
        null=True,
        blank=True,
        verbose_name=_("déposé par"),
    )
    about = models.ForeignKey(
        "federation.Identity",
        on_delete=models.SET_NULL,
        related_name="files",
        null=True,
        blank=True,
        verbose_name=_("au sujet de"),
    )
    erased_at = models.DateTimeField(_("contenu effacé le"), null=True, blank=True)

    class Meta:
        verbose_name = _("fichier déposé")
        verbose_name_plural = _("fichiers déposés")

    def __str__(self) -> str:
        return f"{self.pk} {self.media_type}"
