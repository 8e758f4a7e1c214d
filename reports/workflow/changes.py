"""Who last changed what a justification rests on, as the audit trail tells it."""

from datetime import datetime

from django.db.models import Q

from backoffice.federation.audit.entries import AuditEntry

_ACTS = (AuditEntry.Act.CREATED, AuditEntry.Act.CHANGED, AuditEntry.Act.DELETED)
_ROOMS = ("grants.", "staffing.", "invoices.")


def last_changed_by(organisation: int, until: datetime | None) -> int | None:
    """The account behind the last change of an award, a worker or an invoice of a service.

    None when nobody has changed anything, or a command did; `until` is the last moment looked at.
    """
    mine = Q()
    for room in _ROOMS:
        mine |= Q(model__startswith=room)
    rows = AuditEntry.objects.filter(mine, organisation=organisation, act__in=_ACTS)
    if until is not None:
        rows = rows.filter(at__lte=until)
    last = rows.order_by("-pk").values_list("actor", flat=True).first()
    return None if last is None else int(last)
