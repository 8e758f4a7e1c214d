"""What a process keeps until the data change: baselines, and the sums of the federation.

Every write goes through the trail: the acts that changed rows are the version of the data. A
reading takes from a tenth of a second to seconds, a scenario some hundredths, the sums of one with
small cells hidden half a second.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping, Sequence
from datetime import date
from itertools import chain
from threading import Lock
from typing import TypeVar

from django.db.models import Max
from django.utils.translation import get_language

from backoffice.federation.audit.entries import AuditEntry
from backoffice.federation.models import Organisation
from reports.scenarios.aggregates.steps import Walk
from reports.scenarios.aggregates.view import Aggregated, aggregated_by, walk_of
from reports.scenarios.assumed import Assumptions
from reports.scenarios.comparing import EVERYONE, Baseline, Horizon, Scope, baseline, within_data
from reports.scenarios.scenario import Scenario
from reports.scenarios.toml.writing import write_scenario
from reports.treasury.summed.summing import SummedCash, summed_cash

_WRITES = ("created", "changed", "deleted")
_LATEST = 10_000
_MOST_BASES, _MOST_SUMS, _MOST_CASH = 6, 60, 1
_LOCK = Lock()
_BASES: OrderedDict[Hashable, Baseline] = OrderedDict()
_WALKS: OrderedDict[Hashable, Walk] = OrderedDict()
_CASH: OrderedDict[Hashable, SummedCash | None] = OrderedDict()
_SUMS: OrderedDict[Hashable, Mapping[str, Aggregated]] = OrderedDict()
T = TypeVar("T")


def data_version() -> tuple[int, int]:
    """The number of the last act that changed rows, and how many of the latest ones are there.

    An act may be committed after another that has a higher number: only the count tells of it.
    """
    acts = AuditEntry.objects.filter(act__in=_WRITES)
    last = acts.aggregate(last=Max("pk"))["last"] or 0
    return last, acts.filter(pk__gt=last - _LATEST).count()


def baseline_of(scope: Scope, horizon: Horizon, assumptions: Assumptions) -> Baseline:
    """The baseline as the data stand now: read once, then handed out again.

    Raises:
        OutsideData: the data cannot tell of these years.
    """
    key = _key(scope, horizon, assumptions)
    return _once(
        _BASES, _MOST_BASES, key, lambda: baseline(scope, within_data(scope, horizon), assumptions)
    )


def summed_of(
    base: Baseline, scenario: Scenario, assumptions: Assumptions
) -> Mapping[str, Aggregated]:
    """A scenario over each type of approval and over all, small cells hidden."""
    key = _key(base.scope, base.horizon, assumptions)
    targets = (EVERYONE, *sorted(set(base.facts.names.approval_kinds)))
    walk = _once(_WALKS, _MOST_BASES, key, lambda: walk_of(base, assumptions))
    return _once(
        _SUMS,
        _MOST_SUMS,
        (key, get_language(), write_scenario(scenario)),
        lambda: aggregated_by(base, scenario, assumptions, targets, walk),
    )


def cash_of_all(organisations: Sequence[Organisation], today: date) -> SummedCash | None:
    """What the federation reads of cash, as the data stand now; None where nobody has pay.

    Raises:
        OutsideData: the law of the years to come is not known.
    """
    key = data_version(), tuple(one.pk for one in organisations), today
    return _once(_CASH, _MOST_CASH, key, lambda: summed_cash(organisations, today))


def _key(scope: Scope, horizon: Horizon, assumptions: Assumptions) -> Hashable:
    return (
        data_version(),
        tuple(one.pk for one in scope.organisations),
        scope.target,
        horizon,
        tuple(sorted((one.code, one.since, one.value) for one in chain(*assumptions.values()))),
    )


def _once(kept: OrderedDict[Hashable, T], most: int, key: Hashable, make: Callable[[], T]) -> T:
    """What is kept under a key, made where it is not; the one asked longest ago leaves."""
    with _LOCK:
        if key in kept:
            kept.move_to_end(key)
            return kept[key]
    found = make()
    with _LOCK:
        kept[key] = found
        while len(kept) > most:
            kept.popitem(last=False)
    return found
