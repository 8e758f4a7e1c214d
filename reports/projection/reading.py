"""The facts of a projection, read for one organisation or many in a constant number of queries."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

import numpy as np

from backoffice.engine.claims.inputs import Known
from backoffice.engine.figures import FigureNotDefined, Figures
from backoffice.engine.index_series import IndexTables
from backoffice.engine.indexation import IndexEvent, UnknownRegime, known_days, regime_events
from backoffice.engine.periods import Ints, month_index, month_text, year_period
from backoffice.engine.projection.facts import (
    STATUSES,
    Assignments,
    Facts,
    Names,
    Note,
    ScaleTable,
    frozen,
    taken,
)
from backoffice.engine.projection.index_grid import IndexGrid, Regime, grid_of
from backoffice.engine.projection.residence import with_allowances
from backoffice.engine.scenario.award_years import STEPS, Parts, PostRows, taken_years
from backoffice.engine.scenario.year_rows import Vocabulary, award_years, parts_of
from backoffice.federation.models import Approval, Organisation, Site
from backoffice.figures.vocabulary import cost_items
from grants.employer_cost import employer_rates
from grants.scheme import schemes
from grants.selectors import figures_registry, index_tables_of
from grants.snapshots import post_columns
from reports.projection.awards import AwardRows, award_rows, year_entries
from reports.projection.carrying import carried_parts, carried_years
from reports.projection.staff import (
    DIPLOMAS,
    FUNCTIONS,
    People,
    Places,
    assignments_of,
    people_of,
    regimes_of,
)
from reports.snapshots import YearTables

_MONTHS = 12
_FAR = date.max.toordinal()
_TARGETED = "acs"


def projection_facts(
    organisations: Sequence[Organisation],
    first_year: int,
    last_year: int,
    as_of: date,
    pay_until: date | None = None,
) -> Facts:
    """The facts of these organisations from January of a year to December of another.

    Months with real pay stand as they are; from the next one on, contracts and assignments go on,
    yearly awards are renewed on the same terms and the invoices of the last complete year repeat.

    Args:
        organisations: that the asker may see, in the order of the result.
        first_year: first civil year.
        last_year: last civil year, included.
        as_of: decisions taken after this day are not seen.
        pay_until: a day of the last month of pay to look at, as somebody stood then; None: all.
    """
    seen = None if pay_until is None else month_index(pay_until)
    first, stop = first_year * _MONTHS, (last_year + 1) * _MONTHS
    registry = figures_registry()
    items = tuple(cost_items())
    tables = index_tables_of(registry)
    grid = index_grid(tables, regimes_of(organisations), range(first, stop), as_of)
    approvals = list(
        Approval.objects.filter(organisation__in=organisations)
        .order_by("organisation", "code")
        .prefetch_related("sites")
    )
    places = Places(
        {one.pk: index for index, one in enumerate(approvals)},
        {name: index for index, name in enumerate(grid.regimes)},
    )
    people = people_of(organisations, first, items, places, seen)
    base = [int(month) // _MONTHS - 1 for month in people.known_until]
    awards = award_rows(organisations, base)
    known = Known(registry, "", as_of, scales=people.scales, natures=_natures())
    years = sorted({*base, *range(first_year, last_year + 1)})
    shared = YearTables(registry, year_period(first_year))
    entries = year_entries(organisations, awards, years, as_of, (shared, known))
    words = Vocabulary(items, _natures(), len(FUNCTIONS))
    read = award_years([one.entry for one in entries], words, grid)
    parts = parts_of([one.entry for one in entries])
    carried = carried_years(read, awards, entries)
    all_parts, repeated = carried_parts(parts, carried.years, awards)
    kept = np.flatnonzero(read.year >= first_year)
    here, repeats = _kept_parts(all_parts, repeated, kept, len(read))
    posts = _posts(awards)
    return frozen(
        with_allowances(
            Facts(
                names=_names(organisations, approvals, people, awards),
                first=first,
                stop=stop,
                known_until=people.known_until,
                contracts=people.contracts,
                assignments=_going_on(assignments_of(organisations, people, awards.posts), awards),
                leaves=people.leaves,
                posts=posts,
                years=taken_years(carried.years, kept),
                renewed=carried.renewed[kept],
                parts=here,
                repeated=repeats,
                real=people.pay,
                worker_employer=people.employer,
                targeted=_targeted(awards),
                observed=people.observed,
                scales=scale_table(registry, people.scales, range(first_year, last_year + 1)),
                index=grid,
                figures=registry,
                law=employer_rates,
                notes=(*carried.notes, *_notes(people, repeats), *_index_notes(grid)),
            )
        )
    )


def index_grid(tables: IndexTables, regimes: set[str], months: range, as_of: date) -> IndexGrid:
    """The index of these regimes over the months; a regime that does not exist is left out.

    An event to come whose threshold is not known yet is capped at the last one that is.
    """
    found: dict[str, Regime] = {}
    for name in sorted(regimes):
        try:
            events = _with_caps(regime_events(tables, name), as_of)
            until = known_days(tables, name)[1]
        except (UnknownRegime, FigureNotDefined):
            continue
        found[name] = Regime(events, month_index(until))
    step = tables.step.on(date(months.start // _MONTHS, 1, 1)).exact
    return grid_of(found, months, step)


def _with_caps(events: Sequence[IndexEvent], as_of: date) -> tuple[IndexEvent, ...]:
    found: list[IndexEvent] = []
    cap: int | None = None
    for event in events:
        cap = event.cap if event.cap is not None else cap
        if event.missing is not None and event.effective > as_of and cap is not None:
            found.append(replace(event, cap=cap, missing=None, status="assumption"))
        else:
            found.append(event)
    return tuple(found)


def scale_table(registry: Figures, scales: Sequence[tuple[str, str]], years: range) -> ScaleTable:
    """Yearly bases by scale, step and year; past the last step of a column, the last one."""
    shape = max(len(scales), 1), STEPS, len(years)
    base = np.full(shape, -1, dtype=np.int64)
    status = np.zeros(shape, dtype=np.int64)
    for place, (scale, column) in enumerate(scales):
        code = ""
        for step in range(STEPS):
            name = f"scale.{scale}.{column}.{step}.base"
            code = name if name in registry else code
            for column_of, year in enumerate(years) if code else ():
                try:
                    value = registry.on(code, date(year, 1, 1))
                except FigureNotDefined:
                    continue
                base[place, step, column_of] = round(value.exact * 100)
                status[place, step, column_of] = _doubt(value.status)
    return ScaleTable(base, status, years.start)


def _doubt(status: str) -> int:
    return STATUSES.index(status) if status in STATUSES else 0


def _natures() -> Mapping[str, str]:
    return {code: item.nature for code, item in cost_items().items()}


def _names(
    organisations: Sequence[Organisation],
    approvals: Sequence[Approval],
    people: People,
    awards: AwardRows,
) -> Names:
    places = {one.pk: index for index, one in enumerate(approvals)}
    owner = {one.pk: index for index, one in enumerate(organisations)}
    sites = [list(one.sites.all()) for one in approvals]
    return Names(
        employers=tuple(one.enterprise_number for one in organisations),
        approvals=tuple(one.code for one in approvals),
        approval_employers=_ints([owner[one.organisation_id] for one in approvals]),
        approval_kinds=tuple(one.kind for one in approvals),
        approval_antennas=_ints([sum(map(_is_antenna, found)) for found in sites]),
        workers=people.numbers,
        awards=tuple(row.reference for row in awards.rows),
        award_labels=tuple(row.label for row in awards.rows),
        award_schemes=tuple(row.scheme for row in awards.rows),
        award_approvals=_ints([places.get(row.approval_id or 0, -1) for row in awards.rows]),
        award_employers=_ints(list(awards.whose)),
        funders={code: scheme.authority for code, scheme in schemes().items()},
        functions=FUNCTIONS,
        diplomas=DIPLOMAS,
        scales=people.scales,
        committees=people.committees,
    )


def _is_antenna(site: Site) -> bool:
    return site.kind == Site.Kind.ANTENNA and site.ends_on is None


def _posts(awards: AwardRows) -> PostRows:
    """The posts; those that stood on the last day of an award that goes on stand after it."""
    columns: list[Ints] = []
    for index, row in enumerate(awards.rows):
        posts = post_columns(row.posts.all())
        stop = posts.stop
        if row.ends_on is not None and awards.goes_on(row):
            stop = np.where(stop > row.ends_on.toordinal(), _FAR, stop)
        award = np.full(len(stop), index, dtype=np.int64)
        columns.append(np.stack([award, posts.function, posts.fte, posts.start, stop]))
    return PostRows(*np.concatenate([np.zeros((5, 0), dtype=np.int64), *columns], axis=1))


def _going_on(held: Assignments, awards: AwardRows) -> Assignments:
    """Assignments up to the last day of an award that goes on, going on with it."""
    owner = [index for index, row in enumerate(awards.rows) for _ in row.posts.all()]
    ends = [
        row.ends_on.toordinal() if row.ends_on and awards.goes_on(row) else _FAR
        for row in awards.rows
    ]
    end = _ints(ends)[_ints(owner)[held.post]]
    return replace(held, stop=np.where(held.stop > end, _FAR, held.stop))


def _targeted(awards: AwardRows) -> Ints:
    return _ints([int(row.scheme == _TARGETED) for row in awards.rows])


def _kept_parts(parts: Parts, repeated: Ints, kept: Ints, size: int) -> tuple[Parts, Ints]:
    """The parts of the award-years that are kept, numbered as they now are."""
    place = np.full(size, -1, dtype=np.int64)
    place[kept] = np.arange(len(kept))
    rows = np.flatnonzero(place[parts.year] >= 0)
    mine = taken(parts, rows)
    return replace(mine, year=place[mine.year]), repeated[rows]


def _notes(people: People, repeated: Ints) -> list[Note]:
    found = [
        Note("absent_back", count=len(people.absent), workers=people.absent),
        Note("invoices_repeated", count=int(repeated.sum())),
    ]
    return [note for note in found if note.count]


def _index_notes(grid: IndexGrid) -> list[Note]:
    """Regimes that nothing tells up to the end, with the last month told; thresholds carried."""
    last = grid.months.stop - 1
    found = [
        Note("index_stops", f"{name} {month_text(int(known))}")
        for name, known in zip(grid.regimes, grid.known, strict=True)
        if known < last
    ]
    for name, events in zip(grid.regimes, grid.moves, strict=True):
        carried = [one for one in events if one.status == "assumption" and one.cap is not None]
        found += [Note("cap_carried", f"{name} {one.effective:%Y-%m}") for one in carried]
        capped = [one.effective for one in events if one.cap is not None]
        found += [Note("cap_contribution", f"{name} {day:%Y-%m}") for day in capped[:1]]
    return found


def _ints(values: Sequence[int]) -> Ints:
    return np.array(values, dtype=np.int64)
