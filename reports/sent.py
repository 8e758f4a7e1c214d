"""Justifications that have left the house, read back from their frozen document."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.utils import timezone

from backoffice.engine import money
from backoffice.engine.periods import parse_month
from backoffice.federation.models import Organisation
from reports.models import Justification
from reports.pseudonyms import NOBODY, People, named, suppliers_of


@dataclass(frozen=True)
class SentStaff:
    """A worker-month of a frozen document; hours in hundredths, amounts in cents."""

    worker: str
    post: str
    month: int
    days: int
    hours: int
    presented: int
    payable: int | None


@dataclass(frozen=True)
class SentInvoice:
    """An invoice part of a frozen document; amounts in cents."""

    piece: str
    issued_on: date
    supplier: str
    supplier_number: str
    number: str
    head: str
    total: int
    presented: int
    payable: int | None


@dataclass(frozen=True)
class SentFigure:
    """A value that the frozen amounts rest on."""

    code: str
    label: Mapping[str, str]
    unit: str
    since: date
    text: str
    decided: date | None
    status: str
    source: str


@dataclass(frozen=True)
class Sent:
    """The version that stands for an award and an exercise, as the funder received it.

    `suppliers` are the natural persons whose name and number are put back on its invoices.
    """

    reference: str
    scheme: str
    year: int
    version: int
    as_of: date
    frozen_on: date
    text: str
    suppliers: People = NOBODY

    @cached_property
    def document(self) -> Mapping[str, Any]:
        """The frozen JSON."""
        return named(self.suppliers, json.loads(self.text))

    @property
    def payable(self) -> int | None:
        """Cents that the document asks for."""
        return _cents(self.document.get("amounts", {}).get("payable"))

    @cached_property
    def staff(self) -> tuple[SentStaff, ...]:
        """Its worker-months, in the order of the document."""
        return tuple(
            SentStaff(
                worker=line["worker"],
                post=line["post"],
                month=parse_month(line["month"]),
                days=line["days"],
                hours=money.cents(line["hours"]),
                presented=money.cents(line["presented"]),
                payable=_cents(line["payable"]),
            )
            for line in self.document.get("staff", ())
        )

    @cached_property
    def invoices(self) -> tuple[SentInvoice, ...]:
        """Its invoice parts, in the order of the document."""
        return tuple(
            SentInvoice(
                piece=line["piece"],
                issued_on=date.fromisoformat(line["issued_on"]),
                supplier=line["supplier"],
                supplier_number=line["supplier_number"],
                number=line["number"],
                head=line["head"],
                total=money.cents(line["total"]),
                presented=money.cents(line["presented"]),
                payable=_cents(line["payable"]),
            )
            for line in self.document.get("invoices", ())
        )

    @cached_property
    def figures(self) -> tuple[SentFigure, ...]:
        """The values it rests on, by code and day."""
        return tuple(
            SentFigure(
                code=use["code"],
                label=use["label"],
                unit=use["unit"],
                since=date.fromisoformat(use["since"]),
                text=use["text"],
                decided=date.fromisoformat(use["decided"]) if use["decided"] else None,
                status=use["status"],
                source=use["source"],
            )
            for use in self.document.get("figures", ())
        )


def sent_by(organisation: Organisation, day: date, year: int | None = None) -> tuple[Sent, ...]:
    """The version of each award and exercise that stands on a day; two queries.

    The last one of which the statement is not after that day, by exercise and reference; one that
    was unlocked before it was sent does not stand.
    """
    rows = Justification.objects.filter(
        award__organisation=organisation, as_of__lte=day, withdrawn_at=None
    )
    if year is not None:
        rows = rows.filter(year=year)
    standing = {
        (row.year, row.award.reference): row
        for row in rows.select_related("award").order_by("year", "award__reference", "version")
    }
    suppliers = suppliers_of(organisation) if standing else NOBODY
    return tuple(
        Sent(
            reference=row.award.reference,
            scheme=row.award.scheme,
            year=row.year,
            version=row.version,
            as_of=row.as_of,
            frozen_on=timezone.localdate(row.frozen_at),
            text=row.text,
            suppliers=suppliers,
        )
        for row in standing.values()
    )


def _cents(written: str | None) -> int | None:
    return None if written is None else money.cents(written)
