"""The cash of the services that take part, as the federation may read it: sums and numbers."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from backoffice.engine.periods import end_of_month
from backoffice.federation.models import Organisation
from reports.memorandum.disclosure import too_few
from reports.scenarios.comparing import everyone
from reports.scenarios.ready import library
from reports.treasury.choosing import supposed
from reports.treasury.reading import grounds_of
from reports.treasury.summed.hiding import (
    ALL,
    AWAITED,
    DAYS,
    PAYMENTS,
    Atom,
    told_costs,
    told_counts,
    told_sums,
)
from reports.treasury.summed.services import (
    COMING,
    LATE,
    NEVER,
    NO_PREMIUM,
    TODAY,
    UNDATED,
    Look,
    Service,
    quarter_of,
    service_of,
)
from staffing.models import PayMonth

BELOW, QUARTER = "below", "quarter"
"""Whether a service goes beyond its credit line within the horizon, and in which quarter first."""
_PARTS = (LATE, COMING, UNDATED)


@dataclass(frozen=True)
class FunderCash:
    """What a funder, or all (`funder` empty), owes and how late it pays; None is hidden.

    Attributes:
        late, coming, undated: cents past the day announced, within twelve months, without a day.
        awaited: their sum.
        mean, median: days after the day announced, of the payments that came; None too where none
            came.
        payments: how many came.
    """

    funder: str
    late: int | None
    coming: int | None
    undated: int | None
    awaited: int | None
    mean: Fraction | None
    median: int | None
    payments: int | None


@dataclass(frozen=True)
class SummedCash:
    """What the page and the files show.

    Attributes:
        seen_on: the end of the last month of pay; `last` the last day looked at.
        services: how many take part, `unknown` those without a balance at the bank.
        rows: by funder, then all.
        looks: today, then each scenario that moves the days of payment alone.
        quarters, years: those of the horizon.
        counts: by look and question (`BELOW`, `QUARTER`, or a year of the premium), how many
            services give each answer; None is hidden.
        points: by look, cents that the delays cost for each per cent of interest; `own` at the
            rates that employers wrote, `rated` how many did.
        is_partial: an award whose amount is not known is left out.
        is_demo: of invented services.
    """

    seen_on: date
    last: date
    services: int
    unknown: int
    rows: tuple[FunderCash, ...]
    looks: tuple[str, ...]
    quarters: tuple[str, ...]
    years: tuple[int, ...]
    counts: Mapping[tuple[str, str], Mapping[str, int] | None]
    points: Mapping[str, int | None]
    own: Mapping[str, int | None]
    rated: int | None
    is_partial: bool
    is_demo: bool

    def count(self, look: str, question: str, answer: str) -> int | None:
        """How many services; None is hidden."""
        found = self.counts.get((look, question))
        return None if found is None else found.get(answer, 0)


def summed_cash(organisations: Sequence[Organisation], today: date) -> SummedCash | None:
    """The cash seen from the end of the last month of pay; None where nobody has pay.

    Never from a day that is asked, nor under a scenario that is written: two looks beside each
    other would tell what moved one service.

    Raises:
        OutsideData: the law of the years to come is not known.
    """
    paid = PayMonth.objects.filter(worker__organisation__in=organisations, month__lte=today)
    month = paid.order_by("-month").values_list("month", flat=True).first()
    if month is None:
        return None
    seen_on, last = end_of_month(month), date(today.year + 1, 12, 31)
    grounds = grounds_of(everyone(organisations), seen_on, last.year)
    runs = {
        code: found.run for code in looked_at() if (found := supposed(grounds[0], library()[code]))
    }
    services = [service_of(ground, runs) for ground in grounds]
    return sums_of(services, (seen_on, last), is_demo=any(one.is_demo for one in organisations))


def looked_at() -> list[str]:
    """The scenarios of the library that move the days of payment alone."""
    return [
        code
        for code, one in sorted(library().items())
        if all(change.kind == "pay_date" for change in one.changes)
    ]


def sums_of(
    services: Sequence[Service], days: tuple[date, date], *, is_demo: bool = False
) -> SummedCash:
    """What services bring, hidden where it would single one out; first and last day looked at."""
    seen_on, last = days
    known = {one.number: one.looks for one in services if one.looks}
    looks = tuple(dict.fromkeys(code for looks in known.values() for code in looks)) or (TODAY,)
    years = tuple(range(seen_on.year, last.year + 1))
    rates = {one: found[TODAY].own is not None for one, found in known.items()}
    rated = sum(rates.values())
    is_few = any(too_few(dict.fromkeys(range(one), 1)) for one in (rated, len(known) - rated))
    own = {
        code: {n: found[code].own or 0 for n, found in known.items() if rates[n]} for code in looks
    }
    points = {code: {n: found[code].point for n, found in known.items()} for code in looks}
    return SummedCash(
        seen_on=seen_on,
        last=last,
        services=len(services),
        unknown=len(services) - len(known),
        rows=tuple(_rows(services)),
        looks=looks,
        quarters=tuple(
            quarter_of(date(year, month, 1))
            for year in years
            for month in (1, 4, 7, 10)
            if end_of_month(date(year, month + 2, 1)) >= seen_on
        ),
        years=years,
        counts=_counts(known, looks, years),
        points=told_costs(points),
        own=dict.fromkeys(looks) if is_few else told_costs(own),
        rated=None if is_few else rated,
        is_partial=any(one.is_partial for one in services),
        is_demo=is_demo,
    )


def _rows(services: Sequence[Service]) -> list[FunderCash]:
    values: dict[Atom, int] = defaultdict(int)
    days: dict[str, list[int]] = defaultdict(list)
    for one in services:
        for (funder, what), amount in one.awaited.items():
            values[one.number, funder, what] += amount
        for funder, late in one.delays.items():
            values[one.number, funder, DAYS] += sum(late)
            values[one.number, funder, PAYMENTS] += len(late)
            for each in (funder, ALL):
                days[each] += late
    told = told_sums(values, _PARTS)
    funders = dict.fromkeys(funder for funder, _what in told)
    return [_row(funder, told, sorted(days[funder])) for funder in funders]


def _row(
    funder: str, told: Mapping[tuple[str, str], int | None], days: Sequence[int]
) -> FunderCash:
    total, count = told[funder, DAYS], told[funder, PAYMENTS]
    is_told = total is not None and bool(count)
    return FunderCash(
        funder=funder,
        late=told[funder, LATE],
        coming=told[funder, COMING],
        undated=told[funder, UNDATED],
        awaited=told[funder, AWAITED],
        mean=Fraction(total or 0, count or 1) if is_told else None,
        median=days[len(days) // 2] if is_told else None,
        payments=count,
    )


def _counts(
    known: Mapping[int, Mapping[str, Look]], looks: Sequence[str], years: Sequence[int]
) -> dict[tuple[str, str], Mapping[str, int] | None]:
    """How many services answer what, by look and question."""
    asked: dict[tuple[str, str], dict[int, str]] = {}
    for code in looks:
        quarters = {number: found[code].below for number, found in known.items()}
        asked[code, QUARTER] = {n: one for n, one in quarters.items() if one != NEVER}
        asked[code, BELOW] = {
            number: NEVER if quarter == NEVER else BELOW for number, quarter in quarters.items()
        }
        for year in years:
            answers = {number: found[code].premiums[year] for number, found in known.items()}
            if set(answers.values()) != {NO_PREMIUM}:
                asked[code, str(year)] = answers
    told = told_counts({" ".join(key): answers for key, answers in asked.items()})
    for code in looks:
        if told[f"{code} {BELOW}"] is None:
            told[f"{code} {QUARTER}"] = None
    return {key: told[" ".join(key)] for key in asked}
