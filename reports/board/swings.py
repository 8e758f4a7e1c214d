"""The bars of a tornado: how far each driver, moved both ways, takes own funds over all the years.

What is moved is said beside each end: none of it is a forecast.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

import numpy as np
from django.utils.translation import gettext as _

from backoffice.engine.periods import month_index, month_ordinals
from backoffice.engine.projection.facts import Facts, Leaves
from backoffice.engine.projection.spans import pairs
from backoffice.engine.scenario.compare import units_of
from backoffice.engine.scenario.patch import Patch, Value
from backoffice.engine.scenario.patches import apply_patches
from backoffice.engine.scenario.run import run
from backoffice.engine.scenario.totals import totals_of
from reports.board.levers import first_open_day
from reports.charts import Swing
from reports.memorandum.disclosure import too_few
from reports.scenarios.comparing import Baseline

_MONTHS = 12
_LATE = 3


@dataclass(frozen=True)
class _Driver:
    """A driver with its two ends: what each is, and the facts under it."""

    name: str
    low: tuple[str, Facts]
    high: tuple[str, Facts]


def swings(base: Baseline, target: str, *, apart: bool) -> list[Swing]:
    """What each driver changes of own funds, from today's; those that change nothing are left out.

    The widest first. Each end is a run of its own: two per driver.

    Args:
        base: what stands today.
        target: a type of approval, an employer's number, or `*`.
        apart: whether the reader may see each service apart; otherwise a driver that would tell of
            one is left out.
    """
    start = _own(base.facts, target)
    found = []
    for driver in _drivers(base):
        ends = [_moved(start, _own(facts, target)) for _words, facts in (driver.low, driver.high)]
        if not any(any(end.values()) for end in ends):
            continue
        if apart or not any(map(too_few, map(_sizes, ends))):
            low, high = (sum(end.values()) for end in ends)
            found.append(Swing(driver.name, low, high, driver.low[0], driver.high[0]))
    return sorted(found, key=lambda one: (-abs(one.high - one.low), one.name))


def _moved(before: Mapping[int, int], after: Mapping[int, int]) -> dict[int, int]:
    """By employer, what own funds move."""
    return {one: after.get(one, 0) - before.get(one, 0) for one in {*before, *after}}


def _sizes(moved: Mapping[int, int]) -> dict[int, int]:
    return {employer: abs(cents) for employer, cents in moved.items()}


def _drivers(base: Baseline) -> Iterator[_Driver]:
    facts = base.facts
    low, high = ("path", Fraction(1, 100)), ("path", Fraction(3, 100))
    if any(note.code == "index_stops" for note in base.notes):
        yield _Driver(
            _("Index, après les mois connus"),
            (_("1 % par an"), _patched(base, "index", "*", low)),
            (_("3 % par an"), _patched(base, "index", "*", high)),
        )
    yield _Driver(
        _("Index des subventions déjà indexées"),
        (_("comme les salaires"), facts),
        (_("3 mois après les salaires"), _patched(base, "index", "*", ("lag", _LATE), of="grants")),
    )
    yield _Driver(
        _("Plafonds du Maribel"),
        (_("5 % de moins"), _patched(base, "figure", "maribel.*", ("factor", Fraction(95, 100)))),
        (_("5 % de plus"), _patched(base, "figure", "maribel.*", ("factor", Fraction(105, 100)))),
    )
    yield _Driver(
        _("Ancienneté de l'équipe"),
        (_("un an de moins"), _aged(facts, -_MONTHS)),
        (_("un an de plus"), _aged(facts, _MONTHS)),
    )
    away, since = facts.leaves, month_index(first_open_day(base))
    yield _Driver(
        _("Maladie, mois non payés et sans remplaçant"),
        (_("aucun"), replace(facts, leaves=replace(away, stop=away.start))),
        (_("un par an et par personne"), _sick(facts, since)),
    )


def _patched(
    base: Baseline, kind: str, target: str, value: tuple[str, Value], **more: Value
) -> Facts:
    """The facts under one patch; as they are where it cannot be applied."""
    patch = Patch(1, kind, target, first_open_day(base), {value[0]: value[1], **more})
    return apply_patches(base.facts, [patch]).facts


def _aged(facts: Facts, months: int) -> Facts:
    """Everybody's seniority, some months more."""
    lines = facts.contracts
    return replace(facts, contracts=replace(lines, since=lines.since - months))


def _sick(facts: Facts, since: int) -> Facts:
    """A whole month without pay every year for each worker, beside the absences that are known.

    The guaranteed pay of the first month of sickness is in the pay as it stands: only what comes
    after it moves. The months are spread over the workers, so that no season weighs more.
    """
    away, months = facts.leaves, np.arange(since, facts.stop)
    turn = np.arange(len(facts.names.workers)) % _MONTHS
    worker, place = np.nonzero(turn[:, np.newaxis] == months % _MONTHS)
    start, stop = month_ordinals(months[place]), month_ordinals(months[place] + 1)
    mine, known = pairs(worker, away.worker)
    meet = (start[mine] < away.stop[known]) & (away.start[known] < stop[mine])
    apart = np.setdiff1d(np.arange(len(worker)), mine[meet])
    return replace(
        facts,
        leaves=Leaves(
            np.concatenate([away.worker, worker[apart]]),
            np.concatenate([away.start, start[apart]]),
            np.concatenate([away.stop, stop[apart]]),
        ),
    )


def _own(facts: Facts, target: str) -> dict[int, int]:
    """Own funds by employer, over all the years."""
    done = run(facts)
    totals = totals_of(done)
    found: dict[int, int] = defaultdict(int)
    for unit in units_of(done.facts, totals, target).tolist():
        found[int(totals.unit_employer[unit])] += int(totals.own_funds[unit].sum())
    return found
