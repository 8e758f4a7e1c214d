"""Writes the workbook of one employer-year: the same rows always give the same bytes."""

import io
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import xlsxwriter

from backoffice.engine.periods import quarter_text
from reports.exchange import styles
from reports.exchange.choices import NAMES, choices
from reports.exchange.columns import Column, Kind, Sheet
from reports.exchange.cover import write_cover
from reports.exchange.escaping import escape
from reports.exchange.files import write_whole
from reports.exchange.sheets import BY_CODE, LISTS_TITLE, SHEETS, target, target_key

CREATED = datetime(2000, 1, 1, tzinfo=UTC).replace(tzinfo=None)
SPARE_ROWS = 1000
"""Rows below the last one that still offer their lists."""


class UnknownCell(ValueError):
    """A row handed to the writer names a column, a choice or a type that the workbook has not."""


def write_workbook(
    rows: Mapping[str, Sequence[Mapping[str, object]]],
    path: Path,
    *,
    enterprise_number: str,
    year: int | None,
    demo: bool,
) -> None:
    """Write rows as the workbook of one employer-year; with no rows it is the blank template.

    Args:
        rows: sheet code -> rows; a row maps column codes to Python values (codes for choices,
            Decimal for amounts, hours and percentages, "1/3" for a fraction); absent is blank.
        path: where the file goes; it appears whole or not at all.
        enterprise_number: ten digits; empty in a template.
        year: calendar year; None in a template.
        demo: whether every sheet says DEMO.

    Raises:
        UnknownCell: a row names what the workbook does not have.
        FileNotWritten: the disk refused the file.
    """
    unknown = sorted(set(rows) - set(BY_CODE))
    if unknown:
        raise UnknownCell(f"no such sheet: {', '.join(unknown)}")
    write_whole(path, _workbook(rows, enterprise_number, year, demo=demo))


def _workbook(
    rows: Mapping[str, Sequence[Mapping[str, object]]],
    enterprise_number: str,
    year: int | None,
    *,
    demo: bool,
) -> bytes:
    content = io.BytesIO()
    book = xlsxwriter.Workbook(content, {"in_memory": True})
    book.set_properties({"created": CREATED, "title": "DEMO" if demo else ""})
    counts = {sheet.code: len(rows.get(sheet.code, ())) for sheet in SHEETS}
    write_cover(book, counts, enterprise_number=enterprise_number, year=year, demo=demo)
    for sheet in SHEETS:
        _write_sheet(book, sheet, rows.get(sheet.code, ()), demo=demo)
    _write_lists(book)
    book.close()
    return content.getvalue()


def _write_sheet(
    book: Any, sheet: Sheet, rows: Sequence[Mapping[str, object]], *, demo: bool
) -> None:
    page = book.add_worksheet(sheet.title)
    _set_page(page, sheet, len(rows), demo=demo)
    known = {column.code for column in sheet.columns}
    for row in rows:
        if not known.issuperset(row):
            raise UnknownCell(f"{sheet.code}: no column {', '.join(sorted(set(row) - known))}")
    for index, column in enumerate(sheet.columns):
        cells = [cell(sheet, column, row.get(column.code)) for row in rows]
        look = book.add_format(styles.cell_format(column.kind))
        shown = [_shown(value) for value in cells]
        page.set_column(index, index, styles.width(column, shown), look)
        heading = styles.REQUIRED if column.required else styles.OPTIONAL
        page.write_string(0, index, column.header, book.add_format(styles.HEADER | heading))
        page.write_comment(0, index, _note(column), {"x_scale": 1.6, "y_scale": 0.6})
        for line, value in enumerate(cells, start=1):
            _write(page, line, index, value, look)
        _offer_list(page, index, column, len(rows))


def _set_page(page: Any, sheet: Sheet, count: int, *, demo: bool) -> None:
    page.freeze_panes(1, len(sheet.key) if len(sheet.columns) > 8 else 1)  # noqa: PLR2004
    page.set_row(0, 32)
    page.autofilter(0, 0, max(count, 1), len(sheet.columns) - 1)
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.repeat_rows(0)
    mark = "DEMO" if demo else ""
    page.set_header(f"&L&B{mark}&C&A&R{mark}")
    page.set_footer(f"&L{mark}&R&P / &N")
    if demo:
        page.set_tab_color(styles.DEMO["font_color"])


def _note(column: Column) -> str:
    return f"{'Obligatoire.' if column.required else 'Facultatif.'} {column.help}"


def cell(sheet: Sheet, column: Column, value: object) -> str | int | Decimal | date | None:
    """The value as the cell shows it: labels for choices, oui/non, the first day of a month.

    Raises:
        UnknownCell: the value is not one that this column can hold.
    """
    if value is None or value == "":
        return None
    value = _part_of_a_year(column.kind, value)
    if column.kind is Kind.CHOICE:
        if str(value) in choices(column.choices):
            return choices(column.choices)[str(value)]
    elif column.kind is Kind.YES_NO:
        return "oui" if value else "non"
    elif isinstance(value, str):
        return escape(value)
    elif isinstance(value, int | Decimal | date) and not isinstance(value, bool):
        return value
    raise UnknownCell(f"{sheet.code}.{column.code}: {type(value).__name__} {value!r}")


def _part_of_a_year(kind: Kind, value: object) -> object:
    """A month is shown by its first day, a quarter by its text; anything else stays as it is."""
    if kind is Kind.MONTH and isinstance(value, str):
        return date.fromisoformat(f"{value}-01")
    if kind is Kind.QUARTER and isinstance(value, date):
        return quarter_text(value)
    return value


def _write(page: Any, line: int, index: int, value: object, look: Any) -> None:
    if isinstance(value, str):
        page.write_string(line, index, value, look)
    elif isinstance(value, date):
        page.write_datetime(line, index, value, look)
    elif value is not None:
        page.write_number(line, index, value, look)


def _shown(value: object) -> str:
    if isinstance(value, Decimal):
        return f"{value:,.2f}"
    return "" if value is None else str(value)


def _offer_list(page: Any, index: int, column: Column, count: int) -> None:
    last = count + SPARE_ROWS
    if column.choices:
        source = _list_range(column.choices)
    elif column.refers and target_key(column) == (column.code,):
        at = [c.code for c in target(column).columns].index(target(column).key[0])
        source = f"='{target(column).title}'!{_span(at, SPARE_ROWS * 5)}"
    elif column.kind is Kind.YES_NO:
        source = _list_range("yes_no")
    else:
        return
    page.data_validation(
        1,
        index,
        last,
        index,
        {
            "validate": "list",
            "source": source,
            "error_type": "warning",
            "error_title": column.header[:32],
            "error_message": "Cette valeur n'est pas dans la liste.",
        },
    )


def _list_range(name: str) -> str:
    size = len(_entries(name))
    return f"={LISTS_TITLE}!{_span(_LISTS.index(name), size)}"


def _span(index: int, size: int) -> str:
    letter = xlsxwriter.utility.xl_col_to_name(index)
    return f"${letter}$2:${letter}${size + 1}"


_LISTS = (*NAMES, "yes_no")


def _entries(name: str) -> list[str]:
    return ["oui", "non"] if name == "yes_no" else list(choices(name).values())


def _write_lists(book: Any) -> None:
    page = book.add_worksheet(LISTS_TITLE)
    for index, name in enumerate(_LISTS):
        page.write_string(0, index, name)
        for line, label in enumerate(_entries(name), start=1):
            page.write_string(line, index, label)
    page.hide()
