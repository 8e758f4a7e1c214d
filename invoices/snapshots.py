"""Invoice rows of an employer-year as the engine receives them: the part of each on each award."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from types import MappingProxyType

import numpy as np
from django.db.models import Q, Value
from django.db.models.functions import Coalesce

from backoffice.engine import money
from backoffice.engine.claims.inputs import HEADS, InvoiceParts
from backoffice.engine.depreciation import depreciated
from backoffice.engine.periods import Period
from backoffice.federation.models import Organisation
from backoffice.figures.vocabulary import expense_categories
from invoices.models import Invoice, Ventilation
from invoices.selectors import called

_HUNDREDTHS = 100
_COLUMNS = (
    "pk",
    "piece",
    "number",
    "issued_on",
    "description",
    "category",
    "amount",
    "paid_on",
    "payment_reference",
    "evidence",
    Coalesce("identity__name", Value("")),
    "function",
    "hours",
    "supplier__code",
    called("supplier"),
    "supplier__enterprise_number",
)


@dataclass(frozen=True)
class InvoiceRow:
    """One invoice; `amount` in cents, `supplier_code` unique in the organisation.

    `person`, `function` and `hours` (hundredths, None when unknown) tell who worked without being
    on the payroll; empty for any other invoice.
    """

    pk: int
    piece: str
    number: str
    issued_on: date
    description: str
    category: str
    amount: int
    paid_on: date | None
    payment_reference: str
    evidence: str
    person: str
    function: str
    hours: int | None
    supplier_code: str
    supplier_name: str
    supplier_number: str

    @cached_property
    def numbered(self) -> tuple[str, str]:
        """The supplier, by its enterprise number when known, and its number of the invoice."""
        enterprise = "".join(filter(str.isdigit, self.supplier_number))
        supplier = f"BCE {enterprise}" if enterprise else f"code {self.supplier_code}"
        return supplier, "".join(self.number.split()).casefold()


@dataclass(frozen=True)
class Part:
    """The share of one invoice on one award; `amount` in cents.

    `spread`: the thing is depreciated, and `amount` is the part of its price for the exercise.
    """

    invoice: int
    award: int
    share: Fraction
    amount: int
    spread: bool = False


@dataclass(frozen=True)
class Purchases:
    """What an award says of the things it buys, in its exercise.

    `small_item_max` is the largest price in cents of a small investment, None without one. A thing
    above it is depreciated over `years`, and not admitted where `years` is None; without that price
    every investment is depreciated over `years`.
    """

    exercise: Period
    small_item_max: int | None = None
    years: Fraction | None = None

    def refuses(self, invoice: InvoiceRow) -> bool:
        """Whether the price is above what a small investment may cost."""
        return self.years is None and self._above(invoice)

    def spreads(self, invoice: InvoiceRow) -> bool:
        """Whether the award bears the price year after year."""
        return self.years is not None and (self.small_item_max is None or self._above(invoice))

    def _above(self, invoice: InvoiceRow) -> bool:
        return self.small_item_max is not None and abs(invoice.amount) > self.small_item_max


@dataclass(frozen=True)
class InvoiceFacts:
    """The invoices of an employer-year in order of piece, and their parts.

    `shares` holds, by invoice index, each (award id, share), in order of the award's reference;
    `parts` those of the exercise, by award id.
    """

    rows: tuple[InvoiceRow, ...]
    shares: Mapping[int, tuple[tuple[int, Fraction], ...]]
    parts: Mapping[int, tuple[Part, ...]]

    def parts_of(self, award: int) -> tuple[Part, ...]:
        """The parts on one award (its database id), in order of piece."""
        return self.parts.get(award, ())

    def charged_as(self, invoice: InvoiceRow) -> Sequence[int]:
        """The invoices, credit notes apart, charged to awards under the same number; by piece."""
        return self._charged.get(invoice.numbered, ())

    @cached_property
    def _charged(self) -> Mapping[tuple[str, str], Sequence[int]]:
        charged = sorted({part.invoice for parts in self.parts.values() for part in parts})
        found: dict[tuple[str, str], list[int]] = {}
        for index in charged:
            if self.rows[index].amount > 0:
                found.setdefault(self.rows[index].numbered, []).append(index)
        return found


def invoice_facts(
    organisation: Organisation | Collection[Organisation],
    year: Period,
    whole_awards: Sequence[int],
    purchases: Mapping[int, Purchases] = MappingProxyType({}),
) -> InvoiceFacts:
    """The invoices issued in a year, and those charged to awards that lie wholly within it.

    And the investments of former years that an award still depreciates.

    Three queries.

    Args:
        organisation: the employer, or several of them: their invoices one employer after another.
        year: the civil year.
        whole_awards: ids of the awards whose period lies within the year; an invoice of another
            year charged to one of them belongs to the exercise too, where a check will name it.
        purchases: what awards say of the things they buy, by id; none by default.
    """
    inside = Q(issued_on__gte=year.start, issued_on__lt=year.stop)
    charged = Ventilation.objects.filter(award__in=whole_awards).values("invoice")
    spreading = [award for award, one in purchases.items() if one.years is not None]
    former = Ventilation.objects.filter(
        award__in=spreading,
        invoice__issued_on__lt=year.start,
        invoice__category__in=_of_head("investment"),
    ).values("invoice")
    several = [organisation] if isinstance(organisation, Organisation) else organisation
    wanted = Invoice.objects.filter(
        inside | Q(pk__in=charged) | Q(pk__in=former), organisation__in=several
    )
    ordered = wanted.order_by("organisation", "piece")
    rows = tuple(_row(values) for values in ordered.values_list(*_COLUMNS))
    index = {row.pk: place for place, row in enumerate(rows)}
    shares: dict[int, list[tuple[int, Fraction]]] = {}
    for invoice, award, top, bottom in (
        Ventilation.objects.filter(invoice__in=wanted)
        .order_by("award__reference")
        .values_list("invoice_id", "award_id", "share_numerator", "share_denominator")
    ):
        shares.setdefault(index[invoice], []).append((award, Fraction(top, bottom)))
    parts: dict[int, list[Part]] = {}
    for place in sorted(shares):
        for whole in _parts(place, rows[place].amount, shares[place]):
            part = _spread(whole, rows[place], purchases.get(whole.award))
            near = year.contains(rows[place].issued_on) or part.award in whole_awards
            if near or (part.spread and part.amount):
                parts.setdefault(part.award, []).append(part)
    return InvoiceFacts(
        rows,
        {place: tuple(found) for place, found in shares.items()},
        {award: tuple(found) for award, found in parts.items()},
    )


def _row(values: tuple[object, ...]) -> InvoiceRow:
    named = dict(zip(InvoiceRow.__dataclass_fields__, values, strict=True))
    named["amount"] = money.cents(named["amount"])  # type: ignore[arg-type]
    hours = named["hours"]
    named["hours"] = int(hours * _HUNDREDTHS) if isinstance(hours, Decimal) else None
    return InvoiceRow(**named)  # type: ignore[arg-type]


def _parts(place: int, amount: int, shares: Iterable[tuple[int, Fraction]]) -> list[Part]:
    """Largest remainder over the shares of the invoice and what stays on own funds."""
    listed = list(shares)
    if len(listed) == 1 and listed[0][1] == 1:
        return [Part(place, listed[0][0], listed[0][1], amount)]
    rest = 1 - sum((share for _award, share in listed), Fraction(0))
    amounts = money.allocate(amount, [*(share for _award, share in listed), rest])
    return [
        Part(place, award, share, cents)
        for (award, share), cents in zip(listed, amounts, strict=False)
    ]


def _spread(part: Part, invoice: InvoiceRow, award: Purchases | None) -> Part:
    """The part of a price that the exercise bears, where the award depreciates the thing."""
    if award is None or award.years is None or invoice.category not in _of_head("investment"):
        return part
    if not award.spreads(invoice):
        return part
    cents = depreciated(part.amount, invoice.issued_on, award.years, award.exercise)
    return replace(part, amount=cents, spread=True)


def _of_head(head: str) -> list[str]:
    """The categories of expenses of a head."""
    return [code for code, one in expense_categories().items() if one.head == head]


def part_columns(
    facts: InvoiceFacts, award: int, refused: Collection[str], bought: Purchases | None = None
) -> InvoiceParts:
    """The parts on one award as columns, in order of piece.

    Its scheme refuses some categories, its letter what is too dear for a small investment. What is
    depreciated counts in each exercise of its life: it is dated in the exercise.
    """
    categories = expense_categories()
    rows = []
    for part in facts.parts_of(award):
        invoice = facts.rows[part.invoice]
        head = HEADS.index(categories[invoice.category].head)
        issued, paid = _day(invoice.issued_on), _day(invoice.paid_on)
        out = invoice.category in refused
        if bought is not None and HEADS[head] == "investment":
            out |= bought.refuses(invoice)
            issued = max(issued, _day(bought.exercise.start)) if part.spread else issued
        rows.append((part.invoice, head, part.amount, issued, paid, out))
    return InvoiceParts(*np.array(rows, dtype=np.int64).reshape(len(rows), 6).T)


def _day(day: date | None) -> int:
    return 0 if day is None else day.toordinal()
