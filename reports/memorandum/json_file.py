"""A memorandum as JSON: every figure complete in itself, in a fixed order."""

import json
from datetime import date
from typing import Any

from backoffice.engine.sheet import FigureUse
from reports.memorandum.measures import DAYS
from reports.memorandum.memorandum import Entry, Grid, Memorandum
from reports.memorandum.services import SECTOR_LABELS
from reports.memorandum.tables import Head
from reports.memorandum.words import RULES, STATES, TITLE, count_text, marks
from reports.reliance import as_json, reliance

FORMAT, FORMAT_VERSION = "memorandum", 1


def render_json(memorandum: Memorandum) -> bytes:
    """The whole set as UTF-8 JSON, with a newline at its end."""
    rules = memorandum.rules
    document = {
        "format": FORMAT,
        "format_version": FORMAT_VERSION,
        "title": dict(TITLE),
        "year": memorandum.year,
        "as_of": memorandum.as_of.isoformat(),
        "reference_on": memorandum.reference_on.isoformat(),
        "demo": memorandum.demo,
        "marks": marks(memorandum),
        "how_to_read": [dict(one) for one in RULES],
        "services": [
            {"sector": sector, "label": dict(SECTOR_LABELS[sector]), "services": count_text(count)}
            for sector, count in memorandum.said_services().items()
        ],
        "rules": {
            "digest": rules.digest,
            "product": rules.product,
            "schemes": dict(rules.schemes),
            "figures": [_use(use) for use in rules.figures],
            "unlisted": rules.unlisted,
        },
        "reliance": as_json(reliance(rules.figures, memorandum.as_of)),
        "tables": [_table(grid) for grid in memorandum.grids],
        "figures": [
            _figure(memorandum, grid, (row, column), grid.entries[row.code, column.code])
            for grid in memorandum.grids
            for row in grid.rows
            for column in grid.columns
        ],
        "digest": memorandum.digest,
    }
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()


def _use(use: FigureUse) -> dict[str, Any]:
    return {
        "code": use.code,
        "label": dict(use.label),
        "unit": use.unit,
        "since": use.since.isoformat(),
        "value": use.text,
        "status": use.status,
        "source": use.source,
    }


def _table(grid: Grid) -> dict[str, Any]:
    return {
        "code": grid.code,
        "title": dict(grid.title),
        "rows": [_head(row) for row in grid.rows],
        "columns": [
            {**_head(column), "adds_up": _adds_up(grid, column)} for column in grid.columns
        ],
    }


def _adds_up(grid: Grid, column: Head) -> bool:
    """Whether the rows of a column sum to its total: days do not."""
    return all(grid.entries[row.code, column.code].measure.unit != DAYS for row in grid.rows)


def _head(head: Head) -> dict[str, Any]:
    return {"code": head.code, "label": dict(head.label), "sum_of": list(head.parts)}


def _figure(
    memorandum: Memorandum, grid: Grid, place: tuple[Head, Head], entry: Entry
) -> dict[str, Any]:
    row, column = place
    measure, coverage = entry.measure, entry.coverage
    return {
        "id": entry.key,
        "measure": measure.code,
        "label": {
            language: f"{grid.title[language]} \u2013 {row.label[language]} \u2013 "
            f"{column.label[language]}"
            for language in ("fr", "nl")
        },
        "definition": dict(measure.definition),
        "unit": measure.unit,
        "cut_off": _cut_off(memorandum, entry).isoformat(),
        "rules": memorandum.rules.digest,
        "scope": {
            "which": {language: f"{row.label[language]}" for language in ("fr", "nl")},
            "services": count_text(entry.scope),
            "known": count_text(entry.known),
        },
        "compared_functions": [list(names) for names in entry.compared],
        "coverage": None if coverage is None else f"{coverage.numerator}/{coverage.denominator}",
        "value": entry.text if entry.state == "known" else STATES[entry.state]["fr"],
        "state": entry.state,
        "status": entry.status,
        "source": measure.source,
    }


def _cut_off(memorandum: Memorandum, entry: Entry) -> date:
    situation = entry.measure.day == "situation"
    return memorandum.as_of if situation else memorandum.reference_on
