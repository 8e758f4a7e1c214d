"""The memorandum of the whole demonstration federation: its figures, and its files but the PDF."""

import tempfile
from collections.abc import Iterator
from itertools import product
from pathlib import Path

from backoffice.federation.models import Organisation
from bench.database import empty_database
from bench.federation import AS_OF, YEAR
from bench.table import Row
from bench.timing import fresh, peak_mb, timed
from reports.demo.employers import NUMBERS, YEARS, employer_rows
from reports.demo.people import open_the_collection
from reports.exchange.importer import import_workbook
from reports.exchange.writer import write_workbook
from reports.justifications import federation_dossiers
from reports.memorandum.computing import compute_memorandum
from reports.memorandum.memorandum import Memorandum
from reports.memorandum.writing import render_files
from reports.startup import warm


def measure(*, quick: bool) -> Iterator[Row]:
    """Figures and files of a year; the alternative reads what every dossier shows instead."""
    empty_database()
    fresh("bench.memorandum:load", numbers=NUMBERS[:: 8 if quick else 1])
    warm()
    runs = 2 if quick else 3
    taken = timed(_files, runs)
    memory = peak_mb()
    employers = list(Organisation.objects.order_by("name"))
    dossiers = timed(lambda: list(federation_dossiers(employers, YEAR, AS_OF)), 1)
    found = compute_memorandum(YEAR, AS_OF)
    counts = found.counts()
    yield Row.of(
        f"memorandum of {YEAR}: {sum(found.services.values())} services, "
        f"{len(found.entries)} figures ({counts['hidden']} hidden), json and xlsx",
        taken,
        target="< 3 s, < 500 MB",
        alternative="laying out every dossier, before any sum",
        other=dossiers.middle,
        memory=f"{memory:.0f} MB",
    )


def _files() -> Memorandum:
    found = compute_memorandum(YEAR, AS_OF)
    render_files(found, ("json", "xlsx"))
    return found


def load(numbers: list[str]) -> int:
    """Import every year of each employer, in a process whose memory is not counted."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "year.xlsx"
        for number, year in product(numbers, YEARS):
            rows = employer_rows(number, year)
            write_workbook(rows, path, enterprise_number=number, year=year, demo=True)
            report = import_workbook(path)
            if not report.applied:
                raise RuntimeError(f"{number} {year} was refused: {report.problems[:3]}")
    open_the_collection()
    return len(numbers)
