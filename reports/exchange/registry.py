"""The resources of every sheet, in the order in which rows may refer to one another."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import QuerySet
from import_export.fields import Field

from backoffice.federation.models import Approval, Organisation, Site
from backoffice.figures.vocabulary import cost_items
from grants.models import Amendment, Award, Instalment, Post, Receipt, Term
from invoices.models import Invoice, Supplier, Ventilation
from reports.exchange.columns import Column, Kind, Sheet, Value
from reports.exchange.fields import Euros, Link, Plain
from reports.exchange.known import Known, key_of
from reports.exchange.resources import SheetResource
from reports.exchange.tables import awards, employer, invoices, staff
from reports.exchange.tables.shared import WORKER
from staffing.models import Assignment, ContractLine, PayItem, PayMonth, Worker

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


class OrganisationResource(SheetResource):
    """The employer itself; once saved, every other row belongs to it."""

    sheet = employer.ORGANISATION
    owner = "pk"

    class Meta:
        model = Organisation

    def stored(self, organisation: Organisation, year: int) -> QuerySet[Any]:
        """The employer."""
        return Organisation.objects.filter(pk=organisation.pk)

    def after_save_instance(self, instance: Any, row: Any, **kwargs: Any) -> None:
        """The rows that follow are this employer's."""
        super().after_save_instance(instance, row, **kwargs)
        self.known.organisation = instance


class ApprovalResource(SheetResource):
    """Approvals."""

    sheet = employer.APPROVALS
    owner = "organisation"

    class Meta:
        model = Approval


class SiteResource(SheetResource):
    """Sites of an approval."""

    sheet = employer.SITES
    owner = "approval__organisation"

    class Meta:
        model = Site


class AwardResource(SheetResource):
    """Awards."""

    sheet = awards.AWARDS
    owner = "organisation"

    class Meta:
        model = Award


class AmendmentResource(SheetResource):
    """Amendments of an award."""

    sheet = awards.AMENDMENTS
    owner = "award__organisation"

    class Meta:
        model = Amendment


class TermResource(SheetResource):
    """Terms of an award."""

    sheet = awards.TERMS
    owner = "award__organisation"

    class Meta:
        model = Term


class PostResource(SheetResource):
    """Posts of an award."""

    sheet = awards.POSTS
    owner = "award__organisation"

    class Meta:
        model = Post


class InstalmentResource(SheetResource):
    """Instalments expected for an award."""

    sheet = awards.INSTALMENTS
    owner = "award__organisation"

    class Meta:
        model = Instalment


class ReceiptResource(SheetResource):
    """Money received for an award."""

    sheet = awards.RECEIPTS
    owner = "award__organisation"

    class Meta:
        model = Receipt


class WorkerResource(SheetResource):
    """Workers."""

    sheet = staff.WORKERS
    owner = "organisation"

    class Meta:
        model = Worker


class ContractLineResource(SheetResource):
    """Contract lines of a worker."""

    sheet = staff.CONTRACT_LINES
    owner = "worker__organisation"

    class Meta:
        model = ContractLine


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
            "cost_item": Field("cost_item", "cost_item", Plain()),
            "amount": Field("amount", "amount", Euros()),
            "pay_month": Field("pay_month", "pay_month", Link("pay", ("worker", "month"), "month")),
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


class AssignmentResource(SheetResource):
    """Assignments of workers to posts."""

    sheet = staff.ASSIGNMENTS
    owner = "worker__organisation"
    paths = {"award": "post__award__reference"}

    class Meta:
        model = Assignment


class SupplierResource(SheetResource):
    """Suppliers."""

    sheet = invoices.SUPPLIERS
    owner = "organisation"

    class Meta:
        model = Supplier


class InvoiceResource(SheetResource):
    """Invoices."""

    sheet = invoices.INVOICES
    owner = "organisation"

    class Meta:
        model = Invoice


class VentilationResource(SheetResource):
    """Shares of invoices put on awards."""

    sheet = invoices.VENTILATION
    owner = "invoice__organisation"

    class Meta:
        model = Ventilation

    def held_in(self, code: str) -> tuple[str, ...]:
        """The share is held in two fields."""
        if code == "share":
            return ("share_numerator", "share_denominator")
        return super().held_in(code)


RESOURCES: tuple[type[SheetResource], ...] = (
    OrganisationResource,
    ApprovalResource,
    SiteResource,
    AwardResource,
    AmendmentResource,
    TermResource,
    PostResource,
    InstalmentResource,
    ReceiptResource,
    WorkerResource,
    ContractLineResource,
    PayMonthResource,
    PayItemResource,
    AssignmentResource,
    SupplierResource,
    InvoiceResource,
    VentilationResource,
)


def resources(known: Known) -> dict[str, SheetResource]:
    """A fresh resource per sheet code (and "pay_items"), in order, around the same known rows."""
    return {kind.sheet.code: kind(known) for kind in RESOURCES}
