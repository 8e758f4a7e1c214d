"""The demonstration goes through the front door: workbook, import, checks."""

from datetime import date
from pathlib import Path

import pytest

from backoffice.federation.models import Organisation
from reports.demo.employer import DEMO_ENTERPRISE_NUMBER, PLANTED, YEARS, demo_rows
from reports.exchange.importer import import_workbook
from reports.exchange.writer import write_workbook
from reports.justifications import year_dossiers

pytestmark = pytest.mark.django_db
STATEMENT_DAY = date(2026, 11, 2)


def workbook(folder: Path, year: int) -> Path:
    path = folder / f"demo-{year}.xlsx"
    write_workbook(
        demo_rows(year), path, enterprise_number=DEMO_ENTERPRISE_NUMBER, year=year, demo=True
    )
    return path


@pytest.mark.parametrize("order", [YEARS, YEARS[::-1]], ids=["oldest first", "newest first"])
def test_the_years_import_in_any_order_without_a_problem_and_a_second_time_change_nothing(
    tmp_path: Path, order: tuple[int, ...]
) -> None:
    for year in order:
        report = import_workbook(workbook(tmp_path, year))
        assert report.problems == []
        assert report.applied
    for year in YEARS:
        again = import_workbook(workbook(tmp_path, year))
        assert again.problems == []
        assert again.nothing_changed


def test_the_same_year_writes_the_same_bytes_twice(tmp_path: Path) -> None:
    first = workbook(tmp_path, 2024).read_bytes()
    assert workbook(tmp_path, 2024).read_bytes() == first


def test_the_checks_find_the_planted_faults_and_no_other_error(tmp_path: Path) -> None:
    for year in YEARS:
        import_workbook(workbook(tmp_path, year))
    organisation = Organisation.objects.get(enterprise_number=DEMO_ENTERPRISE_NUMBER)
    found = {
        (year, dossier.cover.reference, check.code, check.who)
        for year in YEARS
        for dossier in year_dossiers(organisation, year, STATEMENT_DAY)
        for check in dossier.checks
        if check.level == "error"
    }
    expected = {
        (fault.year, award, code)
        for fault in PLANTED
        for award in fault.awards
        for code in fault.checks
    }
    assert {(year, award, code) for year, award, code, _ in found} == expected
    assert {who for *_, who in found} == {where for fault in PLANTED for where in fault.where}


def test_the_awards_show_a_cap_a_recovery_own_funds_and_an_unpaid_balance(tmp_path: Path) -> None:
    for year in YEARS:
        import_workbook(workbook(tmp_path, year))
    organisation = Organisation.objects.get(enterprise_number=DEMO_ENTERPRISE_NUMBER)
    amounts = {
        (dossier.cover.reference, year): dossier.amounts
        for year in YEARS
        for dossier in year_dossiers(organisation, year, STATEMENT_DAY)
    }
    assert len(amounts) == 18
    assert {key for key, each in amounts.items() if (each.recovery or 0) > 0} == {
        ("APE-NAMUR", 2024),
        ("COCOF-2025", 2025),
    }
    assert [key for key, each in amounts.items() if (each.balance or 0) > 0] == [
        ("COCOF-2024", 2024)
    ]
    assert amounts["COCOF-2024", 2024].balance == 19_000_00
    for year in YEARS:
        cocof = amounts[f"COCOF-{year}", year]
        assert 230_000_00 < (cocof.payable or 0) < 320_000_00
        assert cocof.presented >= (cocof.admissible or 0)
    ape = amounts["APE-NAMUR", 2024]
    assert ape.payable == ape.presented < (ape.granted or 0)
