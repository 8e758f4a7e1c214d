"""A workbook of the former version: read, and what it could not say stays as it is stored."""

from pathlib import Path

import openpyxl
import pytest

from backoffice.federation.models import ApprovedPosition
from grants.models import Award
from invoices.models import OpeningBalance, SalesInvoice
from reports.exchange.importer import import_workbook
from reports.exchange.sheets import SHEETS
from staffing.models import ContractLine
from tests.reports.exchange.workbooks import Rows, applied, changed, plain_rows, refused, write

pytestmark = pytest.mark.django_db


def former(path: Path, *, version: int = 1) -> Path:
    """The same workbook without the sheets and columns that came later."""
    book = openpyxl.load_workbook(path)
    book["Couverture"]["B5"] = version
    for sheet in SHEETS:
        if sheet.since > 1:
            del book[sheet.title]
            continue
        for at, column in reversed(list(enumerate(sheet.columns, start=1))):
            if column.since > 1:
                book[sheet.title].delete_cols(at)
    book.save(path)
    return path


def without_the_new(rows: Rows) -> None:
    for sheet in ("positions", "sales", "applications", "budget", "openings"):
        rows[sheet] = []


def test_a_workbook_of_the_former_version_is_imported(tmp_path: Path) -> None:
    applied(former(write(tmp_path)))
    assert ContractLine.objects.get().status == "employee"
    assert not SalesInvoice.objects.exists()
    assert import_workbook(changed(tmp_path, without_the_new)).nothing_changed


@pytest.mark.parametrize("remove", [True, False])
def test_what_the_former_version_could_not_say_is_kept(tmp_path: Path, *, remove: bool) -> None:
    def enrich(rows: Rows) -> None:
        rows["contract_lines"][0]["status"] = "manual"
        rows["invoices"][0]["person"] = "Personne Inventée"
        old = rows["awards"][0] | {"reference": "MAR-23", "ends_on": None}
        old["starts_on"] = old["starts_on"].replace(year=2023)
        rows["awards"].append(old)
        rows["awards"][0]["renews"] = "MAR-23"

    path = changed(tmp_path, enrich)
    applied(path)
    report = import_workbook(former(path), remove_absent=remove)
    assert (report.problems, report.absent, report.nothing_changed) == ([], [], True)
    assert ContractLine.objects.get().status == "manual"
    assert Award.objects.get(renews__reference="MAR-23").reference == "MAR-24"
    assert ApprovedPosition.objects.count() == OpeningBalance.objects.count() == 1


def test_a_workbook_of_this_version_lacks_no_sheet_nor_column(tmp_path: Path) -> None:
    report = import_workbook(former(write(tmp_path), version=2))
    late = [sheet.title for sheet in SHEETS if sheet.since > 1]
    columns = [c.header for s in SHEETS if s.since == 1 for c in s.columns if c.since > 1]
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
