"""Who wins and who loses: how much more own funds each service of one employer bears, by year."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from django.utils.translation import gettext as _

from backoffice.engine.periods import Ints
from backoffice.engine.scenario.compare import by_year, units_of
from backoffice.engine.scenario.totals import Totals
from reports.scenarios.comparing import Comparison, Outcome


@dataclass(frozen=True)
class Gain:
    """A service, or those of a type: own funds more (below zero: less) by year, in cents.

    `more` is None where it is hidden.
    """

    name: str
    more: tuple[int, ...] | None

    @property
    def total(self) -> int | None:
        """Over all the years."""
        return None if self.more is None else sum(self.more)


def gains(found: Comparison, outcome: Outcome) -> list[Gain]:
    """The services at hand, those that lose most first."""
    rows = units_of(outcome.run.facts, outcome.totals, found.base.scope.target)
    more = _more(found.base.totals, outcome.totals, rows)
    return sorted(_services(outcome, rows, more), key=lambda one: (-(one.total or 0), one.name))


def _more(base: Totals, other: Totals, rows: Ints) -> Ints:
    """Unit x year: own funds more than today; a service that is gone has none any more."""
    places = {
        key: place
        for place, key in enumerate(
            zip(base.unit_employer.tolist(), base.unit_approval.tolist(), strict=True)
        )
    }
    keys = zip(other.unit_employer[rows].tolist(), other.unit_approval[rows].tolist(), strict=True)
    held = [places.get(key, -1) for key in keys]
    before = np.vstack([base.own_funds, np.zeros_like(base.own_funds[:1])])[held]
    return by_year(np.asarray(other.own_funds[rows] - before, dtype=np.int64))


def _services(outcome: Outcome, rows: Ints, more: Ints) -> Iterator[Gain]:
    names = outcome.run.facts.names
    for place, unit in enumerate(rows.tolist()):
        approval = int(outcome.totals.unit_approval[unit])
        if more[place].any() or outcome.totals.cost[unit].any():
            name = names.approvals[approval] if approval >= 0 else _("Sans agrément")
            yield Gain(name, tuple(more[place].tolist()))
