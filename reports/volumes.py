"""The volume of employment of an employer from its contracts, and how a scheme reads it."""

from collections.abc import Iterable, Iterator
from datetime import date

from backoffice.engine.claims.inputs import Known
from backoffice.engine.fte import FteYear
from backoffice.engine.periods import Period
from backoffice.engine.volume import VolumeRule, WorkingTime
from staffing.snapshots import ContractFacts


def working_times(contracts: Iterable[ContractFacts]) -> Iterator[WorkingTime]:
    """Every contract line of the employer, of any year."""
    for line in contracts:
        days = Period.inclusive(line.row.starts_on, line.row.ends_on)
        yield WorkingTime(line.worker, days, line.hours, line.full_time)


def vge_rule(known: Known, day: date) -> VolumeRule:
    """How the scheme reads the volume of the whole employer (VGE), from its figures.

    Raises:
        FigureNotDefined: the scheme has no tolerance on that day.
    """
    return VolumeRule(
        counts_suspended=True,
        tolerance=known.use("vge_tolerance", day)[0],
        small_tolerance=known.use("vge_tolerance_small", day)[0],
        small_up_to=FteYear(known.use("vge_small_up_to", day)[0]),
        years_in_a_row=int(known.use("vge_years", day)[0]),
    )
