"""The invoices of a year with their evidence and payment, planted faults included."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction
from functools import cache
from random import Random

from backoffice.engine.money import times_one
from backoffice.engine.periods import last_business_day_before, next_business_day
from reports.demo.spending import COCOF, COCOM, OWN, PRICE_RISE, PURCHASES, Key, Purchase
from reports.demo.suppliers import supplier

SEED = 20_260_101
DOUBLE_CLAIM_YEAR = 2023
MISSING_EVIDENCE_YEAR = 2025
_TWICE = ("Dépliants et affiches", 9)
_NO_PAPER = ("Dépannage", 4)
_DISPUTED = ("Livres et abonnements", 7)
_CREDITED = ("Fournitures de bureau", 9)
_CREDIT = Fraction(-2, 5)
_DECEMBER = 12


@dataclass(frozen=True)
class Invoice:
    """An invoice or credit note; amount in cents; without `paid_on` it is disputed."""

    piece: str
    purchase: Purchase
    number: str
    issued_on: date
    amount: int
    paid_on: date | None
    key: Key
    has_evidence: bool = True

    @property
    def supplier(self) -> str:
        return supplier(self.purchase.supplier)

    @property
    def words(self) -> str:
        note = "Note de crédit : " if self.amount < 0 else ""
        return f"DEMO {note}{self.purchase.words} ({self.issued_on:%m/%Y})"


@cache
def invoices_of(year: int) -> tuple[Invoice, ...]:
    """The invoices issued in a year, numbered in order of day; always the same ones."""
    drawn = sorted(_drawn(year), key=lambda each: (each.issued_on, each.supplier, each.number))
    booked = [replace(each, piece=piece(year, rank)) for rank, each in enumerate(drawn, start=1)]
    if year == DOUBLE_CLAIM_YEAR:
        booked.append(_entered_again(booked))
    return tuple(booked)


def piece(year: int, rank: int) -> str:
    """Piece number of the purchase journal."""
    return f"A{year}-{rank:03d}"


def twice_entered() -> tuple[Invoice, Invoice]:
    """The same supplier invoice under two piece numbers, each charged to another funder."""
    first, second = (each for each in invoices_of(DOUBLE_CLAIM_YEAR) if _is(each, _TWICE))
    return first, second


def without_evidence() -> Invoice:
    """The one invoice charged to an award although its paper is missing."""
    return next(each for each in invoices_of(MISSING_EVIDENCE_YEAR) if _is(each, _NO_PAPER))


def _drawn(year: int) -> Iterator[Invoice]:
    chance = Random(SEED + year)  # noqa: S311
    numbers: dict[int, int] = {}
    for rank, purchase in enumerate(PURCHASES):
        for turn, month in enumerate(purchase.months):
            number = numbers[purchase.supplier] = numbers.get(purchase.supplier, 0) + 1
            invoice = Invoice(
                "",
                purchase,
                f"{year}/{purchase.supplier:02d}{number:03d}",
                _issued(year, month, rank),
                _amount(purchase, year, chance.randint(-purchase.swing, purchase.swing)),
                None,
                purchase.keys[turn % len(purchase.keys)],
            )
            yield _settled(invoice, chance.randint(8, 24))
            if _is(invoice, _CREDITED):
                yield _credit_note(invoice)


def _issued(year: int, month: int, rank: int) -> date:
    """A working day of the month; early in December, so that the year pays its own costs."""
    last = 9 if month == _DECEMBER else 26
    return next_business_day(date(year, month, 1 + (7 * rank + 5 * month) % last))


def _amount(purchase: Purchase, year: int, deviation: int) -> int:
    rise = PRICE_RISE[year] if purchase.rises else Fraction(1)
    return times_one(purchase.price, rise * Fraction(100 + deviation, 100))


def _settled(invoice: Invoice, delay: int) -> Invoice:
    """Paid on a bank day of the same year; disputed or paperless where that is the story."""
    if _is(invoice, _DISPUTED):
        return replace(invoice, key=OWN, has_evidence=False)
    year = invoice.issued_on.year
    due = next_business_day(invoice.issued_on + timedelta(days=delay))
    paid_on = min(due, last_business_day_before(date(year, _DECEMBER, 31)))
    missing = year == MISSING_EVIDENCE_YEAR and _is(invoice, _NO_PAPER)
    key = COCOF if missing else invoice.key
    return replace(invoice, paid_on=paid_on, key=key, has_evidence=not missing)


def _credit_note(invoice: Invoice) -> Invoice:
    """Part of an invoice given back a month later, on the same funder."""
    issued_on = next_business_day(invoice.issued_on + timedelta(days=30))
    paid_on = next_business_day(issued_on + timedelta(days=14))
    amount = times_one(invoice.amount, _CREDIT)
    number = f"{invoice.number}-NC"
    return replace(invoice, number=number, issued_on=issued_on, amount=amount, paid_on=paid_on)


def _entered_again(booked: list[Invoice]) -> Invoice:
    original = next(each for each in booked if _is(each, _TWICE))
    year = original.issued_on.year
    other = COCOM if original.key == COCOF else COCOF
    return replace(original, piece=piece(year, len(booked) + 1), key=other)


def _is(invoice: Invoice, story: tuple[str, int]) -> bool:
    is_note = invoice.amount < 0
    return (invoice.purchase.words, invoice.issued_on.month) == story and not is_note
