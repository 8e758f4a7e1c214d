"""A list: what an address chooses, its page, its totals over everything chosen."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, F, Sum, Window
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from backoffice.federation.models import Organisation
from backoffice.web.folding import Fold
from backoffice.web.templatetags import money as shown
from reports.pages.listed import SCALES, Head, holding, of_parts, ordered, scaled
from reports.pages.standing import State
from reports.records.asking import ListForm
from reports.records.record import Asked, Column, Record, Rows, Total

_CHUNK = 1_000
_LAST_PAGE = 10**9
"""Beyond what any list has, within what a database counts."""
_WORDS: Mapping[str, Callable[[Any], str]] = {
    "money": shown.amount,
    "day": shown.day,
    "hours": shown.hours,
    "fte": shown.fte,
    "share": shown.share,
}


@dataclass(frozen=True)
class Cell:
    """One cell as it is read: its words, smaller lines and badges below, and where it leads."""

    label: Any
    words: str
    below: tuple[Any, ...] = ()
    states: tuple[State, ...] = ()
    look: str = ""


@dataclass(frozen=True)
class Shown:
    """One row of a list."""

    row: Any
    cells: tuple[Cell, ...]
    organisation: Organisation


@dataclass(frozen=True)
class Selection:
    """Everything that the address asks for, not yet cut in pages.

    `found` is in order, but for what the figures of a column put in another one: `by`.
    """

    record: Record
    form: ListForm
    found: Rows
    asked: Asked
    by: str = ""

    @cached_property
    def figures(self) -> Mapping[str, Mapping[Any, int]]:
        """What takes a query of its own, by column and key; once for order and totals."""
        rows = self.found.order_by()
        return {
            column.name: column.figures(rows, self.asked)
            for column in self.record.columns
            if column.figures is not None
        }

    def ranked(self, keys: Sequence[Any]) -> Sequence[Any]:
        """Keys in the order of the figures asked; unknown ones come last."""
        if not self.by:
            return keys
        known = self.figures[self.by.removeprefix("-")]
        first = [key for key in keys if key in known]
        first.sort(key=known.__getitem__, reverse=self.by.startswith("-"))
        return [*first, *(key for key in keys if key not in known)]

    def read(self, keys: Sequence[Any]) -> list[Any]:
        """The rows of some keys, in their order, with all that a list shows of them."""
        rows = self.record.prepared(self.found.order_by(), self.asked).in_bulk(keys)
        found = [rows[key] for key in keys if key in rows]
        self.record.arranged(found, self.asked)
        return found

    @property
    def columns(self) -> tuple[Column, ...]:
        """The columns of the page; the rows of several organisations are told apart."""
        columns = tuple(column for column in self.record.columns if column.shown)
        if len(self.asked.organisations) <= 1:
            return columns
        return (columns[0], organisation_column(self.record), *columns[1:])


@dataclass(frozen=True)
class Listing:
    """One page of a selection, its heads, and the totals of all that was found."""

    form: ListForm
    rows: tuple[Shown, ...]
    page: Page[Any]
    heads: tuple[Head, ...]
    foot: tuple[Cell, ...]
    count: int

    @property
    def counted(self) -> str:
        """How many rows are found, grouped by threes."""
        return shown.spaced(str(self.count))


def organisation_column(record: Record) -> Column:
    """Whose row it is."""
    name = f"{record.owner}__name"
    return Column(
        "organisation",
        _("Organisation"),
        lambda row: record.organisation_of(row).name,
        sort=Fold(F(name)),
        width=28,
    )


def select(
    record: Record, organisations: Sequence[Organisation], data: QueryDict, day: date
) -> Selection:
    """The rows that an address asks for, among those of some organisations."""
    form = ListForm(record, organisations, data)
    number, period = form.asked("organisation"), form.period
    chosen = [one for one in organisations if number in {None, one.enterprise_number}]
    year = form.asked("annee")
    asked = Asked(chosen, day if year in {None, day.year} else date(year, 12, 31), period)
    rows = record.described(
        holding(record.rows(chosen), form.asked("texte"), record.searched), asked
    )
    if period is not None and record.spread is not None:
        rows = rows.filter(record.spread.where(period))
    for choice in record.choices:
        if value := form.asked(choice.name):
            rows = rows.filter(choice.where(value, asked))
    sort = form.asked("tri") or record.order
    columns = (*record.columns, organisation_column(record))
    column = next(one for one in columns if one.name == sort.removeprefix("-"))
    if column.sort is None:
        return Selection(record, form, rows.order_by(*record.ties), asked, sort)
    return Selection(record, form, ordered(rows, sort, column.sort, record.ties), asked)


def listing(chosen: Selection, data: QueryDict) -> Listing:
    """One page of a selection."""
    columns, form = chosen.columns, chosen.form
    page, sums = _page_of(chosen, data)
    totals = _totals_of(chosen, sums)
    heads = [
        form.head(head_of(column), column.name if column.sorts else "", numeric=column.numeric)
        for column in columns
    ]
    return Listing(
        form=form,
        rows=tuple(shown_row(chosen.record, columns, row) for row in chosen.read(list(page))),
        page=page,
        heads=tuple(heads),
        foot=foot_of(columns, totals),
        count=sums["found"],
    )


def every_row(chosen: Selection) -> Iterator[Any]:
    """The whole selection, for a file, a thousand at a time."""
    keys = chosen.ranked(list(chosen.found.values_list("pk", flat=True)))
    for start in range(0, len(keys), _CHUNK):
        yield from chosen.read(keys[start : start + _CHUNK])


def _page_of(chosen: Selection, data: QueryDict) -> tuple[Page[Any], Mapping[str, Any]]:
    """The keys of a page, and the sums over all that was found: the rows are searched once.

    A page that does not exist is the nearest one that does.
    """
    sums = {"found": Count("pk"), **_sums_of(chosen.record), **chosen.record.sums}
    over = {name: Window(one) for name, one in sums.items()}
    rows = chosen.found.annotate(**over).values_list("pk", *over)
    size, number = chosen.form.size, _number(data.get("page"))
    start = (number - 1) * size
    some = list(rows if chosen.by else rows[start : start + size])
    if some:
        found = dict(zip(over, some[0][1:], strict=True))
    else:
        found = chosen.found.order_by().aggregate(**sums)
    page = Paginator(range(found["found"]), size).get_page(number)
    if not some and found["found"]:
        some = list(rows[page.start_index() - 1 : page.end_index()])
    keys = chosen.ranked([row[0] for row in some])
    if chosen.by:
        keys = keys[page.start_index() - 1 : page.end_index()] if keys else keys
    return Page(keys, page.number, page.paginator), found


def _number(text: str | None) -> int:
    try:
        return min(max(int(text or 1), 1), _LAST_PAGE)
    except ValueError:
        return 1


def _sums_of(record: Record) -> dict[str, Any]:
    """The totals of columns, summed on whole hundredths."""
    return {
        f"sum_{column.name}": Sum(scaled(column.total, SCALES[column.kind]))
        for column in record.columns
        if column.total
    }


def _totals_of(chosen: Selection, sums: Mapping[str, Any]) -> Mapping[str, Total]:
    totals = {
        column.name: Total(of_parts(column.kind, sums[f"sum_{column.name}"]))
        for column in chosen.record.columns
        if column.total
    }
    known = {**sums, **chosen.figures}
    return totals | dict(chosen.record.totals(chosen.found.order_by(), chosen.asked, known))


def head_of(column: Column) -> str:
    """The head of a column, with the currency of an amount."""
    return f"{column.label} (EUR)" if column.kind == "money" else str(column.label)


def shown_row(record: Record, columns: Sequence[Column], row: Any) -> Shown:
    """One row as it is read."""
    cells = tuple(
        Cell(
            label=head_of(column),
            words=words_of(column.kind, column.get(row)),
            below=tuple(column.below(row)),
            states=tuple(column.states(row)),
            look=_look(column),
        )
        for column in columns
    )
    return Shown(row, cells, record.organisation_of(row))


def words_of(kind: str, value: Any) -> str:
    """A value as its kind is written; an unknown amount or number says so."""
    write = _WORDS.get(kind)
    if write is not None and not (value is None and kind in {"hours", "share"}):
        return write(value)
    return "" if value is None else str(value)


def _look(column: Column) -> str:
    if column.numeric:
        return "n strong" if column.kind == "money" else "n"
    return "text" if column.kind == "text" else ""


def foot_of(columns: Sequence[Column], totals: Mapping[str, Total]) -> tuple[Cell, ...]:
    """The last line of a table, after the cell that names it; nothing without totals."""
    return tuple(_foot(column, totals.get(column.name)) for column in columns[1:] if totals)


def _foot(column: Column, total: Total | None) -> Cell:
    if total is None:
        return Cell(head_of(column), "")
    return Cell(
        head_of(column), words_of(column.kind, total.value), states=total.notes, look=_look(column)
    )
