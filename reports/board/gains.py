"""Who wins and who loses: how much more own funds each service bears, by year.

For one organisation each of its services is named. For several, services are gathered by type of
approval, and what would single one of them out is hidden.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from django.utils.translation import gettext as _

from backoffice.engine.periods import Ints
from backoffice.engine.scenario.compare import by_year, units_of
from backoffice.engine.scenario.totals import Totals
from reports.memorandum.disclosure import Cell, Line, Rule, hidden_cells
from reports.scenarios.comparing import Comparison, Outcome

_ALL = "*"


@dataclass(frozen=True)
class Gain:
    """A service, or those of a type: own funds more (below zero: less) by year, in cents.

    `win`, `lose` count the employers on each side; all is None where it is hidden.
    """

    name: str
    more: tuple[int, ...] | None
    win: int | None = None
    lose: int | None = None

    @property
    def total(self) -> int | None:
        """Over all the years."""
        return None if self.more is None else sum(self.more)


def gains(found: Comparison, outcome: Outcome) -> list[Gain]:
    """The services at hand, those that lose most first."""
    rows = units_of(outcome.run.facts, outcome.totals, found.base.scope.target)
    more = _more(found.base.totals, outcome.totals, rows)
    alone = len(found.base.scope.organisations) == 1
    listed = _services(outcome, rows, more) if alone else _types(outcome, rows, more)
    return sorted(listed, key=lambda one: (-(one.total or 0), one.name))


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


def _types(outcome: Outcome, rows: Ints, more: Ints) -> Iterator[Gain]:
    """By type of approval, then all together."""
    kinds = [*outcome.run.facts.names.approval_kinds, ""]
    owners = [int(outcome.totals.unit_employer[unit]) for unit in rows.tolist()]
    groups: dict[str, list[int]] = defaultdict(list)
    for place, unit in enumerate(rows.tolist()):
        groups[kinds[int(outcome.totals.unit_approval[unit])]].append(place)
    hidden = _hidden(groups, owners, more)
    for kind, places in [*groups.items(), (_ALL, list(range(len(rows))))]:
        name = _("Tous les services") if kind == _ALL else kind or _("Sans agrément")
        if kind in hidden:
            yield Gain(name, None)
            continue
        by_owner: dict[int, int] = defaultdict(int)
        for place in places:
            by_owner[owners[place]] += int(more[place].sum())
        yield Gain(
            name,
            tuple(more[places].sum(axis=0).tolist()),
            sum(value < 0 for value in by_owner.values()),
            sum(value > 0 for value in by_owner.values()),
        )


def _hidden(
    groups: Mapping[str, Sequence[int]], owners: Sequence[int], more: Ints
) -> frozenset[str]:
    """The types to hide, so that none of them tells of one service, in any year."""
    hidden: frozenset[str] = frozenset()
    cells = [
        Cell(kind, dict.fromkeys(places, 1), kind)
        for kind, places in [*groups.items(), (_ALL, range(len(owners)))]
    ]
    lines = [Line(_ALL, tuple(groups))]
    for year in range(more.shape[1]):
        sizes = np.abs(more[:, year]).tolist()
        rule = Rule[int](owner=owners.__getitem__, size=sizes.__getitem__)
        primary, secondary = hidden_cells(cells, lines, rule)
        hidden |= primary | secondary
    return hidden
