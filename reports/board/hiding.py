"""What the federation may not read of a comparison: figures that rest on too few services."""

from collections import defaultdict
from collections.abc import Iterator, Mapping

import numpy as np

from backoffice.engine.money import Cents
from backoffice.engine.periods import Ints
from backoffice.engine.scenario.compare import by_year, units_of
from backoffice.engine.scenario.totals import Totals
from reports.memorandum.disclosure import Cell, Line, Rule, hidden_cells, too_few
from reports.scenarios.comparing import Comparison

_ALL = "*"
_PAID = ("funded", "invoices")


def is_alone(found: Comparison) -> bool:
    """Whether the comparison is about one organisation, whose rows its reader may see."""
    return len(found.base.scope.organisations) == 1


def rests_on_too_few(found: Comparison) -> bool:
    """Whether the cost of a year would single out one of the services compared."""
    totals = found.base.totals
    rows = units_of(found.base.facts, totals, found.base.scope.target)
    owners = totals.unit_employer[rows]
    costs = by_year(totals.cost[rows])
    return any(
        too_few(_summed(owners, costs[:, year])) for year in range(costs.shape[1])
    ) or not len(rows)


def hidden_figures(found: Comparison) -> frozenset[str]:
    """The codes of the funders' figures to hide, on every side and in every year."""
    hidden: set[str] = set()
    for totals in (found.base.totals, *(one.totals for one in found.outcomes)):
        for paid in _years(found, totals):
            hidden |= _hidden(paid)
    return frozenset(f"{name}.{funder}" for funder in hidden for name in _PAID)


def _years(found: Comparison, totals: Totals) -> Iterator[Mapping[str, Mapping[int, int]]]:
    """By year, what each funder pays each employer, of staff."""
    names = found.base.facts.names
    rows = units_of(found.base.facts, totals, found.base.scope.target)
    mine = np.flatnonzero(np.isin(totals.pair_unit, rows))
    paid = by_year(totals.paid[mine])
    owners = totals.unit_employer[totals.pair_unit[mine]].tolist()
    funders = [names.funders[names.award_schemes[one]] for one in totals.pair_award[mine].tolist()]
    for year in range(paid.shape[1]):
        found_year: dict[str, dict[int, int]] = defaultdict(lambda: defaultdict(int))
        for place, (owner, funder) in enumerate(zip(owners, funders, strict=True)):
            found_year[funder][owner] += int(paid[place, year])
        yield found_year


def _hidden(paid: Mapping[str, Mapping[int, int]]) -> set[str]:
    atoms = [(funder, owner) for funder, held in paid.items() for owner in held]
    cells = [Cell(_ALL, dict.fromkeys(atoms, 1), _ALL)]
    cells += [
        Cell(funder, {(funder, owner): 1 for owner in held}, funder)
        for funder, held in paid.items()
    ]
    rule = Rule[tuple[str, int]](
        owner=lambda atom: atom[1], size=lambda atom: abs(paid[atom[0]][atom[1]])
    )
    primary, secondary = hidden_cells(cells, [Line(_ALL, tuple(paid))], rule)
    return set((primary | secondary) - {_ALL})


def _summed(owners: Ints, values: Cents) -> dict[int, int]:
    found: dict[int, int] = defaultdict(int)
    for owner, value in zip(owners.tolist(), values.tolist(), strict=True):
        found[owner] += abs(value)
    return found
