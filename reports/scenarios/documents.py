"""A comparison in each of its formats."""

from reports.board.pdf_file import render_pdf
from reports.board.reading import read_alone
from reports.scenarios.comparing import Comparison
from reports.scenarios.json_file import render_json
from reports.scenarios.workbook.book import render_xlsx


def render_files(found: Comparison) -> dict[str, bytes]:
    """The files of a comparison by extension, in the language in force."""
    return {
        "json": render_json(found),
        "xlsx": render_xlsx(found),
        "pdf": render_pdf(read_alone(found)),
    }
