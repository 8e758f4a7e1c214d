"""Words of the pages of treasury."""

from django import template

from backoffice.engine.cash.grants import Unplaced
from reports.treasury.page import SOURCES, WHY

register = template.Library()


@register.filter
def treasury_source(code: str) -> str:
    """Who gives the opening balance."""
    return SOURCES[code]


@register.filter
def why_unplaced(one: Unplaced) -> str:
    """Why a payment is on no day of the curve."""
    return WHY[one.why]
