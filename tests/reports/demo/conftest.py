"""The whole federation, imported once for the tests that look at it."""

from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from functools import partial
from multiprocessing import get_context
from pathlib import Path

import django
import pytest
from pytest_django import DjangoDbBlocker

from backoffice.federation.models import Organisation
from reports.demo.employers import NUMBERS, YEARS, employer_rows
from reports.dossier import Dossier
from reports.exchange.importer import import_workbook
from reports.exchange.writer import write_workbook
from reports.justifications import year_dossiers
from tests.standing import standing

STATEMENT_DAY = date(2026, 11, 2)


def write_years(folder: Path, number: str) -> list[Path]:
    paths = [folder / f"classeur-{number}-{year}.xlsx" for year in YEARS]
    for year, path in zip(YEARS, paths, strict=True):
        rows = employer_rows(number, year)
        write_workbook(rows, path, enterprise_number=number, year=year, demo=True)
    return paths


def dossiers_of(number: str) -> list[Dossier]:
    organisation = Organisation.objects.get(enterprise_number=number)
    return [one for year in YEARS for one in year_dossiers(organisation, year, STATEMENT_DAY)]


def _written(folder: Path) -> Iterator[Path]:
    """The workbooks, written by another process while this one imports."""
    aside = get_context("spawn")
    with ProcessPoolExecutor(1, mp_context=aside, initializer=django.setup) as pool:
        for paths in pool.map(partial(write_years, folder), NUMBERS):
            yield from paths


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Give the tests of the whole federation a database, after `database` was marked.

    They take most of a minute: they run on SQLite only. On PostgreSQL a few employers go through
    the same door in `test_loading.py`.
    """
    for item in items:
        if "federation" in getattr(item, "fixturenames", ()):
            item.add_marker("django_db")


@pytest.fixture(scope="module")
def federation(
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[dict[str, list[Dossier]]]:
    """Every dossier of the forty employers, by enterprise number.

    Loaded once.
    """
    folder = tmp_path_factory.mktemp("federation")
    with standing(django_db_blocker):
        for path in _written(folder):
            report = import_workbook(path)
            assert report.applied, (path.name, report.problems)
        yield {number: dossiers_of(number) for number in NUMBERS}
