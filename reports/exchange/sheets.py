"""The workbook as data: its sheets in order, its cover, and which sheet refers to which."""

from collections.abc import Mapping
from types import MappingProxyType

from reports.exchange.columns import Column, Sheet
from reports.exchange.tables.accounts import OPENINGS, SALES
from reports.exchange.tables.awards import AMENDMENTS, AWARDS, INSTALMENTS, POSTS, RECEIPTS, TERMS
from reports.exchange.tables.employer import APPROVALS, ORGANISATION, POSITIONS, SITES, VOLUMES
from reports.exchange.tables.files import DMFA, DOCUMENTS
from reports.exchange.tables.invoices import INVOICES, SUPPLIERS, VENTILATION
from reports.exchange.tables.plans import APPLICATIONS, BUDGET
from reports.exchange.tables.staff import ASSIGNMENTS, CONTRACT_LINES, PAY, WORKERS

NAME = "backoffice.employer-year"
VERSION = 5
"""A workbook of an earlier version is read too: what it lacks stays as it is stored."""
COVER_TITLE = "Couverture"
LISTS_TITLE = "Listes"
COVER: Mapping[str, str] = MappingProxyType(
    {
        "name": "Classeur",
        "version": "Version",
        "enterprise_number": "Numéro d'entreprise",
        "year": "Année",
        "demo": "Démonstration",
    }
)
"""Cover line code -> its French label, in order; the value stands in the next cell."""

SHEETS: tuple[Sheet, ...] = (
    ORGANISATION,
    APPROVALS,
    POSITIONS,
    SITES,
    VOLUMES,
    AWARDS,
    AMENDMENTS,
    TERMS,
    POSTS,
    INSTALMENTS,
    RECEIPTS,
    WORKERS,
    CONTRACT_LINES,
    DOCUMENTS,
    PAY,
    DMFA,
    ASSIGNMENTS,
    SUPPLIERS,
    INVOICES,
    VENTILATION,
    SALES,
    APPLICATIONS,
    BUDGET,
    OPENINGS,
)
BY_CODE: Mapping[str, Sheet] = MappingProxyType({sheet.code: sheet for sheet in SHEETS})


def target(column: Column) -> Sheet:
    """The sheet whose rows a column refers to.

    Raises:
        KeyError: the column refers to nothing.
    """
    return BY_CODE[column.refers.partition(".")[0]]


def target_key(column: Column) -> tuple[str, ...]:
    """The columns of a referring sheet that hold, together, the key of the row referred to.

    A post is known by its award and its code: the column of the code refers to it, and the
    column of the award, which bears the same name in both sheets, completes the key.
    """
    named = column.refers.partition(".")[2]
    return tuple(column.code if code == named else code for code in target(column).key)
