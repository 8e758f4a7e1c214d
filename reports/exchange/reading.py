"""From pages of cells to canonical rows, with every problem of every cell."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from django.utils import translation
from xlsxwriter.utility import xl_col_to_name

from backoffice.web.sentences import gettext as _
from reports.exchange.cells import read_cell
from reports.exchange.columns import Column, Sheet
from reports.exchange.folding import fold
from reports.exchange.lines import Line, Reading
from reports.exchange.package import NotAWorkbook, Page, open_pages
from reports.exchange.problems import Problem
from reports.exchange.raw import BadCell, Raw, formula_error, is_blank
from reports.exchange.reading_cover import read_cover
from reports.exchange.sheets import COVER_TITLE, LISTS_TITLE, SHEETS
from reports.exchange.watching import NOBODY, Watch

STEPS = len(SHEETS) + 2
"""The steps of an import: the file, each of its sheets, and what they change."""


@translation.override("fr")
def read_workbook(path: Path, name: str = "", watch: Watch = NOBODY) -> Reading:
    """The rows of a workbook and the problems of its cells; never raises for a bad file.

    `name` is what problems call the file, when it is not stored under its user's name.
    """
    reading = Reading()
    watch.at(0, STEPS, _("Ouverture du classeur"))
    try:
        pages = {fold(page.title): page for page in open_pages(path, name or path.name)}
    except NotAWorkbook as error:
        reading.refuse(error.problem)
        return reading
    reading.cover, problems, readable = read_cover(pages.pop(fold(COVER_TITLE), None))
    reading.problems += problems
    reading.whole = readable
    if not readable:
        return reading
    pages.pop(fold(LISTS_TITLE), None)
    for rank, sheet in enumerate(SHEETS, start=1):
        watch.at(rank, STEPS, _("Lecture de la feuille « %s »") % sheet.title)
        page = pages.pop(fold(sheet.title), None) or pages.pop(fold(sheet.code), None)
        reading.lines[sheet.code] = []
        _read_sheet(reading, sheet, page)
    for page in pages.values():
        reading.problems.append(
            Problem(
                "unknown_sheet",
                _("Cette feuille n'est pas du modèle : elle n'est pas lue."),
                _("Rien à faire si elle est à vous ; sinon vérifiez son nom."),
                sheet=page.title,
                blocking=False,
            )
        )
    return reading


def _read_sheet(reading: Reading, sheet: Sheet, page: Page | None) -> None:
    if page is None and sheet.since > reading.cover.version:
        reading.unsaid[sheet.code] = {column.code for column in sheet.columns}
        return
    if page is None:
        reading.refuse(
            Problem(
                "missing_sheet",
                _("La feuille « %(title)s » manque.") % {"title": sheet.title},
                _("Repartez du modèle : toutes ses feuilles doivent y être, même sans ligne."),
                sheet=sheet.title,
            )
        )
        return
    top = next((i for i, row in enumerate(page.cells) if not all(map(is_blank, row))), None)
    if top is None:
        reading.refuse(
            Problem(
                "empty_sheet",
                _("La feuille « %(title)s » est vide : même ses titres manquent.")
                % {"title": sheet.title},
                _("Remettez la ligne de titres du modèle."),
                sheet=sheet.title,
            )
        )
        return
    places = _places(reading, sheet, page.cells[top], top + 1)
    letters = {code: xl_col_to_name(index) for code, index in places.items()}
    for number, row in enumerate(page.cells[top + 1 :], start=top + 2):
        _read_line(reading, Line(sheet, number, letters), row, (places, page.errors))


def _places(reading: Reading, sheet: Sheet, titles: Sequence[Raw], row: int) -> dict[str, int]:
    """Column code -> index of its cells; names every column missing, doubled or unknown."""
    known = {fold(c.code): c for c in sheet.columns} | {fold(c.header): c for c in sheet.columns}
    places: dict[str, int] = {}
    for index, title in enumerate(titles):
        if is_blank(title):
            continue
        written = str(title).strip().removesuffix("*")
        column = known.get(fold(written))
        at = {"sheet": sheet.title, "row": row, "column": xl_col_to_name(index)}
        if column is None:
            reading.problems.append(_unknown_column(written[:60], at))
        elif column.code in places:
            reading.refuse(_doubled(column, at))
        else:
            places[column.code] = index
    for column in sheet.columns:
        if column.code in places:
            continue
        if column.since > reading.cover.version:
            reading.unsaid.setdefault(sheet.code, set()).add(column.code)
        else:
            reading.refuse(_missing(column, sheet, row))
    return places


def _unknown_column(written: str, at: Mapping[str, object]) -> Problem:
    return Problem(
        "unknown_column",
        _("Cette colonne n'est pas du modèle : elle n'est pas lue."),
        _("Rien à faire si elle est à vous ; sinon vérifiez son titre."),
        field=written,
        blocking=False,
        **at,  # type: ignore[arg-type]
    )


def _doubled(column: Column, at: Mapping[str, object]) -> Problem:
    return Problem(
        "duplicate_column",
        _("Le titre « %(title)s » est là deux fois.") % {"title": column.header},
        _("Supprimez ou renommez une des deux colonnes."),
        field=column.header,
        **at,  # type: ignore[arg-type]
    )


def _missing(column: Column, sheet: Sheet, row: int) -> Problem:
    return Problem(
        "missing_column",
        _("La colonne « %(title)s » manque.") % {"title": column.header},
        _("Remettez la colonne du modèle, même vide si elle est facultative."),
        field=column.header,
        sheet=sheet.title,
        row=row,
    )


def _read_line(
    reading: Reading,
    line: Line,
    row: Sequence[Raw],
    page: tuple[Mapping[str, int], Mapping[tuple[int, str], str]],
) -> None:
    places, errors = page
    raws = {code: row[at] if at < len(row) else None for code, at in places.items()}
    failed = {
        code: errors[line.row, letter]
        for code, letter in line.letters.items()
        if errors and (line.row, letter) in errors
    }
    if not failed and all(map(is_blank, raws.values())):
        return
    bad: list[tuple[str, BadCell]] = []
    for column in line.sheet.columns:
        if column.code not in raws:
            continue
        try:
            if column.code in failed:
                raise formula_error(failed[column.code] or _("un résultat absent"))
            line.values[column.code] = read_cell(column, raws[column.code])
        except BadCell as error:
            bad.append((column.code, error))
    reading.problems += [line.problem(e.code, code, e.message, e.todo) for code, e in bad]
    reading.lines[line.sheet.code].append(line)
