"""The files of a tie-out."""

from collections.abc import Mapping, Sequence

from reports.documents.writing import FORMATS
from reports.tie_out.content import TieOut
from reports.tie_out.json_file import render_json
from reports.tie_out.pdf_file import render_pdf
from reports.tie_out.xlsx_file import render_xlsx


def render_files(found: TieOut, formats: Sequence[str] = FORMATS) -> Mapping[str, bytes]:
    """The bytes of each format asked for; the PDF carries the JSON and the XLSX."""
    made = {"json": render_json(found)} if {"json", "pdf"} & set(formats) else {}
    if {"xlsx", "pdf"} & set(formats):
        made["xlsx"] = render_xlsx(found)
    if "pdf" in formats:
        name = file_name(found)
        made["pdf"] = render_pdf(found, {f"{name}.{key}": made[key] for key in ("json", "xlsx")})
    return {extension: made[extension] for extension in FORMATS if extension in formats}


def file_name(found: TieOut) -> str:
    """A name from the enterprise number and the year."""
    return f"rapprochement-{found.enterprise_number}-{found.year}"
