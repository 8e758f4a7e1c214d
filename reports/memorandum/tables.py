"""The tables of a memorandum: rows, columns, their figures, and which figure sums which."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product

from backoffice.engine.sheet import labels
from reports.lines import function_label
from reports.memorandum.cells import Counter, Figure, Pick
from reports.memorandum.disclosure import Line
from reports.memorandum.measures import Measure
from reports.memorandum.services import REGION_LABELS, SECTOR_LABELS, SECTORS, Service

Label = Mapping[str, str]
Narrow = Callable[[Pick], Pick]
ALL = labels("Ensemble", "Totaal")


@dataclass(frozen=True)
class Head:
    """A row or a column: its code, labels, and the codes that it sums."""

    code: str
    label: Label
    parts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Row:
    """A row head and what its figures pick."""

    head: Head
    pick: Pick


@dataclass(frozen=True)
class Column:
    """A column head, its measure, and how it narrows the pick of the row."""

    head: Head
    measure: Measure
    narrow: Narrow = field(default=lambda pick: pick)


@dataclass(frozen=True)
class Table:
    """Figures by row and column."""

    code: str
    title: Label
    rows: tuple[Head, ...]
    columns: tuple[Head, ...]
    figures: Mapping[tuple[str, str], Figure]

    def lines(self) -> Iterator[Line]:
        """Totals with their parts, down the rows and across the columns."""
        for row, column in product(self.rows, self.columns):
            if row.parts:
                parts = tuple(self.key(part, column.code) for part in row.parts)
                yield Line(self.key(row.code, column.code), parts)
            if column.parts:
                parts = tuple(self.key(row.code, part) for part in column.parts)
                yield Line(self.key(row.code, column.code), parts)

    def key(self, row: str, column: str) -> str:
        return f"{self.code}.{row}.{column}"


def table(
    counter: Counter,
    code: str,
    title: Label,
    rows: Sequence[Row],
    columns: Sequence[Column],
) -> Table:
    """Every figure of a table."""
    figures = {}
    for row, column in product(rows, columns):
        key = f"{code}.{row.head.code}.{column.head.code}"
        pick = column.narrow(row.pick)
        figures[row.head.code, column.head.code] = counter.figure(key, column.measure, pick)
    return Table(
        code,
        title,
        tuple(row.head for row in rows),
        tuple(column.head for column in columns),
        figures,
    )


def places(services: Sequence[Service], functions: frozenset[str] | None = None) -> list[Row]:
    """Sectors under their region, then all; only the sectors that have a service."""
    rows: list[Row] = []
    regions = []
    for region, kinds in SECTORS.items():
        mine = [kind for kind in kinds if any(one.sector == kind for one in services)]
        for kind in mine:
            of_kind = [one for one in services if one.sector == kind]
            rows.append(Row(Head(kind, SECTOR_LABELS[kind]), Pick(of_kind, functions)))
        if mine:
            of_region = [one for one in services if one.region == region]
            head = Head(region, REGION_LABELS[region], tuple(mine))
            rows.append(Row(head, Pick(of_region, functions)))
            regions.append(region)
    rows.append(Row(Head("all", ALL, tuple(regions)), Pick(services, functions)))
    return rows


def by_function(services: Sequence[Service], functions: Sequence[str]) -> list[Row]:
    """The functions, then all."""
    rows = [
        Row(Head(one, function_label(one)), Pick(services, frozenset({one}))) for one in functions
    ]
    return [*rows, Row(Head("all", ALL, tuple(functions)), Pick(services))]
