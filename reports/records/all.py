"""Every record of the site; a new table is one declaration and one line here."""

from collections.abc import Mapping
from types import MappingProxyType

from django.db.models import Model

from reports.records.approvals import APPROVALS, POSITIONS, SITES, VOLUMES
from reports.records.awards import AMENDMENTS, AWARDS, POSTS, TERMS
from reports.records.books import INVOICES, SALES, SUPPLIERS, VENTILATIONS
from reports.records.contracts import ASSIGNMENTS, CONTRACT_LINES, WORKER_DOCUMENTS
from reports.records.payments import INSTALMENTS, RECEIPTS
from reports.records.record import Record
from reports.records.workers import WORKERS

RECORDS: Mapping[str, Record] = MappingProxyType(
    {
        record.slug: record
        for record in (
            WORKERS,
            CONTRACT_LINES,
            ASSIGNMENTS,
            WORKER_DOCUMENTS,
            AWARDS,
            TERMS,
            AMENDMENTS,
            POSTS,
            INSTALMENTS,
            RECEIPTS,
            INVOICES,
            VENTILATIONS,
            SUPPLIERS,
            SALES,
            APPROVALS,
            SITES,
            POSITIONS,
            VOLUMES,
        )
    }
)
BY_MODEL: Mapping[type[Model], Record] = MappingProxyType(
    {record.model: record for record in RECORDS.values()}
)
