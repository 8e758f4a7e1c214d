"""Fill a funder's form for one dossier: the mapped cells change, the rest of the file does not."""

from collections.abc import Iterable
from datetime import date
from typing import cast

from django.utils.translation import gettext as _
from openpyxl.utils.cell import get_column_letter, range_boundaries

from backoffice.web.templatetags.money import day
from reports.dossier import Dossier
from reports.funder_forms.package import (
    FormRefused,
    Package,
    asking_to_calculate,
    date_styles,
    open_package,
    write_package,
)
from reports.funder_forms.patching import Sheet, Value, fill_sheet, place_of, read_places
from reports.funder_forms.sources import Source, sources
from reports.models import FormCell

MAX_ROW, MAX_COLUMN = 1_048_576, 16_384


class NotFilled(FormRefused):
    """The form cannot be filled; `problems` says each reason in one sentence."""

    def __init__(self, problems: list[str]) -> None:
        self.problems = problems
        super().__init__(" ".join(problems))


def fill(
    content: bytes, cells: Iterable[FormCell], dossier: Dossier, *, calculate: bool = False
) -> bytes:
    """The form with the values of a dossier; every part without a mapped cell keeps its bytes.

    Where `calculate` is asked, one attribute of the workbook asks the program that opens it to
    calculate its formulas again: without it they show what they showed in the empty form.

    Raises:
        NotFilled: a value is unknown, a list is longer than its place, or a cell cannot take it.
        FormRefused: the file cannot be read.
    """
    package = open_package(content)
    by_sheet: dict[str, list[FormCell]] = {}
    for cell in cells:
        by_sheet.setdefault(cell.sheet, []).append(cell)
    problems: list[str] = []
    changed = {}
    for name, mapped in by_sheet.items():
        part = package.sheets.get(name)
        if part is None:
            problems.append(_("La feuille « %s » n'est plus dans le formulaire.") % name)
            continue
        values = _values(package, part, mapped, dossier, problems)
        if not problems:
            changed[part] = fill_sheet(package.parts[part], values, epoch_1904=package.epoch_1904)
    if problems:
        raise NotFilled(problems)
    if calculate:
        changed |= asking_to_calculate(package)
    return write_package(package, changed)


def _values(
    package: Package, part: str, cells: list[FormCell], dossier: Dossier, problems: list[str]
) -> dict[str, Value]:
    """The value of each address of one sheet; what cannot be written is told instead."""
    sheet, dates = read_places(package.parts[part]), date_styles(package)
    found: dict[str, Value] = {}
    for cell in cells:
        source = sources()[cell.source]
        for address, value in _placed(cell, source, dossier, problems):
            problem = cell_problem(sheet, address)
            if problem:
                problems.append(problem)
            elif value is None:
                problems.append(_unknown(cell, source))
                break
            else:
                found[address] = _as_shown(sheet, dates, address, value)
    return found


def _placed(
    cell: FormCell, source: Source, dossier: Dossier, problems: list[str]
) -> list[tuple[str, Value | None]]:
    """Each value with its address, from the mapped cell down."""
    values = source.read(dossier)
    column, row = place_of(cell.cell)
    room = 1 if cell.last_row is None else cell.last_row - row + 1
    if len(values) > room:
        problems.append(
            _(
                "« %(list)s » a %(lines)d lignes et le formulaire n'en prévoit que %(room)d dès "
                "%(cell)s : donnez une dernière ligne plus basse, ou demandez au pouvoir "
                "subsidiant un formulaire plus long."
            )
            % {"list": source.listed, "lines": len(values), "room": room, "cell": cell.cell}
        )
        return []
    letters = get_column_letter(column)
    return [(f"{letters}{row + place}", value) for place, value in enumerate(values)]


def cell_problem(sheet: Sheet, address: str) -> str:
    """Why a cell of a form cannot take a value; empty when it can."""
    column, row = place_of(address)
    if row > MAX_ROW or column > MAX_COLUMN:
        return _("La cellule %s est hors de la feuille.") % address
    known = sheet.rows.get(row)
    cell = known.cells.get(column) if known else None
    if cell and cell.formula:
        return _("%s contient une formule du formulaire : elle se calcule seule.") % address
    for area in sheet.merged:
        left, top, right, bottom = cast("tuple[int, int, int, int]", range_boundaries(area))
        if left <= column <= right and top <= row <= bottom and (column, row) != (left, top):
            return _("%(cell)s est fusionnée dans %(area)s : écrivez dans la première cellule.") % {
                "cell": address,
                "area": area,
            }
    return ""


def _as_shown(sheet: Sheet, dates: frozenset[str], address: str, value: Value) -> Value:
    """A day stays a day where the cell shows days; elsewhere it is written in words."""
    if not isinstance(value, date):
        return value
    column, row = place_of(address)
    known = sheet.rows.get(row)
    cell = known.cells.get(column) if known else None
    return value if cell and cell.style in dates else day(value)


def _unknown(cell: FormCell, source: Source) -> str:
    return _("« %(value)s » (%(cell)s) est inconnu dans ce dossier : voyez ses erreurs.") % {
        "value": source.label,
        "cell": cell.cell,
    }
