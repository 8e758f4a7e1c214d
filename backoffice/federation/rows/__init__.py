"""Rows that people keep by hand: nobody overwrites a colleague, and nothing in use is removed."""

from backoffice.federation.rows.services import (
    ChangedMeanwhile,
    NotKept,
    StillUsed,
    keep_row,
    lock_row,
    remove_row,
)
from backoffice.federation.rows.tables import rows_of, table_of
from backoffice.federation.rows.versions import version_of

__all__ = [
    "ChangedMeanwhile",
    "NotKept",
    "StillUsed",
    "keep_row",
    "lock_row",
    "remove_row",
    "rows_of",
    "table_of",
    "version_of",
]
