"""The baseline of a service or of all, kept by this process until the data change.

Every write goes through the trail: the number of the last act that changed rows is the version of
the data. A reading takes from a tenth of a second to seconds, a scenario some hundredths.
"""

from collections import OrderedDict
from collections.abc import Hashable
from threading import Lock

from django.db.models import Max

from backoffice.federation.audit.entries import AuditEntry
from reports.scenarios.assumed import Assumptions
from reports.scenarios.comparing import Baseline, Horizon, Scope, baseline

_MOST = 6
_WRITES = ("created", "changed", "deleted")
_KEPT: OrderedDict[Hashable, Baseline] = OrderedDict()
_LOCK = Lock()


def data_version() -> int:
    """The number of the last act that changed rows; 0 where nothing ever did."""
    found = AuditEntry.objects.filter(act__in=_WRITES).aggregate(last=Max("pk"))
    return found["last"] or 0


def baseline_of(scope: Scope, horizon: Horizon, assumptions: Assumptions) -> Baseline:
    """The baseline as the data stand now: read once, then handed out again."""
    key = (
        data_version(),
        tuple(one.pk for one in scope.organisations),
        scope.target,
        horizon,
        tuple(sorted((one.code, one.value, one.since) for one in assumptions.values())),
    )
    with _LOCK:
        if key in _KEPT:
            _KEPT.move_to_end(key)
            return _KEPT[key]
    found = baseline(scope, horizon, assumptions)
    with _LOCK:
        _KEPT[key] = found
        while len(_KEPT) > _MOST:
            _KEPT.popitem(last=False)
    return found
