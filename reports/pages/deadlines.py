"""The deadlines of an organisation as people read them: urgency, days left, what a miss costs."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from backoffice.engine.stakes import LOSE, REPAY, STOP, SUSPEND, Loss, Stake
from backoffice.web.templatetags.money import day, eur
from grants.agenda import Item
from grants.models import Deadline
from reports.pages.standing import CLOSE_DAYS, State, days_words


@dataclass(frozen=True)
class AtStake:
    """What some open deadlines put at stake, in cents, and how many awards add an unknown amount.

    The same euro is counted once, however many deadlines may lose it; `silent` are the deadlines
    of which no consequence is known.
    """

    known: int
    unknown: int
    silent: int

    @property
    def words(self) -> str:
        """The sum, which admits what is unknown."""
        if self.unknown and not self.known:
            return _("montant inconnu")
        return (
            _("au moins %(amount)s") % {"amount": eur(self.known)}
            if self.unknown
            else eur(self.known)
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


def row_of(item: Item, today: date) -> Row:
    """One deadline seen from a day."""
    due_on, is_open = item.due.due_on, item.due.state == Deadline.State.OPEN
    days = (due_on - today).days if is_open and due_on else None
    cost, costs = (_cost(item), tuple(_costs(item))) if is_open else ("", ())
    return Row(item, _state(item, days), days, cost, costs)


def own_losses(item: Item) -> tuple[Loss, ...]:
    """What the miss of an open deadline takes from the award and its siblings, for good."""
    is_open = item.due.state == Deadline.State.OPEN
    return _part(item.stake, suspended=False).losses if is_open and item.stake else ()


def at_stake(rows: Iterable[Row]) -> AtStake:
    """What is at stake in some rows: what was received and what is to come, once each award."""
    known: dict[tuple[str, int, bool], int] = {}
    unknown, silent = set(), 0
    for row in rows:
        silent += row.item.due.state == Deadline.State.OPEN and row.item.stake is None
        for loss in own_losses(row.item):
            pot = loss.award, loss.year, loss.effect == REPAY
            if loss.amount is None:
                unknown.add(pot)
            else:
                known[pot] = max(known.get(pot, 0), loss.amount)
    return AtStake(sum(known.values()), len(unknown), silent)


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
