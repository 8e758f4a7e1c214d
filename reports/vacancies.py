"""Posts of an employer that nobody holds, with the clock of their funder and what is at stake."""

from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from backoffice.engine import money
from backoffice.engine.claims.grants import grant, post_fte
from backoffice.engine.claims.inputs import Known
from backoffice.engine.figures import FigureNotDefined
from backoffice.engine.fte import FteYear, PerFteYear
from backoffice.engine.periods import Period
from backoffice.engine.vacancies import Clock, Holding, Vacancy, vacancies
from grants.models import Award, Post
from grants.snapshots import AwardFacts
from grants.terms import read_day
from reports.snapshots import YearFacts
from staffing.models import Assignment
from staffing.snapshots import ContractFacts, hours_on_post

PAID_BY_POST = frozenset(("capped_cost", "post_premium", "indexed_amount"))
"""Claim shapes whose grant is for posts alone: elsewhere an amount per post would be invented."""

_CENTS = 100
_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class VacantPost:
    """A vacant part of a post.

    Attributes:
        award: with its scheme; `post` of it.
        vacancy: its days and FTE.
        clock_source: where the delay to replace is read, empty where it is not known.
        last_day: last day to fill it, None where no delay or day is known.
        yearly: cents that the award pays for these FTE over a year, None where not known.
        former: number of the worker who held it last, empty where nobody did.
    """

    award: AwardFacts
    post: Post
    vacancy: Vacancy
    clock_source: str
    last_day: date | None
    yearly: int | None
    former: str

    def days_left(self, day: date) -> int | None:
        """Days from `day` to the last one, negative once it is over."""
        return None if self.last_day is None else (self.last_day - day).days

    def is_vacant_on(self, day: date) -> bool:
        return self.vacancy.days.contains(day)


def vacant_posts(facts: YearFacts, only: AwardFacts | None = None) -> tuple[VacantPost, ...]:
    """Every vacancy that touches the exercise, closed ones included; by award, post and day.

    `only` keeps the posts of one award.
    """
    held = _holdings(facts, None if only is None else {only.row.pk, *_renewed(facts, only.row)})
    found = []
    for index, award in enumerate(facts.awards):
        if only is not None and award is not only:
            continue
        yearly = _per_fte(facts, index)
        for post in award.posts:
            mine = list(_of_post(post, facts, award.row, held))
            life = _life(post, award, [one for one, _holding in mine])
            for vacancy in vacancies(life, Fraction(post.fte), [holding for _, holding in mine]):
                if not vacancy.days.overlap(award.exercise).is_empty:
                    source, last_day = _clock(award, vacancy, facts.known[index])
                    found.append(
                        VacantPost(
                            award=award,
                            post=post,
                            vacancy=vacancy,
                            clock_source=source,
                            last_day=last_day,
                            yearly=_cents(yearly, vacancy),
                            former=_former(facts, vacancy, mine),
                        )
                    )
    return tuple(found)


Held = Mapping[tuple[int, str], list[tuple[Assignment, Holding]]]
"""By award and code of post: the assignments, each for its days under contract."""


def _holdings(facts: YearFacts, awards: Container[int] | None) -> Held:
    """Those on the posts of some awards, or of all."""
    holdings = [
        one for one in facts.staff.holdings if awards is None or one.post.award_id in awards
    ]
    workers = {worker.pk: place for place, worker in enumerate(facts.staff.workers)}
    holders = {workers[one.worker_id] for one in holdings}
    lines: dict[int, list[tuple[Period, ContractFacts]]] = {}
    for line in (one for one in facts.staff.contracts if one.worker in holders):
        days = Period.inclusive(line.row.starts_on, line.row.ends_on)
        lines.setdefault(line.worker, []).append((days, line))
    found: dict[tuple[int, str], list[tuple[Assignment, Holding]]] = {}
    for one in holdings:
        mine = found.setdefault((one.post.award_id, one.post.code), [])
        assigned = Period.inclusive(one.starts_on, one.ends_on)
        for days, line in lines.get(workers[one.worker_id], ()):
            held = Holding(assigned.overlap(days), hours_on_post(one, line), line.full_time)
            mine.append((one, held))
    return found


def _of_post(
    post: Post, facts: YearFacts, award: Award, held: Held
) -> Iterator[tuple[Assignment, Holding]]:
    """Who holds the post or held it, in the awards that this one renews too."""
    for one in (award.pk, *_renewed(facts, award)):
        yield from held.get((one, post.code), ())


def _renewed(facts: YearFacts, award: Award) -> Iterator[int]:
    """The keys of the awards that an award renews, one after the other."""
    current, seen = award.renews_id, {award.pk}
    while current is not None and current not in seen:
        yield current
        seen.add(current)
        current = facts.renewals.get(current)


def _life(post: Post, award: AwardFacts, assignments: list[Assignment]) -> Period:
    """Days on which the post exists, from the first award of those that renew one another."""
    row = award.row
    last = Period.inclusive(row.starts_on, row.ends_on)
    life = Period.inclusive(post.starts_on, post.ends_on).overlap(last)
    first = min((one.post.starts_on for one in assignments), default=life.start)
    return Period(min(life.start, first), life.stop)


def _clock(award: AwardFacts, vacancy: Vacancy, known: Known) -> tuple[str, date | None]:
    """Where the delay is read and the last day of it; a first holder follows the letter alone."""
    if vacancy.is_first:
        written = award.texts.get("hire_by")
        return (award.row.letter_reference, read_day(written)) if written else ("", None)
    day = vacancy.days.start
    read_on = max(day, award.exercise.start)
    found = known.use_if_any("replacement_months", read_on)
    if found is None:
        return "", None
    months, use = found
    more = known.use_if_any("replacement_summer_months", read_on)
    clock = Clock(int(months), int(more[0]) if more else 0)
    return use.source, clock.last_day(day)


def _per_fte(facts: YearFacts, index: int) -> PerFteYear | None:
    """What the award grants for one FTE over one year."""
    award = facts.inputs[index]
    if award.shape not in PAID_BY_POST:
        return None
    months = award.exercise.months()
    fte = FteYear.of_months(post_fte(award.posts, award.exercise, month) for month in months)
    try:
        granted = grant(award, facts.known[index]).granted
    except FigureNotDefined:
        return None
    return PerFteYear(Fraction(granted, _CENTS) / fte.value) if fte.value else None


def _cents(yearly: PerFteYear | None, vacancy: Vacancy) -> int | None:
    if yearly is None:
        return None
    euros = yearly * FteYear(vacancy.fte) * _CENTS
    return money.round_ratio(euros.numerator, euros.denominator)


def _former(facts: YearFacts, vacancy: Vacancy, mine: list[tuple[Assignment, Holding]]) -> str:
    """Who left on the eve of the vacancy."""
    eve = vacancy.days.start - _ONE_DAY
    numbers = {worker.pk: worker.number for worker in facts.staff.workers}
    left = {
        numbers[one.worker_id]
        for one, holding in mine
        if holding.days.contains(eve) and not holding.days.contains(vacancy.days.start)
    }
    return ", ".join(sorted(left))
