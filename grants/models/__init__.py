"""The rows of the grants app, by noun."""

from grants.models.applications import Application, BudgetLine
from grants.models.awards import Amendment, Award, Post, Term
from grants.models.payments import Instalment, Receipt

__all__ = [
    "Amendment",
    "Application",
    "Award",
    "BudgetLine",
    "Instalment",
    "Post",
    "Receipt",
    "Term",
]
