"""The frame of an approval, sales, applications, budget and opening balances, in and refused."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from backoffice.federation.models import ApprovedPosition
from grants.models import Application, BudgetLine
from invoices.models import Invoice, OpeningBalance, SalesInvoice
from reports.exchange.importer import import_workbook
from staffing.models import ContractLine
from tests.reports.exchange.workbooks import Rows, applied, changed, refused, write

pytestmark = pytest.mark.django_db


def test_every_new_sheet_is_stored_as_it_is_written(tmp_path: Path) -> None:
    applied(write(tmp_path))
    position = ApprovedPosition.objects.get()
    assert (position.fte, position.diploma, position.origin) == (Decimal(3), "", "minimum")
    assert SalesInvoice.objects.get().amount.amount == Decimal("350.00")
    asked = Application.objects.get()
    assert (asked.state, asked.award.reference) == ("granted", "MAR-24")
    assert BudgetLine.objects.get().application == asked
    opening = OpeningBalance.objects.get()
    assert (opening.amount.amount, opening.award.reference) == (Decimal("8000.00"), "COC-24")


def test_an_amount_that_the_funder_fixes_stays_unknown(tmp_path: Path) -> None:
    def change(rows: Rows) -> None:
        rows["applications"][0]["amount"] = None

    applied(changed(tmp_path, change))
    assert Application.objects.get().amount is None


def test_a_blank_status_is_that_of_an_employee(tmp_path: Path) -> None:
    applied(write(tmp_path))
    assert ContractLine.objects.get().status == "employee"

    def manual(rows: Rows) -> None:
        rows["contract_lines"][0]["status"] = "manual"

    report = applied(changed(tmp_path, manual))
    assert [(c.before, c.after) for c in report.changes] == [("employé", "ouvrier")]


def test_who_worked_outside_the_payroll_comes_with_the_invoice(tmp_path: Path) -> None:
    def change(rows: Rows) -> None:
        rows["invoices"][0] |= {
            "person": "Personne Inventée",
            "function": "legal",
            "hours": Decimal("7.5"),
        }

    applied(changed(tmp_path, change))
    invoice = Invoice.objects.get()
    assert (invoice.function, invoice.hours) == ("legal", Decimal("7.50"))


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({}, "Personne"),
        ({"person": "Personne Inventée"}, "Fonction"),
        ({"person": "Personne Inventée", "function": "legal"}, None),
    ],
)
def test_an_invoice_for_someone_outside_the_payroll_that_does_not_say_who_is_asked_about(
    tmp_path: Path, said: dict[str, str], field: str | None
) -> None:
    def change(rows: Rows) -> None:
        rows["invoices"][0] |= {"category": "interim", **said}

    report = import_workbook(changed(tmp_path, change))
    assert report.applied
    assert [problem.field for problem in report.problems] == ([field] if field else [])


@pytest.mark.parametrize(
    ("position", "approval", "column"),
    [
        ({"starts_on": date(2019, 12, 31)}, {}, "starts_on"),
        ({"ends_on": date(2024, 7, 1)}, {"ends_on": date(2024, 6, 30)}, "ends_on"),
        ({"starts_on": date(2024, 7, 1)}, {"ends_on": date(2024, 6, 30)}, "starts_on"),
    ],
)
def test_a_position_outside_its_approval_is_refused(
    tmp_path: Path, position: dict[str, date], approval: dict[str, date], column: str
) -> None:
    def change(rows: Rows) -> None:
        rows["positions"][0] |= position
        rows["approvals"][0] |= approval

    problem = refused(changed(tmp_path, change), "position_outside_approval")
    assert (problem.who, problem.sheet) == ("C1", "Cadre agréé")
    assert problem.field == {"starts_on": "Du", "ends_on": "Au"}[column]


def test_a_position_without_end_ends_with_its_approval(tmp_path: Path) -> None:
    def change(rows: Rows) -> None:
        rows["approvals"][0]["ends_on"] = date(2024, 6, 30)

    applied(changed(tmp_path, change))


@pytest.mark.parametrize(
    ("sheet", "account", "nature", "wanted"),
    [
        ("sales", "613", None, "7"),
        ("budget", "620", "income", "7"),
        ("budget", "700", "expense", "6"),
    ],
)
def test_an_account_of_another_class_is_refused(
    tmp_path: Path, sheet: str, account: str, nature: str | None, wanted: str
) -> None:
    def change(rows: Rows) -> None:
        rows[sheet][0]["account"] = account
        if nature:
            rows[sheet][0]["nature"] = nature

    problem = refused(changed(tmp_path, change), "account_of_another_class")
    assert f"commence par {wanted}" in problem.todo
    assert problem.value == account


@pytest.mark.parametrize("account", ["413", "167", "4130"])
def test_a_balance_of_subsidies_names_its_award(tmp_path: Path, account: str) -> None:
    def change(rows: Rows) -> None:
        rows["openings"][0] |= {"account": account, "award": None}

    problem = refused(changed(tmp_path, change), "opening_without_award")
    assert (problem.who, problem.field) == ("OUV-1", "Subvention")


def test_any_other_opening_balance_needs_no_award(tmp_path: Path) -> None:
    def change(rows: Rows) -> None:
        rows["openings"][0] |= {"account": "550", "award": None, "year": None}

    applied(changed(tmp_path, change))


def test_an_application_that_was_granted_names_its_award(tmp_path: Path) -> None:
    def change(rows: Rows) -> None:
        rows["applications"][0]["award"] = None

    assert refused(changed(tmp_path, change), "granted_without_award").who == "DEM-1"


def test_an_application_that_was_sent_says_when(tmp_path: Path) -> None:
    def change(rows: Rows) -> None:
        rows["applications"][0] |= {"state": "refused", "award": None, "asked_on": None}

    assert refused(changed(tmp_path, change), "application_without_day").field == "Demandée le"


def test_an_application_in_preparation_has_no_day_yet(tmp_path: Path) -> None:
    def change(rows: Rows) -> None:
        rows["applications"][0] |= {"state": "draft", "award": None, "asked_on": None}

    applied(changed(tmp_path, change))


@pytest.mark.parametrize(
    ("sheet", "column", "value", "code"),
    [
        ("applications", "amount", Decimal(-1), "negative"),
        ("invoices", "hours", Decimal(0), "zero"),
        ("positions", "fte", Decimal(0), "zero"),
    ],
)
def test_a_number_of_the_wrong_sign_is_refused(
    tmp_path: Path, sheet: str, column: str, value: Decimal, code: str
) -> None:
    def change(rows: Rows) -> None:
        rows[sheet][0][column] = value

    refused(changed(tmp_path, change), code)


def test_a_balance_of_the_last_day_of_a_year_opens_the_next_one(tmp_path: Path) -> None:
    applied(write(tmp_path))

    def without(rows: Rows) -> None:
        rows["openings"] = []

    report = import_workbook(changed(tmp_path, without))
    assert [(absence.sheet, absence.who) for absence in report.absent] == [
        ("Soldes d'ouverture", "OUV-1")
    ]
