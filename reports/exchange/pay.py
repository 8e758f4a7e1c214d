"""The sheet of pay, one column per cost item, over the two models that hold its rows."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import QuerySet
from import_export.fields import Field

from backoffice.federation.models import Organisation
from backoffice.figures.vocabulary import cost_items
from reports.exchange.columns import Column, Kind, Sheet, Value
from reports.exchange.fields import Euros, Held, Link, Plain
from reports.exchange.known import key_of
from reports.exchange.resources import SheetResource
from reports.exchange.tables import staff
from reports.exchange.tables.shared import WORKER
from staffing.models import PayItem, PayMonth

PAY_ITEMS = Sheet(
    "pay_items",
    staff.PAY.title,
    (
        WORKER,
        Column("month", "Mois", "", Kind.MONTH),
        Column("cost_item", "Élément", "", Kind.IDENTIFIER),
        Column("amount", "Montant", "", Kind.AMOUNT),
    ),
    ("worker", "month", "cost_item"),
    "worker",
)
"""The cost items of pay, one a row: the columns of the sheet of pay, melted."""


class PayMonthResource(SheetResource):
    """The hours of a worker's month; its cost items are rows of `PayItemResource`."""

    sheet = staff.PAY
    owner = "worker__organisation"
    skipped = frozenset(cost_items())

    class Meta:
        model = PayMonth

    def stored(self, organisation: Organisation, year: int) -> QuerySet[Any]:
        """The months of the year: a workbook holds no other."""
        return super().stored(organisation, year).filter(month__year=year)


class PayItemResource(SheetResource):
    """The cost items of a worker's month; an item whose cell was emptied is deleted."""

    sheet = PAY_ITEMS
    owner = "pay_month__worker__organisation"

    class Meta:
        model = PayItem

    def build_fields(self) -> dict[str, Field]:
        """The month is the link; worker and month complete the natural key."""
        return {
            "worker": Field("pay_month__worker__number", "worker", Plain(), readonly=True),
            "month": Field("pay_month__month", "month", Plain(), readonly=True),
            "cost_item": Held("cost_item", "cost_item", Plain()),
            "amount": Held("amount", "amount", Euros()),
            "pay_month": Held("pay_month", "pay_month", Link("pay", ("worker", "month"), "month")),
        }

    def stored(self, organisation: Organisation, year: int) -> QuerySet[Any]:
        """The items of the months of the year."""
        return super().stored(organisation, year).filter(pay_month__month__year=year)

    def for_delete(self, row: Any, instance: Any) -> bool:
        """Whether the workbook leaves the item blank."""
        return row["amount"] is None

    def before_delete_instance(self, instance: Any, row: Any, **kwargs: Any) -> None:
        """Note what disappears."""
        self.note_change(row, "amount", self._before["amount"], None)

    def column_of(self, row: Mapping[str, Value], code: str) -> Column:
        """The column of the item in the sheet of pay."""
        return staff.PAY.column(str(row["cost_item"]))

    def melted(self, rows: Sequence[Mapping[str, Value]]) -> list[dict[str, Value]]:
        """One row per item present in the sheet of pay, or stored and now blank."""
        melted = []
        for row in rows:
            month = {code: row.get(code) for code in ("worker", "month")}
            for code in cost_items():
                item = {**month, "cost_item": code, "amount": row.get(code)}
                item["pay_month"] = row.get("month")
                stored = self.known.get(PAY_ITEMS.code, key_of(PAY_ITEMS, item))
                if item["amount"] is not None or stored is not None:
                    melted.append(item)
        return melted
