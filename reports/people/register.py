"""The register of what was done with the data of a person: shown, exported, erased."""

from django.conf import settings
from django.contrib.auth.models import User
from django.db import models
from django.utils.translation import gettext_lazy as _

from backoffice.federation.audit import Audited
from backoffice.federation.models import Identity


class PersonRequest(Audited):
    """Someone looked at, exported or erased what is held on a person; never edited."""

    audit_organisation = "identity__organisation"

    class Kind(models.TextChoices):
        SHOWN = "shown", _("consultées")
        EXPORTED = "exported", _("exportées")
        ERASED = "erased", _("effacées")

    identity = models.ForeignKey(Identity, on_delete=models.CASCADE, related_name="requests")
    kind = models.CharField(_("données"), max_length=8, choices=Kind.choices)
    at = models.DateTimeField(_("le"), auto_now_add=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.RESTRICT,
        related_name="person_requests",
        null=True,
        blank=True,
        verbose_name=_("par"),
    )
    reason = models.CharField(_("motif"), max_length=250, blank=True)

    class Meta:
        verbose_name = _("demande sur une personne")
        verbose_name_plural = _("demandes sur des personnes")
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(kind="erased") | ~models.Q(reason=""),
                name="person_request_erasure_explained",
                violation_error_message=_("Indiquez le motif."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.identity_id} {self.kind}"


def note_request(
    *, identity: Identity, kind: PersonRequest.Kind, by: User | None, reason: str = ""
) -> PersonRequest:
    """Write one line of the register."""
    row = PersonRequest(identity=identity, kind=kind, by=by, reason=reason)
    row.save()
    return row
