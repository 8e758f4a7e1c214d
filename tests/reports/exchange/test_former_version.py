"""A workbook of the former version: read, and what it could not say stays as it is stored."""

from pathlib import Path

import openpyxl
import pytest

from backoffice.federation.models import ActivityVolume, ApprovedPosition
from grants.models import Award
from invoices.models import OpeningBalance, SalesInvoice
from reports.exchange.importer import import_workbook
from reports.exchange.sheets import SHEETS, VERSION
from staffing.models import ContractLine, DmfaLine, WorkerDocument
from tests.reports.exchange.workbooks import Rows, applied, changed, plain_rows, refused, write

pytestmark = pytest.mark.django_db


def former(path: Path, *, version: int = 1, says: int | None = None) -> Path:
    """The workbook of a version, without what came later; its cover may say another one."""
    book = openpyxl.load_workbook(path)
    book["Couverture"]["B5"] = says or version
    for sheet in SHEETS:
        if sheet.since > version:
            del book[sheet.title]
            continue
        for at, column in reversed(list(enumerate(sheet.columns, start=1))):
            if column.since > version:
                book[sheet.title].delete_cols(at)
    book.save(path)
    return path


def without_the_new(rows: Rows) -> None:
    for sheet in SHEETS:
        if sheet.since > 1:
            rows[sheet.code] = []


def test_a_workbook_of_the_former_version_is_imported(tmp_path: Path) -> None:
    applied(former(write(tmp_path)))
    assert ContractLine.objects.get().status == "employee"
    assert not SalesInvoice.objects.exists()
    assert import_workbook(changed(tmp_path, without_the_new)).nothing_changed


@pytest.mark.parametrize("version", [1, 2])
@pytest.mark.parametrize("remove", [True, False])
def test_what_a_former_version_could_not_say_is_kept(
    tmp_path: Path, version: int, *, remove: bool
) -> None:
    def enrich(rows: Rows) -> None:
        rows["contract_lines"][0]["status"] = "manual"
        rows["invoices"][0]["person"] = "Personne Inventée"
        old = rows["awards"][0] | {"reference": "MAR-23", "ends_on": None}
        old["starts_on"] = old["starts_on"].replace(year=2023)
        rows["awards"].append(old)
        rows["awards"][0]["renews"] = "MAR-23"

    path = changed(tmp_path, enrich)
    applied(path)
    report = import_workbook(former(path, version=version), remove_absent=remove)
    assert (report.problems, report.absent, report.nothing_changed) == ([], [], True)
    assert ContractLine.objects.get().status == "manual"
    assert Award.objects.get(renews__reference="MAR-23").reference == "MAR-24"
    assert ApprovedPosition.objects.count() == OpeningBalance.objects.count() == 1
    assert WorkerDocument.objects.count() == 2
    assert DmfaLine.objects.count() == ActivityVolume.objects.count() == 1


@pytest.mark.parametrize("version", [1, 2])
def test_a_workbook_of_this_version_lacks_no_sheet_nor_column(tmp_path: Path, version: int) -> None:
    report = import_workbook(former(write(tmp_path), version=version, says=VERSION))
    late = [sheet.title for sheet in SHEETS if sheet.since > version]
    earlier = [sheet for sheet in SHEETS if sheet.since <= version]
    columns = [c.header for sheet in earlier for c in sheet.columns if c.since > version]
    missing = {code: [] for code in ("missing_sheet", "missing_column")}
    for problem in report.problems:
        missing[problem.code].append(problem.field or problem.sheet)
    assert (missing["missing_sheet"], missing["missing_column"]) == (late, columns)


def test_a_former_workbook_may_already_have_a_later_sheet(tmp_path: Path) -> None:
    path = write(tmp_path, plain_rows())
    book = openpyxl.load_workbook(path)
    book["Couverture"]["B5"] = 1
    del book["Ventes"]
    book.save(path)
    applied(path)
    assert OpeningBalance.objects.exists()


def test_a_sheet_of_the_first_version_is_never_left_out(tmp_path: Path) -> None:
    path = former(write(tmp_path))
    book = openpyxl.load_workbook(path)
    del book["Termes"]
    book.save(path)
    assert refused(path, "missing_sheet").sheet == "Termes"
