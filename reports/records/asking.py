"""What the address of a list asks: words, filters, days, order and size; the whole state of it."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from backoffice.engine.periods import OPEN_END, Period, year_period
from backoffice.federation.models import Organisation
from backoffice.web.templatetags.money import day
from reports.pages.listed import Head, years_between
from reports.records.fields import DayField
from reports.records.record import Record

SIZES = (25, 50, 100, 200)
USUAL_SIZE = 50
EVERYTHING = "toutes"
"""The value of `vue` that asks for the list without its default view."""
_NOT_FILTERS = frozenset(("tri", "lignes"))


class ListForm(forms.Form):
    """What is asked of a list; what cannot be read is said and left aside."""

    texte = forms.CharField(label=_("Chercher"), required=False, max_length=100)
    organisation = forms.ChoiceField(label=_("Organisation"), required=False)
    annee = forms.TypedChoiceField(label=_("Année"), required=False, coerce=int, empty_value=None)
    depuis = DayField(label=_("Depuis le"), required=False)
    jusque = DayField(label=_("Jusqu'au"), required=False)
    lignes = forms.TypedChoiceField(
        label=_("Lignes par page"), required=False, coerce=int, empty_value=None
    )
    tri = forms.ChoiceField(required=False, widget=forms.HiddenInput)

    def __init__(
        self, record: Record, organisations: Sequence[Organisation], data: QueryDict
    ) -> None:
        super().__init__(data, auto_id="liste-%s")
        self.address = data
        self.record = record
        mine = record.rows(organisations)
        numbers = [(one.enterprise_number, one.name) for one in organisations]
        for choice in record.choices:
            self.fields[choice.name] = forms.ChoiceField(label=choice.label, required=False)
            self._offer(choice.name, choice.options(mine), choice.every)
        self._offer("organisation", numbers, _("Toutes"))
        self._offer("lignes", [(str(size), str(size)) for size in SIZES], str(USUAL_SIZE))
        sorts = [column.name for column in record.columns if column.sorts] + ["organisation"]
        self._offer("tri", [(f"{sign}{name}", name) for name in sorts for sign in ("", "-")], "")
        if len(numbers) < 2:  # noqa: PLR2004
            del self.fields["organisation"]
        self._offer_days(record, mine)
        self.order_fields(["texte", "organisation", *(one.name for one in record.choices)])
        for field in self.fields.values():
            field.error_messages["invalid_choice"] = _(
                "« %(value)s » n'est pas dans la liste : ce filtre n'est pas appliqué."
            )
        self.is_valid()

    def _offer_days(self, record: Record, mine: Any) -> None:
        if record.spread is None:
            for name in ("annee", "depuis", "jusque"):
                del self.fields[name]
            return
        years = years_between(mine, record.spread.first, record.spread.last)
        self._offer("annee", [(str(year), str(year)) for year in years], _("Toutes"))
        if record.spread.years:
            del self.fields["depuis"], self.fields["jusque"]

    def _offer(self, name: str, choices: Any, none: Any) -> None:
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = [("", none), *choices]

    def asked(self, name: str) -> Any:
        """What is asked under a name, or None."""
        return self.cleaned_data.get(name) or None

    @property
    def period(self) -> Period | None:
        """The year or the days asked; None without any."""
        year, first, last = (self.asked(name) for name in ("annee", "depuis", "jusque"))
        if year:
            return year_period(year)
        if first is None and last is None:
            return None
        return Period.inclusive(first or date.min, last or OPEN_END)

    @property
    def period_words(self) -> str:
        """The period of the rows, for the caption; nothing where the list has no such filter."""
        year, first, last = (self.asked(name) for name in ("annee", "depuis", "jusque"))
        if "annee" not in self.fields:
            return ""
        if year:
            return gettext("Année %(year)d.") % {"year": year}
        if first and last:
            return gettext("Du %(first)s au %(last)s.") % {"first": day(first), "last": day(last)}
        if first:
            return gettext("Depuis le %(first)s.") % {"first": day(first)}
        if last:
            return gettext("Jusqu'au %(last)s.") % {"last": day(last)}
        return gettext("Toutes les années.")

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        first, last = data.get("depuis"), data.get("jusque")
        if first and last and last < first:
            del data["jusque"]
            self.add_error("jusque", _("Ce jour précède le premier : il n'est pas appliqué."))
        return data

    @property
    def size(self) -> int:
        """How many rows a page holds."""
        return self.asked("lignes") or USUAL_SIZE

    @property
    def is_narrowed(self) -> bool:
        """Some filter is set."""
        return any(self.asked(name) for name in self.fields if name not in _NOT_FILTERS)

    @property
    def cleared(self) -> str:
        """The address of this list without any filter, on the same day."""
        day = self.address.get("au")
        return f"?{urlencode({'vue': EVERYTHING, **({'au': day} if day else {})})}"

    @property
    def kept(self) -> str:
        """What a saved view keeps: all that is asked but the page, the day and whose rows."""
        return kept_of(self.address)

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


def kept_of(address: QueryDict) -> str:
    """What a saved view keeps of an address: all but the page, the day and whose rows."""
    data = address.copy()
    for name in ("page", "au", "vue", "organisation"):
        data.pop(name, None)
    return urlencode([pair for pair in _pairs(data) if pair[1]])


def _pairs(data: QueryDict) -> list[tuple[str, str]]:
    return [(name, value) for name, values in data.lists() for value in values]
