"""Why an allocation is what it is: the decision behind each change of a month."""

from django.conf import settings
from django.db import models
from django.db.models import CheckConstraint, Q
from django.utils.translation import gettext_lazy as _

from backoffice.federation.audit import Audited
from backoffice.federation.models import Organisation


class AllocationNote(Audited):
    """One change of one month of a worker on a post, with its reason; never edited.

    The worker, the award and the post are kept by their own references, so that the note outlives
    a row that an import removes. `before` and `after` are hours a week as the grid writes them
    ("19" or "19@15:11,4"), empty for none.
    """

    organisation = models.ForeignKey(
        Organisation, on_delete=models.RESTRICT, related_name="allocation_notes"
    )
    worker_number = models.CharField(_("travailleur"), max_length=20)
    award_reference = models.CharField(_("subvention"), max_length=40)
    post_code = models.CharField(_("poste"), max_length=20)
    month = models.DateField(_("mois (premier jour)"))
    before = models.CharField(_("avant"), max_length=250, blank=True)
    after = models.CharField(_("après"), max_length=250, blank=True)
    reason = models.CharField(_("motif"), max_length=250)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.RESTRICT,
        related_name="allocation_notes",
        null=True,
        blank=True,
        verbose_name=_("par"),
    )
    at = models.DateTimeField(_("le"), auto_now_add=True)

    class Meta:
        verbose_name = _("note d'affectation")
        verbose_name_plural = _("notes d'affectation")
        indexes = [models.Index(fields=["organisation", "month"], name="allocation_note_month")]
        constraints = [
            CheckConstraint(
                condition=~Q(reason=""),
                name="allocation_note_explained",
                violation_error_message=_("Indiquez pourquoi l'affectation change."),
            ),
            CheckConstraint(
                condition=Q(month__day=1),
                name="allocation_note_first_day",
                violation_error_message=_("Le mois s'écrit avec son premier jour."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.worker_number} {self.award_reference} {self.month:%Y-%m}"
