"""A workbook being written: its formats, and sheets that are filled from top to bottom.

Rows go to disk as they come (constant memory): a sheet never goes back to a row above.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction
from io import BytesIO
from math import ceil
from typing import Any, Generic, TypeVar

import xlsxwriter
from django.utils.translation import gettext
from xlsxwriter.utility import xl_rowcol_to_cell

from backoffice.engine import money
from backoffice.web.templatetags.money import day
from reports.documents.words import marks, unknown
from reports.dossier import Cover, Dossier
from reports.exchange.escaping import escape

Line = TypeVar("Line")
Value = str | int | Decimal | Fraction | date | None
_A4 = 9
_INK, _SOFT, _LINE, _PAPER = "#1B2A41", "#5A6B82", "#C9D1DC", "#E9EEF5"
_FTE_DECIMALS = 6
_LONGEST_TEXT = 32_767
_LINE_HEIGHT, _HIGHEST_ROW = 13, 400

_KINDS: dict[str, dict[str, Any]] = {
    "text": {"align": "left", "indent": 1, "text_wrap": True},
    "code": {"align": "left", "indent": 1},
    "money": {"num_format": "#,##0.00;[Red]-#,##0.00", "align": "right"},
    "hours": {"num_format": "#,##0.00", "align": "right"},
    "fte": {"num_format": "0.0000", "align": "right"},
    "ratio": {"num_format": "0.######", "align": "right"},
    "share": {"num_format": "0.00%", "align": "right"},
    "count": {"num_format": "#,##0", "align": "right"},
    "day": {"num_format": "dd/mm/yyyy", "align": "center"},
    "month": {"num_format": "mm/yyyy", "align": "center"},
}
_LOOKS: dict[str, dict[str, Any]] = {
    "line": {"bottom": 1, "bottom_color": _LINE},
    "total": {"bold": True, "top": 1, "bottom": 2, "bg_color": _PAPER},
    "frozen": {"bottom": 1, "bottom_color": _LINE, "font_color": _SOFT},
    "alert": {"bottom": 1, "bottom_color": _LINE, "bg_color": "#FBE3E1", "font_color": "#8C1D18"},
    "doubt": {"bottom": 1, "bottom_color": _LINE, "bg_color": "#FFF3D6", "font_color": "#6B4A00"},
    "plain": {},
}
_PARTS: dict[str, dict[str, Any]] = {
    "title": {"bold": True, "font_size": 16, "font_color": _INK},
    "subtitle": {"font_size": 11, "font_color": _SOFT},
    "section": {"bold": True, "font_size": 12, "font_color": _INK, "bottom": 2},
    "label": {"font_color": _SOFT, "valign": "top"},
    "head": {
        "bold": True,
        "font_color": "#FFFFFF",
        "bg_color": _INK,
        "text_wrap": True,
        "valign": "vcenter",
        "align": "center",
    },
    "small": {"font_size": 8, "font_color": _SOFT, "text_wrap": True, "valign": "top"},
    "warning": {"bold": True, "font_color": "#8C1D18"},
    "box": {
        "border": 1,
        "border_color": _SOFT,
        "valign": "top",
        "font_color": _SOFT,
        "text_wrap": True,
    },
}


@dataclass(frozen=True)
class Column(Generic[Line]):
    """One column of a list: its head in French, the kind of its cells, its width, what it shows."""

    label: str
    kind: str
    width: int
    get: Callable[[Line], Value]
    total: bool = False


@dataclass(frozen=True)
class Imprint:
    """What every sheet says: the title of the file, whose it is, about what, on which day.

    `year` is the exercise, or words where there is none. `marks` is what must be said on every
    page: invented data, draft or frozen version.
    """

    title: str
    organisation: str
    subject: str
    year: int | str
    as_of: date
    marks: str

    @classmethod
    def of(cls, cover: Cover) -> "Imprint":
        """The imprint of a justification."""
        words = {"award": cover.reference, "year": cover.year}
        title = gettext("Justification %(award)s %(year)s") % words
        said = " \u2013 ".join(marks(cover))
        return cls(title, cover.organisation, cover.reference, cover.year, cover.as_of, said)


class Bound:
    """A workbook being filled; `close` returns its bytes, the same for the same content."""

    def __init__(self, imprint: Imprint) -> None:
        self.imprint = imprint
        self._bytes = BytesIO()
        self._book = xlsxwriter.Workbook(
            self._bytes,
            {
                "constant_memory": True,
                "strings_to_formulas": False,
                "strings_to_urls": False,
                "strings_to_numbers": False,
            },
        )
        made = datetime(imprint.as_of.year, imprint.as_of.month, imprint.as_of.day, tzinfo=UTC)
        self._book.set_properties(
            {
                "title": imprint.title,
                "author": imprint.organisation,
                "company": imprint.organisation,
                "comments": imprint.marks,
                "created": made.replace(tzinfo=None),
            }
        )
        self._book.set_calc_mode("auto")
        self._formats: dict[tuple[str, str], Any] = {}

    def format(self, name: str, look: str = "") -> Any:
        """A part of the page by name, or a kind of cell with one of the looks."""
        if (name, look) not in self._formats:
            asked = {**_KINDS[name], **_LOOKS[look], "valign": "top"} if look else _PARTS[name]
            whole = {"font_name": "Calibri", "font_size": 10, **asked}
            self._formats[name, look] = self._book.add_format(whole)
        return self._formats[name, look]

    def sheet(self, name: str, widths: Sequence[int]) -> "Page":
        """A new sheet, printed on landscape A4, one page wide."""
        return Page(self, self._book.add_worksheet(gettext(name)), widths)

    def close(self) -> bytes:
        self._book.close()
        return self._bytes.getvalue()


class Book(Bound):
    """The workbook of one dossier."""

    def __init__(self, dossier: Dossier) -> None:
        super().__init__(Imprint.of(dossier.cover))
        self.dossier = dossier


class Page:
    """One sheet; `row` is the next row to write (0 is the first)."""

    def __init__(self, book: Bound, sheet: Any, widths: Sequence[int]) -> None:
        self.book, self.sheet, self.row, self.widths = book, sheet, 0, widths
        for column, width in enumerate(widths):
            sheet.set_column(column, column, width)
        imprint = book.imprint
        sheet.hide_gridlines(2)
        sheet.set_landscape()
        sheet.set_paper(_A4)
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(left=0.5, right=0.5, top=0.75, bottom=0.7)
        where = imprint.marks.replace("&", "&&")
        sheet.set_header(f'&L&"Calibri,Bold"&9{where}&R&9&A')
        name = f"{imprint.organisation} \u2013 {imprint.subject} \u2013 {imprint.year}"
        sheet.set_footer(f"&L&8{name.replace('&', '&&')}&R&8{gettext('page')} &P / &N")

    def say(self, text: str, part: str) -> None:
        """A text on a row of its own."""
        self.sheet.write_string(self.row, 0, _safe(text), self.book.format(part))
        self.row += 1

    def titles(self, title: str) -> None:
        """The title of the sheet, whose file it is, and whether it may be relied on."""
        imprint = self.book.imprint
        self.say(title, "title")
        as_of = gettext("situation au %s") % day(imprint.as_of)
        subject = f"{imprint.subject}, {imprint.year}, {as_of}"
        self.say(f"{imprint.organisation} \u2013 {subject}", "subtitle")
        self.say(imprint.marks, "warning")

    def heads(self, labels: Sequence[str], *, height: int = 32) -> None:
        """The head of a list, in the language of whoever reads."""
        self.sheet.set_row(self.row, height)
        for column, label in enumerate(labels):
            self.sheet.write_string(self.row, column, gettext(label), self.book.format("head"))
        self.row += 1

    def freeze(self, columns: int) -> None:
        """Keep in sight, on screen and on each page, the rows above the next one."""
        self.sheet.freeze_panes(self.row, columns)
        self.sheet.repeat_rows(self.row - 1)

    def line(self, cells: Sequence[tuple[Value, str]], look: str = "line") -> None:
        """One row of values with their kinds, as high as its longest text."""
        self.make_room(
            {
                column: value
                for column, (value, kind) in enumerate(cells)
                if kind == "text" and isinstance(value, str)
            }
        )
        for column, (value, kind) in enumerate(cells):
            self.put(column, value, kind, look)
        self.row += 1

    def make_room(self, texts: Mapping[int, str]) -> None:
        """Set the height of the current row by the texts that wrap in it, by column."""
        lines = max(
            (
                sum(ceil(max(len(part), 1) / self.widths[column]) for part in text.split("\n"))
                for column, text in texts.items()
            ),
            default=1,
        )
        if lines > 1:
            self.sheet.set_row(self.row, min(lines * _LINE_HEIGHT, _HIGHEST_ROW))

    def put(self, column: int, value: Value, kind: str, look: str = "line") -> None:
        """One cell of the current row; an unknown number is said."""
        form = self.book.format(kind, look)
        if isinstance(value, str):
            self.sheet.write_string(self.row, column, _safe(value), form)
        elif value is None and kind in {"money", "fte"}:
            self.sheet.write_string(self.row, column, unknown(), form)
        elif value is None:
            self.sheet.write_blank(self.row, column, None, form)
        elif isinstance(value, date):
            moment = datetime(value.year, value.month, value.day)  # noqa: DTZ001
            self.sheet.write_datetime(self.row, column, moment, form)
        else:
            number = _decimal(value) if isinstance(value, Fraction) else value
            self.sheet.write_number(self.row, column, number, form)

    def formula(
        self, place: int, formula: str, value: int | str | None, look: str = "line"
    ) -> None:
        """A live formula with the value that it has today: cents, or a text."""
        shown = money.euros(value) if isinstance(value, int) else value or ""
        kind = "code" if isinstance(value, str) else "money"
        form = self.book.format(kind, look)
        self.sheet.write_formula(self.row, place, f"={formula}", form, shown)

    def listing(self, columns: Sequence[Column[Any]], lines: Sequence[Any], empty: str) -> range:
        """A list with its head and totals; returns its rows, at least one."""
        self.heads([column.label for column in columns])
        self.freeze(2)
        first = self.row
        for line in lines:
            self.line([(column.get(line), column.kind) for column in columns])
        if not lines:
            self.say(empty, "subtitle")
        rows = range(first, self.row)
        self.sheet.autofilter(first - 1, 0, rows[-1], len(columns) - 1)
        self._totals(columns, lines, rows)
        return rows

    def _totals(self, columns: Sequence[Column[Any]], lines: Sequence[Any], rows: range) -> None:
        if not any(column.total for column in columns):
            return
        for place, column in enumerate(columns):
            if column.total:
                cells = span(place, rows)
                value = _cents(column.get(line) for line in lines)
                self.formula(place, f"SUBTOTAL(109,{cells})", value, "total")
            else:
                self.put(place, gettext("Total") if place == 0 else None, "code", "total")
        self.row += 1


def span(column: int, rows: range, sheet: str = "") -> str:
    """The address of some rows of a column, on another sheet if named (by its French name)."""
    first = xl_rowcol_to_cell(rows[0], column, row_abs=True, col_abs=True)
    last = xl_rowcol_to_cell(rows[-1], column, row_abs=True, col_abs=True)
    return f"{f'{sheet_name(sheet)}!' if sheet else ''}{first}:{last}"


def sheet_name(sheet: str) -> str:
    """The name of a sheet in a formula, by its French name."""
    name = gettext(sheet)
    return name if name.isidentifier() else f"'{name}'"


def _cents(values: Any) -> int:
    """Sum of the amounts of a column in cents; the unknown ones are texts, which Excel skips."""
    return sum(money.cents(value) for value in values if value is not None)


def _decimal(value: Fraction) -> Decimal:
    """A ratio as Excel can hold it: six decimals."""
    exact = value * 10**_FTE_DECIMALS
    return Decimal(money.round_ratio(exact.numerator, exact.denominator)).scaleb(-_FTE_DECIMALS)


def _safe(text: str) -> str:
    return escape(text)[:_LONGEST_TEXT]
