"""The recapitulative account: staff by worker, year-end premium, invoices by category, the total.

Its amounts are those of the lines, gathered; nothing is computed anew but sums.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from backoffice.web.templatetags.labels import said
from reports.documents.sums import InvoiceSum, StaffSum, gathered, invoice_sum, staff_sum
from reports.dossier import Dossier
from reports.lines import HEAD_LABELS

KIND = "recapitulative"


@dataclass(frozen=True)
class WorkerLine:
    """A worker on a post; `year_end` is the part of the year-end premium, cents, within `sums`."""

    sums: StaffSum
    year_end: int


@dataclass(frozen=True)
class CategoryLine:
    """The invoices of one category under its head."""

    head: Mapping[str, str]
    category: Mapping[str, str]
    sums: InvoiceSum


@dataclass(frozen=True)
class Account:
    """The account of an award for an exercise."""

    workers: tuple[WorkerLine, ...]
    staff: WorkerLine
    categories: tuple[CategoryLine, ...]
    invoices: InvoiceSum


def account_of(dossier: Dossier) -> Account | None:
    """The account, None where the scheme does not ask for it."""
    if KIND not in {document["kind"] for document in dossier.documents}:
        return None
    workers = gathered(dossier.staff, lambda line: (line.worker, line.post))
    heads = list(HEAD_LABELS)
    invoices = sorted(dossier.invoices, key=lambda line: heads.index(line.head))
    categories = gathered(invoices, lambda line: (line.head, said(line.category)))
    return Account(
        workers=tuple(_worker(dossier, staff_sum(lines)) for lines in workers),
        staff=_worker(dossier, staff_sum(dossier.staff)),
        categories=tuple(
            CategoryLine(HEAD_LABELS[lines[0].head], lines[0].category, invoice_sum(lines))
            for lines in categories
        ),
        invoices=invoice_sum(dossier.invoices),
    )


def _worker(dossier: Dossier, sums: StaffSum) -> WorkerLine:
    sheet = dossier.staff_sheet
    if "year_end" not in sheet:
        return WorkerLine(sums, 0)
    values = sheet["year_end"].values
    return WorkerLine(sums, sum(int(values[line.row]) for line in sums.lines))
