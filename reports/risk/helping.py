"""What would still save an award: workers and invoices that nobody pays, each with its euros."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from backoffice.engine import money
from backoffice.engine.claims.inputs import HEADS
from backoffice.engine.periods import year_period
from backoffice.engine.risk.moves import Move, gain_of_invoices, moves_for
from backoffice.federation.models import Organisation
from backoffice.figures.vocabulary import expense_categories
from grants.models import Post
from grants.scheme import schemes
from invoices.models import Invoice
from reports.optimum.eligibility import Eligibility
from reports.risk.seen import Look
from reports.snapshots import year_facts
from staffing.models import Worker

_BORNE = ("running", "training")
"""Heads whose invoices any award may bear; investments and people outside the payroll ask more."""


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
        act_by: the last day on which it can still be done whole, None where nobody knows it.
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
    act_by: date | None = None


@dataclass(frozen=True)
class Spare:
    """Invoices of a year that no award wholly bears, by category: how many, cents left."""

    count: Mapping[str, int]
    amount: Mapping[str, int]


@dataclass(frozen=True)
class Words:
    """What the places of the facts stand for: names of workers by number, posts in their order.

    `eligibility` says who may hold which post.
    """

    workers: Mapping[str, str]
    posts: tuple[Post, ...]
    eligibility: Eligibility


def words_of(organisation: Organisation, year: int, as_of: date) -> Words:
    """The names of the workers and the posts of the awards, and who may hold which in a year."""
    workers = Worker.objects.filter(organisation=organisation).select_related("identity")
    posts = Post.objects.filter(award__organisation=organisation).select_related("award")
    return Words(
        {one.number: f"{one.number} {one.name}".strip() for one in workers},
        tuple(sorted(posts, key=lambda one: (one.award.reference, one.code))),
        Eligibility(year_facts(organisation, year, as_of)),
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
    """Whether nothing keeps a worker off a post: function, diploma, approval, hiring."""
    names, found = look.run.facts.names, words.eligibility
    awards = {one.row.reference: place for place, one in enumerate(found.facts.awards)}
    staff = found.facts.staff
    last = {staff.workers[one.worker].number: one.row for one in staff.contracts}

    def lawful(worker: int, post: int) -> bool:
        line, held = last.get(names.workers[worker]), words.posts[post]
        award = awards.get(held.award.reference)
        return line is not None and award is not None and not found.obstacle(award, held, line)

    return lawful
