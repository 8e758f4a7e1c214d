"""A year as it looked at the end of a month, and how wrong such looks were before."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from backoffice.engine.risk.band import Miss
from backoffice.engine.scenario.run import Run, run
from backoffice.federation.models import Organisation
from reports.projection.reading import projection_facts
from staffing.models import PayMonth

_DECEMBER = 12


@dataclass(frozen=True)
class Look:
    """One year looked at from one month: what is projected of it."""

    year: int
    month: int
    run: Run

    @property
    def rows(self) -> list[int]:
        """The award-years of the year, by reference."""
        years, names = self.run.facts.years, self.run.facts.names
        mine = [row for row in range(len(years)) if years.year[row] == self.year]
        return sorted(mine, key=lambda row: names.awards[years.award[row]])


def look_at(organisations: Sequence[Organisation], year: int, month: int, as_of: date) -> Look:
    """The awards of a year as projected from the pay known at the end of one of its months."""
    until = date(year, month, 1)
    return Look(year, month, run(projection_facts(organisations, year, year, as_of, until)))


def misses_of(
    organisations: Sequence[Organisation], years: Sequence[int], month: int, as_of: date
) -> list[Miss]:
    """What looks at closed years from a month said, and what the years came to.

    Awards whose amounts are not known, then or now, teach nothing and are left out.
    """
    found: list[Miss] = []
    for year in years:
        then = look_at(organisations, year, month, as_of)
        now = look_at(organisations, year, _DECEMBER, as_of)
        found += _misses(then, now)
    return found


def months_of_pay(organisation: Organisation) -> list[date]:
    """The months of which an organisation knows some pay; one query."""
    return list(PayMonth.objects.filter(worker__organisation=organisation).dates("month", "month"))


def closed_years(months: Sequence[date], before: int) -> list[int]:
    """The years before one that are over, the year before them too: two at most, the last first.

    A year without pay before it would be projected from nothing.
    """
    over = {day.year for day in months if day.month == _DECEMBER}
    years = [year for year in over if year < before and year - 1 in over]
    return sorted(years, reverse=True)[:2]


def _misses(then: Look, now: Look) -> Iterator[Miss]:
    real = {_key(now.run, row): row for row in now.rows}
    facts = then.run.facts
    for row in then.rows:
        key = _key(then.run, row)
        if key not in real:
            continue
        granted = int(now.run.funding.granted[real[key]])
        projected = int(then.run.funding.payable[row])
        came = int(now.run.funding.payable[real[key]])
        if granted > 0 and projected >= 0 and came >= 0:
            award = facts.years.award[row]
            scheme = facts.names.award_schemes[award]
            yield Miss(*key, scheme, then.year, then.month, granted, projected, came)


def _key(done: Run, row: int) -> tuple[str, str]:
    """The employer and the reference of an award-year."""
    names, award = done.facts.names, done.facts.years.award[row]
    return names.employers[names.award_employers[award]], names.awards[award]
