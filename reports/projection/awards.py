"""The awards of several organisations year by year: as written, then renewed on the same terms."""

from collections.abc import Iterator, Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from django.db.models import Prefetch

from backoffice.engine.claims.inputs import Known
from backoffice.engine.periods import year_period
from backoffice.engine.scenario.year_rows import Entry
from backoffice.federation.models import Organisation
from grants.models import Award, Post, Term
from grants.snapshots import AwardFacts, award_facts
from grants.terms import TERMS
from invoices.snapshots import invoice_facts
from reports.snapshots import YearTables, claim_input, purchases_of

_WHOLE_YEAR = 364


@dataclass(frozen=True)
class AwardRows:
    """The awards by organisation and reference.

    `whose` is the organisation of each, `base` the last complete year of pay of each organisation.
    """

    rows: tuple[Award, ...]
    whose: tuple[int, ...]
    base: Sequence[int]

    @cached_property
    def place(self) -> Mapping[int, int]:
        """Index of each award by database id."""
        return {row.pk: index for index, row in enumerate(self.rows)}

    @cached_property
    def posts(self) -> Mapping[int, int]:
        """Index of each post by database id, award after award."""
        posts = (post.pk for row in self.rows for post in row.posts.all())
        return {post: index for index, post in enumerate(posts)}

    @cached_property
    def former(self) -> Mapping[int, int]:
        """The award that each one follows: the one it renews, or one like it that ends just before.

        Like it means of the same employer, scheme and approval; each is followed once at most.
        """
        found = {row.pk: row.renews_id for row in self.rows if row.renews_id}
        linked, free = set(found.values()), dict[tuple[object, ...], list[int]]()
        for row in self.rows:
            if row.ends_on is not None and row.pk not in linked:
                free.setdefault(_line(row, row.ends_on + timedelta(days=1)), []).append(row.pk)
        for row in self.rows:
            if row.pk not in found and (ended := free.get(_line(row, row.starts_on))):
                found[row.pk] = ended.pop(0)
        return found

    @cached_property
    def followed(self) -> frozenset[int]:
        """Awards that another one follows."""
        return frozenset(self.former.values())

    def goes_on(self, row: Award) -> bool:
        """Whether an award is renewed by assumption: of a whole year, not yet followed by another.

        It must not have ended before the last complete year of pay.
        """
        end, base = row.ends_on, self.base[self.whose[self.place[row.pk]]]
        if end is None or row.pk in self.followed or end < date(base, 12, 31):
            return False
        return (end.month, end.day) == (12, 31) and (end - row.starts_on).days >= _WHOLE_YEAR


@dataclass(frozen=True)
class YearEntry:
    """One award of one year; `renewed` where its terms are those of a former year."""

    entry: Entry
    facts: AwardFacts
    renewed: bool


def _line(row: Award, first: date) -> tuple[object, ...]:
    """What one award has in common with the one that follows it from a day on."""
    return row.organisation_id, row.scheme, row.approval_id, first


def award_rows(organisations: Sequence[Organisation], base: Sequence[int]) -> AwardRows:
    """The awards of these organisations with their terms and posts; three queries."""
    owner = {one.pk: index for index, one in enumerate(organisations)}
    found = (
        Award.objects.filter(organisation__in=organisations)
        .select_related("approval")
        .prefetch_related("terms", Prefetch("posts", Post.objects.order_by("code")))
    )
    rows = sorted(found, key=lambda row: (owner[row.organisation_id], row.reference))
    return AwardRows(tuple(rows), tuple(owner[row.organisation_id] for row in rows), base)


def year_entries(
    organisations: Sequence[Organisation],
    awards: AwardRows,
    years: Sequence[int],
    as_of: date,
    shared: tuple[YearTables, Known],
) -> list[YearEntry]:
    """Each award in each year of its life, renewals included; three queries a year with invoices.

    After the last complete year, an award under a scheme that has ended is left out: it pays
    nothing. `shared` holds the figures and what all awards know alike.
    """
    found: list[YearEntry] = []
    for year in years:
        facts = list(_facts(awards, year, as_of))
        found += _entries(organisations, awards, facts, year, (as_of, *shared))
    return found


def _facts(awards: AwardRows, year: int, as_of: date) -> Iterator[tuple[AwardFacts, bool]]:
    for row, whose in zip(awards.rows, awards.whose, strict=True):
        late = year > awards.base[whose]
        if row.starts_on > date(year, 12, 31) or (_is_over(row, year) and not awards.goes_on(row)):
            continue
        facts = award_in_year(row, year, as_of, late=late)
        if not (late and facts.outside_life is not None):
            yield facts, facts.row is not row


def award_in_year(row: Award, year: int, as_of: date, *, late: bool) -> AwardFacts:
    """An award as it stands in a year; after its end it goes on, and its terms with it.

    `late`: the year is after the last complete one, so that terms that ended go on too.
    """
    over = _is_over(row, year)
    terms = _extended(row, year) if late or over else list(row.terms.all())
    if over:
        row = copy(row)
        row.ends_on = None
    return award_facts(row, year_period(year), terms, as_of)


def _is_over(row: Award, year: int) -> bool:
    return row.ends_on is not None and row.ends_on < date(year, 1, 1)


def _extended(row: Award, year: int) -> list[Term]:
    """The terms, those that ended with a former year going on; a decision of one year does not."""
    found = []
    for term in row.terms.all():
        ended = term.ends_on is not None and term.ends_on < date(year, 1, 1)
        if ended and not TERMS[term.code].once and term.ends_on == _last_end(row, term.code):
            extended = copy(term)
            extended.ends_on = None
            found.append(extended)
        else:
            found.append(term)
    return found


def _last_end(row: Award, code: str) -> date | None:
    """The last day that the terms of a code cover, None where one is open."""
    ends = [term.ends_on for term in row.terms.all() if term.code == code]
    return None if None in ends else max(end for end in ends if end is not None)


def _entries(
    organisations: Sequence[Organisation],
    awards: AwardRows,
    facts: Sequence[tuple[AwardFacts, bool]],
    year: int,
    shared: tuple[date, YearTables, Known],
) -> Iterator[YearEntry]:
    as_of, tables, known = shared
    purchases = {one.row.pk: purchases_of(one, as_of) for one, _ in facts}
    real = [org for org, base in zip(organisations, awards.base, strict=True) if year <= base]
    whole = [
        one.row.pk
        for one, _ in facts
        if one.row.ends_on and one.row.starts_on.year == year == one.row.ends_on.year
    ]
    invoices = invoice_facts(real, year_period(year), whole, purchases)
    for one, renewed in facts:
        index = awards.place[one.row.pk]
        claim = claim_input(index, one, invoices, purchases[one.row.pk])
        mine = Known(
            figures=one.figures(tables.registry),
            scheme=one.scheme.code,
            known_on=as_of,
            scales=known.scales,
            natures=known.natures,
        )
        yield YearEntry(Entry(awards.whose[index], index, claim, mine), one, renewed)
