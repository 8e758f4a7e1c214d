"""What the federation may not read of a comparison: figures that rest on too few services."""

from collections import defaultdict

from backoffice.engine.money import Cents
from backoffice.engine.periods import Ints
from backoffice.engine.scenario.compare import by_year, units_of
from reports.memorandum.disclosure import too_few
from reports.scenarios.comparing import Baseline


def rests_on_too_few(base: Baseline, target: str) -> bool:
    """Whether the cost of a year would single out one of the services of a type, or of all."""
    totals = base.totals
    rows = units_of(base.facts, totals, target)
    owners = totals.unit_employer[rows]
    costs = by_year(totals.cost[rows])
    return any(
        too_few(_summed(owners, costs[:, year])) for year in range(costs.shape[1])
    ) or not len(rows)


def _summed(owners: Ints, values: Cents) -> dict[int, int]:
    found: dict[int, int] = defaultdict(int)
    for owner, value in zip(owners.tolist(), values.tolist(), strict=True):
        found[owner] += abs(value)
    return found
