"""A comparison in each of its formats."""

from collections.abc import Mapping

from reports.board.cash import cash_of
from reports.board.pdf_file import render_pdf
from reports.board.reading import read_alone
from reports.scenarios.comparing import Comparison
from reports.scenarios.json_file import render_json
from reports.scenarios.workbook.book import render_xlsx


def render_figures(found: Comparison) -> Mapping[str, bytes]:
    """The files of the figures by extension, in the language in force."""
    return {"json": render_json(found), "xlsx": render_xlsx(found)}


def render_note(found: Comparison) -> Mapping[str, bytes]:
    """The note for the board by its extension; apart, since it may not be printed.

    Raises:
        CannotWrite: it could not be printed; the message is one sentence for users.
    """
    read = read_alone(found)
    return {"pdf": render_pdf(read, cash_of(read))}
