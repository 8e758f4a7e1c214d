"""The list of deadlines as its address asks it: filters, order, what it all puts at stake."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from backoffice.federation.models import Organisation
from backoffice.web.folding import fold
from backoffice.web.templatetags.labels import label, said
from grants.agenda import Item, agenda
from grants.models import Deadline
from grants.pack import AUTHORITIES
from reports.pages.deadlines import AtStake, Row, at_stake, own_losses, row_of
from reports.pages.listed import Head
from reports.pages.standing import CLOSE_DAYS
from reports.records.asking import EVERYTHING, kept_of

OPEN, LATE, CLOSED, UNKNOWN, EVERY = "a_faire", "en_retard", "closes", "a_encoder", "toutes"
STATES = (
    (OPEN, gettext_lazy("À faire, en retard compris")),
    (LATE, gettext_lazy("En retard")),
    (UNKNOWN, gettext_lazy("Jour à encoder")),
    (CLOSED, gettext_lazy("Faites ou sans objet")),
    (EVERY, gettext_lazy("Toutes")),
)
_COLUMNS = (
    ("echeance", gettext_lazy("Échéance")),
    ("jour", gettext_lazy("Jour")),
    ("etat", gettext_lazy("État")),
    ("subvention", gettext_lazy("Subvention")),
    ("enjeu", gettext_lazy("Si elle est manquée")),
    ("", gettext_lazy("Source")),
)


def stake_cents(row: Row) -> int | None:
    """What its miss costs for good, in cents; None: closed, without a known cost, or unknown."""
    amounts = [loss.amount for loss in own_losses(row.item)]
    known = [amount for amount in amounts if amount is not None]
    return sum(known) if known and len(known) == len(amounts) else None


_KEYS: Mapping[str, Callable[[Row], Any]] = MappingProxyType(
    {
        "echeance": lambda row: fold(label(row.item.due.label)),
        "jour": lambda row: row.item.due.due_on,
        "etat": lambda row: fold(row.state.words),
        "subvention": lambda row: (row.item.award.reference, row.item.exercise.year),
        "enjeu": stake_cents,
    }
)
"""What each sort looks at; None comes last, whichever way."""


class DeadlinesForm(forms.Form):
    """What is asked of the list, in the address; what cannot be read is said and left aside."""

    etat = forms.ChoiceField(label=gettext_lazy("État"), required=False, choices=STATES)
    annee = forms.TypedChoiceField(
        label=gettext_lazy("Exercice"), required=False, coerce=int, empty_value=None
    )
    pouvoir = forms.ChoiceField(label=gettext_lazy("Pouvoir subsidiant"), required=False)
    tri = forms.ChoiceField(required=False, widget=forms.HiddenInput)
    organisation = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: QueryDict, items: Sequence[Item]) -> None:
        super().__init__(data, auto_id="echeances-%s")
        self.address = data
        years = sorted({item.exercise.year for item in items}, reverse=True)
        authorities = sorted({item.exercise.account.authority for item in items})
        self._offer("annee", [(str(year), str(year)) for year in years])
        self._offer("pouvoir", [(code, said(AUTHORITIES[code])) for code in authorities])
        self._offer("tri", [(f"{sign}{name}", name) for name in _KEYS for sign in ("", "-")])
        for field in self.fields.values():
            field.error_messages["invalid_choice"] = _(
                "« %(value)s » n'est pas dans la liste : ce filtre n'est pas appliqué."
            )
        self.is_valid()

    def _offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = [("", _("Tous")), *choices]

    def asked(self, name: str) -> Any:
        return self.cleaned_data.get(name) or None

    @property
    def is_narrowed(self) -> bool:
        return any(self.asked(name) for name in ("etat", "annee", "pouvoir"))

    @property
    def is_sorted(self) -> bool:
        """Whether an order of their own is asked of the rows."""
        return bool(self.asked("tri"))

    @property
    def cleared(self) -> str:
        """The address of the list without any filter, nor its default view."""
        kept = {name: self.data[name] for name in ("organisation", "au") if self.data.get(name)}
        return f"?{urlencode({'vue': EVERYTHING, **kept})}"

    @property
    def kept(self) -> str:
        """What a saved view keeps."""
        return kept_of(self.address)

    @property
    def query(self) -> str:
        """The address of this list."""
        return f"?{self.address.urlencode()}"

    @property
    def heads(self) -> tuple[Head, ...]:
        """The heads; a second click on the one that sorts turns the order."""
        return tuple(self._head(name, str(words)) for name, words in _COLUMNS)

    def _head(self, name: str, words: str) -> Head:
        if not name:
            return Head(words)
        data, now = self.address.copy(), self.asked("tri") or "jour"
        data["tri"] = f"-{name}" if now == name else name
        direction = {name: "ascending", f"-{name}": "descending"}.get(now, "")
        return Head(words, query=f"?{data.urlencode()}", direction=direction)

    def admits(self, row: Row) -> bool:
        """Whether a row is asked for."""
        exercise = row.item.exercise
        return (
            self.asked("annee") in {None, exercise.year}
            and self.asked("pouvoir") in {None, exercise.account.authority}
            and _in_state(row, self.asked("etat") or OPEN)
        )

    def ordered(self, rows: Sequence[Row]) -> tuple[Row, ...]:
        """The rows in the order asked, by day in between."""
        if not (asked := self.asked("tri")):
            return tuple(rows)
        key = _KEYS[asked.removeprefix("-")]
        known = [row for row in rows if key(row) is not None]
        known.sort(key=key, reverse=asked.startswith("-"))
        return (*known, *(row for row in rows if key(row) is None))


@dataclass(frozen=True)
class DeadlinesPage:
    """The rows asked for; `late` and `close` count all the open ones, whatever is asked.

    `total` is over the rows; `unplanned` are the exercises with days that nobody has written down
    yet.
    """

    rows: tuple[Row, ...]
    form: DeadlinesForm
    total: AtStake
    late: int
    close: int
    unplanned: tuple[int, ...]


def deadlines_page(organisation: Organisation, asked: QueryDict, today: date) -> DeadlinesPage:
    """The deadlines of an organisation, seen from a day."""
    items = agenda([organisation], today)
    form = DeadlinesForm(asked, items)
    rows = [row_of(item, today) for item in items]
    dated = [item for item in items if item.row is None and item.due.due_on]
    found = form.ordered([row for row in rows if form.admits(row)])
    return DeadlinesPage(
        rows=found,
        form=form,
        total=at_stake(found),
        late=sum(row.is_late for row in rows),
        close=sum(row.days is not None and 0 <= row.days <= CLOSE_DAYS for row in rows),
        unplanned=tuple(sorted({item.exercise.year for item in dated})),
    )


def _in_state(row: Row, asked: str) -> bool:
    is_open = row.item.due.state == Deadline.State.OPEN
    return {
        EVERY: True,
        OPEN: is_open,
        LATE: row.is_late,
        CLOSED: not is_open,
        UNKNOWN: row.item.due.due_on is None,
    }[asked]
