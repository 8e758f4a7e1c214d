"""Posts that nobody holds: since when, for how many FTE, and until when they may stay vacant.

A post outlives the workers who hold it. Its vacancy is made of parts: the hours of one departure
form one part with its own clock, and a newcomer fills the oldest part first.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from backoffice.engine.periods import Period, add_months

NEGLIGIBLE = Fraction(1, 2000)
"""Hours have two decimals and FTE four: a difference up to this many FTE is only their rounding."""

_ONE_DAY = timedelta(days=1)
_JULY, _AUGUST = 7, 8


@dataclass(frozen=True)
class Holding:
    """Days on which a worker under contract holds a post: `hours` over `full_time`, hundredths."""

    days: Period
    hours: int
    full_time: int

    @property
    def fte(self) -> Fraction:
        return Fraction(self.hours, self.full_time)


@dataclass(frozen=True)
class Vacancy:
    """A part of a post that nobody holds; `days` is open while nobody is known to come.

    `is_first` where the post had never been held that far: there is nobody to replace.
    """

    days: Period
    fte: Fraction
    is_first: bool


@dataclass(frozen=True)
class Clock:
    """How long a funder lets a post be vacant, in whole months from its first vacant day.

    `summer_months` are added when July and August both fall whole in those months.
    """

    months: int
    summer_months: int = 0

    def last_day(self, vacant_from: date) -> date:
        """The last day on which a replacement is in time."""
        allowed = Period(vacant_from, add_months(vacant_from, self.months))
        more = self.summer_months if _holds_a_summer(allowed) else 0
        return add_months(vacant_from, self.months + more) - _ONE_DAY


def vacancies(life: Period, fte: Fraction, holdings: Iterable[Holding]) -> tuple[Vacancy, ...]:
    """The vacant parts of a post over its life, by first day.

    The parts in force on a day sum to the FTE of the post less those of its holders, none when they
    are more. A replacement that begins the day after a departure, or earlier, leaves no vacancy.

    Args:
        life: days on which the post exists.
        fte: of the post.
        holdings: in any order; days outside the life do not count.
    """
    found: list[Vacancy] = []
    parts: list[Vacancy] = []
    before, most = Fraction(0), Fraction(0)
    for day, held in _steps(life, list(holdings)):
        wanting = fte - held if fte - held > NEGLIGIBLE else Fraction(0)
        if wanting > before:
            is_first = fte - wanting >= most
            parts.append(Vacancy(Period(day, life.stop), wanting - before, is_first))
        elif wanting < before:
            parts = list(_filled(parts, before - wanting, day, found))
        before, most = wanting, max(most, held)
    return tuple(sorted([*found, *parts], key=lambda one: (one.days, one.fte)))


def _steps(life: Period, holdings: list[Holding]) -> Iterator[tuple[date, Fraction]]:
    """The days of the life on which what is held changes, and the FTE held from each on."""
    mine = [(one.days.overlap(life), one.fte) for one in holdings]
    days = {life.start, *(day for period, _fte in mine for day in (period.start, period.stop))}
    for day in sorted(days):
        if day < life.stop:
            held = (one for period, one in mine if period.start <= day < period.stop)
            yield day, sum(held, Fraction(0))


def _filled(
    parts: list[Vacancy], fte: Fraction, day: date, closed: list[Vacancy]
) -> Iterator[Vacancy]:
    """The parts that stay vacant once `fte` more are held; what is filled goes to `closed`."""
    for part in parts:
        taken = min(part.fte, fte)
        fte -= taken
        if taken:
            closed.append(Vacancy(Period(part.days.start, day), taken, part.is_first))
        if part.fte > taken:
            yield Vacancy(part.days, part.fte - taken, part.is_first)


def _holds_a_summer(allowed: Period) -> bool:
    years = range(allowed.start.year, allowed.stop.year + 1)
    summers = (Period(date(year, _JULY, 1), date(year, _AUGUST + 1, 1)) for year in years)
    return any(summer.overlap(allowed) == summer for summer in summers)
