"""The demonstration's employers with their last year of pay, imported once."""

from datetime import date
from pathlib import Path

import pytest
from pytest_django import DjangoDbBlocker

from backoffice.federation.models import Organisation
from reports.demo.employers import NUMBERS, YEARS, employer_rows
from reports.exchange.importer import import_workbook
from reports.exchange.writer import write_workbook
from reports.scenarios.comparing import Baseline, Horizon, baseline, everyone, one_service, sector
from tests.standing import standing

HORIZON = Horizon(YEARS[-1] + 1, YEARS[-1] + 5, date(2026, 11, 2))


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Give these tests a database, after `database` was marked: they run on SQLite only."""
    for item in items:
        if "baselines" in getattr(item, "fixturenames", ()):
            item.add_marker("django_db")


@pytest.fixture(scope="session")
def baselines(
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> dict[str, Baseline]:
    """What stands today for one service, for the sector of the Walloon centres, for all.

    Read once for both files of the library; their rows are gone.
    """
    folder = tmp_path_factory.mktemp("demo")
    with standing(django_db_blocker):
        for number in NUMBERS:
            _import(folder / f"{number}.xlsx", number)
        rows = list(Organisation.objects.order_by("enterprise_number"))
        walloon = [one for one in rows if one.approvals.filter(kind="CSS").exists()]
        scopes = {"one": one_service(rows[0]), "CSS": sector("CSS", walloon), "all": everyone(rows)}
        return {name: baseline(scope, HORIZON) for name, scope in scopes.items()}


@pytest.fixture
def service(baselines: dict[str, Baseline], tmp_path: Path) -> Organisation:
    """The one service of the baselines, with its rows."""
    number = baselines["one"].facts.names.employers[0]
    _import(tmp_path / "classeur.xlsx", number)
    return Organisation.objects.get(enterprise_number=number)


def _import(path: Path, number: str) -> None:
    """The last year alone: an award of it renews none of a year that is left out."""
    rows = dict(employer_rows(number, YEARS[-1]))
    here = {one["reference"] for one in rows["awards"]}
    rows["awards"] = [
        {**one, "renews": one.get("renews") if one.get("renews") in here else None}
        for one in rows["awards"]
    ]
    write_workbook(rows, path, enterprise_number=number, year=YEARS[-1], demo=True)
    report = import_workbook(path)
    assert report.applied, (number, report.problems)
