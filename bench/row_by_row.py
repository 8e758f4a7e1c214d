"""The same rows stored the plain way: openpyxl cell by cell, then one save per row."""

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

from django.db import models, transaction
from openpyxl import load_workbook

from backoffice.federation.models import Approval, ApprovedPosition, Organisation, Site
from backoffice.figures.vocabulary import cost_items
from bench.year import Rows
from grants.models import (
    Amendment,
    Application,
    Award,
    BudgetLine,
    Instalment,
    Post,
    Receipt,
    Term,
)
from invoices.models import Invoice, OpeningBalance, SalesInvoice, Supplier, Ventilation
from reports.demo.rows import Row
from staffing.models import Assignment, ContractLine, PayItem, PayMonth, Worker, WorkerDocument

TABLES: Mapping[str, tuple[type[models.Model], tuple[str, ...]]] = {
    "organisation": (Organisation, ("enterprise_number",)),
    "approvals": (Approval, ("organisation", "code")),
    "positions": (ApprovedPosition, ("approval", "code")),
    "sites": (Site, ("approval", "code")),
    "awards": (Award, ("organisation", "reference")),
    "amendments": (Amendment, ("award", "number")),
    "terms": (Term, ("award", "code", "starts_on", "decided_on")),
    "posts": (Post, ("award", "code")),
    "instalments": (Instalment, ("award", "year", "number")),
    "receipts": (Receipt, ("award", "reference")),
    "workers": (Worker, ("organisation", "number")),
    "contract_lines": (ContractLine, ("worker", "starts_on")),
    "worker_documents": (WorkerDocument, ("worker", "kind", "reference")),
    "pay": (PayMonth, ("worker", "month")),
    "assignments": (Assignment, ("worker", "post", "starts_on")),
    "suppliers": (Supplier, ("organisation", "code")),
    "invoices": (Invoice, ("organisation", "piece")),
    "ventilation": (Ventilation, ("invoice", "award")),
    "sales": (SalesInvoice, ("organisation", "number")),
    "applications": (Application, ("organisation", "reference")),
    "budget": (BudgetLine, ("organisation", "year", "code")),
    "openings": (OpeningBalance, ("organisation", "code")),
}
_OWNED = frozenset(
    name for name, (model, _keys) in TABLES.items() if hasattr(model, "organisation")
)
_NAMED: Mapping[str, tuple[type[models.Model], str]] = {
    "approval": (Approval, "code"),
    "award": (Award, "reference"),
    "renews": (Award, "reference"),
    "application": (Application, "reference"),
    "worker": (Worker, "number"),
    "replaces": (Worker, "number"),
    "supplier": (Supplier, "code"),
    "invoice": (Invoice, "piece"),
}


def import_row_by_row(path: Path, rows: Rows) -> int:
    """Read every cell with openpyxl, then update_or_create row by row; returns the rows stored.

    Cells are not checked nor converted: the values come from `rows`, which spares this
    alternative the work that the product does.
    """
    cells = sum(
        1 for sheet in load_workbook(path, read_only=True) for row in sheet.iter_rows() for _ in row
    )
    with transaction.atomic():
        return (
            sum(_store(name, row) for name in TABLES for row in rows.get(name, ())) if cells else 0
        )


def _store(name: str, row: Row) -> int:
    model, keys = TABLES[name]
    values = {field: _value(field, value, row) for field, value in row.items()}
    if name in _OWNED:
        values["organisation"] = Organisation.objects.get()
    items = {code: values.pop(code) for code in cost_items() if code in values}
    if name == "ventilation":
        share = _share(values.pop("share"))
        values |= {"share_numerator": share.numerator, "share_denominator": share.denominator}
    values = {
        field: "" if _blank(model, field, value) else value for field, value in values.items()
    }
    key = {field: values.pop(field) for field in keys}
    if name == "assignments":
        values.pop("award")
    found, _ = model._default_manager.update_or_create(  # noqa: SLF001
        **key, defaults=values
    )
    for code, amount in items.items():
        PayItem.objects.update_or_create(
            pay_month_id=found.pk, cost_item=code, defaults={"amount": amount}
        )
    return 1 + len(items)


def _value(field: str, value: Any, row: Mapping[str, Any]) -> Any:
    if value is None:
        return None
    if field == "post":
        return Post.objects.get(award__reference=row["award"], code=value)
    if field == "instalment":
        return Instalment.objects.get(award__reference=row["award"], year=row["year"], number=value)
    if field in _NAMED:
        model, code = _NAMED[field]
        return model._default_manager.get(**{code: value})  # noqa: SLF001
    return value


def _blank(model: type[models.Model], field: str, value: Any) -> bool:
    return value is None and not model._meta.get_field(field).null  # noqa: SLF001


def _share(value: object) -> Fraction:
    if isinstance(value, str):
        return Fraction(value)
    return Fraction(Decimal(str(value))) / 100
