"""What people and spreadsheets write in a cell: taken when it is clear, named when it is not."""

from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from grants.models import Award, Receipt, Term
from invoices.models import Invoice, Supplier, Ventilation
from reports.exchange.cells import read_cell
from reports.exchange.columns import Column, Kind
from reports.exchange.escaping import escape, unescape
from reports.exchange.importer import import_workbook
from reports.exchange.numbers import share_of, share_shown
from reports.exchange.raw import BadCell
from staffing.models import ContractLine, PayMonth, Worker
from tests.reports.exchange.workbooks import applied, plain_rows, refused, with_cell, write

AMOUNT = Column("amount", "Montant", "", Kind.AMOUNT)
SHARE = Column("share", "Part", "", Kind.SHARE)


@pytest.mark.parametrize(
    ("written", "amount"),
    [
        (1234.5, "1234.50"),
        ("1234,56", "1234.56"),
        ("1234.56", "1234.56"),
        (" 1 234,56 € ", "1234.56"),
        ("1\u202f234,56 EUR", "1234.56"),
        ("1.234,56", "1234.56"),
        ("1,234.56", "1234.56"),
        ("1.234.567", "1234567.00"),
        ("-12", "-12.00"),
        ("\u221212", "-12.00"),
        (0.30000000000000004, "0.30"),
        (1e-9 + 5, None),
        ("12,345", None),
        (12.345, None),
        ("douze", None),
        ("1,2,3", None),
        ("12.34.5", None),
        ("", None),
        (True, None),
        (1e12, None),
        (float("inf"), None),
    ],
)
def test_an_amount_is_read_to_the_cent_or_refused(written: object, amount: str | None) -> None:
    if amount is None:
        with pytest.raises(BadCell):
            read_cell(AMOUNT, written)
    else:
        assert str(read_cell(AMOUNT, written)) == amount


@given(st.decimals(-9_999_999_999, 9_999_999_999, places=2))
def test_every_amount_survives_the_binary_number_of_the_reader(amount: Decimal) -> None:
    assert read_cell(AMOUNT, float(amount)) == amount
    assert read_cell(AMOUNT, str(amount).replace(".", ",")) == amount


@given(st.fractions(min_value=0, max_value=1, max_denominator=10**6).filter(bool))
def test_every_share_survives_the_workbook_exactly(share: Fraction) -> None:
    shown = share_shown(share)
    assert share_of(shown) == share
    cell = float(shown) if isinstance(shown, Decimal) else shown
    assert share_of(read_cell(SHARE, cell)) == share


@given(st.text())
def test_a_text_that_could_run_is_escaped_and_comes_back_identical(text: str) -> None:
    assert not escape(text).startswith(("=", "+", "-", "@"))
    assert unescape(escape(text)) == text


@pytest.mark.parametrize(
    ("kind", "written", "value"),
    [
        (Kind.DAY, "2024-02-29", date(2024, 2, 29)),
        (Kind.DAY, "29/02/2024", date(2024, 2, 29)),
        (Kind.DAY, " 1.3.2024 ", date(2024, 3, 1)),
        (Kind.DAY, datetime(2024, 3, 1), date(2024, 3, 1)),  # noqa: DTZ001
        (Kind.DAY, 45352.0, date(2024, 3, 1)),
        (Kind.DAY, "30/02/2024", None),
        (Kind.DAY, "mars", None),
        (Kind.DAY, 45352.5, None),
        (Kind.DAY, date(1989, 12, 31), None),
        (Kind.DAY, date(1990, 1, 1), date(1990, 1, 1)),
        (Kind.DAY, date(2100, 12, 31), date(2100, 12, 31)),
        (Kind.DAY, "01/01/2101", None),
        (Kind.MONTH, "2024-03", date(2024, 3, 1)),
        (Kind.MONTH, "3/2024", date(2024, 3, 1)),
        (Kind.MONTH, date(2024, 3, 31), date(2024, 3, 1)),
        (Kind.MONTH, "2024-13", None),
        (Kind.YEAR, 2024.0, 2024),
        (Kind.YEAR, 24.0, None),
        (Kind.INTEGER, 3.0, 3),
        (Kind.INTEGER, 3.5, None),
        (Kind.INTEGER, 99999.0, None),
        (Kind.IDENTIFIER, 12.0, "12"),
        (Kind.IDENTIFIER, "007", "007"),
        (Kind.IDENTIFIER, 318.01, "318.01"),
        (Kind.IDENTIFIER, date(2024, 1, 1), None),
        (Kind.IDENTIFIER, True, None),
        (Kind.ENTERPRISE, 403019261.0, "0403019261"),
        (Kind.ENTERPRISE, "BE 0403.019.261", "0403019261"),
        (Kind.ENTERPRISE, "0403019262", None),
        (Kind.ENTERPRISE, 403019262.0, None),
        (Kind.EXACT, 46607.6, "46607.6"),
        (Kind.EXACT, "95 %", "95 %"),
        (Kind.EXACT, "30/06/2025", "2025-06-30"),
        (Kind.EXACT, date(2025, 6, 30), "2025-06-30"),
        (Kind.YES_NO, "OUI", True),
        (Kind.YES_NO, False, False),
        (Kind.YES_NO, 1.0, True),
        (Kind.YES_NO, "peut-être", None),
        (Kind.SHARE, "98 %", Decimal(98)),
        (Kind.SHARE, "98,5", Decimal("98.5")),
        (Kind.SHARE, " 1 / 3 ", "1/3"),
        (Kind.SHARE, "49/50", Decimal(98)),
        (Kind.SHARE, "1/0", None),
        (Kind.SHARE, 0.0, None),
        (Kind.SHARE, 100.01, None),
        (Kind.SHARE, "4/3", None),
        (Kind.SHARE, "33,3333333333333", None),
        (Kind.SHARE, date(2024, 3, 1), None),
    ],
)
def test_a_cell_is_read_as_it_was_meant_or_refused(
    kind: Kind, written: object, value: object
) -> None:
    column = Column("x", "X", "", kind)
    if value is None:
        with pytest.raises(BadCell):
            read_cell(column, written)
    else:
        assert read_cell(column, written) == value


@pytest.mark.django_db
@pytest.mark.parametrize(
    "written",
    [
        "private_m2",
        "PRIVATE_M2",
        "Privé, deuxième mois après le dépassement",
        "privé,deuxiememoisaprèsledépassement",
    ],
)
def test_a_choice_is_taken_by_code_or_label_whatever_the_case_and_spaces(
    tmp_path: Path, written: str
) -> None:
    applied(with_cell(tmp_path, "contract_lines", "index_regime", written))
    assert ContractLine.objects.get().index_regime == "private_m2"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("sheet", "column", "code"),
    [
        ("awards", "scheme", "unknown_scheme"),
        ("invoices", "category", "unknown_category"),
        ("posts", "function", "unknown_function"),
        ("terms", "code", "unknown_term"),
        ("organisation", "legal_form", "unknown_legal_form"),
    ],
)
def test_a_word_outside_the_list_is_named_with_the_words_allowed(
    tmp_path: Path, sheet: str, column: str, code: str
) -> None:
    problem = refused(with_cell(tmp_path, sheet, column, "inconnu"), code)
    assert "« inconnu »" in problem.message
    assert "Choisissez dans la liste" in problem.todo


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("sheet", "column", "value", "code"),
    [
        ("pay", "gross", 3280.905, "too_many_decimals"),
        ("invoices", "amount", "182,255", "too_many_decimals"),
        ("pay", "paid_hours", -1, "negative"),
        ("contract_lines", "weekly_hours", 0, "zero"),
        ("assignments", "weekly_hours", -19, "negative"),
        ("receipts", "amount", 0, "zero"),
        ("organisation", "enterprise_number", "0403019262", "bad_enterprise_number"),
        ("suppliers", "enterprise_number", 403019262, "bad_enterprise_number"),
        ("invoices", "issued_on", date(1989, 12, 31), "date_outside"),
        ("awards", "starts_on", "01/01/2204", "date_outside"),
        ("invoices", "description", "x" * 251, "too_long"),
        ("workers", "name", None, "required"),
        ("ventilation", "share", 120, "share_outside"),
    ],
)
def test_a_cell_out_of_bounds_is_named_with_its_place(
    tmp_path: Path, sheet: str, column: str, value: object, code: str
) -> None:
    problem = refused(with_cell(tmp_path, sheet, column, value), code)
    assert problem.row == 2
    assert problem.column
    assert problem.todo


@pytest.mark.django_db
def test_identifiers_that_a_spreadsheet_made_numbers_come_back_as_they_were(
    tmp_path: Path,
) -> None:
    applied(with_cell(tmp_path, "suppliers", "enterprise_number", 403019261))
    assert Supplier.objects.get().enterprise_number == "0403019261"
    applied(with_cell(tmp_path, "workers", "number", 12.0, row=3))
    assert Worker.objects.filter(number="12").exists()


@pytest.mark.django_db
def test_an_identifier_made_a_date_is_named(tmp_path: Path) -> None:
    refused(with_cell(tmp_path, "invoices", "number", date(2024, 1, 17)), "identifier_changed")


@pytest.mark.django_db
def test_references_are_found_whatever_their_case_and_spaces(tmp_path: Path) -> None:
    applied(with_cell(tmp_path, "receipts", "award", " mar-24 "))
    assert Receipt.objects.get().award.reference == "MAR-24"


@pytest.mark.django_db
def test_a_key_retyped_in_another_case_is_the_row_already_stored(tmp_path: Path) -> None:
    applied(with_cell(tmp_path, "awards", "label", "Emplois"))
    assert import_workbook(with_cell(tmp_path, "awards", "reference", "mar-24")).nothing_changed
    assert Award.objects.count() == 2


@pytest.mark.django_db
def test_stored_keys_that_differ_only_by_case_stay_two_rows(tmp_path: Path) -> None:
    applied(with_cell(tmp_path, "workers", "name", "Personne"))
    own = Worker.objects.get(number="W02").organisation
    Worker.objects.create(organisation=own, number="w01", name="Troisième")
    rows = plain_rows()
    rows["workers"].append({"number": "w01", "name": "Troisième, renommée"})
    report = applied(write(tmp_path, rows))
    told = [(c.who, c.after) for c in report.changes if c.who == "w01"]
    assert told == [("w01", "autre nom")]  # a report holds no name
    assert Worker.objects.get(number="w01").name == "Troisième, renommée"
    assert PayMonth.objects.filter(worker__number="W01").count() == 2


@pytest.mark.django_db
def test_new_keys_that_differ_only_by_case_are_one_row_twice(tmp_path: Path) -> None:
    refused(with_cell(tmp_path, "workers", "number", "w01", row=3), "duplicate_row")


@pytest.mark.django_db
def test_a_blank_is_nothing_and_never_zero(tmp_path: Path) -> None:
    applied(with_cell(tmp_path, "invoices", "paid_on", "  "))
    assert Invoice.objects.get().paid_on is None
    assert set(PayMonth.objects.first().items.values_list("cost_item", flat=True)) == {
        "gross",
        "onss_reduction",
    }


@pytest.mark.django_db
def test_a_share_of_a_third_is_stored_as_a_third(tmp_path: Path) -> None:
    applied(with_cell(tmp_path, "ventilation", "share", "1/3", row=2))
    stored = Ventilation.objects.values_list("share_numerator", "share_denominator")
    assert set(stored) == {(1, 3)}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("code", "value"),
    [
        ("ceiling", "46607.605"),
        ("ceiling", "beaucoup"),
        ("premium_rate", "95 pour cent"),
        ("justify_by", "fin juin"),
        ("index_regime", "mensuel"),
    ],
)
def test_a_term_that_cannot_be_read_is_named_with_an_example(
    tmp_path: Path, code: str, value: str
) -> None:
    path = with_cell(tmp_path, "terms", "value", value)
    book = openpyxl.load_workbook(path)
    book["Termes"]["B2"] = code
    book.save(path)
    problem = refused(path, "unreadable_term")
    assert (problem.who, problem.column) == ("MAR-24", "C")


@pytest.mark.django_db
def test_a_term_without_status_is_confirmed(tmp_path: Path) -> None:
    applied(with_cell(tmp_path, "terms", "status", None))
    assert Term.objects.get().status == "confirmed"
