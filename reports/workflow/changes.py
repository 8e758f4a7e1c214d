"""Who changed what a justification rests on, as the audit trail tells it."""

from datetime import datetime

from django.db.models import Q

from backoffice.federation.audit.entries import AuditEntry
from grants.models import Award
from reports.models import Justification

_ACTS = (AuditEntry.Act.CREATED, AuditEntry.Act.CHANGED, AuditEntry.Act.DELETED)
_ROOMS = ("grants.", "staffing.", "invoices.")
_CALENDAR = (
    "grants.calendarfeed",
    "grants.deadline",
    "grants.deadlineevent",
    "grants.deadlinereminder",
)
"""What only says when something is due: a justification does not rest on it."""


def changed_by(award: Award, year: int, until: datetime | None) -> frozenset[int]:
    """The accounts that changed an award, a worker or an invoice of the service.

    From the last frozen version of the justification on, up to `until` where it is given. What a
    command or the site did by itself has no account.
    """
    mine = Q()
    for room in _ROOMS:
        mine |= Q(model__startswith=room)
    rows = AuditEntry.objects.filter(
        mine, organisation=award.organisation_id, act__in=_ACTS, actor__isnull=False
    ).exclude(model__in=_CALENDAR)
    versions = Justification.objects.filter(award=award, year=year).order_by("-version")
    since = versions.values_list("frozen_at", flat=True).first()
    if since is not None:
        rows = rows.filter(at__gt=since)
    if until is not None:
        rows = rows.filter(at__lte=until)
    return frozenset(rows.order_by().values_list("actor", flat=True).distinct())
