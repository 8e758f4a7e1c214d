"""What a funder's form shows, cell by cell, for the person who maps it."""

import io
from dataclasses import dataclass
from datetime import date
from typing import Any

import openpyxl
from django.utils.translation import gettext as _
from openpyxl.utils.cell import get_column_letter

from backoffice.web.templatetags.money import day
from reports.funder_forms.package import FormRefused
from reports.funder_forms.patching import place_of

ROWS, COLUMNS = 120, 26
_WIDTH = 120


@dataclass(frozen=True)
class Shown:
    """One cell on screen: its address, its text, whether it calculates, what the mapping puts."""

    address: str
    text: str
    formula: bool
    source: str = ""


@dataclass(frozen=True)
class Page:
    """The first rows of one sheet; `more` when it goes on."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[tuple[int, tuple[Shown, ...]], ...]
    more: bool


def preview(content: bytes, name: str, mapped: dict[str, str]) -> Page:
    """One sheet of a form, at most 120 rows and 26 columns; `mapped` says what goes where.

    Raises:
        FormRefused: openpyxl cannot read it, or no such sheet.
    """
    sheet = _sheet(content, name)
    last_row, last_column = sheet.max_row or 1, sheet.max_column or 1
    if (last_row, last_column) == (1, 1):  # what some programs write whatever the sheet holds
        last_row, last_column = ROWS, COLUMNS
    width = min(last_column, COLUMNS)
    columns = tuple(get_column_letter(one) for one in range(1, width + 1))
    found = _values(sheet, (1, min(last_row, ROWS), 1, width))
    rows = tuple(
        (
            row,
            tuple(
                _shown(f"{letters}{row}", value, mapped)
                for letters, value in zip(columns, values, strict=True)
            ),
        )
        for row, values in enumerate(found, start=1)
    )
    return Page(name, columns, rows, last_row > ROWS or last_column > COLUMNS)


def beside(content: bytes, name: str, address: str) -> str:
    """The nearest text to the left of a cell, or else above it; empty when none is near."""
    sheet = _sheet(content, name)
    column, row = place_of(address)
    first_row, first_column = max(1, row - ROWS), max(1, column - COLUMNS)
    near = _values(sheet, (first_row, row, first_column, column))
    left = near[-1][-2::-1] if len(near) == row - first_row + 1 else ()
    above = [values[-1] for values in near[: row - first_row][::-1]]
    for value in (*left, *above):
        if isinstance(value, str) and value.strip():
            return value.strip()[:_WIDTH]
    return ""


def _sheet(content: bytes, name: str) -> Any:
    """A sheet that is read no further than what is asked of it."""
    try:
        workbook = openpyxl.load_workbook(io.BytesIO(content), read_only=True)
    except Exception as error:  # openpyxl fails in many ways on what others wrote
        raise FormRefused(_not_shown()) from error
    if name not in workbook.sheetnames or not hasattr(workbook[name], "iter_rows"):
        raise FormRefused(_("Le formulaire n'a pas de feuille « %s ».") % name)
    return workbook[name]


def _values(sheet: Any, area: tuple[int, int, int, int]) -> list[tuple[object, ...]]:
    """What the cells hold, by row: first and last row, first and last column."""
    try:
        return list(sheet.iter_rows(*area, values_only=True))
    except Exception as error:  # as it reads, so does it fail
        raise FormRefused(_not_shown()) from error


def _not_shown() -> str:
    return _("Le formulaire ne peut pas être montré : enregistrez-le de nouveau en .xlsx.")


def _shown(address: str, value: object, mapped: dict[str, str]) -> Shown:
    text = day(value) if isinstance(value, date) else "" if value is None else str(value)
    return Shown(address, text[:_WIDTH], text.startswith("="), mapped.get(address, ""))
