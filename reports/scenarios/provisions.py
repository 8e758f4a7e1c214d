"""The holiday pay that employers owe at the end of each year, today and under a scenario.

It is a provision of the accounts, not a payment: pay already has the holidays in the month in which
they are paid, so it is shown beside the cost and never added to it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from django.utils.translation import gettext as _

from backoffice.engine.periods import Ints
from backoffice.engine.projection.facts import TO_CONFIRM
from backoffice.engine.projection.provision import holiday_provisions
from backoffice.engine.scenario.compare import units_of
from backoffice.engine.scenario.run import Run
from reports.scenarios.comparing import Comparison, Outcome
from reports.scenarios.figures import DOUBTS, MISSING

_MONTHS = 12
Levels = tuple[int | None, ...]
"""Cents by civil year, None where unknown."""


@dataclass(frozen=True)
class Provision:
    """What one employer owes on each 31 December.

    Attributes:
        employer: its enterprise number.
        baseline, scenario: cents by year of the horizon, None where unknown.
        doubts: by year, the worst on either side: the rate is to confirm, and pay to come is
            foreseen or supposed.
    """

    employer: str
    baseline: Levels
    scenario: Levels
    doubts: tuple[str, ...]


def provisions_of(found: Comparison, one: Outcome) -> tuple[Provision, ...]:
    """Each employer looked at, with all its workers, by its enterprise number."""
    base = found.base
    names = base.facts.names.employers
    units = units_of(one.run.facts, one.totals, base.scope.target)
    today, then = _levels(base.run), _levels(one.run)
    doubts = np.maximum(_doubts(base.run), _doubts(one.run)).tolist()
    return tuple(
        Provision(
            names[place], today[place], then[place], tuple(DOUBTS[each] for each in doubts[place])
        )
        for place in np.unique(one.totals.unit_employer[units]).tolist()
    )


def _levels(run: Run) -> list[Levels]:
    """By employer; unknown where a part of the pay of the year is."""
    owed = np.where(_doubts(run) == MISSING, -1, holiday_provisions(run.facts, run.months))
    return [tuple(None if cents < 0 else cents for cents in row) for row in owed.tolist()]


def _doubts(run: Run) -> Ints:
    """Employer x civil year: places in `DOUBTS`."""
    months = run.months
    size = len(run.facts.names.employers), (run.facts.stop - run.facts.first) // _MONTHS
    found = np.full(size, TO_CONFIRM, dtype=np.int64)
    year = months.pay.month // _MONTHS - run.facts.first // _MONTHS
    doubt = np.where(months.incomplete > 0, MISSING, months.status)
    np.maximum.at(found, (months.employer, year), doubt)
    return found


def changes_of(levels: Levels) -> Levels:
    """What each year adds to the level of the year before; that of the first one is unknown."""
    return (None, *map(_change, pairwise(levels)))


def _change(years: tuple[int | None, int | None]) -> int | None:
    before, after = years
    return None if before is None or after is None else after - before


def parts(one: Provision) -> Iterator[tuple[str, Levels, Levels]]:
    """Its level, then its change in the year: a name, today, under the scenario."""
    yield _("Provision au 31 décembre"), one.baseline, one.scenario
    yield _("Variation de l'année"), changes_of(one.baseline), changes_of(one.scenario)


def explained() -> str:
    """What it is and what it rests on, in one paragraph."""
    return _(
        "Ce que l'employeur doit à ses travailleurs, cotisations comprises, pour les congés gagnés "
        "dans l'année et pris l'année d'après : une part du brut de l'année, sans pécules ni prime "
        "de fin d'année. C'est une provision des comptes et non un paiement : le coût du personnel "
        "compte déjà les pécules au mois où ils sont payés, elle ne s'y ajoute pas. La variation "
        "de la première année n'est pas connue ici : elle demande la provision d'avant. À "
        "confirmer avec le comptable. Elle porte sur tout l'employeur, tous services réunis."
    )
