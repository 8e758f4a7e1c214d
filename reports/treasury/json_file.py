"""The treasury as JSON: amounts in EUR as texts with two decimals, days ISO, months "YYYY-MM"."""

import json
from collections.abc import Iterator
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from backoffice.engine import money
from backoffice.engine.cash.curve import Curve, Point
from backoffice.engine.periods import month_text
from backoffice.engine.projection.facts import STATUSES
from reports.treasury.page import TreasuryPage

FORMAT, FORMAT_VERSION = "treasury", 1
_MONTHS, _FTE = 12, 10_000


def render_json(page: TreasuryPage, first: int, last: int) -> bytes:
    """The treasury of some civil years, both included; `opening` is the evening before them."""
    document = content_of(page, first, last)
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()


def content_of(page: TreasuryPage, first: int, last: int) -> dict[str, Any]:
    """All of it, as it is written.

    `known` says whether the balance at the bank is: without it the curve starts from zero.
    """
    ground, shown = page.ground, page.shown
    days = list(_within(shown.curve, first, last))
    start = max(ground.opening.day, date(first, 1, 1) - timedelta(days=1))
    return {
        "format": FORMAT,
        "format_version": FORMAT_VERSION,
        "as_of": ground.as_of.isoformat(),
        "demo": ground.organisation.is_demo,
        "organisation": ground.organisation.enterprise_number,
        "years": [first, last],
        "scenario": page.under.label if page.under else None,
        "refused": list(page.under.refused) if page.under else [],
        "known": page.known,
        "opening": _point(Point(start, shown.curve.on(start))),
        "days": [_point(one) for one in days],
        "late_days": [_point(one) for one in _within(shown.late, first, last)],
        "months": [
            {
                "month": month_text(one.month),
                "in": money.text(one.coming),
                "out": money.text(one.net - one.coming),
                "end": money.text(one.end),
                "lowest": _point(one.lowest),
            }
            for one in page.months
            if first <= one.month // _MONTHS <= last
        ],
        "flows": [
            {
                "day": one.day.isoformat(),
                "kind": one.kind,
                "award": one.subject or None,
                "amount": money.text(one.amount),
                "status": STATUSES[one.status],
            }
            for one in shown.flows
            if first <= one.day.year <= last
        ],
        "unplaced": [
            {
                "award": one.reference,
                "year": one.year,
                "amount": None if one.amount is None else money.text(one.amount),
                "why": one.why,
                "due": one.due.isoformat() if one.due else None,
            }
            for one in page.unplaced
        ],
        "posts_not_counted": [
            {
                "fte": str(Fraction(one.fte, _FTE)),
                "funder": one.funder or None,
                "since": one.since.isoformat(),
                "why": one.why,
            }
            for one in shown.uncounted
        ],
        "notes": list(page.notes),
    }


def _within(curve: Curve, first: int, last: int) -> Iterator[Point]:
    """The days of these years after the opening."""
    return (one for one in curve.points()[1:] if first <= one.day.year <= last)


def _point(one: Point) -> dict[str, str]:
    return {"day": one.day.isoformat(), "balance": money.text(one.balance)}
