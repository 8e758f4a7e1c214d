"""A memorandum as a workbook: a cover with the definitions, then one sheet per table."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from django.utils import translation
from xlsxwriter.utility import xl_rowcol_to_cell

from reports.documents.words import STATUSES
from reports.documents.workbook.book import Bound, Imprint, Page, Value
from reports.memorandum.measures import EUR, FTE, measures
from reports.memorandum.memorandum import Entry, Grid, Memorandum
from reports.memorandum.services import SECTOR_LABELS
from reports.memorandum.tables import Head
from reports.memorandum.words import (
    RULES,
    STATES,
    TITLE,
    comparisons,
    count_text,
    coverage_text,
    marks,
    unlisted_text,
    whose,
)
from reports.reliance import reliance

_KIND = {EUR: "money", FTE: "fte"}
_COVER_WIDTHS = (34, 34, 60, 60, 26)
_NAMES = 31


@translation.override("fr")  # in both languages, whoever asks
def render_xlsx(memorandum: Memorandum) -> bytes:
    """The workbook as bytes, identical for the same memorandum."""
    said = marks(memorandum)
    year, as_of = memorandum.year, memorandum.as_of
    title = f"{TITLE['fr']} {year}"
    book = Bound(Imprint(title, whose(memorandum), TITLE["nl"], year, as_of, said))
    _cover(book, memorandum)
    for number, grid in enumerate(memorandum.grids, start=1):
        _table(book, number, grid)
    _figures(book, memorandum)
    return book.close()


def _cover(book: Bound, memorandum: Memorandum) -> None:
    page = book.sheet("Couverture", _COVER_WIDTHS)
    page.titles(f"{TITLE['fr']} / {TITLE['nl']}")
    page.row += 1
    for rule in RULES:
        page.line([("", "code"), ("", "code"), (rule["fr"], "text"), (rule["nl"], "text")], "plain")
    page.row += 1
    page.say("Services / Diensten", "section")
    for sector, count in memorandum.said_services().items():
        page.line([(SECTOR_LABELS[sector]["fr"], "code"), (count_text(count), "code")])
    page.row += 1
    page.say("Règles de calcul / Rekenregels", "section")
    for label, text in (
        ("Version du produit", memorandum.rules.product),
        ("Empreinte des règles (SHA-256)", memorandum.rules.digest),
        ("Empreinte de l'ensemble (SHA-256)", memorandum.digest),
    ):
        page.line([(label, "code"), (text, "code")])
    page.row += 1
    page.say("Définitions / Definities", "section")
    page.heads(["Chiffre", "Cijfer", "Définition", "Definitie", "Source"])
    for one in measures().values():
        texts = (one.label["fr"], one.label["nl"], one.definition["fr"], one.definition["nl"])
        page.line([(text, "text") for text in (*texts, one.source)])


def _table(book: Bound, number: int, grid: Grid) -> None:
    """The figures with live totals, then the services that each rests on, then its status."""
    page = book.sheet(f"{number:02d} {grid.code}"[:_NAMES], (30, 30, *[16] * len(grid.columns)))
    page.titles(f"{grid.title['fr']} / {grid.title['nl']}")
    page.row += 1
    _heads(page, grid)
    page.freeze(2)
    first = page.row
    for row in grid.rows:
        _row(page, grid, row, first)
    page.row += 1
    page.say("Agréments connus / concernés \u2013 Gekende / betrokken erkenningen", "section")
    _heads(page, grid)
    for row in grid.rows:
        cells: list[tuple[Value, str]] = [(row.label["fr"], "text"), (row.label["nl"], "text")]
        for column in grid.columns:
            entry = grid.entries[row.code, column.code]
            doubt = "" if entry.status == "confirmed" else f" ({STATUSES[entry.status]})"
            part = " \u2020" if entry.compared and entry.state == "known" else ""
            cells.append((f"{coverage_text(entry)}{part}{doubt}", "text"))
        page.line(cells)
    for line in comparisons(grid):
        page.say(line["fr"], "subtitle")
        page.say(line["nl"], "subtitle")


def _heads(page: Page, grid: Grid) -> None:
    labels = [f"{one.label['fr']}\n{one.label['nl']}" for one in grid.columns]
    page.heads(["", "", *labels], height=64)


def _row(page: Page, grid: Grid, row: Head, first: int) -> None:
    """One row; a total is a formula over its parts wherever all that it sums is shown."""
    look = "total" if row.parts else "line"
    page.make_room({0: row.label["fr"], 1: row.label["nl"]})
    page.put(0, row.label["fr"], "text", look)
    page.put(1, row.label["nl"], "text", look)
    for place, column in enumerate(grid.columns, start=2):
        entry = grid.entries[row.code, column.code]
        kind = _KIND.get(entry.measure.unit, "count" if entry.measure.unit == "count" else "ratio")
        cells = _parts(grid, row, column, (page.row, place, first))
        if entry.value is None:
            page.put(place, STATES[entry.state]["fr"], "code", look)
        elif cells:
            form = page.book.format(kind, look)
            value = _number(entry)
            page.sheet.write_formula(page.row, place, f"=SUM({','.join(cells)})", form, value)
        else:
            page.put(place, _number(entry), kind, look)
    page.row += 1


def _parts(grid: Grid, row: Head, column: Head, place: tuple[int, int, int]) -> list[str]:
    """Addresses of what a figure sums; none where one is hidden or they do not sum to it."""
    line, where, first = place
    rows, columns = [one.code for one in grid.rows], [one.code for one in grid.columns]
    total = grid.entries[row.code, column.code]
    if row.parts:
        found = [
            (grid.entries[part, column.code], first + rows.index(part), where) for part in row.parts
        ]
    else:
        found = [
            (grid.entries[row.code, part], line, 2 + columns.index(part)) for part in column.parts
        ]
    sums = _sums([entry for entry, _line, _place in found], total)
    return [xl_rowcol_to_cell(line, place) for _entry, line, place in found] if sums else []


def _sums(parts: Sequence[Entry], total: Entry) -> bool:
    hidden = any(one.state == "hidden" for one in parts)
    known = [one.value for one in parts if one.value is not None]
    return bool(known) and not hidden and sum(known, Fraction(0)) == total.value


def _number(entry: Entry) -> Value:
    """The value as a sheet holds it: exact decimals, or a whole number."""
    if entry.text is None:
        return None
    return int(entry.text) if entry.measure.unit == "count" else Decimal(entry.text)


def _figures(book: Bound, memorandum: Memorandum) -> None:
    page = book.sheet("Valeurs", (40, 46, 14, 16, 14, 70))
    page.titles("Valeurs de référence utilisées / Gebruikte referentiewaarden")
    for text in unlisted_text(memorandum.rules.unlisted).values():
        page.say(text, "subtitle")
    doubtful = reliance(memorandum.rules.figures, memorandum.as_of)
    if doubtful.sentence:
        page.say(doubtful.sentence, "subtitle")
    page.row += 1
    page.heads(["Code", "Libellé", "Depuis", "Valeur", "Statut", "Source"])
    page.freeze(1)
    for use in memorandum.rules.figures:
        page.line(
            [
                (use.code, "code"),
                (use.label["fr"], "text"),
                (use.since, "day"),
                (use.text, "code"),
                (STATUSES.get(use.status, use.status), "code"),
                (use.source, "text"),
            ]
        )
