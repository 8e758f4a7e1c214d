"""What a scenario is written on: the facts of a service, or of those that take part."""

from collections.abc import Iterable
from datetime import date

from backoffice.federation.models import Organisation
from reports.board.kept import baseline_of
from reports.board.lens import YEARS_AHEAD, participants
from reports.board.offered import Ground
from reports.scenarios.comparing import (
    Baseline,
    Horizon,
    OutsideData,
    Scope,
    everyone,
    one_service,
)
from reports.scenarios.selectors import assumptions_on, paid_years


def ground_of(about: Organisation | None, day: date, seen: Iterable[Organisation]) -> Ground | None:
    """What a change may name on a day; None where the data cannot tell of its year.

    Args:
        about: the service; None for all those that take part in the last collection.
        day: the day of the situation.
        seen: the employers that the reader may name.
    """
    try:
        base = base_at(scope_about(about), day)
    except OutsideData:
        return None
    names = {one.enterprise_number: one.name for one in seen}
    return Ground(base.facts, day, names, alone=about is not None)


def scope_about(about: Organisation | None) -> Scope:
    """A service; all those that take part in the last collection where it is None."""
    return one_service(about) if about else everyone(participants())


def base_at(scope: Scope, day: date, year: int | None = None) -> Baseline:
    """What stands on a day, over the next years and as far as a year that is looked at.

    Raises:
        OutsideData: the data cannot tell of these years.
    """
    last = max(day.year + YEARS_AHEAD - 1, paid_years(scope.organisations).stop - 1)
    horizon = Horizon(min(day.year, year or day.year), max(last, year or last), day)
    return baseline_of(scope, horizon, assumptions_on(day))
