"""The people who do the work, what they cost, and the papers and declarations about them."""

from staffing.models.declarations import DmfaLine
from staffing.models.documents import WorkerDocument
from staffing.models.notes import AllocationNote
from staffing.models.people import Assignment, ContractLine, PayItem, PayMonth, Worker

__all__ = [
    "AllocationNote",
    "Assignment",
    "ContractLine",
    "DmfaLine",
    "PayItem",
    "PayMonth",
    "Worker",
    "WorkerDocument",
]
