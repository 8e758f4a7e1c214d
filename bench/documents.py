"""The documents of a long dossier: workbook, PDF, and memory over many documents."""

import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
from django.conf import settings
from django.template.loader import render_to_string
from openpyxl import Workbook, load_workbook

from backoffice.federation.models import Organisation
from bench.database import empty_database
from bench.table import Row
from bench.timing import Timing, family_mb, fresh, peak_mb, timed
from bench.year import AS_OF, AWARD, YEAR, write_year, year_rows
from reports.documents.json_file import render_json
from reports.documents.paper import shown
from reports.documents.pdf_file import PAGE, render_pdf, typeset
from reports.documents.xlsx_file import render_xlsx
from reports.dossier import Dossier
from reports.exchange.importer import import_workbook
from reports.justifications import award_dossier

LONG, SHORT = (20, 760), (5, 105)
"""Workers and invoices: 1,000 lines and 165 lines, all on one award."""
_FEW, _MANY = 5, 50
_CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
_FLAGS = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --no-pdf-header-footer "
    "--disable-background-networking --disable-component-update --disable-sync"
)


def measure(*, quick: bool) -> Iterator[Row]:
    """A dossier of 1,000 lines, then fifty of 165."""
    lines = sum(LONG[:1]) * 12 + LONG[1]
    _store(*LONG)
    xlsx = fresh("bench.documents:xlsx", runs=3 if quick else 5)
    yield Row(
        f"dossier of {lines:,} lines: xlsx",
        xlsx["median"],
        xlsx["spread"],
        target="< 1 s",
        alternative="openpyxl write_only, same cells without formats",
        other=xlsx["openpyxl"],
        memory=f"{xlsx['cells']:,} cells, {xlsx['peak']:.0f} MB",
    )
    pdf = fresh("bench.documents:pdf", runs=1 if quick else 3)
    chromium = fresh("bench.documents:chromium", runs=1 if quick else 3)
    yield Row(
        f"dossier of {lines:,} lines: pdf (PDF/A-3a, PDF/UA-1)",
        pdf["median"],
        pdf["spread"],
        target="< 12 s, < 300 MB",
        alternative=chromium["name"],
        other=chromium["median"],
        memory=f"{pdf['press']:.0f} MB peak in the press, {pdf['caller']:.0f} MB in the caller; "
        f"{pdf['pages']} pages",
    )
    _store(*SHORT)
    yield _flat(10 if quick else _MANY)


def _flat(documents: int) -> Row:
    found = fresh("bench.documents:many", few=_FEW, documents=documents)
    grown = found["last"] - found["first"]
    return Row(
        f"pdf of 165 lines, {documents} in one process",
        found["median"],
        found["spread"],
        target="memory flat over 50" if documents == _MANY else "",
        memory=f"{found['first']:.0f} MB after {_FEW}, {found['last']:.0f} MB after {documents} "
        f"({grown:+.0f})",
    )


def _store(workers: int, invoices: int) -> None:

    empty_database()
    with tempfile.TemporaryDirectory() as folder:
        path = write_year(Path(folder) / "year.xlsx", year_rows(workers, invoices, one_award=True))
        report = import_workbook(path)
    if not report.applied:
        raise RuntimeError(f"the workbook was refused: {report.problems[:3]}")


def _dossier() -> Dossier:

    return award_dossier(Organisation.objects.get(), AWARD, YEAR, AS_OF)


def xlsx(runs: int) -> dict[str, Any]:
    """The workbook, and the same cells by openpyxl."""
    dossier = _dossier()

    ours = timed(lambda: render_xlsx(dossier), runs)
    peak = peak_mb()

    book = load_workbook(BytesIO(render_xlsx(dossier)), read_only=True)
    sheets = [(page.title, list(page.iter_rows(values_only=True))) for page in book]
    return {
        "median": ours.middle,
        "spread": ours.spread,
        "peak": peak,
        "openpyxl": timed(lambda: _by_openpyxl(sheets), runs).middle,
        "cells": sum(len(row) for _, rows in sheets for row in rows),
    }


def _by_openpyxl(sheets: Sequence[tuple[str, Sequence[Sequence[Any]]]]) -> bytes:

    book, content = Workbook(write_only=True), BytesIO()
    for title, rows in sheets:
        page = book.create_sheet(title)
        for row in rows:
            page.append(row)
    book.save(content)
    return content.getvalue()


def pdf(runs: int) -> dict[str, Any]:
    """The PDF with its attachments; pages read back."""
    dossier = _dossier()

    attached = {
        "justification.json": render_json(dossier),
        "justification.xlsx": render_xlsx(dossier),
    }
    found: list[bytes] = []
    times = timed(lambda: found.append(render_pdf(dossier, attached)), runs)
    ours, both = peak_mb(), family_mb("VmHWM")

    with pikepdf.open(BytesIO(found[-1])) as document:
        pages = len(document.pages)
    return {
        "median": times.middle,
        "spread": times.spread,
        "press": both - ours,
        "caller": ours,
        "pages": pages,
    }


def many(few: int, documents: int) -> dict[str, Any]:
    """Resident memory after a few documents and after many, in one process."""
    dossier = _dossier()

    seconds, sizes = [], []
    for _ in range(documents):
        seconds.append(timed(lambda: render_pdf(dossier, {}), 1).middle)
        sizes.append(family_mb("VmRSS"))
    times = Timing(tuple(seconds))
    return {
        "median": times.middle,
        "spread": times.spread,
        "first": sizes[few - 1],
        "last": sizes[-1],
    }


def _html(dossier: Dossier) -> str:

    style = settings.BASE_DIR / "templates" / "documents" / "justification.css"
    link = f'<link rel="stylesheet" href="{style.as_uri()}"></head>'
    return typeset(render_to_string(PAGE, shown(dossier))).replace("</head>", link, 1)


def chromium(runs: int) -> dict[str, Any]:
    """The same HTML printed by Chromium, where it is installed."""
    program = next(filter(None, map(shutil.which, _CHROMIUM)), None)
    if program is None:
        return {"name": "SKIPPED: Chromium is not installed", "median": None}
    dossier = _dossier()

    with tempfile.TemporaryDirectory() as folder:
        page, out = Path(folder) / "page.html", Path(folder) / "page.pdf"
        page.write_text(_html(dossier), encoding="utf-8")
        command = [
            program,
            *_FLAGS.split(),
            f"--user-data-dir={folder}/profile",
            f"--print-to-pdf={out}",
            page.as_uri(),
        ]

        def printed() -> None:
            subprocess.run(command, check=True, capture_output=True, timeout=120)  # noqa: S603

        return {
            "name": "the same HTML by Chromium, no PDF/A",
            "median": timed(printed, runs).middle,
        }
