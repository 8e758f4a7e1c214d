"""The demonstration employer with its closed years."""

from pathlib import Path

import pytest

from backoffice.federation.models import Organisation
from reports.demo.employer import DEMO_ENTERPRISE_NUMBER, YEARS, demo_rows
from reports.exchange.importer import import_workbook
from reports.exchange.writer import write_workbook


@pytest.fixture
def demonstration(db: None, tmp_path: Path) -> Organisation:
    """The employer of the demonstration, every year imported as users would."""
    for year in YEARS:
        path = tmp_path / f"{year}.xlsx"
        rows = demo_rows(year)
        write_workbook(rows, path, enterprise_number=DEMO_ENTERPRISE_NUMBER, year=year, demo=True)
        import_workbook(path)
    return Organisation.objects.get(enterprise_number=DEMO_ENTERPRISE_NUMBER)
