"""The workbook as data agrees with the models, and looks as people need it."""

from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from django.db.models import CharField

from backoffice.figures.vocabulary import cost_items
from reports.exchange.choices import NAMES, choices
from reports.exchange.columns import Kind
from reports.exchange.folding import fold, folded_choices
from reports.exchange.registry import RESOURCES
from reports.exchange.sheets import COVER_TITLE, LISTS_TITLE, SHEETS, target, target_key
from reports.exchange.writer import UnknownCell, write_workbook
from tests.reports.exchange.workbooks import BCE, plain_rows, write

SHEET_IDS = pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.code)


@SHEET_IDS
def test_titles_are_read_without_doubt_and_fit_a_spreadsheet(sheet) -> None:
    folded = [fold(column.header) for column in sheet.columns]
    assert len(set(folded)) == len(folded)
    assert len(sheet.title) <= 31
    assert all(column.help for column in sheet.columns)
    assert {sheet.who, *sheet.key} <= {column.code for column in sheet.columns}


@pytest.mark.parametrize("resource", RESOURCES, ids=lambda resource: resource.sheet.code)
def test_a_text_column_is_as_long_as_the_model_can_hold(resource) -> None:
    fields = {field.name: field for field in resource.Meta.model._meta.concrete_fields}  # noqa: SLF001
    for column in resource.sheet.columns:
        field = fields.get(column.code)
        if column.length and isinstance(field, CharField):
            assert column.length == field.max_length, column.code


def test_references_lead_to_a_whole_key_of_their_sheet() -> None:
    referring = [(sheet, column) for sheet in SHEETS for column in sheet.columns if column.refers]
    assert referring
    for sheet, column in referring:
        assert len(target_key(column)) == len(target(column).key)
        assert set(target_key(column)) <= {other.code for other in sheet.columns}


@pytest.mark.parametrize("name", NAMES)
def test_every_code_and_label_of_a_list_leads_to_one_code(name: str) -> None:
    entries = choices(name)
    assert entries
    for code, label in entries.items():
        assert folded_choices(name)[fold(code)] == code
        assert folded_choices(name)[fold(label)] == code


def test_pay_has_one_column_per_cost_item() -> None:
    pay = next(sheet for sheet in SHEETS if sheet.code == "pay")
    amounts = [column.code for column in pay.columns if column.kind is Kind.AMOUNT]
    assert amounts == list(cost_items())


@pytest.mark.parametrize("demo", [True, False])
def test_demo_is_said_on_every_sheet_or_nowhere(tmp_path: Path, *, demo: bool) -> None:
    path = tmp_path / "w.xlsx"
    write_workbook({}, path, enterprise_number=BCE, year=2024, demo=demo)
    book = openpyxl.load_workbook(path)
    shown = [page for page in book if page.title != LISTS_TITLE]
    marks = {"DEMO" in str(page.oddHeader.left.text) for page in shown}
    assert marks == {demo}
    assert any("DEMO" in str(c.value) for c in book[COVER_TITLE]["A"]) is demo


def test_the_sheets_are_ready_to_be_filled_in(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(write(tmp_path))
    assert book[LISTS_TITLE].sheet_state == "hidden"
    for sheet in SHEETS:
        page = book[sheet.title]
        assert page.freeze_panes
        assert page.auto_filter.ref
        for cell, column in zip(page[1], sheet.columns, strict=True):
            assert cell.value == column.header
            assert column.help in cell.comment.text
    lists = book["Contrats"].data_validations.dataValidation
    assert {rule.type for rule in lists} == {"list"}
    assert book["Paie"]["C2"].number_format == "0.00"
    assert book["Factures"]["D2"].number_format == "dd/mm/yyyy"
    assert book["Factures"]["F2"].value == choices("categories")["office"]


@pytest.mark.parametrize(
    ("sheet", "row"),
    [
        ("pay", {"grosss": Decimal(1)}),
        ("awards", {"scheme": "unknown"}),
        ("pay", {"gross": 1.5}),
        ("nowhere", {}),
    ],
)
def test_a_row_that_the_workbook_cannot_hold_is_refused(
    tmp_path: Path, sheet: str, row: dict[str, object]
) -> None:
    rows = plain_rows()
    rows[sheet] = [row]
    with pytest.raises(UnknownCell):
        write(tmp_path, rows)
