"""What one import does must not disturb another that runs at the same time."""

from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from reports.demo.employer import DEMO_ENTERPRISE_NUMBER, demo_rows
from reports.exchange.importer import import_workbook
from reports.exchange.writer import write_workbook
from staffing.models import Worker

pytestmark = pytest.mark.django_db


def test_an_import_leaves_the_keys_that_another_has_taken(tmp_path: Path) -> None:
    path = tmp_path / "classeur.xlsx"
    number = DEMO_ENTERPRISE_NUMBER
    write_workbook(demo_rows(2023), path, enterprise_number=number, year=2023, demo=True)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert import_workbook(path).applied
    assert Worker.objects.exists()
    assert not [query["sql"] for query in queries if "setval" in query["sql"].lower()]
