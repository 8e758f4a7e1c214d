"""The sliders of a comparison.

A slider becomes a patch at the end of the list; at rest it is no patch at all.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

import numpy as np
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from backoffice.engine.periods import month_start
from backoffice.engine.projection.facts import Facts
from backoffice.engine.scenario.patch import Value
from reports.scenarios.comparing import Baseline
from reports.scenarios.scenario import Change, Scenario

_PERCENT = 100


@dataclass(frozen=True)
class Lever:
    """A slider: its bounds, where it rests, how its value is said; `alone` for one service only."""

    code: str
    label: str | Promise
    low: int
    high: int
    rest: int
    unit: str | Promise
    alone: bool = False

    def held(self, written: str | None) -> int:
        """What was asked, brought within the bounds; at rest where it cannot be read."""
        try:
            return min(max(int(written or self.rest), self.low), self.high)
        except ValueError:
            return self.rest


_MONTHS, _SHARE = gettext_lazy("mois"), "%"
LEVERS = (
    Lever("retard", gettext_lazy("Retard d'index des subventions"), 0, 12, 0, _MONTHS),
    Lever("plafond", gettext_lazy("Plafonds du Maribel"), 80, 120, 100, _SHARE),
    Lever("montants", gettext_lazy("Montants accordés"), 80, 120, 100, _SHARE),
    Lever(
        "travail", gettext_lazy("Temps de travail de l'équipe"), 50, 100, 100, _SHARE, alone=True
    ),
)


def levers_of(*, federation: bool) -> tuple[Lever, ...]:
    """The sliders of a service, or those that name no worker of several."""
    return tuple(one for one in LEVERS if not (federation and one.alone))


def moved(base: Baseline, scenario: Scenario, held: Mapping[str, int]) -> Scenario:
    """The scenario followed by what the sliders change."""
    changes = list(scenario.changes)
    last = max([0, *(one.number for one in changes), *(one.number for one in scenario.problems)])
    since = first_open_day(base)
    for number, (kind, target, values) in enumerate(_patches(base.facts, held), last + 1):
        changes.append(Change(number, kind, target, since, values))
    return replace(scenario, changes=tuple(changes))


def is_moved(held: Mapping[str, int]) -> bool:
    """Whether a slider is not at rest."""
    return any(held.get(one.code, one.rest) != one.rest for one in LEVERS)


def first_open_day(base: Baseline) -> date:
    """The first day from which no pay of the organisations at hand is known yet."""
    known = int(base.facts.known_until.max(initial=base.facts.first))
    return month_start(min(max(known, base.facts.first), base.facts.stop - 1))


def _patches(
    facts: Facts, held: Mapping[str, int]
) -> Iterator[tuple[str, str, Mapping[str, Value]]]:
    values = {one.code: held.get(one.code, one.rest) for one in LEVERS}
    if values["retard"]:
        yield "index", "*", {"lag": values["retard"], "of": "grants"}
    if values["plafond"] != _PERCENT:
        yield "figure", "maribel.*", {"factor": Fraction(values["plafond"], _PERCENT)}
    if values["montants"] != _PERCENT:
        yield "award", "*", {"factor": Fraction(values["montants"], _PERCENT)}
    if values["travail"] != _PERCENT:
        for worker in _at_work(facts):
            yield "worker", worker, {"share": Fraction(values["travail"], _PERCENT)}


def _at_work(facts: Facts) -> list[str]:
    """Those whose contract goes on once known pay ends, as patches name them."""
    names, last = facts.names, month_start(int(facts.known_until.max(initial=0))).toordinal()
    workers = np.unique(facts.contracts.worker[facts.contracts.stop > last]).tolist()
    return [
        f"{names.employers[int(facts.worker_employer[one])]}/{names.workers[one]}"
        for one in workers
    ]
