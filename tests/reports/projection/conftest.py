"""The demonstration employer with its closed years."""

from collections.abc import Iterator

import pytest
from pytest_django import DjangoDbBlocker

from backoffice.federation.models import Organisation
from reports.demo.employer import DEMO_ENTERPRISE_NUMBER, YEARS, demo_rows
from reports.exchange.importer import import_workbook
from reports.exchange.writer import write_workbook
from tests.standing import standing


@pytest.fixture(scope="module")
def imported(
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Organisation]:
    """The employer of the demonstration, every year imported as users would, once."""
    folder = tmp_path_factory.mktemp("demonstration")
    with standing(django_db_blocker):
        for year in YEARS:
            path, rows = folder / f"{year}.xlsx", demo_rows(year)
            write_workbook(
                rows, path, enterprise_number=DEMO_ENTERPRISE_NUMBER, year=year, demo=True
            )
            import_workbook(path)
        yield Organisation.objects.get(enterprise_number=DEMO_ENTERPRISE_NUMBER)


@pytest.fixture
def demonstration(db: None, imported: Organisation) -> Organisation:
    return imported
