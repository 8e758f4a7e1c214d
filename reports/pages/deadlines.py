"""The deadlines of an organisation as people read them: urgency, days left, what a miss costs."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from backoffice.engine.stakes import LOSE, REPAY, STOP, SUSPEND, Loss, Stake
from backoffice.federation.models import Organisation
from backoffice.web.templatetags.labels import said
from backoffice.web.templatetags.money import day, eur
from grants.agenda import Item, agenda
from grants.models import Deadline
from grants.pack import AUTHORITIES
from reports.pages.standing import CLOSE_DAYS, State, days_words

OPEN, LATE, CLOSED, UNKNOWN, EVERY = "a_faire", "en_retard", "closes", "a_encoder", "toutes"
STATES = (
    (OPEN, gettext_lazy("À faire, en retard compris")),
    (LATE, gettext_lazy("En retard")),
    (UNKNOWN, gettext_lazy("Jour à encoder")),
    (CLOSED, gettext_lazy("Faites ou sans objet")),
    (EVERY, gettext_lazy("Toutes")),
)


@dataclass(frozen=True)
class Row:
    """One deadline on screen; `days` are left (positive) or gone by, None when closed or undated.

    `cost` is what is lost or given back, in words; `costs` each part, and what may be suspended.
    """

    item: Item
    state: State
    days: int | None
    cost: str
    costs: tuple[str, ...]

    @property
    def is_late(self) -> bool:
        return self.days is not None and self.days < 0

    @property
    def days_words(self) -> str:
        return "" if self.days is None else days_words(self.days)

    @property
    def can_close(self) -> bool:
        """Whether it may be said to be done, from the list."""
        return self.item.row is not None and self.item.row.state == Deadline.State.OPEN


class DeadlinesForm(forms.Form):
    """What is asked of the list, in the address; what cannot be read is said and left aside."""

    etat = forms.ChoiceField(label=gettext_lazy("État"), required=False, choices=STATES)
    annee = forms.TypedChoiceField(
        label=gettext_lazy("Exercice"), required=False, coerce=int, empty_value=None
    )
    pouvoir = forms.ChoiceField(label=gettext_lazy("Pouvoir subsidiant"), required=False)
    organisation = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: QueryDict, items: Sequence[Item]) -> None:
        super().__init__(data, auto_id="echeances-%s")
        years = sorted({item.exercise.year for item in items}, reverse=True)
        authorities = sorted({item.exercise.account.authority for item in items})
        self._offer("annee", [(str(year), str(year)) for year in years])
        self._offer("pouvoir", [(code, said(AUTHORITIES[code])) for code in authorities])
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
    def cleared(self) -> str:
        """The address of the list without any filter."""
        kept = {name: self.data[name] for name in ("organisation", "au") if self.data.get(name)}
        return f"?{urlencode(kept)}"

    def admits(self, row: Row) -> bool:
        """Whether a row is asked for."""
        exercise = row.item.exercise
        return (
            self.asked("annee") in {None, exercise.year}
            and self.asked("pouvoir") in {None, exercise.account.authority}
            and _in_state(row, self.asked("etat") or OPEN)
        )


@dataclass(frozen=True)
class DeadlinesPage:
    """The rows asked for, by day; `late` and `close` count all the open ones, whatever is asked.

    `unplanned` are the exercises with days that nobody has written down yet.
    """

    rows: tuple[Row, ...]
    form: DeadlinesForm
    late: int
    close: int
    unplanned: tuple[int, ...]


def deadlines_page(organisation: Organisation, asked: QueryDict, today: date) -> DeadlinesPage:
    """The deadlines of an organisation, seen from a day."""
    items = agenda([organisation], today)
    form = DeadlinesForm(asked, items)
    rows = [row_of(item, today) for item in items]
    dated = [item for item in items if item.row is None and item.due.due_on]
    return DeadlinesPage(
        rows=tuple(row for row in rows if form.admits(row)),
        form=form,
        late=sum(row.is_late for row in rows),
        close=sum(row.days is not None and 0 <= row.days <= CLOSE_DAYS for row in rows),
        unplanned=tuple(sorted({item.exercise.year for item in dated})),
    )


def row_of(item: Item, today: date) -> Row:
    """One deadline seen from a day."""
    due_on, is_open = item.due.due_on, item.due.state == Deadline.State.OPEN
    days = (due_on - today).days if is_open and due_on else None
    cost, costs = (_cost(item), tuple(_costs(item))) if is_open else ("", ())
    return Row(item, _state(item, days), days, cost, costs)


def _state(item: Item, days: int | None) -> State:
    if item.due.state != Deadline.State.OPEN:
        tone = "done" if item.due.state == Deadline.State.DONE else "draft"
        return State(tone, str(Deadline.State(item.due.state).label))
    if days is None:
        return State("warning", _("jour à encoder"))
    if days < 0:
        return State("error", _("en retard"))
    if item.row is None:
        return State("draft", _("non inscrite"))
    return State("warning" if days <= CLOSE_DAYS else "draft", _("à faire"))


def _in_state(row: Row, asked: str) -> bool:
    is_open = row.item.due.state == Deadline.State.OPEN
    return {
        EVERY: True,
        OPEN: is_open,
        LATE: row.is_late,
        CLOSED: not is_open,
        UNKNOWN: row.item.due.due_on is None,
    }[asked]


def _cost(item: Item) -> str:
    """What is lost or given back, in words; what is only suspended is told apart."""
    if item.stake is None:
        return "" if item.due.consequence else _("aucune conséquence trouvée")
    own = _part(item.stake, suspended=False)
    return _sum(own) if own.losses else ""


def _costs(item: Item) -> Iterator[str]:
    """Each part of the cost in a sentence, then what may be suspended elsewhere."""
    if item.stake is None:
        return
    words = {
        REPAY: _("à rembourser : %(amount)s, ce qui est versé sans être justifié"),
        STOP: _("avances arrêtées : %(amount)s%(payments)s"),
        LOSE: _("perdu : %(amount)s, ce qui reste à recevoir"),
    }
    for loss in _part(item.stake, suspended=False).losses:
        yield words[loss.effect] % {"amount": eur(loss.amount), "payments": _payments(loss)}
    suspended = _part(item.stake, suspended=True)
    if suspended.losses:
        where = ", ".join(f"{_name(loss)}{_payments(loss)}" for loss in suspended.losses)
        yield _("paiements qui peuvent être suspendus : %(amount)s, %(where)s") % {
            "amount": _sum(suspended),
            "where": where,
        }


def _part(stake: Stake, *, suspended: bool) -> Stake:
    return Stake(tuple(loss for loss in stake.losses if (loss.effect == SUSPEND) == suspended))


def _sum(stake: Stake) -> str:
    """A sum that admits what is unknown."""
    if stake.amount is not None:
        return eur(stake.amount)
    if not stake.known:
        return _("montant inconnu")
    return _("au moins %(amount)s") % {"amount": eur(stake.known)}


def _name(loss: Loss) -> str:
    """The award, with its exercise unless its reference says it."""
    known = str(loss.year) in loss.award
    return loss.award if known else f"{loss.award} {loss.year}"


def _payments(loss: Loss) -> str:
    """How many payments, and when; empty when none is known."""
    if not loss.payments:
        return ""
    first, last = loss.payments[0].due_on, loss.payments[-1].due_on
    count = len(loss.payments)
    words = ngettext("%s versement", "%s versements", count) % count
    when = _("le %s") % day(first)
    if first != last:
        when = _("du %(first)s au %(last)s") % {"first": day(first), "last": day(last)}
    return f" ({words}, {when})"
