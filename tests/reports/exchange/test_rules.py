"""Rows that contradict one another: each is named with who, when, where and what to do."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from backoffice.federation.models import Organisation
from invoices.models import Invoice
from reports.exchange.importer import import_workbook
from reports.exchange.sheets import SHEETS
from staffing.models import Assignment
from tests.reports.exchange.workbooks import OTHER_BCE, Rows, applied, changed, refused, write

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("sheet", "column", "code"),
    [
        ("sites", "approval", "unknown_approval"),
        ("terms", "award", "unknown_award"),
        ("posts", "award", "unknown_award"),
        ("assignments", "post", "unknown_post"),
        ("assignments", "worker", "unknown_worker"),
        ("pay", "worker", "unknown_worker"),
        ("invoices", "supplier", "unknown_supplier"),
        ("ventilation", "invoice", "unknown_invoice"),
        ("ventilation", "award", "unknown_award"),
        ("receipts", "instalment", "unknown_instalment"),
        ("positions", "approval", "unknown_approval"),
        ("awards", "renews", "unknown_award"),
        ("applications", "award", "unknown_award"),
        ("budget", "application", "unknown_application"),
        ("openings", "award", "unknown_award"),
    ],
)
def test_a_row_that_names_something_unknown_is_refused(
    tmp_path: Path, sheet: str, column: str, code: str
) -> None:
    unknown = 9 if column == "instalment" else "INCONNU"
    if sheet == "posts":

        def change(rows: Rows) -> None:
            rows["posts"].append(rows["posts"][0] | {"award": "INCONNU"})
    else:

        def change(rows: Rows) -> None:
            rows[sheet][0][column] = unknown

    problem = refused(changed(tmp_path, change), code)
    assert str(unknown) in problem.message
    assert problem.row is not None


def test_the_nearest_name_is_suggested(tmp_path: Path) -> None:
    def change(rows: Rows) -> None:
        rows["receipts"][0]["award"] = "MAR-25"
        rows["receipts"][0]["instalment"] = None

    assert "MAR-24" in refused(changed(tmp_path, change), "unknown_award").todo


def test_an_unknown_award_is_not_followed_by_its_unknown_post(tmp_path: Path) -> None:
    def change(rows: Rows) -> None:
        rows["assignments"][0]["award"] = "INCONNU"

    refused(changed(tmp_path, change), "unknown_award")


def test_pay_of_a_worker_without_contract_is_named_once(tmp_path: Path) -> None:
    def change(rows: Rows) -> None:
        rows["pay"] += [row | {"worker": "W02"} for row in rows["pay"]]

    problem = refused(changed(tmp_path, change), "worker_without_contract")
    assert (problem.who, problem.sheet, problem.row) == ("W02", "Paie", 4)


def test_an_assignment_of_a_worker_without_contract_is_refused(tmp_path: Path) -> None:
    def change(rows: Rows) -> None:
        rows["assignments"].append(rows["assignments"][0] | {"worker": "W02"})

    assert refused(changed(tmp_path, change), "worker_without_contract").sheet == "Affectations"


def test_pay_in_a_month_without_a_day_of_contract_is_refused(tmp_path: Path) -> None:
    def change(rows: Rows) -> None:
        rows["contract_lines"][0]["ends_on"] = date(2024, 1, 31)

    problem = refused(changed(tmp_path, change), "pay_outside_contract")
    assert (problem.who, problem.month, problem.row) == ("W01", "2024-02", 3)


def test_pay_in_the_month_of_the_only_day_of_contract_is_taken(tmp_path: Path) -> None:
    def change(rows: Rows) -> None:
        rows["contract_lines"][0] |= {"starts_on": date(2024, 1, 31), "ends_on": date(2024, 2, 1)}

    applied(changed(tmp_path, change))


def test_hours_over_the_full_time_are_refused(tmp_path: Path) -> None:
    def change(rows: Rows) -> None:
        rows["contract_lines"][0]["weekly_hours"] = Decimal("38.01")

    assert refused(changed(tmp_path, change), "hours_over_full_time").who == "W01"


def test_an_assignment_over_the_full_time_of_the_contract_is_refused(tmp_path: Path) -> None:
    def change(rows: Rows) -> None:
        rows["assignments"][0]["weekly_hours"] = Decimal("39")

    assert "38,00" in refused(changed(tmp_path, change), "hours_over_full_time").message


def test_contract_lines_that_share_a_day_are_refused(tmp_path: Path) -> None:
    def change(rows: Rows) -> None:
        first = rows["contract_lines"][0]
        first["ends_on"] = date(2024, 1, 15)
        rows["contract_lines"].append(first | {"starts_on": date(2024, 1, 15), "ends_on": None})

    problem = refused(changed(tmp_path, change), "contracts_overlap")
    assert (problem.who, problem.row, problem.column) == ("W01", 3, "B")


def test_contract_lines_that_follow_one_another_are_taken(tmp_path: Path) -> None:
    def change(rows: Rows) -> None:
        first = rows["contract_lines"][0]
        first["ends_on"] = date(2024, 1, 14)
        rows["contract_lines"].append(first | {"starts_on": date(2024, 1, 15), "ends_on": None})

    applied(changed(tmp_path, change))


def test_a_line_inside_a_longer_one_is_found_behind_a_short_one(tmp_path: Path) -> None:
    def change(rows: Rows) -> None:
        first = rows["contract_lines"][0]
        for start, end in ((date(2023, 1, 1), date(2023, 1, 31)), (date(2023, 6, 1), None)):
            rows["contract_lines"].append(first | {"starts_on": start, "ends_on": end})

    report = import_workbook(changed(tmp_path, change))
    assert [problem.row for problem in report.problems] == [3, 4]


def test_a_contract_line_that_overlaps_a_stored_one_is_refused(tmp_path: Path) -> None:
    applied(write(tmp_path))

    def change(rows: Rows) -> None:
        rows["contract_lines"][0]["starts_on"] = date(2023, 1, 1)

    problem = refused(changed(tmp_path, change), "contracts_overlap")
    assert "01/01/2022" in problem.message
    assert "déjà enregistrée" in problem.message


def test_nobody_replaces_oneself(tmp_path: Path) -> None:
    def change(rows: Rows) -> None:
        rows["contract_lines"][0]["replaces"] = "W01"

    refused(changed(tmp_path, change), "replaces_oneself")


def test_an_assignment_without_a_day_in_its_post_is_refused(tmp_path: Path) -> None:
    def change(rows: Rows) -> None:
        rows["posts"][0]["starts_on"] = date(2024, 7, 1)
        rows["assignments"][0]["ends_on"] = date(2024, 6, 30)

    assert "01/07/2024" in refused(changed(tmp_path, change), "assignment_outside_post").message


def test_an_assignment_without_a_day_in_its_award_is_refused(tmp_path: Path) -> None:
    def change(rows: Rows) -> None:
        rows["assignments"][0]["starts_on"] = date(2025, 1, 1)

    assert "31/12/2024" in refused(changed(tmp_path, change), "assignment_outside_award").message


def test_an_assignment_that_runs_on_after_the_contract_is_left_to_the_checks(
    tmp_path: Path,
) -> None:
    def change(rows: Rows) -> None:
        rows["contract_lines"][0]["ends_on"] = date(2024, 2, 15)

    applied(changed(tmp_path, change))
    assert Assignment.objects.get().ends_on is None


def test_shares_of_one_invoice_above_the_whole_are_refused(tmp_path: Path) -> None:
    def change(rows: Rows) -> None:
        rows["ventilation"][0]["share"] = Decimal("66.67")

    problem = refused(changed(tmp_path, change), "shares_above_whole")
    assert problem.who == "A-0001"
    assert "100,01 %" in problem.message


def test_thirds_that_make_the_whole_are_taken(tmp_path: Path) -> None:
    def change(rows: Rows) -> None:
        rows["ventilation"][0]["share"] = "2/3"

    applied(changed(tmp_path, change))


def test_shares_already_stored_count_in_the_whole(tmp_path: Path) -> None:
    applied(write(tmp_path))

    def change(rows: Rows) -> None:
        rows["ventilation"] = [rows["ventilation"][0] | {"share": Decimal("70")}]

    assert "COC-24" in refused(changed(tmp_path, change), "shares_above_whole").todo


def test_a_share_below_one_percent_is_asked_about_but_taken(tmp_path: Path) -> None:
    def change(rows: Rows) -> None:
        rows["ventilation"][0]["share"] = Decimal("0.98")

    report = import_workbook(changed(tmp_path, change))
    assert [(p.code, p.blocking) for p in report.problems] == [("tiny_share", False)]
    assert report.applied


def test_a_month_that_is_there_twice_is_refused(tmp_path: Path) -> None:
    def change(rows: Rows) -> None:
        rows["pay"][1]["month"] = date(2024, 1, 1)

    problem = refused(changed(tmp_path, change), "month_twice")
    assert (problem.who, problem.month, problem.row) == ("W01", "2024-01", 3)
    assert "ligne 2" in problem.message


@pytest.mark.parametrize(
    "sheet",
    [sheet.code for sheet in SHEETS if sheet.code not in {"organisation", "pay"}],
)
def test_a_row_that_is_there_twice_is_refused(tmp_path: Path, sheet: str) -> None:
    def change(rows: Rows) -> None:
        rows[sheet].append(rows[sheet][0])

    report = import_workbook(changed(tmp_path, change))
    assert "duplicate_row" in {problem.code for problem in report.problems}
    assert not report.applied


def test_the_same_invoice_under_two_pieces_is_left_to_the_checks(tmp_path: Path) -> None:
    def change(rows: Rows) -> None:
        rows["invoices"].append(rows["invoices"][0] | {"piece": "A-0002", "evidence": None})

    applied(changed(tmp_path, change))
    assert Invoice.objects.count() == 2


@pytest.mark.parametrize("sheet", ["approvals", "sites", "awards", "terms", "contract_lines"])
def test_an_end_before_the_start_is_refused(tmp_path: Path, sheet: str) -> None:
    def change(rows: Rows) -> None:
        rows[sheet][0]["ends_on"] = date(2019, 12, 31)

    report = import_workbook(changed(tmp_path, change))
    assert "dates_reversed" in {problem.code for problem in report.problems}


def test_an_end_on_the_first_day_is_taken(tmp_path: Path) -> None:
    def change(rows: Rows) -> None:
        rows["terms"][0]["ends_on"] = date(2024, 1, 1)

    applied(changed(tmp_path, change))


def test_pay_of_another_year_than_the_cover_is_refused(tmp_path: Path) -> None:
    def change(rows: Rows) -> None:
        rows["pay"][1]["month"] = date(2023, 12, 1)

    assert refused(changed(tmp_path, change), "other_year").month == "2023-12"


def test_another_employer_on_the_cover_than_in_the_sheet_is_refused(tmp_path: Path) -> None:
    path = write(tmp_path, number=OTHER_BCE)
    assert OTHER_BCE in refused(path, "other_enterprise_number").message


def test_a_workbook_holds_exactly_one_employer(tmp_path: Path) -> None:
    def double(rows: Rows) -> None:
        rows["organisation"].append(rows["organisation"][0] | {"enterprise_number": OTHER_BCE})

    def none(rows: Rows) -> None:
        rows["organisation"].clear()

    refused(changed(tmp_path, double), "several_organisations")
    refused(changed(tmp_path, none), "missing_organisation")
    assert not Organisation.objects.exists()
