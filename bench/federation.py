"""The whole demonstration federation: its workbooks in, and every justification of a year."""

import tempfile
from collections.abc import Iterator, Sequence
from datetime import date
from functools import partial
from pathlib import Path

from django.db import connection

from backoffice.federation.models import Organisation
from bench.database import empty_database, scratch
from bench.row_by_row import import_row_by_row
from bench.table import Row
from bench.timing import fresh, peak_mb, timed
from reports.demo.employers import NUMBERS, YEARS, employer_rows
from reports.exchange.importer import import_workbook
from reports.exchange.writer import write_workbook
from reports.justifications import award_dossier, federation_dossiers
from reports.startup import warm

YEAR, AS_OF = 2025, date(2026, 3, 31)
SAMPLE = 4


def measure(*, quick: bool) -> Iterator[Row]:
    """On the database of this process; `quick` takes one employer in eight."""
    numbers = NUMBERS[:: 8 if quick else 1]
    with tempfile.TemporaryDirectory() as folder, scratch():
        warm()  # as the server and the commands do at their start
        fresh("bench.federation:write_workbooks", folder=folder, numbers=numbers)
        yield _imports(Path(folder), numbers)
        yield _dossiers(runs=2 if quick else 3)


def write_workbooks(folder: str, numbers: Sequence[str]) -> int:
    """The workbook of each employer-year, made in a process whose memory is not counted."""
    for year in YEARS:
        for number in numbers:
            rows = employer_rows(number, year)
            path = _path(Path(folder), number, year)
            write_workbook(rows, path, enterprise_number=number, year=year, demo=True)
    return len(YEARS) * len(numbers)


def _path(folder: Path, number: str, year: int) -> Path:
    return folder / f"{number}-{year}.xlsx"


def _imports(folder: Path, numbers: Sequence[str]) -> Row:
    """Every year of every employer, oldest first; a sample of employers the plain way."""
    few = numbers[:SAMPLE]
    plain = sum(timed(partial(_plain, folder, one), 1, empty_database).middle for one in few)
    sample = timed(lambda: _import_all(folder, few), 1, empty_database).middle
    whole = timed(lambda: _import_all(folder, numbers), 1, empty_database)
    years = len(numbers) * len(YEARS)
    return Row.of(
        f"import of {years} employer-years, {connection.display_name}",
        whole,
        target="< 40 s" if connection.vendor == "postgresql" else "< 30 s",
        alternative=f"one save per row, no checks, at the ratio of {len(few) * len(YEARS)} of them",
        other=whole.middle * plain / sample,
        memory=f"{peak_mb():.0f} MB",
    )


def _import_all(folder: Path, numbers: Sequence[str]) -> None:
    for year in YEARS:
        for number in numbers:
            report = import_workbook(_path(folder, number, year))
            if not report.applied:
                raise RuntimeError(f"{number} {year} was refused: {report.problems[:3]}")


def _plain(folder: Path, number: str) -> None:
    for year in YEARS:
        import_row_by_row(_path(folder, number, year), employer_rows(number, year))


def _dossiers(*, runs: int) -> Row:
    """Reading, settling, checks and layout of every award of one year."""
    employers = list(Organisation.objects.order_by("name"))
    counts: list[int] = []

    def together() -> None:
        found = federation_dossiers(employers, YEAR, AS_OF)
        counts.append(sum(len(dossiers) for _employer, dossiers in found))

    taken = timed(together, runs)
    memory = peak_mb()
    few = employers[:SAMPLE]
    wanted = [
        (employer, dossier.cover.reference)
        for employer, dossiers in federation_dossiers(few, YEAR, AS_OF)
        for dossier in dossiers
    ]
    one_by_one = timed(lambda: [award_dossier(*one, YEAR, AS_OF) for one in wanted], 1).middle
    sample = timed(lambda: list(federation_dossiers(few, YEAR, AS_OF)), runs).middle
    return Row.of(
        f"every justification of {YEAR}, {connection.display_name} "
        f"({len(employers)} employers, {counts[-1]} awards)",
        taken,
        target="< 3 s, < 500 MB",
        alternative=f"award by award, at the ratio of {SAMPLE} employers",
        other=taken.middle * one_by_one / sample,
        memory=f"{memory:.0f} MB",
    )
