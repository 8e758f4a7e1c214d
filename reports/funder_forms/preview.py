"""What a funder's form shows, cell by cell, for the person who maps it."""

import io
from dataclasses import dataclass
from datetime import date

import openpyxl
from django.utils.translation import gettext as _
from openpyxl.utils.cell import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

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
    last_row, last_column = min(sheet.max_row, ROWS), min(sheet.max_column, COLUMNS)
    columns = tuple(get_column_letter(one) for one in range(1, last_column + 1))
    rows = tuple(
        (row, tuple(_shown(sheet, f"{letters}{row}", mapped) for letters in columns))
        for row in range(1, last_row + 1)
    )
    return Page(name, columns, rows, sheet.max_row > ROWS or sheet.max_column > COLUMNS)


def beside(content: bytes, name: str, address: str) -> str:
    """The nearest text to the left of a cell, or else above it; empty when there is none."""
    sheet = _sheet(content, name)
    column, row = place_of(address)
    left = [(row, one) for one in range(column - 1, 0, -1)]
    above = [(one, column) for one in range(row - 1, 0, -1)]
    for place in (*left, *above):
        value = sheet.cell(*place).value
        if isinstance(value, str) and value.strip():
            return value.strip()[:_WIDTH]
    return ""


def _sheet(content: bytes, name: str) -> Worksheet:
    try:
        workbook = openpyxl.load_workbook(io.BytesIO(content))
    except Exception as error:  # openpyxl fails in many ways on what others wrote
        raise FormRefused(
            _("Le formulaire ne peut pas être montré : enregistrez-le de nouveau en .xlsx.")
        ) from error
    if name not in workbook.sheetnames or not isinstance(workbook[name], Worksheet):
        raise FormRefused(_("Le formulaire n'a pas de feuille « %s ».") % name)
    sheet: Worksheet = workbook[name]
    return sheet


def _shown(sheet: Worksheet, address: str, mapped: dict[str, str]) -> Shown:
    value = sheet[address].value
    text = day(value) if isinstance(value, date) else "" if value is None else str(value)
    return Shown(address, text[:_WIDTH], text.startswith("="), mapped.get(address, ""))
