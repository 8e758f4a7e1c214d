"""Rows that people keep by hand: nobody overwrites a colleague, and nothing in use is removed."""

from backoffice.federation.rows.services import (
    ChangedMeanwhile,
    NotKept,
    StillUsed,
    keep_row,
    lock_row,
    remove_row,
    resting_on,
    still_used,
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
    "resting_on",
    "rows_of",
    "still_used",
    "table_of",
    "version_of",
]
