"""Rows taken out of the workbook: named, kept by default, removed on request and only then."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from backoffice.federation.models import Organisation
from grants.models import Award, Receipt
from invoices.models import Ventilation
from reports.demo.employer import DEMO_ENTERPRISE_NUMBER, YEARS, demo_rows
from reports.exchange.exporter import export_workbook
from reports.exchange.importer import import_workbook
from reports.exchange.outcome import Absence, ImportReport
from reports.exchange.registry import RESOURCES
from reports.exchange.writer import write_workbook
from reports.models import Justification, JustificationFile
from staffing.models import Assignment, ContractLine, PayItem, PayMonth, Worker
from tests.reports.exchange.workbooks import (
    OTHER_BCE,
    Rows,
    applied,
    forget_everything,
    plain_rows,
    write,
)

pytestmark = pytest.mark.django_db


def after(folder: Path, change: Callable[[Rows], Any], *, remove: bool = True) -> ImportReport:
    """The outcome of a changed workbook, once the plain one is stored."""
    applied(write(folder))
    rows = plain_rows()
    change(rows)
    return import_workbook(write(folder, rows), remove_absent=remove)


OF_A_WORKER = ("workers", "contract_lines", "worker_documents", "pay", "dmfa", "assignments")


def without(*sheets: str) -> Callable[[Rows], None]:
    def change(rows: Rows) -> None:
        for sheet in sheets:
            rows[sheet] = []

    return change


def test_a_row_taken_out_of_the_workbook_stays_and_is_named(tmp_path: Path) -> None:
    report = after(tmp_path, without("receipts", "assignments"), remove=False)
    assert report.absent == [
        Absence("Versements", "MAR-24", "", "EXT-1"),
        Absence("Affectations", "W01", "", "MAR-24 P1 01/01/2024"),
    ]
    assert report.applied
    assert report.nothing_changed
    assert Receipt.objects.count() == Assignment.objects.count() == 1


def test_a_row_taken_out_of_the_workbook_is_removed_on_request(tmp_path: Path) -> None:
    report = after(tmp_path, without("receipts"))
    assert (report.applied, report.nothing_changed) == (True, False)
    assert not Receipt.objects.exists()


def test_everything_but_the_employer_can_be_removed_at_once(tmp_path: Path) -> None:
    everything = [code for code in plain_rows() if code != "organisation"]
    report = after(tmp_path, without(*everything))
    assert report.problems == []
    left = {r.Meta.model for r in RESOURCES if r.Meta.model.objects.exists()}
    assert left == {Organisation, Worker}, "W02, whom no row names, belongs to no year"


def test_a_removed_month_takes_its_amounts_along(tmp_path: Path) -> None:
    report = after(tmp_path, lambda rows: rows["pay"].pop())
    assert report.absent == [Absence("Paie", "W01", "2024-02", "")]
    assert PayMonth.objects.get().month == date(2024, 1, 1)
    assert {item.pay_month.month for item in PayItem.objects.all()} == {date(2024, 1, 1)}


def test_a_trial_removes_nothing_and_names_the_same(tmp_path: Path) -> None:
    applied(write(tmp_path))
    rows = plain_rows()
    rows["receipts"] = []
    path = write(tmp_path, rows)
    trial = import_workbook(path, dry_run=True, remove_absent=True)
    assert Receipt.objects.count() == 1
    assert trial.absent == import_workbook(path, remove_absent=True).absent


def test_another_employer_and_another_year_are_left_alone(tmp_path: Path) -> None:
    other = plain_rows()
    other["organisation"][0]["enterprise_number"] = OTHER_BCE
    applied(write(tmp_path, other, number=OTHER_BCE))
    later = plain_rows()
    later["awards"][0]["ends_on"] = None
    later["pay"] = [later["pay"][0] | {"month": date(2025, 1, 1)}]
    later["dmfa"] = []
    applied(write(tmp_path, later, year=2025))

    def change(rows: Rows) -> None:
        rows["awards"][0]["ends_on"] = None
        rows["pay"] = []
        rows["receipts"] = []

    after(tmp_path, change)
    months = PayMonth.objects.order_by("month")
    assert [month.month.year for month in months] == [2024, 2024, 2025]
    assert Receipt.objects.get().award.organisation.enterprise_number == OTHER_BCE


def test_a_worker_paid_in_another_year_cannot_be_removed(tmp_path: Path) -> None:
    before = plain_rows()
    before["pay"] = [before["pay"][0] | {"month": date(2023, 5, 1)}]
    before["dmfa"] = []
    applied(write(tmp_path, before, year=2023))
    report = after(tmp_path, without(*OF_A_WORKER))
    assert [(p.code, p.sheet, p.who) for p in report.problems] == [
        ("still_needed", "Travailleurs", "W01"),
        ("still_needed", "Contrats", "W01"),
    ]
    assert "mai 2023" in report.problems[0].message
    assert Worker.objects.count() == 2
    assert PayMonth.objects.count() == 3


def test_an_award_that_has_a_row_of_another_year_cannot_be_removed(tmp_path: Path) -> None:
    before = plain_rows()
    before["amendments"][0] |= {
        "number": 7,
        "decided_on": date(2023, 3, 1),
        "effective_on": date(2023, 3, 1),
    }
    before["pay"] = before["dmfa"] = []
    applied(write(tmp_path, before, year=2023))

    def change(rows: Rows) -> None:
        without("amendments", "terms", "posts", "instalments", "receipts", "assignments")(rows)
        without("budget", "applications")(rows)
        del rows["awards"][0]
        del rows["ventilation"][0]

    report = after(tmp_path, change)
    assert [(p.code, p.who) for p in report.problems] == [("still_needed", "MAR-24")]
    assert "Avenants" in report.problems[0].message
    assert Receipt.objects.exists()


def test_an_award_with_a_frozen_justification_cannot_be_removed(tmp_path: Path) -> None:
    applied(write(tmp_path))
    award = Award.objects.get(reference="COC-24")
    Justification.objects.create(
        award=award,
        year=2024,
        version=1,
        as_of=date(2025, 3, 1),
        document="{}",
        digest="0" * 64,
        file_digests={},
    )

    def change(rows: Rows) -> None:
        del rows["awards"][1]
        del rows["ventilation"][1]
        rows["openings"] = []

    report = after(tmp_path, change)
    assert [(p.code, p.who) for p in report.problems] == [("still_needed", "COC-24")]
    assert "justification figée" in report.problems[0].message
    assert Ventilation.objects.count() == 2


def test_an_award_whose_justification_someone_began_cannot_be_removed(tmp_path: Path) -> None:
    applied(write(tmp_path))
    JustificationFile.objects.create(award=Award.objects.get(reference="COC-24"), year=2024)

    def change(rows: Rows) -> None:
        del rows["awards"][1]
        del rows["ventilation"][1]
        rows["openings"] = []

    report = after(tmp_path, change)
    assert [(p.code, p.who) for p in report.problems] == [("still_needed", "COC-24")]
    assert "dossier de justification" in report.problems[0].message


def test_a_row_that_names_what_was_taken_out_is_refused(tmp_path: Path) -> None:
    report = after(tmp_path, without("posts"))
    assert [p.code for p in report.problems] == ["unknown_post"]
    assert Assignment.objects.exists()


def test_a_workbook_that_cannot_be_read_whole_names_nothing_as_absent(tmp_path: Path) -> None:
    def change(rows: Rows) -> None:
        rows["pay"][0]["paid_hours"] = Decimal(-1)
        rows["receipts"] = []

    report = after(tmp_path, change)
    assert [p.code for p in report.problems] == ["negative"]
    assert report.absent == []


def test_the_start_of_a_contract_is_corrected_by_replacing_the_stored_row(tmp_path: Path) -> None:
    def change(rows: Rows) -> None:
        rows["contract_lines"][0]["starts_on"] = date(2022, 2, 1)

    refused = after(tmp_path, change, remove=False)
    assert [p.code for p in refused.problems] == ["contracts_overlap"]
    assert "--remove-absent" in refused.problems[0].todo
    assert refused.absent == [Absence("Contrats", "W01", "", "01/01/2022")]
    assert after(tmp_path, change).problems == []
    assert ContractLine.objects.get().starts_on == date(2022, 2, 1)


def test_the_start_of_an_assignment_is_corrected_by_replacing_the_stored_row(
    tmp_path: Path,
) -> None:
    def change(rows: Rows) -> None:
        rows["assignments"][0]["starts_on"] = date(2024, 1, 15)

    refused = after(tmp_path, change, remove=False)
    assert [p.code for p in refused.problems] == ["assignments_overlap"]
    assert "déjà enregistrée" in refused.problems[0].message
    assert after(tmp_path, change).problems == []
    assert Assignment.objects.get().starts_on == date(2024, 1, 15)


def queries_of_a_removal(folder: Path, months: int) -> int:
    rows = plain_rows()
    rows["pay"] = [rows["pay"][0] | {"month": date(2024, m + 1, 1)} for m in range(months)]
    rows["invoices"] = [rows["invoices"][0] | {"piece": f"B{n}"} for n in range(months)]
    rows["ventilation"] = [
        {"invoice": f"B{n}", "award": "MAR-24", "share": Decimal(5)} for n in range(months)
    ]
    assert import_workbook(write(folder, rows)).applied
    for sheet in ("pay", "invoices", "ventilation", "suppliers"):
        rows[sheet] = []
    path = write(folder, rows)
    with CaptureQueriesContext(connection) as queries:
        assert import_workbook(path, remove_absent=True).applied
    return len(queries)


def test_a_removal_asks_as_many_questions_for_one_row_as_for_twelve(tmp_path: Path) -> None:
    few = queries_of_a_removal(tmp_path, 1)
    forget_everything()
    assert queries_of_a_removal(tmp_path, 12) == few


def test_an_exported_workbook_lacks_nothing_of_its_year(tmp_path: Path) -> None:
    for year in YEARS:
        path = tmp_path / f"{year}.xlsx"
        number = DEMO_ENTERPRISE_NUMBER
        write_workbook(demo_rows(year), path, enterprise_number=number, year=year, demo=True)
        assert import_workbook(path).applied
    employer = Organisation.objects.get()
    for year in YEARS:
        export_workbook(employer, year, tmp_path / "export.xlsx")
        report = import_workbook(tmp_path / "export.xlsx", remove_absent=True)
        assert (report.absent, report.nothing_changed) == ([], True)
        again = import_workbook(tmp_path / f"{year}.xlsx", dry_run=True)
        assert again.absent == []
