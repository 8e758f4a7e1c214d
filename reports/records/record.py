"""What a kind of record is: one declaration gives its list, its filters, its file and its form."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import F, Model, Q, QuerySet
from django.db.models.expressions import BaseExpression
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from backoffice.engine.periods import Period
from backoffice.federation.models import Organisation
from backoffice.federation.rows import rows_of
from reports.pages.standing import State

Options = Iterable[tuple[str, Any]]
Rows = QuerySet[Any]
Links = Sequence[tuple[Any, str]]
"""Words and address."""


@dataclass(frozen=True)
class Asked:
    """What a list is about: whose rows, on which day, and in which period (None: all of them)."""

    organisations: Sequence[Organisation]
    day: date
    period: Period | None


Figures = Callable[[Rows, Asked], Mapping[Any, int]]
EVERY_MASCULINE, EVERY_FEMININE = gettext_lazy("Tous"), gettext_lazy("Toutes")


def _nothing(_row: Any) -> Sequence[Any]:
    return ()


@dataclass(frozen=True)
class Column:
    """One column of a list and of its file.

    Args:
        name: how the address sorts by it.
        label: its head.
        get: the typed value of a row; what `kind` says how to write.
        kind: text, code, money, day, hours, fte, share or count.
        sort: the expression that sorts; None: no order by it, unless by its figures.
        figures: the whole number of each row found, by key, where it takes a query of its own.
        total: the column of the database that is summed over the whole selection.
        below: smaller lines under the value.
        states: badges under the value.
        shown: on the page; else in the file only.
        filed: in the file.
        width: in the file.
    """

    name: str
    label: Any
    get: Callable[[Any], Any]
    kind: str = "text"
    sort: BaseExpression | F | None = None
    figures: Figures | None = None
    total: str = ""
    below: Callable[[Any], Sequence[Any]] = _nothing
    states: Callable[[Any], Sequence[State]] = _nothing
    shown: bool = True
    filed: bool = True
    width: int = 16

    @property
    def sorts(self) -> bool:
        """Whether a list can be in its order."""
        return self.sort is not None or self.figures is not None

    @property
    def numeric(self) -> bool:
        """Whether its values stand on the right."""
        return self.kind in {"money", "hours", "fte", "share", "count"}


@dataclass(frozen=True)
class Choice:
    """A filter by one value of a list; `options` may look at the rows that there are.

    `every` is the choice of them all, in the gender of the label.
    """

    name: str
    label: Any
    options: Callable[[Rows], Options]
    where: Callable[[str, Asked], Q]
    every: Any = EVERY_MASCULINE


@dataclass(frozen=True)
class Child:
    """A record whose rows belong to a row: its name, the path to it, the column that repeats it.

    `summed`: its own totals stand below it.
    """

    slug: str
    path: str
    repeats: str = ""
    summed: bool = False


@dataclass(frozen=True)
class Total:
    """A total as the kind of its column writes it, and what has to be said below it."""

    value: Any
    notes: tuple[State, ...] = ()


@dataclass(frozen=True)
class Spread:
    """How a period chooses rows: by the days of two columns, the last one included.

    A row without a last day has not ended. `columns` give the years that the list offers.
    """

    first: str
    last: str
    years: bool = False

    def where(self, period: Period) -> Q:
        """The rows that touch a period."""
        if self.years:
            last = (period.ends_on or period.stop).year
            return Q(**{f"{self.first}__gte": period.start.year, f"{self.first}__lte": last})
        begun = Q(**{f"{self.first}__lt": period.stop})
        if self.first == self.last:
            return begun & Q(**{f"{self.first}__gte": period.start})
        return begun & (
            Q(**{f"{self.last}__isnull": True}) | Q(**{f"{self.last}__gte": period.start})
        )


def _as_they_are(rows: Rows, _asked: Asked) -> Rows:
    return rows


def _no_more(_rows: Sequence[Any], _asked: Asked) -> None:
    return None


def _no_links(_row: Any, _day: date) -> Links:
    return ()


def _nothing_more(_row: Any, _why: str) -> None:
    return None


def _no_totals(_rows: Rows, _asked: Asked, _sums: Mapping[str, Any]) -> Mapping[str, Total]:
    return {}


@dataclass(frozen=True)
class Record:
    """One table: whose rows they are, how they are listed, and what people may change.

    Args:
        slug: its name in addresses.
        address: where its list is.
        model: its rows.
        label: several of them, as a title.
        one: one of them.
        owner: the path from a row to its organisation.
        title: one row in words, behind its `related` rows.
        columns: the list; the first one that is shown names the row.
        order: the sort of an address that asks for none, "-" in front for the other way.
        ties: what decides between equal rows.
        searched: the columns of the database that the text is looked for in.
        choices: filters.
        spread: how a year or two days choose rows.
        related: the rows that each row needs, by path.
        described: annotations that filters and sorts need.
        prepared: prefetches of the rows of one page.
        arranged: what is added to the rows of one page, in place.
        sums: more sums over the selection, taken together with those of the columns.
        totals: totals that are not the sum of one column, from the rows found, the `sums` and,
            by the name of their column, the figures.
        on_day: whether the list depends on the day of the situation.
        fields: what a form asks; without any, the rows are changed elsewhere.
        form: another form than the usual one.
        options: the closed lists of fields of text, by name.
        written: the fields that the page of a row says better than their text, by name.
        children: other records that belong to a row.
        links: where else a row is worked on, from the row and a day.
        rests: which frozen justifications may rest on a row.
        explained: why a change of a row needs its reason, None when it needs none.
        owned: related rows that go with a row.
        dropped: what else is kept when a row is removed, from the row and why.
        hint: one sentence above the list.
        is_feminine: the gender of `one` in French.
    """

    slug: str
    address: str
    model: type[Model]
    label: Any
    one: Any
    owner: str
    title: Callable[[Any], str]
    columns: tuple[Column, ...]
    order: str
    ties: tuple[str, ...] = ("pk",)
    searched: tuple[str, ...] = ()
    choices: tuple[Choice, ...] = ()
    spread: Spread | None = None
    related: tuple[str, ...] = ()
    described: Callable[[Rows, Asked], Rows] = _as_they_are
    prepared: Callable[[Rows, Asked], Rows] = _as_they_are
    arranged: Callable[[Sequence[Any], Asked], None] = _no_more
    sums: Mapping[str, Any] = field(default_factory=dict)
    totals: Callable[[Rows, Asked, Mapping[str, Any]], Mapping[str, Total]] = _no_totals
    on_day: bool = False
    fields: tuple[str, ...] = ()
    form: Any = None
    options: Mapping[str, Callable[[], Options]] | None = None
    written: Mapping[str, Callable[[Any], str]] = field(default_factory=dict)
    children: tuple[Child, ...] = ()
    links: Callable[[Any, date], Links] = _no_links
    rests: Callable[[Any], Q] | None = None
    explained: Callable[[Any, date], Any] | None = None
    owned: tuple[str, ...] = ()
    dropped: Callable[[Any, str], None] = _nothing_more
    hint: Any = ""
    is_feminine: bool = False

    @property
    def adding(self) -> str:
        """What the button says that adds one."""
        words = _("Ajouter une %(kind)s") if self.is_feminine else _("Ajouter un %(kind)s")
        return capfirst(words % {"kind": str(self.one).lower()})

    def rows(self, organisations: Iterable[Organisation]) -> Rows:
        """The rows of some organisations, with what their titles and columns need."""
        rows: Rows = rows_of(self.model).filter(**{f"{self.owner}__in": organisations})
        return rows.select_related(self.owner, *self.related)

    def organisation_of(self, row: Any) -> Organisation:
        """Whose row it is."""
        for name in self.owner.split("__"):
            row = getattr(row, name)
        found: Organisation = row
        return found

    @property
    def can_end(self) -> bool:
        """Whether a row ends on a day."""
        return "ends_on" in self.fields
