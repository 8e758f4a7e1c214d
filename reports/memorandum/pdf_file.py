"""A memorandum on paper: PDF/A-3a and PDF/UA-1, with the JSON and the XLSX inside."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.template.loader import render_to_string
from django.utils import translation

from backoffice.engine import money
from backoffice.engine.sheet import labels
from backoffice.web.templatetags.money import spaced
from reports.documents.pdf_file import typeset
from reports.documents.presses import PRESSES
from reports.documents.words import STATUSES, figure_text
from reports.memorandum.measures import EUR, measures
from reports.memorandum.memorandum import Entry, Grid, Memorandum
from reports.memorandum.services import SECTOR_LABELS
from reports.memorandum.words import (
    RULES,
    STATES,
    TITLE,
    compared_text,
    comparisons,
    count_text,
    coverage_text,
    held_text,
    marks,
    unlisted_text,
    whose,
)
from reports.reliance import reliance

PAGE = "documents/memorandum.html"
_KEY_FIGURES = (
    *(f"fte.all.{one}" for one in ("approved", "funded", "paid", "target_funded")),
    *("cost_sector.all.own_funds", "index_lag.all.all", "late.all.outstanding"),
    "late.all.weighted_days",
)
_DESCRIPTIONS = {
    "json": "Tous les chiffres du mémorandum, avec leurs définitions (JSON)",
    "xlsx": "Tous les chiffres du mémorandum (classeur)",
}
_UNITS = {
    "EUR": labels("en euros", "in euro"),
    "FTE-year": labels("en ETP-année", "in VTE-jaar"),
}
_PERCENT = 100


@translation.override("fr")  # in both languages, whoever asks
def render_pdf(memorandum: Memorandum, attachments: Mapping[str, bytes]) -> bytes:
    """The brochure with its attachments, the same bytes for the same arguments.

    Raises:
        PressFailed: the page could not be printed.
    """
    html = typeset(render_to_string(PAGE, shown(memorandum)))
    files = {
        name: (_DESCRIPTIONS[name.rpartition(".")[2]], content)
        for name, content in attachments.items()
    }
    return PRESSES.print(html.encode(), memorandum.as_of, files)


def shown(memorandum: Memorandum) -> dict[str, Any]:
    """The context of the page."""
    services = memorandum.said_services().items()
    return {
        "memorandum": memorandum,
        "title": TITLE,
        "whose": whose(memorandum),
        "marks": marks(memorandum),
        "rules": RULES,
        "states": STATES,
        "counts": memorandum.counts(),
        "held": held_text(memorandum),
        "services": [
            (SECTOR_LABELS[sector], count_text(count), count_text(count, "nl"))
            for sector, count in services
        ],
        "keys": list(_keys(memorandum)),
        "grids": [_grid(grid) for grid in memorandum.grids],
        "measures": measures().values(),
        "figures": [
            (figure_text(use), STATUSES.get(use.status, use.status), use)
            for use in memorandum.rules.figures
        ],
        "reliance": reliance(memorandum.rules.figures, memorandum.as_of),
        "unlisted": unlisted_text(memorandum.rules.unlisted),
    }


def _keys(memorandum: Memorandum) -> Iterator[dict[str, Any]]:
    """The figures of the cover: label, functions compared, value with its unit, approvals, mark."""
    entries = {entry.key: entry for entry in memorandum.entries}
    for key in _KEY_FIGURES:
        if key in entries:
            entry = entries[key]
            unit = {"EUR": " €", "FTE-year": " ETP", "days": " jours"}[entry.measure.unit]
            text, state, covered, doubt = _cell(entry)
            yield {
                "label": entry.measure.label,
                "compared": labels(compared_text(entry), compared_text(entry, "nl")),
                "value": f"{value_text(entry)}{unit}{_sign(entry)}" if state == "known" else text,
                "state": state,
                "covered": covered,
                "doubt": doubt,
            }


def _grid(grid: Grid) -> dict[str, Any]:
    return {
        "code": grid.code,
        "title": grid.title,
        "unit": _unit(grid),
        "comparisons": list(comparisons(grid)),
        "columns": grid.columns,
        "rows": [
            (row, [_cell(grid.entries[row.code, column.code]) for column in grid.columns])
            for row in grid.rows
        ],
    }


def _unit(grid: Grid) -> Mapping[str, str] | None:
    units = {entry.measure.unit for entry in grid.entries.values()}
    return _UNITS.get("".join(units))


def _cell(entry: Entry) -> tuple[str, str, str, str]:
    """Text, state, services and status of a figure."""
    doubt = "" if entry.status == "confirmed" or entry.state != "known" else entry.status
    return f"{value_text(entry)}{_sign(entry)}", entry.state, coverage_text(entry), doubt


def _sign(entry: Entry) -> str:
    return "\u00a0\u2020" if entry.compared and entry.state == "known" else ""


def value_text(entry: Entry) -> str:
    """A value as it is read: EUR to the cent, FTE and days with two decimals."""
    if entry.value is None:
        return STATES[entry.state]["fr"]
    if entry.measure.unit == EUR:
        return spaced(money.text(int(entry.value)))
    if entry.measure.unit == "count":
        return spaced(str(int(entry.value)))
    scaled = entry.value * _PERCENT
    return spaced(money.text(money.round_ratio(scaled.numerator, scaled.denominator)))
