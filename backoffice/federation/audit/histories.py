"""Rows of ours that are only ever added to, and whose addition is in the trail."""

from typing import Any

from backoffice.federation.audit.append_only import OnlyAdded
from backoffice.federation.audit.audited import AuditedManager, AuditedQuerySet


class HistoryQuerySet(OnlyAdded, AuditedQuerySet[Any]):
    """Append-only rows whose addition is in the trail."""


class HistoryManager(AuditedManager[Any]):
    """Gives the rows of a history."""

    def get_queryset(self) -> HistoryQuerySet:
        return HistoryQuerySet(self.model, using=self._db)
