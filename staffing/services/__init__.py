"""The life of an assignment: carried to another year, reallocated month by month."""

from staffing.services.allocation import reallocate
from staffing.services.assignments import carry_assignment

__all__ = ["carry_assignment", "reallocate"]
