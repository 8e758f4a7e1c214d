"""Invoices as movements of money: those paid, those to pay, and those of the last year again."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from backoffice.engine import money
from backoffice.engine.cash.delays import NO_DELAY, Delay, delays_of
from backoffice.engine.cash.flows import INVOICE, SALE, Flow
from backoffice.engine.periods import add_months, end_of_month
from backoffice.engine.projection.facts import ASSUMPTION, CONFIRMED, FORECAST
from backoffice.federation.models import Organisation
from invoices.models import Invoice, SalesInvoice

_MONTHS = 12
_TOMORROW = timedelta(days=1)


@dataclass(frozen=True)
class Bill:
    """One invoice: its day, the day of payment if it is known, cents with the sign of cash."""

    issued_on: date
    paid_on: date | None
    amount: int


Bills = dict[str, list[Bill]]
"""Those of one employer: of purchase and of sale."""


def bills_by_employer(organisations: Sequence[Organisation], as_of: date) -> dict[int, Bills]:
    """The invoices of each employer issued up to a day; two queries."""
    found: dict[int, Bills] = {one.pk: {INVOICE: [], SALE: []} for one in organisations}
    known = {"organisation__in": organisations, "issued_on__lte": as_of}
    bought = Invoice.objects.filter(**known).order_by("pk")
    sold = SalesInvoice.objects.filter(**known).order_by("pk")
    for whose, issued, paid, cost in bought.values_list(*_columns("paid_on")):
        found[whose][INVOICE].append(_bill(issued, paid, -money.cents(cost), as_of))
    for whose, issued, paid, price in sold.values_list(*_columns("received_on")):
        found[whose][SALE].append(_bill(issued, paid, money.cents(price), as_of))
    return found


def _columns(paid: str) -> tuple[str, ...]:
    return "organisation", "issued_on", paid, "amount"


def _bill(issued: date, paid: date | None, amount: int, as_of: date) -> Bill:
    return Bill(issued, paid if paid is not None and paid <= as_of else None, amount)


def bill_delay(bills: Iterable[Bill]) -> Delay:
    """Days between an invoice and its payment."""
    seen = [("", one.issued_on, one.paid_on) for one in bills if one.paid_on]
    return delays_of(seen).get("", NO_DELAY)


def bill_flows(kind: str, bills: list[Bill], as_of: date, last: date) -> Iterator[Flow]:
    """What is paid, what is left to pay, and the last twelve months of invoices each year again.

    What is left is paid after the usual delay, at once where that has gone by.
    """
    delay = timedelta(days=bill_delay(bills).median)
    for one in bills:
        if one.paid_on:
            yield Flow(one.paid_on, one.amount, kind, status=CONFIRMED)
        else:
            day = max(one.issued_on + delay, as_of + _TOMORROW)
            yield Flow(day, one.amount, kind, status=FORECAST)
    if not bills:
        return
    until = end_of_month(max(one.issued_on for one in bills))
    after = end_of_month(add_months(until.replace(day=1), -_MONTHS))
    for one in bills:
        if after < one.issued_on <= until:
            yield from _again(kind, one, one.paid_on or one.issued_on + delay, last)


def _again(kind: str, bill: Bill, paid: date, last: date) -> Iterator[Flow]:
    """An invoice each year again, until the last day."""
    years = 1
    while (day := add_months(paid, _MONTHS * years)) <= last:
        yield Flow(day, bill.amount, kind, status=ASSUMPTION)
        years += 1
