"""What came in: the workbooks that users deposit."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from backoffice.federation.audit import Audited
from backoffice.federation.models import Organisation


class WorkbookImport(Audited):
    """A file that a user handed in: looked at first, then imported or left.

    `name` is the name it came with, shown to the people of its organisation alone. `asked` is what
    was said with it: of a balance its `year`, and `partial` when it has no costs nor income.
    """

    class Kind(models.TextChoices):
        WORKBOOK = "workbook", _("classeur d'une année")
        E_INVOICE = "e_invoice", _("facture électronique")
        BALANCE = "balance", _("balance des comptes")

    audit_hidden = ("name", "report", "file")

    class State(models.TextChoices):
        WAITING = "waiting", _("à examiner")
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
    kind = models.CharField(_("nature"), max_length=10, choices=Kind.choices, default=Kind.WORKBOOK)
    name = models.CharField(_("nom du fichier"), max_length=200, blank=True)
    asked = models.JSONField(_("demande"), default=dict, blank=True)
    file = models.FileField(_("fichier"), upload_to="imports/")
    sha256 = models.CharField(_("empreinte SHA-256"), max_length=64)
    state = models.CharField(_("état"), max_length=10, choices=State.choices)
    report = models.JSONField(_("compte rendu"))

    class Meta:
        verbose_name = _("import de classeur")
        verbose_name_plural = _("imports de classeurs")

    def __str__(self) -> str:
        return f"{self.pk} {self.state}"
