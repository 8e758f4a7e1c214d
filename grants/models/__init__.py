"""The rows of the grants app, by noun."""

from grants.models.applications import Application, BudgetLine
from grants.models.awards import Amendment, Award, Post, Term
from grants.models.calendars import CalendarFeed
from grants.models.deadlines import Deadline, DeadlineEvent
from grants.models.payments import Instalment, Receipt
from grants.models.reminders import DeadlineReminder

__all__ = [
    "Amendment",
    "Application",
    "Award",
    "BudgetLine",
    "CalendarFeed",
    "Deadline",
    "DeadlineEvent",
    "DeadlineReminder",
    "Instalment",
    "Post",
    "Receipt",
    "Term",
]
