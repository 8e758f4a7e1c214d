"""Out and in again: the same rows, whatever the order of the years."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from django.apps import apps
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from backoffice.federation.models import Approval, Organisation
from grants.models import Award
from reports.exchange.exporter import export_workbook, rows_of_year
from reports.exchange.importer import import_workbook
from reports.exchange.registry import RESOURCES
from reports.exchange.sheets import SHEETS
from staffing.models import Worker
from tests import factories as f
from tests.reports.exchange.workbooks import BCE, applied, forget_everything, plain_rows, write

pytestmark = pytest.mark.django_db
YEARS = (2023, 2024)


@pytest.fixture
def employer() -> Organisation:
    """Two years of one employer, with every kind of row and rows that run past the year."""
    own = f.OrganisationFactory(name="=Canal, +ASBL", contact="@Directrice", is_demo=True)
    approval = f.ApprovalFactory(organisation=own, code="-CASG", starts_on=date(1995, 6, 1))
    f.SiteFactory(approval=approval)
    f.ApprovedPositionFactory(approval=approval, diploma="", origin="antenna")
    old = f.AwardFactory(
        organisation=own,
        approval=approval,
        starts_on=date(2023, 1, 1),
        ends_on=date(2023, 12, 31),
    )
    f.AwardFactory(organisation=own, approval=approval, renews=old)
    long = f.AwardFactory(organisation=own, starts_on=date(2021, 4, 1), ends_on=None)
    f.AmendmentFactory(award=long)
    f.TermFactory(award=long, code="premium_rate", value="95 %")
    f.TermFactory(award=long, starts_on=date(2022, 1, 1), ends_on=None, value="1/3", code="units")
    post = f.PostFactory(award=long, fte=Decimal("0.7895"))
    f.ReceiptFactory(
        award=old,
        year=2023,
        instalment=f.InstalmentFactory(award=old, year=2023, due_on=date(2024, 2, 1)),
    )
    f.ReceiptFactory(award=old, year=2023, amount=Decimal("-0.01"))
    gone, stays = f.WorkerFactory.create_batch(2, organisation=own)
    f.ContractLineFactory(worker=gone, approval=approval, ends_on=date(2023, 11, 30))
    f.ContractLineFactory(
        worker=stays,
        replaces=gone,
        kind="replacement",
        starts_on=date(2023, 11, 30),
        weekly_hours=Decimal("19.50"),
        status="manual",
    )
    files_and_declarations(approval, gone, stays)
    for worker, month in (
        (gone, date(2023, 11, 1)),
        (stays, date(2023, 12, 1)),
        (stays, date(2024, 1, 1)),
    ):
        pay = f.PayMonthFactory(worker=worker, month=month)
        f.PayItemFactory(pay_month=pay)
        f.PayItemFactory(pay_month=pay, cost_item="onss_reduction", amount=Decimal("-12.34"))
    f.AssignmentFactory(worker=stays, post=post, starts_on=date(2023, 12, 15))
    supplier = f.SupplierFactory(organisation=own, enterprise_number="")
    early = f.InvoiceFactory(supplier=supplier, issued_on=date(2022, 12, 20), amount=Decimal("-5"))
    f.VentilationFactory(invoice=early, award=old, share_numerator=1, share_denominator=3, key="")
    late_invoice = f.InvoiceFactory(
        supplier=supplier, approval=approval, issued_on=date(2024, 1, 5)
    )
    f.VentilationFactory(invoice=late_invoice, award=old)
    f.VentilationFactory(invoice=late_invoice, award=long, share_numerator=1)
    f.InvoiceFactory(
        supplier=supplier, person="+Personne inventée", function="legal", hours=Decimal("7.50")
    )
    sales_and_plans(approval, old, long)
    return own


def files_and_declarations(approval: Approval, gone: Worker, stays: Worker) -> None:
    """Volumes, documents of every kind, a DmfA with all, some and none of its three fields."""
    f.ActivityVolumeFactory(approval=approval, year=2024)
    f.ActivityVolumeFactory(approval=approval, year=2023, mission="social", unit="week_hours")
    f.WorkerDocumentFactory(worker=gone, level="bachelor", dated_on=date(1961, 6, 30))
    f.WorkerDocumentFactory(worker=stays, kind="contract", reference="=CT-1", transmitted_on=None)
    f.WorkerDocumentFactory(worker=stays, kind="amendment", received_on=None)
    f.WorkerDocumentFactory(worker=stays, kind="derogation", valid_until=date(2026, 12, 31))
    f.WorkerDocumentFactory(worker=stays, kind="seniority", months=0)
    f.DmfaLineFactory(worker=gone, quarter=date(2023, 10, 1), exempt_pay=Decimal("12.34"))
    f.DmfaLineFactory(worker=stays, other_subsidies=Decimal("0.00"), evidence="")
    f.DmfaLineFactory(worker=stays, number=2, funded_hours=None)


def sales_and_plans(approval: Approval, old: Award, long: Award) -> None:
    """Sales, applications, a line of budget and an opening balance."""
    own = approval.organisation
    f.SalesInvoiceFactory(organisation=own, approval=approval)
    f.SalesInvoiceFactory(organisation=own, received_on=None, payment_reference="")
    asked = f.ApplicationFactory(organisation=own, year=2024, approval=approval, award=long)
    f.ApplicationFactory(
        organisation=own, year=2023, amount=None, scheme="", state="draft", asked_on=None
    )
    f.BudgetLineFactory(organisation=own, year=2024, award=long, application=asked)
    f.OpeningBalanceFactory(organisation=own, approval=approval, award=old, year=2022)


def exported(own: Organisation, folder: Path) -> dict[int, Path]:
    paths = {year: folder / f"{year}.xlsx" for year in YEARS}
    for year, path in paths.items():
        export_workbook(own, year, path)
    return paths


def stored() -> Mapping[str, object]:
    """Every row of every model, without the database's own numbers."""
    own = Organisation.objects.get()
    counts = {r.sheet.code: r.Meta.model.objects.count() for r in RESOURCES}
    return {"counts": counts} | {str(year): rows_of_year(own, year) for year in (2022, *YEARS)}


@pytest.mark.parametrize("year", YEARS)
def test_importing_what_was_exported_changes_nothing_and_says_so(
    employer: Organisation, tmp_path: Path, year: int
) -> None:
    report = applied(exported(employer, tmp_path)[year])
    assert report.nothing_changed
    assert report.changes == []
    assert sum(count.unchanged for count in report.counts.values()) > 10


@pytest.mark.parametrize("order", [YEARS, YEARS[::-1]], ids=["oldest first", "newest first"])
def test_the_years_in_any_order_give_the_rows_that_were_exported(
    employer: Organisation, tmp_path: Path, order: tuple[int, ...]
) -> None:
    before = stored()
    paths = exported(employer, tmp_path)
    forget_everything()
    for year in order:
        applied(paths[year])
    assert stored() == before
    assert all(import_workbook(path).nothing_changed for path in paths.values())


def test_every_kind_of_row_is_in_the_workbook_of_one_of_the_years(employer: Organisation) -> None:
    found = {
        sheet for year in YEARS for sheet, rows in rows_of_year(employer, year).items() if rows
    }
    assert found == {sheet.code for sheet in SHEETS}


def test_every_model_with_a_natural_key_goes_through_the_workbook() -> None:
    ours = {
        model
        for app in ("federation", "grants", "staffing", "invoices")
        for model in apps.get_app_config(app).get_models()
    }
    left_out = {model.__name__ for model in ours - {r.Meta.model for r in RESOURCES}}
    assert left_out == {
        "AllocationNote",
        "Collection",
        "ConsentUse",
        "Participation",
        "Task",
        "AuditEntry",
        "AuditSeal",
        "Preference",
        "Membership",
        "FederationMember",
        "Consent",
        "StoredFile",
        "Identity",
        "FigureEntry",
        "FigureVerification",
        "Deadline",
        "DeadlineEvent",
        "DeadlineReminder",
        "CalendarFeed",
        "Job",
        "JobStep",
        "TrialBalance",
        "TrialBalanceLine",
        "TreasuryRules",
    }


def test_the_workbook_of_a_year_leaves_out_what_does_not_touch_it(employer: Organisation) -> None:
    rows = rows_of_year(employer, 2023)
    assert {row["month"].year for row in rows["pay"]} == {2023}
    assert len(rows["invoices"]) == 2
    assert sorted(row["starts_on"] for row in rows["contract_lines"]) == [
        date(2022, 1, 1),
        date(2023, 11, 30),
    ]
    assert rows_of_year(employer, 2019)["awards"] == []


def test_an_invoice_of_an_open_award_is_only_in_the_year_of_its_date(
    employer: Organisation,
) -> None:
    open_award = employer.awards.get(ends_on=None)
    invoice = f.InvoiceFactory(
        supplier=employer.suppliers.get(), issued_on=date(2023, 5, 1), piece="OPEN"
    )
    f.VentilationFactory(invoice=invoice, award=open_award)
    pieces = {
        year: {row["piece"] for row in rows_of_year(employer, year)["invoices"]} for year in YEARS
    }
    assert "OPEN" in pieces[2023]
    assert "OPEN" not in pieces[2024]


def test_another_employer_with_the_same_keys_is_left_alone(
    employer: Organisation, tmp_path: Path
) -> None:
    paths = exported(employer, tmp_path)
    path = write(tmp_path)
    applied(path)
    other = Organisation.objects.get(enterprise_number=BCE)
    before = rows_of_year(other, 2024)
    for one in paths.values():
        assert import_workbook(one).nothing_changed
    assert rows_of_year(other, 2024) == before


def test_a_text_that_could_run_is_text_in_the_file(employer: Organisation, tmp_path: Path) -> None:
    book = openpyxl.load_workbook(exported(employer, tmp_path)[2024])
    cell = book["Organisation"]["B2"]
    assert (cell.value, cell.data_type) == ("'=Canal, +ASBL", "s")
    assert not any(
        cell.data_type == "f" for page in book for row in page.iter_rows() for cell in row
    )


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(name=st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=60))
def test_any_name_comes_back_as_it_was(tmp_path: Path, name: str) -> None:
    rows = plain_rows()
    rows["workers"][0]["name"] = name
    report = import_workbook(write(tmp_path, rows))
    if not name.strip():
        assert [problem.code for problem in report.problems] == ["required"]
        return
    assert report.applied
    worker = Organisation.objects.get(enterprise_number=BCE).workers.get(number="W01")
    assert worker.name == name.strip()


def test_the_same_rows_give_the_same_bytes(employer: Organisation, tmp_path: Path) -> None:
    first = exported(employer, tmp_path)[2024].read_bytes()
    assert exported(employer, tmp_path)[2024].read_bytes() == first
