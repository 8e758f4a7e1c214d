"""One kept file proves one row."""

from django.conf import settings
from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint
from django.utils.translation import gettext_lazy as _

from backoffice.federation.audit import Audited
from backoffice.federation.models import StoredFile
from grants.models import Amendment, Award, Deadline
from invoices.models import Invoice
from staffing.models import ContractLine, WorkerDocument

TARGETS = ("award", "amendment", "deadline", "contract_line", "worker_document", "invoice")
"""The kinds of rows that take files: one column each, exactly one of them filled in."""


class EvidenceLink(Audited):
    """A kept file and the row that it proves; the file outlives the link."""

    audit_organisation = "file__organisation"

    file = models.ForeignKey(
        StoredFile, on_delete=models.RESTRICT, related_name="links", verbose_name=_("fichier")
    )
    award = models.ForeignKey(
        Award, on_delete=models.CASCADE, related_name="evidence_links", null=True, blank=True
    )
    amendment = models.ForeignKey(
        Amendment, on_delete=models.CASCADE, related_name="evidence_links", null=True, blank=True
    )
    deadline = models.ForeignKey(
        Deadline, on_delete=models.CASCADE, related_name="evidence_links", null=True, blank=True
    )
    contract_line = models.ForeignKey(
        ContractLine, on_delete=models.CASCADE, related_name="evidence_links", null=True, blank=True
    )
    worker_document = models.ForeignKey(
        WorkerDocument,
        on_delete=models.CASCADE,
        related_name="evidence_links",
        null=True,
        blank=True,
    )
    invoice = models.ForeignKey(
        Invoice, on_delete=models.CASCADE, related_name="evidence_links", null=True, blank=True
    )
    attached_at = models.DateTimeField(_("joint le"), auto_now_add=True)
    attached_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.RESTRICT,
        related_name="evidence_links",
        null=True,
        blank=True,
        verbose_name=_("joint par"),
    )

    class Meta:
        verbose_name = _("pièce jointe")
        verbose_name_plural = _("pièces jointes")
        constraints = [
            CheckConstraint(
                condition=Q(
                    *(
                        Q(**{f"{other}__isnull": other != one for other in TARGETS})
                        for one in TARGETS
                    ),
                    _connector=Q.OR,
                ),
                name="evidence_link_proves_one_row",
                violation_error_message=_("Un fichier est joint à une seule ligne à la fois."),
            ),
            *(
                UniqueConstraint(
                    fields=["file", one],
                    condition=Q(**{f"{one}__isnull": False}),
                    name=f"evidence_link_{one}_once",
                    violation_error_message=_("Ce fichier est déjà joint à cette ligne."),
                )
                for one in TARGETS
            ),
        ]

    def __str__(self) -> str:
        return f"{self.file_id}"
