"""The workbook of one employer-year in, and out again."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

from backoffice.federation.models import Organisation
from bench.database import empty_database
from bench.row_by_row import import_row_by_row
from bench.table import Row
from bench.timing import timed
from bench.year import YEAR, write_year, year_rows
from reports.exchange.exporter import export_workbook
from reports.exchange.importer import import_workbook

WORKERS, INVOICES = 20, 600


def measure(*, quick: bool) -> Iterator[Row]:
    """First import, second import, export; both ways of importing must store the same rows."""
    runs = 3 if quick else 5
    rows = year_rows(WORKERS, INVOICES)
    with tempfile.TemporaryDirectory() as folder:
        path = write_year(Path(folder) / "year.xlsx", rows)
        empty_database()
        plain = timed(lambda: import_row_by_row(path, rows), 1 if quick else 3, empty_database)
        report = import_workbook(path)
        if not report.nothing_changed:
            raise RuntimeError(f"stored otherwise: {report.problems[:3]} {report.changes[:3]}")
        first = timed(lambda: import_workbook(path), runs, empty_database)
        yield Row.of(
            f"import of one employer-year ({WORKERS} workers, {INVOICES} invoices)",
            first,
            target="< 2 s",
            alternative="openpyxl, update_or_create per row, no checks",
            other=plain.middle,
            memory=f"{sum(len(each) for each in rows.values()):,} rows",
        )
        yield Row.of("the same again: nothing changes", timed(lambda: import_workbook(path), runs))
        employer = Organisation.objects.get()
        out = Path(folder) / "out.xlsx"
        yield Row.of(
            "export of the same year",
            timed(lambda: export_workbook(employer, YEAR, out), runs),
        )
