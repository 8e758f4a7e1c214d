"""Complements as JSON: amounts in EUR as texts, days ISO, months "YYYY-MM", unknown as null."""

import json
from collections.abc import Sequence
from datetime import date
from typing import Any

from backoffice.engine import money
from backoffice.engine.periods import month_text
from reports.complements.content import Complement, months_of

FORMAT, FORMAT_VERSION = "complements", 1


def render_json(found: Sequence[Complement], as_of: date) -> bytes:
    """Every complement with its months, causes and changes, then the sums by funder and month."""
    document = {
        "format": FORMAT,
        "format_version": FORMAT_VERSION,
        "as_of": as_of.isoformat(),
        "demo": any(one.demo for one in found),
        "complements": [_plain(one) for one in found],
        "by_funder_and_month": [
            {
                "funder": one.funder,
                "month": month_text(one.month),
                "heads": {head: money.text(amount) for head, amount in one.heads.items()},
                "total": money.text(one.total),
            }
            for one in months_of(tuple(found))
        ],
    }
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()


def _plain(found: Complement) -> dict[str, Any]:
    return {
        "enterprise_number": found.enterprise_number,
        "funder": dict(found.funder),
        "reference": found.reference,
        "year": found.year,
        "version": found.version,
        "sent_as_of": found.sent_as_of.isoformat(),
        "frozen_on": found.frozen_on.isoformat(),
        "sent": _cents(found.sent),
        "payable": _cents(found.payable),
        "amount": _cents(found.amount),
        "missing": list(found.missing),
        "lines": [
            {
                "month": month_text(line.month),
                "head": line.head,
                "sent": money.text(line.sent),
                "now": money.text(line.now),
                "amount": money.text(line.amount),
            }
            for line in found.lines
        ],
        "causes": [
            {
                "code": cause.code,
                "since": cause.since.isoformat(),
                "old": cause.old,
                "new": cause.new,
                "decided": None if cause.decided is None else cause.decided.isoformat(),
                "late": cause.late,
                "status": cause.status,
                "source": cause.source,
            }
            for cause in found.causes
        ],
        "changed": {
            name: {"added": rows.added, "removed": rows.removed, "changed": rows.changed}
            for name, rows in (("staff", found.staff), ("invoices", found.invoices))
        },
    }


def _cents(value: int | None) -> str | None:
    return None if value is None else money.text(value)
