"""What an import says it did: counts, changes, problems; all of them, and nothing half done."""

import json
import logging
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from backoffice.federation.models import Organisation
from reports.exchange.importer import import_workbook
from reports.exchange.outcome import Change, Count
from staffing.models import PayItem
from tests import factories as f
from tests.reports.exchange.workbooks import (
    BCE,
    applied,
    cell,
    edited,
    forget_everything,
    plain_rows,
    write,
)

pytestmark = pytest.mark.django_db


def test_a_first_import_counts_every_row_as_new(tmp_path: Path) -> None:
    report = applied(write(tmp_path))
    rows = plain_rows()
    assert [count.created for count in report.counts.values()] == [len(r) for r in rows.values()]
    assert (report.enterprise_number, report.year) == (BCE, 2024)
    assert not report.nothing_changed


def test_a_second_import_of_the_same_changes_nothing_and_says_so(tmp_path: Path) -> None:
    path = write(tmp_path)
    applied(path)
    report = applied(path)
    assert report.nothing_changed
    assert {count.created + count.updated for count in report.counts.values()} == {0}


def test_a_change_shows_what_was_and_what_will_be(tmp_path: Path) -> None:
    applied(write(tmp_path))
    rows = plain_rows()
    rows["awards"][1]["ends_on"] = None
    rows["posts"][0]["function"] = "legal"
    rows["pay"][1]["gross"] = Decimal("3300.00")
    rows["invoices"][0]["amount"] = Decimal("182.26")
    report = applied(write(tmp_path, rows))
    assert report.changes == [
        Change("Subventions", "COC-24", "", "Au", "31/12/2024", ""),
        Change("Postes", "MAR-24", "", "Fonction", "Fonction sociale", "Aide juridique"),
        Change("Paie", "W01", "2024-02", "Rémunération brute", "3280,90", "3300,00"),
        Change("Factures", "A-0001", "", "Montant TVAC", "182,25", "182,26"),
    ]
    assert report.counts["Paie"] == Count(created=0, updated=1, unchanged=1)
    assert PayItem.objects.filter(amount="3300.00").count() == 1


def test_an_emptied_cost_item_disappears_and_is_shown(tmp_path: Path) -> None:
    applied(write(tmp_path))
    rows = plain_rows()
    rows["pay"][0]["onss_reduction"] = None
    report = applied(write(tmp_path, rows))
    assert [(c.field, c.before, c.after) for c in report.changes] == [
        ("Réductions de cotisations (négatif)", "-120,15", "")
    ]
    assert report.counts["Paie"] == Count(created=0, updated=1, unchanged=1)
    assert PayItem.objects.filter(cost_item="onss_reduction").count() == 1


def test_a_row_taken_out_of_the_workbook_stays(tmp_path: Path) -> None:
    applied(write(tmp_path))
    rows = plain_rows()
    rows["receipts"] = []
    assert applied(write(tmp_path, rows)).nothing_changed


def test_a_trial_stores_nothing_and_shows_the_same(tmp_path: Path) -> None:
    path = write(tmp_path)
    trial = import_workbook(path, dry_run=True)
    assert not trial.applied
    assert not Organisation.objects.exists()
    assert trial.counts == applied(path).counts


def test_every_problem_of_every_row_is_named_at_once_and_nothing_is_stored(
    tmp_path: Path,
) -> None:
    def spoil(book: object) -> None:
        cell(book, "pay", "paid_hours", 2, -1)
        cell(book, "pay", "gross", 2, "12,345")
        cell(book, "pay", "month", 3, "2024-01")
        cell(book, "invoices", "supplier", 2, "F9")
        cell(book, "awards", "letter_on", 2, "hier")
        cell(book, "ventilation", "share", 2, 90)

    report = import_workbook(edited(tmp_path, spoil))
    assert [(p.code, p.sheet, p.row, p.column) for p in report.problems] == [
        ("not_a_day", "Subventions", 2, "F"),
        ("negative", "Paie", 2, "C"),
        ("too_many_decimals", "Paie", 2, "G"),
        ("month_twice", "Paie", 3, "B"),
        ("unknown_supplier", "Factures", 2, "B"),
        ("shares_above_whole", "Ventilation", 3, "C"),
    ]
    assert report.blocked
    assert report.counts == {}
    assert not Organisation.objects.exists()


def test_a_problem_says_who_when_and_what_to_do_but_never_a_name(tmp_path: Path) -> None:
    def spoil(book: object) -> None:
        cell(book, "workers", "name", 2, "Personne Inventée " * 20)
        cell(book, "pay", "paid_hours", 3, -1)

    report = import_workbook(edited(tmp_path, spoil))
    assert [(p.who, p.month, p.field) for p in report.problems] == [
        ("W01", "", "Nom"),
        ("W01", "2024-02", "Heures payées"),
    ]
    assert all(problem.todo for problem in report.problems)
    assert "Inventée" not in json.dumps(
        [problem.as_json() for problem in report.problems], ensure_ascii=False
    )


def test_a_service_may_only_bring_in_its_own_employer(tmp_path: Path) -> None:
    other = f.OrganisationFactory()
    report = import_workbook(write(tmp_path), organisation=other)
    assert [problem.code for problem in report.problems] == ["other_employer"]
    assert Organisation.objects.get() == other


def test_a_service_brings_in_its_own_employer(tmp_path: Path) -> None:
    own = f.OrganisationFactory(enterprise_number=BCE)
    report = import_workbook(write(tmp_path), organisation=own)
    assert report.applied
    assert report.counts["Organisation"].updated == 1
    own.refresh_from_db()
    assert own.name == "Service social du Canal"


def test_the_employer_of_the_sheet_cannot_hide_behind_the_cover(tmp_path: Path) -> None:
    own = f.OrganisationFactory()
    path = write(tmp_path, number=own.enterprise_number)
    report = import_workbook(path, organisation=own)
    assert [problem.code for problem in report.problems] == ["other_enterprise_number"]
    assert not Organisation.objects.filter(enterprise_number=BCE).exists()


def test_the_outcome_is_plain_json(tmp_path: Path) -> None:
    report = import_workbook(write(tmp_path), dry_run=True).as_json()
    assert json.loads(json.dumps(report)) == report
    assert report["counts"]["Paie"] == {"created": 2, "updated": 0, "unchanged": 0}
    assert (report["applied"], report["dry_run"], report["problems"]) == (False, True, [])


def test_a_refusal_of_the_database_becomes_a_problem(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("reports.exchange.importer.broken_rules", lambda facts: [])
    rows = plain_rows()
    rows["contract_lines"][0]["weekly_hours"] = Decimal("39")
    report = import_workbook(write(tmp_path, rows))
    assert [problem.code for problem in report.problems] == ["refused_by_database"]
    assert not Organisation.objects.exists()


def queries_of_an_import(folder: Path, months: int) -> tuple[int, int]:
    """Queries of a first import and of a second one, for a number of months and invoices."""
    rows = plain_rows()
    rows["pay"] = [rows["pay"][0] | {"month": date(2024, m + 1, 1)} for m in range(months)]
    rows["invoices"] = [rows["invoices"][0] | {"piece": f"B{n}"} for n in range(months)]
    rows["ventilation"] = [
        {"invoice": f"B{n}", "award": "MAR-24", "share": Decimal(5)} for n in range(months)
    ]
    path = write(folder, rows)
    counts = []
    for _ in range(2):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert import_workbook(path).applied
        counts.append(len(queries))
    return counts[0], counts[1]


def test_the_number_of_queries_does_not_depend_on_the_number_of_rows(tmp_path: Path) -> None:
    few = queries_of_an_import(tmp_path, 1)
    forget_everything()
    assert queries_of_an_import(tmp_path, 12) == few


def test_the_log_holds_no_name_nor_amount(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        applied(write(tmp_path))
        rows = plain_rows()
        rows["pay"][0]["gross"] = Decimal("1.00")
        applied(write(tmp_path, rows))
    ours = [r.getMessage() for r in caplog.records if not r.name.startswith("django.db")]
    assert not any("Inventée" in message or "3280" in message for message in ours)
