"""The purchase journal of an employer-year: what it buys, drawn, numbered, then planted faults."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction
from functools import cache
from random import Random

from backoffice.engine.money import cents, times_one
from backoffice.engine.periods import last_business_day_before, next_business_day
from reports.demo.truth import DOUBLE_CLAIM, MISSING_EVIDENCE, ROUNDING, Planted

MONTHLY = tuple(range(1, 13))
QUARTERLY = (2, 5, 8, 11)
PRICE_RISE = {2023: Fraction(1), 2024: Fraction(1034, 1000), 2025: Fraction(1058, 1000)}
"""Prices of a year against 2023."""

Key = tuple[tuple[str, Fraction], ...]
"""Role of an award for its employer ("organic", ...) and exact share; the rest is own funds."""
OWN: Key = ()
ORGANIC: Key = (("organic", Fraction(1)),)

Story = tuple[str, int]
"""A purchase, by its words, and the month of the invoice to which something happens."""
_CREDIT = Fraction(-2, 5)
_DECEMBER = 12


@dataclass(frozen=True)
class Outsider:
    """Who works on an invoice for people outside the payroll; hours in hundredths, if known."""

    person: str
    function: str
    hours: int | None = None


@dataclass(frozen=True)
class Purchase:
    """A repeated purchase; `price` in cents of 2023; `keys` are taken in turn.

    `swing` is the largest deviation of an amount in percent, 0 for a fixed price; `rises` is
    false where the contract keeps the price of 2023.
    """

    supplier: int
    category: str
    approval: str | None
    words: str
    price: int
    months: tuple[int, ...] = MONTHLY
    keys: tuple[Key, ...] = (ORGANIC,)
    swing: int = 0
    rises: bool = True
    outsider: Outsider | None = None


@dataclass(frozen=True, eq=False)
class Journal:
    """What an employer buys, and the awards that pay for it.

    `awards` gives the reference of the award that plays each role, with {year} where it is
    yearly; `key_words` names a key of several shares.
    """

    seed: int
    purchases: tuple[Purchase, ...]
    awards: Mapping[str, str]
    key_words: Mapping[Key, str]
    planted: tuple[Planted, ...]
    disputed: Story = ("Livres et abonnements", 7)
    credited: Story = ("Fournitures de bureau", 9)


@dataclass(frozen=True)
class Invoice:
    """An invoice or credit note; amount in cents; without `paid_on` it is disputed.

    `shares` are exact parts by reference of award.
    """

    piece: str
    purchase: Purchase
    number: str
    issued_on: date
    amount: int
    paid_on: date | None
    shares: Key
    key_words: str | None
    has_evidence: bool = True

    @property
    def words(self) -> str:
        note = "Note de crédit : " if self.amount < 0 else ""
        return f"DEMO {note}{self.purchase.words} ({self.issued_on:%m/%Y})"


@cache
def invoices_of(journal: Journal, year: int) -> tuple[Invoice, ...]:
    """The invoices issued in a year, numbered in order of day; always the same ones."""
    drawn = sorted(
        _drawn(journal, year),
        key=lambda each: (each.issued_on, each.purchase.supplier, each.number),
    )
    booked = {}
    for rank, each in enumerate(drawn, start=1):
        piece = f"A{year}-{rank:03d}"
        booked[piece] = replace(each, piece=piece)
    for fact in journal.planted:
        if fact.year == year and fact.pieces:
            _plant(booked, fact)
    return tuple(booked.values())


def _drawn(journal: Journal, year: int) -> Iterator[Invoice]:
    chance = Random(journal.seed + year)  # noqa: S311
    numbers: dict[int, int] = {}
    for rank, purchase in enumerate(journal.purchases):
        for turn, month in enumerate(purchase.months):
            number = numbers[purchase.supplier] = numbers.get(purchase.supplier, 0) + 1
            key = purchase.keys[turn % len(purchase.keys)]
            invoice = Invoice(
                "",
                purchase,
                f"{year}/{purchase.supplier:02d}{number:03d}",
                _issued(year, month, rank),
                _amount(purchase, year, chance.randint(-purchase.swing, purchase.swing)),
                None,
                tuple((journal.awards[role].format(year=year), share) for role, share in key),
                journal.key_words.get(key),
            )
            yield _settled(journal, invoice, chance.randint(8, 24))
            if _is(invoice, journal.credited):
                yield _credit_note(invoice)


def _issued(year: int, month: int, rank: int) -> date:
    """A working day of the month; early in December, so that the year pays its own costs."""
    last = 9 if month == _DECEMBER else 26
    return next_business_day(date(year, month, 1 + (7 * rank + 5 * month) % last))


def _amount(purchase: Purchase, year: int, deviation: int) -> int:
    rise = PRICE_RISE[year] if purchase.rises else Fraction(1)
    return times_one(purchase.price, rise * Fraction(100 + deviation, 100))


def _settled(journal: Journal, invoice: Invoice, delay: int) -> Invoice:
    """Paid on a bank day of the same year, unless it is disputed."""
    if _is(invoice, journal.disputed):
        return replace(invoice, shares=OWN, key_words=None, has_evidence=False)
    year = invoice.issued_on.year
    due = next_business_day(invoice.issued_on + timedelta(days=delay))
    return replace(invoice, paid_on=min(due, last_business_day_before(date(year, _DECEMBER, 31))))


def _credit_note(invoice: Invoice) -> Invoice:
    """Part of an invoice given back a month later, on the same funder."""
    issued_on = next_business_day(invoice.issued_on + timedelta(days=30))
    paid_on = next_business_day(issued_on + timedelta(days=14))
    amount = times_one(invoice.amount, _CREDIT)
    number = f"{invoice.number}-NC"
    return replace(invoice, number=number, issued_on=issued_on, amount=amount, paid_on=paid_on)


def _is(invoice: Invoice, story: Story) -> bool:
    return (invoice.purchase.words, invoice.issued_on.month) == story


def _plant(booked: dict[str, Invoice], fact: Planted) -> None:
    """Change the invoices of a planted fact, which names their pieces and their awards in order."""
    piece = fact.pieces[0]
    if fact.kind == MISSING_EVIDENCE:
        booked[piece] = _put_on(replace(booked[piece], has_evidence=False), fact.awards)
    elif fact.kind == DOUBLE_CLAIM:
        for number, award in zip(fact.pieces, fact.awards, strict=True):
            booked[number] = _put_on(replace(booked[piece], piece=number), (award,))
    elif fact.kind == ROUNDING:
        whole = replace(booked[piece], amount=cents(fact.value))
        booked[piece] = _put_on(whole, fact.awards)


_SPLITS = {
    1: (Fraction(1),),
    2: (Fraction(98, 100), Fraction(2, 100)),
    3: (Fraction(1, 3),) * 3,
}
"""Shares by number of awards: the splits whose cents do not fall evenly."""


def _put_on(invoice: Invoice, awards: tuple[str, ...]) -> Invoice:
    shares = tuple(zip(awards, _SPLITS[len(awards)], strict=True))
    return replace(invoice, shares=shares)
