"""A tie-out as JSON: every line with its reasons, dossiers and entries.

Amounts are texts with two decimals in EUR, days are ISO, what is unknown is null.
"""

import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from typing import Any

from backoffice.engine import money
from reports.reliance import as_json, reliance
from reports.tie_out.classes import AccountClass
from reports.tie_out.content import Line, Receivable, TieOut

FORMAT, FORMAT_VERSION = "tie_out", 1
_NUMBERS = frozenset(("year", "demo", "manual", "to_confirm"))
_DERIVED: Mapping[type, tuple[str, ...]] = {
    Line: ("difference", "explained", "unexplained", "status"),
    Receivable: ("balance",),
}


def render_json(found: TieOut) -> bytes:
    """The complete tie-out as UTF-8 JSON, with a newline at its end."""
    document = {"format": FORMAT, "format_version": FORMAT_VERSION, **_plain("", found)}
    document["reliance"] = as_json(reliance(found.holiday.figures, found.as_of))
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()


def _plain(name: str, value: Any) -> Any:
    """One value, by the name of its field where the type does not tell: a number is cents."""
    if isinstance(value, AccountClass):
        return {"code": value.code, "label": dict(value.label), "accounts": list(value.prefixes)}
    if is_dataclass(value):
        names = [one.name for one in fields(value)]
        names += _DERIVED.get(type(value), ())
        return {one: _plain(one, getattr(value, one)) for one in names}
    if isinstance(value, Mapping):
        return {key: _plain(key, one) for key, one in value.items()}
    if isinstance(value, tuple):
        return [_plain(name, one) for one in value]
    if isinstance(value, int) and name not in _NUMBERS:
        return money.text(value)
    return value.isoformat() if isinstance(value, date) else value
