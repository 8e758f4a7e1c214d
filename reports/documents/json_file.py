"""A justification as JSON: everything, with the explanation of every line.

Amounts are texts with two decimals in EUR, days are ISO, hours and rates are decimal texts (an
exact fraction where there is no finite decimal), what is unknown is null. Keys keep their order.
The sheet "grant" (FTE and amounts per FTE by month, or months of approval) is there where the right
multiplies them; versions frozen before it was written lack it, and say the same without it.
"""

import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from backoffice.engine import money
from backoffice.engine.sheet import Column, FigureUse, Sheet, decimal_text
from reports.documents.cells import content
from reports.documents.words import marks
from reports.dossier import Dossier
from reports.reliance import as_json

FORMAT, FORMAT_VERSION = "justification", 1

AMOUNTS = frozenset(
    (
        *("granted", "theoretical", "presented", "income", "admitted", "admissible", "payable"),
        *("topped_up", "own_funds", "advances", "balance", "recovery", "maximum", "gross"),
        *("charges", "benefits", "deducted", "total", "expected", "received", "amount"),
    )
)
HOURS_FIELDS = frozenset(("hours", "full_time"))
COUNTS = frozenset(
    (
        *("row", "days", "number", "late_days", "instalment", "year", "version", "final", "demo"),
        "transmitted_since",
    )
)
_SHEETS = ("staff_sheet", "invoice_sheet", "grant_sheet")


def render_json(dossier: Dossier) -> bytes:
    """The complete justification as UTF-8 JSON, with a newline at its end."""
    document: dict[str, Any] = {
        "format": FORMAT,
        "format_version": FORMAT_VERSION,
        "marks": " \u2013 ".join(marks(dossier.cover)),
        "reliance": as_json(dossier.reliance),
    }
    for one in fields(dossier):
        if one.name not in _SHEETS:
            document[one.name] = _plain(one.name, getattr(dossier, one.name))
    document["sheets"] = {
        "staff": _sheet(dossier.staff_sheet),
        "invoices": _sheet(dossier.invoice_sheet),
    }
    if dossier.grant_sheet is not None:
        document["sheets"]["grant"] = _sheet(dossier.grant_sheet)
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()


def month_text(month: int) -> str:
    """A month index as "YYYY-MM"."""
    return f"{month // 12}-{month % 12 + 1:02d}"


def _plain(name: str, value: Any) -> Any:
    """One value of the dossier, by the name of its field where the type does not tell."""
    if is_dataclass(value):
        return {
            one.name: _plain(one.name, getattr(value, one.name))
            for one in fields(value)
            if one.metadata.get("frozen", True)
        }
    if isinstance(value, Mapping):
        return {key: _plain(key, one) for key, one in value.items()}
    if isinstance(value, tuple | list):
        return [_plain(name, one) for one in value]
    if isinstance(value, int) and not isinstance(value, bool):
        return _number(name, value)
    return _text(value)


def _text(value: Any) -> Any:
    if isinstance(value, Fraction):
        return decimal_text(value)
    return value.isoformat() if isinstance(value, date) else value


def _number(name: str, value: int) -> int | str:
    if name in AMOUNTS or name in HOURS_FIELDS:
        return money.text(value)
    if name == "month":
        return month_text(value)
    if name in COUNTS:
        return value
    raise TypeError(
        f"the unit of « {name} » is not known: add it to AMOUNTS, HOURS_FIELDS or COUNTS"
    )


def _sheet(sheet: Sheet) -> dict[str, Any]:
    """The columns of a sheet, the figures they used, and its rows."""
    figures: dict[FigureUse, int] = {}
    columns = []
    for column in sheet.columns:
        places = [figures.setdefault(use, len(figures)) for use in column.uses]
        by_row = None
        if column.use is not None:
            by_row = [places[int(use)] if use >= 0 else None for use in column.use]
        columns.append(
            {
                "name": column.name,
                "label": dict(column.label),
                "unit": column.unit,
                "rule": column.rule,
                "article": column.article,
                "figures": places,
                "figure_by_row": by_row,
            }
        )
    return {
        "columns": columns,
        "figures": [_plain("figures", use) for use in figures],
        "rows": [[_cell(column, row) for column in sheet.columns] for row in range(len(sheet))],
    }


def _cell(column: Column, row: int) -> int | str | None:
    value = content(column, row)
    return str(value) if isinstance(value, Decimal) else _text(value)
