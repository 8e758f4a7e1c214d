"""Volume of employment: the yearly average FTE of an employer, and what a funder asks of it.

A contract line weighs Q/S for each day that it covers, over the days of the year (366 in a leap
year). How suspended workers count, which fall is tolerated and from how many years in a row it
costs something differ by funder: a `VolumeRule` says it, and a funder whose rule is not known has
none, so that nothing is concluded.

Source: APE: decree of 10 June 2021 and its vade-mecum (VGE, VEP); tolerances are figures.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from backoffice.engine.fte import NO_FTE, FteYear
from backoffice.engine.periods import Period, year_period


@dataclass(frozen=True)
class WorkingTime:
    """One contract line of one worker: `hours` (Q) over `full_time` (S), in hundredths a week."""

    worker: int
    days: Period
    hours: int
    full_time: int

    @property
    def ratio(self) -> Fraction:
        return Fraction(self.hours, self.full_time)


@dataclass(frozen=True)
class Suspension:
    """Days on which a worker is away (unpaid leave, long sickness), for all or part of each day.

    Those of one worker do not overlap.
    """

    worker: int
    days: Period
    share: Fraction = Fraction(1)


@dataclass(frozen=True)
class VolumeRule:
    """How a funder reads the volume of employment.

    Attributes:
        counts_suspended: a suspended worker counts as if at work (the VGE of APE).
        tolerance: largest fall below the reference without effect, its bound included.
        small_tolerance: the same for an employer whose reference is at most `small_up_to`.
        small_up_to: included; None where the size of the employer changes nothing.
        years_in_a_row: missed years after which the subsidy falls for good.
    """

    counts_suspended: bool
    tolerance: Fraction
    small_tolerance: Fraction | None = None
    small_up_to: FteYear | None = None
    years_in_a_row: int = 3

    def tolerated(self, reference: FteYear) -> Fraction:
        """The largest fall without effect, as a share of the reference."""
        if self.small_tolerance is None or self.small_up_to is None:
            return self.tolerance
        return self.small_tolerance if reference <= self.small_up_to else self.tolerance

    def floor(self, reference: FteYear) -> FteYear:
        """The smallest volume without effect."""
        return reference.times(1 - self.tolerated(reference))


@dataclass(frozen=True)
class VolumeYear:
    """What a year shows against the reference; `floor` is the smallest volume without effect."""

    year: int
    volume: FteYear
    reference: FteYear
    floor: FteYear

    @property
    def is_missed(self) -> bool:
        return self.volume < self.floor

    @property
    def fall(self) -> FteYear:
        """FTE below the reference, none when above it."""
        return max(self.reference - self.volume, NO_FTE)


def yearly_volume(
    lines: Iterable[WorkingTime], year: int, suspensions: Iterable[Suspension] = ()
) -> FteYear:
    """Average FTE of an employer over a civil year, to the day and exact.

    Args:
        lines: every contract line, of any years.
        year: the civil year.
        suspensions: days that do not count, each taken off the contract lines it falls on; leave
            empty where the funder counts suspended workers.
    """
    whole = year_period(year)
    away: dict[int, list[Suspension]] = {}
    for suspension in suspensions:
        away.setdefault(suspension.worker, []).append(suspension)
    # Summed as whole hundredths by full time: one fraction per S and not one per line.
    by_full_time: dict[int, Fraction | int] = {}
    for line in lines:
        days = line.days.overlap(whole)
        present = days.days - sum(
            (one.share * one.days.overlap(days).days for one in away.get(line.worker, ())), 0
        )
        sums = by_full_time.get(line.full_time, 0)
        by_full_time[line.full_time] = sums + line.hours * present
    total = sum((Fraction(sums, full) for full, sums in by_full_time.items()), Fraction(0))
    return FteYear(total / whole.days)


def volume_year(year: int, volume: FteYear, reference: FteYear, rule: VolumeRule) -> VolumeYear:
    """A year judged by a rule; at the bound exactly, the year is not missed."""
    return VolumeYear(year, volume, reference, rule.floor(reference))


@dataclass(frozen=True)
class Reduction:
    """The fall that brings a subsidy down for good, after years missed in a row.

    `years` are the missed ones, in order; `falls` the fall of each in FTE; `lasting` the part that
    each of them repeats: the smallest. How a single missed year cuts its own subsidy is not known.
    """

    years: tuple[int, ...]
    falls: tuple[FteYear, ...]
    lasting: FteYear


def lasting_reduction(
    history: Mapping[int, VolumeYear], year: int, rule: VolumeRule
) -> Reduction | None:
    """The reduction due at the end of `year`, None while too few years in a row are missed.

    A year that is not in `history` breaks the row: what is not known is not held against anyone.
    """
    years = tuple(range(year - rule.years_in_a_row + 1, year + 1))
    if not all(one in history and history[one].is_missed for one in years):
        return None
    falls = tuple(history[one].fall for one in years)
    return Reduction(years, falls, min(falls))


def shortfall(occupied: FteYear, minimum: FteYear) -> FteYear:
    """FTE that are wanting below a minimum (VEP of APE), none when it is reached."""
    return max(minimum - occupied, NO_FTE)
