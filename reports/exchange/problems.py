"""What is wrong with a workbook: who, where, and what to do; on screen, in JSON, in a report."""

import io
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import xlsxwriter
from django.utils.translation import gettext as _

from reports.exchange import styles
from reports.exchange.escaping import escape
from reports.exchange.files import write_whole

REPORT_CREATED = datetime(2000, 1, 1)  # noqa: DTZ001 - a fixed day keeps the bytes identical


@dataclass(frozen=True)
class Problem:
    """One thing to correct, or to look at when it does not block.

    `who` is a worker number, a piece, a reference or a code, never a person's name; `month` is
    YYYY-MM or empty; `row` is the number that the spreadsheet shows, None for a whole sheet or
    file; `column` is its letter; `value` is what the cell holds, empty for names and free text.
    """

    code: str
    message: str
    todo: str
    who: str = ""
    month: str = ""
    field: str = ""
    sheet: str = ""
    row: int | None = None
    column: str = ""
    value: str = ""
    blocking: bool = True

    def as_json(self) -> dict[str, Any]:
        """The same, as plain values."""
        return asdict(self)

    def shown(self) -> tuple[str, ...]:
        """The cells of the report, in the order of `headers`."""
        row = "" if self.row is None else str(self.row)
        message = self.message if self.blocking else _("À vérifier : ") + self.message
        return (
            self.who,
            self.month,
            message,
            self.field,
            self.sheet,
            row,
            self.column,
            self.todo,
        )


def headers() -> tuple[str, ...]:
    """The columns of the report, in the order in which users look for them."""
    return (
        _("Qui"),
        _("Mois"),
        _("Message"),
        _("Champ"),
        _("Feuille"),
        _("Ligne"),
        _("Colonne"),
        _("Que faire"),
    )


def remove_box() -> str:
    """The label of the box that asks to remove what the workbook no longer has."""
    return _("Supprimer aussi les lignes enregistrées qui ne sont plus dans le classeur")


_WIDTHS = (16, 10, 58, 22, 16, 8, 9, 58)


def write_report(problems: Sequence[Problem], path: Path) -> None:
    """Write the problems as a workbook of one sheet; with none, it says so.

    Raises:
        FileNotWritten: the disk refused the file; the previous report is intact.
    """
    content = io.BytesIO()
    book = xlsxwriter.Workbook(content, {"in_memory": True})
    book.set_properties({"created": REPORT_CREATED})
    page = book.add_worksheet(_("Problèmes"))
    heading = book.add_format(styles.HEADER | styles.REQUIRED)
    plain = book.add_format(styles.PLAIN)
    for index, (header, width) in enumerate(zip(headers(), _WIDTHS, strict=True)):
        page.set_column(index, index, width, plain)
        page.write_string(0, index, header, heading)
    for line, problem in enumerate(problems, start=1):
        for index, text in enumerate(problem.shown()):
            page.write_string(line, index, escape(text), plain)
    if not problems:
        page.write_string(1, 2, _("Aucun problème."), plain)
    page.freeze_panes(1, 0)
    page.autofilter(0, 0, max(len(problems), 1), len(_WIDTHS) - 1)
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.repeat_rows(0)
    page.set_footer("&R&P / &N")
    book.close()
    write_whole(path, content.getvalue())


def ordered(problems: Sequence[Problem], order: Mapping[str, int]) -> list[Problem]:
    """Blocking first, then by sheet (`order`: title -> rank), row and column."""
    return sorted(
        problems,
        key=lambda p: (
            not p.blocking,
            order.get(p.sheet, -1),
            p.row or 0,
            len(p.column),
            p.column,
        ),
    )
