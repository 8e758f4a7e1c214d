"""What the lists share: what the address asks, heads that sort, pages of fifty, exact sums."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar
from urllib.parse import urlencode

from django import forms
from django.core.paginator import Page, Paginator
from django.db.models import (
    BigIntegerField,
    DecimalField,
    Expression,
    ExpressionWrapper,
    F,
    Max,
    Min,
    Model,
    QuerySet,
    Value,
)
from django.db.models.expressions import BaseExpression
from django.db.models.functions import Cast, Concat, Round
from django.db.models.lookups import Contains
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from backoffice.federation.models import Organisation
from backoffice.web.folding import Fold, fold

PAGE = 50
Row = TypeVar("Row", bound=Model)
Choices = Sequence[tuple[str, Any]]
Sorts = Mapping[str, BaseExpression | F]


@dataclass(frozen=True)
class Head:
    """The head of a column: `query` sorts by it, `direction` says how it is sorted now."""

    label: str
    numeric: bool = False
    query: str = ""
    direction: str = ""


class ListForm(forms.Form):
    """What is asked of a list, in the address; what cannot be read is said and left aside."""

    texte = forms.CharField(label=_("Chercher"), required=False, max_length=100)
    organisation = forms.ChoiceField(label=_("Organisation"), required=False)
    annee = forms.TypedChoiceField(label=_("Année"), required=False, coerce=int, empty_value=None)
    etat = forms.ChoiceField(label=_("État"), required=False)
    tri = forms.ChoiceField(required=False, widget=forms.HiddenInput)

    field_order = ("texte", "organisation", "annee", "agrement", "categorie", "etat", "tri")

    def __init__(
        self,
        data: QueryDict,
        organisations: Sequence[Organisation],
        years: Sequence[int],
        states: Mapping[str, Any],
        sorts: Iterable[str],
    ) -> None:
        super().__init__(data, auto_id="liste-%s")
        self.address = data
        numbers = [(one.enterprise_number, one.name) for one in organisations]
        self._offer("organisation", numbers, _("Toutes"))
        self._offer("annee", [(str(year), str(year)) for year in years], _("Toutes"))
        self._offer("etat", list(states.items()), _("Tous"))
        self._offer("tri", [(f"{sign}{name}", name) for name in sorts for sign in ("", "-")], "")
        if len(numbers) < 2:  # noqa: PLR2004
            del self.fields["organisation"]
        for field in self.fields.values():
            field.error_messages["invalid_choice"] = _(
                "« %(value)s » n'est pas dans la liste : ce filtre n'est pas appliqué."
            )
        self.is_valid()

    def _offer(self, name: str, choices: Choices, none: Any) -> None:
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = [("", none), *choices]

    def asked(self, name: str) -> Any:
        """What is asked under a name, or None."""
        return self.cleaned_data.get(name) or None

    @property
    def is_narrowed(self) -> bool:
        """Some filter is set."""
        return any(self.asked(name) for name in self.fields if name != "tri")

    @property
    def cleared(self) -> str:
        """The address of this list without any filter, on the same day."""
        day = self.address.get("au")
        return f"?{urlencode({'au': day})}" if day else "?"

    def query(self, **changed: str) -> str:
        """The address of this list with something changed; the page starts again at the first."""
        data = self.address.copy()
        data.pop("page", None)
        for name, value in changed.items():
            data[name] = value
        return f"?{data.urlencode()}"

    def head(self, label: Any, sort: str = "", *, numeric: bool = False) -> Head:
        """The head of a column; where it sorts, a second click sorts the other way."""
        if not sort:
            return Head(str(label), numeric)
        now = self.asked("tri") or ""
        direction = {sort: "ascending", f"-{sort}": "descending"}.get(now, "")
        asked = f"-{sort}" if now == sort else sort
        return Head(str(label), numeric, self.query(tri=asked), direction)


def years_between(rows: QuerySet[Row], column: str) -> list[int]:
    """The years of a column of days, newest first, from the first one to the last."""
    ends = rows.aggregate(first=Min(column), last=Max(column))
    if ends["first"] is None:
        return []
    return list(range(ends["last"].year, ends["first"].year - 1, -1))


def of_organisations(
    rows: QuerySet[Row], form: ListForm, organisations: Sequence[Organisation]
) -> QuerySet[Row]:
    """The rows of the organisation chosen, or of all those that the user may see."""
    number = form.asked("organisation")
    chosen = [one for one in organisations if number in {None, one.enterprise_number}]
    return rows.filter(organisation__in=chosen).select_related("organisation")


def holding(rows: QuerySet[Row], text: str | None, columns: Sequence[str]) -> QuerySet[Row]:
    """The rows whose columns together hold every word of a text, whatever its case and accents."""
    words = (fold(text) or "").split()
    if not words:
        return rows
    spaced: list[Any] = [part for name in columns for part in (F(name), Value(" "))]
    whole = Fold(Concat(*spaced))
    return rows.filter(*(Contains(whole, word) for word in words))


def ordered(rows: QuerySet[Row], sort: str, sorts: Sorts, ties: Sequence[str]) -> QuerySet[Row]:
    """The rows by one of the sorts, "-" in front for the other way; unknown values come last."""
    first = sorts[sort.removeprefix("-")]
    order = first.desc(nulls_last=True) if sort.startswith("-") else first.asc(nulls_last=True)
    return rows.order_by(order, *ties)


def page_of(rows: QuerySet[Row], count: int, data: QueryDict) -> Page[Row]:
    """Fifty of `count` rows; a page that does not exist is the nearest one that does."""
    paginator = Paginator(rows, PAGE)
    paginator.count = count  # already known from the totals: one search less
    return paginator.get_page(data.get("page"))


def cents(column: str) -> Expression:
    """An amount of the database as a whole number of cents, which SQLite sums exactly."""
    scaled = ExpressionWrapper(
        F(column) * 100, output_field=DecimalField(max_digits=14, decimal_places=2)
    )
    return Cast(Round(scaled), BigIntegerField())


def whole(value: Any) -> int | None:
    """A sum of cents as the databases give it, None where there is no row."""
    return None if value is None else int(value)
