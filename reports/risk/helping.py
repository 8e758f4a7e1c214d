"""What would still save an award: workers and invoices that nobody pays, each with its euros."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

import numpy as np

from backoffice.engine import money
from backoffice.engine.claims.inputs import HEADS
from backoffice.engine.periods import year_period
from backoffice.engine.projection.facts import Facts
from backoffice.engine.risk.moves import Move, gain_of_invoices, moves_for
from backoffice.federation.models import Organisation
from backoffice.federation.vocabulary import Diploma
from backoffice.figures.vocabulary import expense_categories
from grants.models import Post
from grants.scheme import schemes
from invoices.models import Invoice
from reports.risk.seen import Look
from staffing.models import Worker

_BORNE = ("running", "training")
"""Heads whose invoices any award may bear; investments and people outside the payroll ask more."""
_RANKS = {diploma: rank for rank, diploma in enumerate(Diploma.values)}


@dataclass(frozen=True)
class Help:
    """One change that brings money to an award: what is moved, from where, when, how much.

    Attributes:
        gain: cents that all awards then pay more.
        worker: who is put on the post, empty for invoices; `post` its code.
        source: reference of the award that carries the hours above what it pays, empty: none.
        first: first month index, `last` the last one included.
        hours: hundredths a week.
        invoices: how many invoices without an award, of `amount` cents, under `head`.
    """

    gain: int
    worker: str = ""
    post: str = ""
    source: str = ""
    first: int = 0
    last: int = 0
    hours: int = 0
    invoices: int = 0
    amount: int = 0
    head: str = ""


@dataclass(frozen=True)
class Spare:
    """Invoices of a year that no award wholly bears, by category: how many, cents left."""

    count: Mapping[str, int]
    amount: Mapping[str, int]


@dataclass(frozen=True)
class Words:
    """What the places of the facts are called: workers by number, posts in their order."""

    workers: Mapping[str, str]
    posts: tuple[Post, ...]


def words_of(organisation: Organisation) -> Words:
    """The names of the workers and the posts of the awards, in the order of the facts."""
    workers = Worker.objects.filter(organisation=organisation).select_related("identity")
    posts = Post.objects.filter(award__organisation=organisation).select_related("award")
    return Words(
        {one.number: f"{one.number} {one.name}".strip() for one in workers},
        tuple(sorted(posts, key=lambda one: (one.award.reference, one.code))),
    )


def spare_invoices(organisation: Organisation, year: int) -> Spare:
    """The invoices of a year with what no award bears of each; two queries."""
    period = year_period(year)
    rows = Invoice.objects.filter(
        organisation=organisation, issued_on__gte=period.start, issued_on__lt=period.stop
    ).prefetch_related("ventilations")
    count: dict[str, int] = {}
    amount: dict[str, int] = {}
    for one in rows.order_by("pk"):
        shares = [
            Fraction(part.share_numerator, part.share_denominator)
            for part in one.ventilations.all()
        ]
        left = money.allocate(money.cents(one.amount.amount), [*shares, 1 - sum(shares)])[-1]
        if left > 0:
            count[one.category] = count.get(one.category, 0) + 1
            amount[one.category] = amount.get(one.category, 0) + left
    return Spare(count, amount)


def helps_for(look: Look, row: int, words: Words, spare: Spare) -> list[Help]:
    """What would bring the most to an award-year, the best first."""
    found = [_moved(look, move, words) for move in moves_for(look.run, row, _lawful(look, words))]
    found += _bills(look, row, spare)
    return sorted(found, key=lambda one: -one.gain)


def _moved(look: Look, move: Move, words: Words) -> Help:
    names, years = look.run.facts.names, look.run.facts.years
    number = names.workers[move.worker]
    return Help(
        gain=move.gain,
        worker=words.workers.get(number, number),
        post=words.posts[move.post].code,
        source="" if move.source < 0 else names.awards[years.award[move.source]],
        first=move.first,
        last=move.last,
        hours=move.hours,
    )


def _bills(look: Look, row: int, spare: Spare) -> Iterable[Help]:
    """The invoices on own funds that the scheme takes, head by head."""
    facts, categories = look.run.facts, expense_categories()
    scheme = schemes()[facts.names.award_schemes[facts.years.award[row]]]
    for head in _BORNE:
        taken = [
            code
            for code in spare.amount
            if categories[code].head == head and code not in scheme.excluded_items
        ]
        amount = sum(spare.amount[code] for code in taken)
        gain = gain_of_invoices(look.run, row, HEADS.index(head), amount) if amount else 0
        if gain > 0:
            count = sum(spare.count[code] for code in taken)
            yield Help(gain=gain, invoices=count, amount=amount, head=head)


def _lawful(look: Look, words: Words) -> Callable[[int, int], bool]:
    """Whether a worker may hold a post: function, diploma and approval as the grid asks."""
    facts = look.run.facts
    last = {
        worker: _contract(facts, worker, look.year) for worker in range(len(facts.names.workers))
    }

    def lawful(worker: int, post: int) -> bool:
        line = last[worker]
        if line is None or facts.contracts.function[line] != facts.posts.function[post]:
            return False
        asked = words.posts[post].diploma
        held = facts.names.diplomas[facts.contracts.diploma[line]]
        if asked and _RANKS.get(held, -1) < _RANKS[asked]:
            return False
        wanted = int(facts.names.award_approvals[facts.posts.award[post]])
        return wanted < 0 or int(facts.contracts.approval[line]) in {-1, wanted}

    return lawful


def _contract(facts: Facts, worker: int, year: int) -> int | None:
    """The last contract line of a worker in a year."""
    lines = facts.contracts
    first, after = date(year, 1, 1).toordinal(), date(year + 1, 1, 1).toordinal()
    mine = np.flatnonzero((lines.worker == worker) & (lines.start < after) & (lines.stop > first))
    return int(mine[lines.start[mine].argmax()]) if len(mine) else None
