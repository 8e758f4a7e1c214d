"""A list: what an address chooses, its page, its totals over everything chosen."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.paginator import Page
from django.db.models import Count, F, Sum
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from backoffice.federation.models import Organisation
from backoffice.web.folding import Fold
from backoffice.web.templatetags import money as shown
from reports.pages.listed import SCALES, Head, holding, of_parts, ordered, page_of, scaled
from reports.pages.standing import State
from reports.records.asking import ListForm
from reports.records.record import Asked, Column, Record, Rows, Total

_CHUNK = 1_000
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
    """Everything that the address asks for, not yet cut in pages."""

    record: Record
    form: ListForm
    found: Rows
    asked: Asked

    @property
    def columns(self) -> tuple[Column, ...]:
        """The columns of the page; several organisations are told apart."""
        columns = tuple(column for column in self.record.columns if column.shown)
        if "organisation" not in self.form.fields:
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
    return Selection(
        record, form, ordered(rows, sort, _by(record, sort, asked), record.ties), asked
    )


def _by(record: Record, sort: str, asked: Asked) -> Any:
    name = sort.removeprefix("-")
    columns = (*record.columns, organisation_column(record))
    found = next(column.sort for column in columns if column.name == name)
    return found(asked) if callable(found) else found


def listing(chosen: Selection, data: QueryDict) -> Listing:
    """One page of a selection."""
    columns, form = chosen.columns, chosen.form
    count, totals = totals_of(chosen)
    page = page_of(chosen.record.prepared(chosen.found, chosen.asked), count, form.size, data)
    rows = list(page)
    chosen.record.arranged(rows, chosen.asked)
    heads = [
        form.head(head_of(column), column.name if column.sort else "", numeric=column.numeric)
        for column in columns
    ]
    return Listing(
        form=form,
        rows=tuple(shown_row(chosen.record, columns, row) for row in rows),
        page=page,
        heads=tuple(heads),
        foot=tuple(_foot(column, totals.get(column.name)) for column in columns[1:] if totals),
        count=count,
    )


def every_row(chosen: Selection) -> Iterator[Any]:
    """The whole selection, for a file, a thousand at a time."""
    rows, asked = chosen.record.prepared(chosen.found, chosen.asked), chosen.asked
    waiting: list[Any] = []
    for row in rows.iterator(chunk_size=_CHUNK):
        waiting.append(row)
        if len(waiting) == _CHUNK:
            chosen.record.arranged(waiting, asked)
            yield from waiting
            waiting = []
    chosen.record.arranged(waiting, asked)
    yield from waiting


def totals_of(chosen: Selection) -> tuple[int, Mapping[str, Total]]:
    """How many rows are found, and the totals of their columns, summed on whole hundredths."""
    summed = [column for column in chosen.record.columns if column.total]
    sums: dict[str, Any] = {
        f"sum_{column.name}": Sum(scaled(column.total, SCALES[column.kind])) for column in summed
    }
    rows, asked = chosen.found.order_by(), chosen.asked
    found = rows.aggregate(found=Count("pk"), **sums, **chosen.record.sums)
    totals = {
        column.name: Total(of_parts(column.kind, found[f"sum_{column.name}"])) for column in summed
    }
    return found["found"], totals | dict(chosen.record.totals(rows, asked, found))


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


def _foot(column: Column, total: Total | None) -> Cell:
    if total is None:
        return Cell(head_of(column), "")
    return Cell(
        head_of(column), words_of(column.kind, total.value), states=total.notes, look=_look(column)
    )
