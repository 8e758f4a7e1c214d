"""From the rows of every employer to the published figures of a year."""

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from fractions import Fraction
from importlib.metadata import version
from statistics import median

from django.conf import settings

from backoffice.engine.figures import Figures
from backoffice.engine.sheet import FigureUse
from backoffice.federation.vocabulary import Function
from grants.scheme import FOLDER
from grants.selectors import index_tables_of
from reports.justifications import settled
from reports.memorandum.cells import Figure
from reports.memorandum.contents import all_tables
from reports.memorandum.disclosure import FEWEST, Cell, Rule, hidden_cells
from reports.memorandum.frames import observe_frame, observe_funded
from reports.memorandum.identities import reader_of
from reports.memorandum.lag import observe_lag
from reports.memorandum.late import observe_late
from reports.memorandum.measures import DAYS
from reports.memorandum.memorandum import Entry, Grid, Memorandum, Rules, rounded, said_count
from reports.memorandum.observed import PUBLIC, Atom, Observed
from reports.memorandum.placing import EmployerYear
from reports.memorandum.presence import observe_posts, observe_presence, observe_shared
from reports.memorandum.services import (
    Employer,
    Service,
    all_services,
    count_services,
    employers_of,
    require_year,
)
from reports.memorandum.tables import Table
from reports.memorandum.wages import observe_wages
from reports.snapshots import YearTables, year_facts, year_tables

_BILLION = 10**9
Told = Callable[[int, int], None]


def compute_memorandum(
    year: int, as_of: date, told: Told = lambda _done, _total: None
) -> Memorandum:
    """Every figure of a year as it was known on a day.

    Args:
        year: civil year.
        as_of: the situation: later decisions and payments are not seen.
        told: called with the employers read so far and their number.

    Raises:
        NothingToSay: no service has an approval or pay in the year, or it had not begun.
    """
    employers = employers_of(year)
    require_year(year, as_of, employers)
    services = all_services(employers)
    tables = year_tables(year)
    seen, uses, schemes = Observed(), set[FigureUse](), set[str]()
    last = date(year, 12, 31)
    for service in services:
        uses |= observe_frame(seen, service, tables.registry, (last, as_of))
    for done, employer in enumerate(employers):
        told(done, len(employers))
        found, used = _observe(seen, employer, as_of, tables)
        uses |= found
        schemes |= used
    return Memorandum(
        year=year,
        as_of=as_of,
        reference_on=last,
        demo=settings.DEMO,
        services=dict(sorted(Counter(service.sector for service in services).items())),
        service_count=count_services(services),
        rules=Rules.of(version("backoffice"), uses, _general(tables.registry), _files(schemes)),
        grids=tuple(_published(all_tables(seen, services), seen, services)),
    )


def _observe(
    seen: Observed, employer: Employer, as_of: date, tables: YearTables
) -> tuple[set[FigureUse], set[str]]:
    """Everything that one employer-year says; returns the figures and the schemes relied on."""
    facts = year_facts(employer.organisation, tables.year.start.year, as_of, tables)
    year = EmployerYear(employer, facts, settled(facts))
    observe_funded(seen, year)
    observe_presence(seen, year)
    observe_posts(seen, year)
    observe_shared(seen, year)
    observe_wages(seen, year)
    observe_lag(seen, year, index_tables_of(tables.registry))
    observe_late(seen, year)
    uses = {use for claim in year.ledger.claims for use in claim.uses}
    return uses, {award.scheme.code for award in facts.awards}


def _general(registry: Figures) -> set[FigureUse]:
    """The values of the registry, which say nothing of one service: no term of any award.

    The steps of a pay scale that somebody stands on would tell who works there.
    """
    return {
        FigureUse.of(figure, value)
        for code, figure in registry.items()
        if not code.startswith("scale.")
        for value in figure.values
    }


def _files(schemes: Iterable[str]) -> dict[str, str]:
    """SHA-256 of the file of each scheme."""
    return {
        code: hashlib.sha256((FOLDER / f"{code}.toml").read_bytes()).hexdigest()
        for code in sorted(schemes)
    }


def _published(
    tables: Sequence[Table], seen: Observed, services: Sequence[Service]
) -> Iterator[Grid]:
    """The tables with what may be shown of them."""
    cells = [
        Cell(figure.key, _private(figure), _group(one, row, figure))
        for one in tables
        for (row, _column), figure in one.figures.items()
    ]
    owners = {service.index: service.employer for service in services}
    rule = Rule[Atom](lambda atom: owners[atom.service], lambda atom: _size(seen.value(atom)))
    lines = [line for one in tables for line in one.lines()]
    vectors = {cell.key: cell.atoms for cell in cells}
    reader = reader_of(tables, vectors, {key: _sum(seen, one) for key, one in vectors.items()})
    hidden = frozenset.union(*hidden_cells(cells, lines, rule, reader))
    hidden |= _rows_of_posts(tables, hidden)
    for one in tables:
        figures = _with_days(one, seen) if one.code == "late" else one.figures
        entries = {place: _entry(figure, hidden) for place, figure in figures.items()}
        yield Grid(one.code, one.title, one.rows, one.columns, entries)


def _sum(seen: Observed, atoms: Mapping[Atom, int]) -> int:
    """In billionths, for comparing."""
    total = sum((sign * seen.value(atom) for atom, sign in atoms.items()), Fraction(0))
    return int(total * _BILLION)


def _rows_of_posts(tables: Sequence[Table], hidden: frozenset[str]) -> frozenset[str]:
    """Posts, paid, present and their gap nearly tell each other: one hidden hides its row."""
    return frozenset(
        one.key(row.code, column.code)
        for one in tables
        if one.code == "posts"
        for row in one.rows
        if any(one.key(row.code, other.code) in hidden for other in one.columns)
        for column in one.columns
    )


def _group(one: Table, row: str, figure: Figure) -> str:
    """The days of a row of late payments are shown together or not at all."""
    if figure.measure.unit == DAYS:
        return f"{one.code}.{row} days"
    return figure.key


def _size(value: Fraction) -> int:
    """An absolute value in billionths, for comparing; never 0 for what is not 0."""
    return -(-abs(value.numerator) * _BILLION // value.denominator)


def _private(figure: Figure) -> dict[Atom, int]:
    """The atoms that only the service knows: a norm or a demand follows from public texts."""
    return {atom: sign for atom, sign in figure.atoms.items() if atom.base not in PUBLIC}


def _with_days(late: Table, seen: Observed) -> dict[tuple[str, str], Figure]:
    """The rows of late payments with their days, by euro and median.

    The longest delay is always that of one service: it is not said.
    """
    found = dict(late.figures)
    for row in late.rows:
        first = late.figures[row.code, "instalments"]
        expected = late.figures[row.code, "expected"].value
        days = sorted(
            one for name in {atom.whose for atom in first.atoms} for one in seen.late_days[name]
        )
        euro_days = late.figures[row.code, "weighted_days"]
        by_euro = euro_days.value / expected if euro_days.value is not None and expected else None
        found[row.code, "weighted_days"] = replace(euro_days, value=by_euro)
        blank = late.figures[row.code, "median_days"]
        value = Fraction(median(map(Fraction, days))) if days else None
        found[row.code, "median_days"] = replace(
            blank, value=value, scope=first.scope, known=first.known
        )
    return found


def _entry(figure: Figure, hidden: frozenset[str]) -> Entry:
    state, value = "known", figure.value
    if not figure.scope or (figure.known < FEWEST and not figure.atoms and value is not None):
        state, value = "none", None
    elif value is None:
        state = "unknown"
    elif figure.key in hidden:
        state, value = "hidden", None
    return Entry(
        figure.key,
        figure.measure,
        state,  # type: ignore[arg-type]
        None if value is None else rounded(value),
        said_count(figure.scope),
        said_count(figure.known),
        figure.status,
        _ordered_sets(figure),
    )


def _ordered_sets(figure: Figure) -> tuple[tuple[str, ...], ...]:
    """The functions compared, in the order of the list."""
    order = tuple(Function.values)
    return tuple(sorted(tuple(one for one in order if one in names) for names in figure.compared))
