"""Files that are not the workbook, or no longer: one clear problem, nothing written."""

import zipfile
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from backoffice.federation.models import Organisation
from reports.exchange import package
from reports.exchange.importer import import_workbook
from reports.exchange.sheets import VERSION
from tests.reports.exchange.workbooks import edited, plain_rows, refused, with_cell, write

pytestmark = pytest.mark.django_db
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(200)


@pytest.mark.parametrize(
    "content", [PNG, b"", b"PK\x03\x04", b"numero;nom\n1;x\n"], ids=["png", "empty", "zip", "csv"]
)
def test_another_kind_of_file_renamed_to_xlsx_is_named_as_such(
    tmp_path: Path, content: bytes
) -> None:
    path = tmp_path / "photo.xlsx"
    path.write_bytes(content)
    problem = refused(path, "not_a_workbook")
    assert "photo.xlsx" in problem.message
    assert "enregistrez-le" in problem.todo


def test_a_workbook_cut_short_is_not_read(tmp_path: Path) -> None:
    path = write(tmp_path)
    path.write_bytes(path.read_bytes()[:-500])
    refused(path, "not_a_workbook")


def test_any_other_zip_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "archive.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.txt", "a")
    refused(path, "not_a_workbook")


def test_a_file_that_is_not_there_is_said_to_be_missing(tmp_path: Path) -> None:
    assert "introuvable" in refused(tmp_path / "absent.xlsx", "unreadable_file").message


def test_a_folder_is_not_a_workbook(tmp_path: Path) -> None:
    refused(tmp_path, "unreadable_file")


def test_a_workbook_that_would_fill_the_memory_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write(tmp_path)
    monkeypatch.setattr(package, "MOST_BYTES", 1000)
    refused(path, "too_large_file")


def test_one_cell_in_the_last_corner_is_refused_before_it_takes_the_memory(tmp_path: Path) -> None:
    refused(edited(tmp_path, lambda book: corner(book, "XFD1048576")), "too_large_file")


def test_cells_without_an_address_count_where_they_stand(tmp_path: Path) -> None:
    row = b"<row>" + b"<c><v>1</v></c>" * 16_000 + b"</row>"
    last = b'<row r="1000000"><c><v>1</v></c></row>'
    refused(sheets_of(write(tmp_path), row + last), "too_large_file")


def test_a_format_down_to_the_last_row_is_no_cell(tmp_path: Path) -> None:
    path = edited(tmp_path, lambda book: corner(book, "XFD1048576", None))
    assert import_workbook(path, dry_run=True).problems == []


def test_cells_that_never_end_do_not_hold_the_reader(tmp_path: Path) -> None:
    endless = b'<row r="1"><c r="A1"><f>1</f></c>' + b'<c r="A1">' * 100_000
    refused(sheets_of(write(tmp_path), endless), "not_a_workbook")


def test_a_sheet_that_declares_entities_is_not_read(tmp_path: Path) -> None:
    path = sheets_of(write(tmp_path), b"", before=b'<!DOCTYPE a [<!ENTITY b "c">]>')
    refused(path, "not_a_workbook")


SHARED = b'<c t="s"><v>%d</v></c>'


def test_a_long_text_that_many_cells_share_is_refused_before_each_has_its_copy(
    tmp_path: Path,
) -> None:
    """A file of some kilobytes, and a hundred million characters once read."""
    path = sheets_of(write(tmp_path), b"<row>" + SHARED % 0 * 100 + b"</row>", text=b"x" * 10**6)
    assert path.stat().st_size < 100_000
    refused(path, "too_large_file")


def test_shared_texts_of_a_usual_length_are_read(tmp_path: Path) -> None:
    path = sheets_of(write(tmp_path), b"<row>" + SHARED % 0 * 100 + b"</row>", text=b"x" * 1000)
    report = import_workbook(path, dry_run=True)
    assert "too_large_file" not in {problem.code for problem in report.problems}


def test_a_shared_text_is_counted_over_all_sheets_and_only_where_it_is_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write(tmp_path)
    sheets = len(openpyxl.load_workbook(path).worksheets)
    row, unused = b"<row>" + SHARED % 0 + b"</row>", b"<row>" + SHARED % 9 + b"</row>"
    monkeypatch.setattr(package, "MOST_CHARACTERS", 10 * sheets - 1)
    refused(sheets_of(path, row, text=b"x" * 10), "too_large_file")
    report = import_workbook(sheets_of(path, unused, text=b"x" * 10**6), dry_run=True)
    assert "too_large_file" not in {problem.code for problem in report.problems}


def test_shared_texts_that_declare_entities_are_not_read(tmp_path: Path) -> None:
    declared = b'<!DOCTYPE a [<!ENTITY b "c">]>'
    refused(sheets_of(write(tmp_path), b"", text=b"&b;", declared=declared), "not_a_workbook")


def corner(book: openpyxl.Workbook, address: str, value: object = "x") -> None:
    cell = book.worksheets[-1][address]
    cell.value, cell.number_format = value, "0.00"


def sheets_of(
    path: Path, rows: bytes, before: bytes = b"", text: bytes | None = None, declared: bytes = b""
) -> Path:
    """The workbook with other rows in each of its sheets, and one shared text when it is given."""
    made = path.with_name("made.xlsx")
    sheet = before + b"<worksheet><sheetData>" + rows + b"</sheetData></worksheet>"
    with zipfile.ZipFile(path) as found, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as out:
        for name in found.namelist():
            xml = found.read(name)
            if "/worksheets/sheet" in name:
                xml = sheet
            elif name == "xl/sharedStrings.xml" and text is not None:
                xml = declared + b"<sst><si><r><t>%b</t></r></si></sst>" % text
            out.writestr(name, xml)
    return made


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(tmp_path_factory.mktemp("sound"))


@given(at=st.integers(0, 200), seed=st.binary(min_size=1, max_size=40))
def test_damaged_bytes_never_write_anything_nor_raise(sound: Path, at: int, seed: bytes) -> None:
    path = sound.with_name("damaged.xlsx")
    content = bytearray(sound.read_bytes())
    start = at * (len(content) - len(seed)) // 200
    content[start : start + len(seed)] = seed
    path.write_bytes(bytes(content))
    report = import_workbook(path, dry_run=True)
    assert not report.applied
    assert not Organisation.objects.exists()


def test_another_workbook_is_not_taken_for_the_template(tmp_path: Path) -> None:
    path = tmp_path / "budget.xlsx"
    openpyxl.Workbook().save(path)
    assert "modèle" in refused(path, "wrong_template").message


def test_an_old_version_of_the_template_is_named(tmp_path: Path) -> None:
    def old(book: openpyxl.Workbook) -> None:
        book["Couverture"]["B5"] = 0

    problem = refused(edited(tmp_path, old), "wrong_version")
    assert "« 0 »" in problem.message
    assert f"de 1 à {VERSION}" in problem.message


def test_a_missing_sheet_is_named(tmp_path: Path) -> None:
    def remove(book: openpyxl.Workbook) -> None:
        del book["Termes"]

    assert refused(edited(tmp_path, remove), "missing_sheet").sheet == "Termes"


def test_a_sheet_without_even_its_titles_is_named(tmp_path: Path) -> None:
    def empty(book: openpyxl.Workbook) -> None:
        book["Termes"].delete_rows(1, 100)

    assert refused(edited(tmp_path, empty), "empty_sheet").sheet == "Termes"


def test_a_sheet_without_rows_is_no_problem(tmp_path: Path) -> None:
    rows = plain_rows()
    rows["amendments"] = []
    assert import_workbook(write(tmp_path, rows)).problems == []


def test_a_missing_column_is_named_even_when_it_is_optional(tmp_path: Path) -> None:
    def remove(book: openpyxl.Workbook) -> None:
        book["Ventilation"].delete_cols(4)

    problem = refused(edited(tmp_path, remove), "missing_column")
    assert (problem.sheet, problem.field) == ("Ventilation", "Clé")


def test_a_title_that_is_there_twice_is_named_with_its_column(tmp_path: Path) -> None:
    def double(book: openpyxl.Workbook) -> None:
        book["Ventilation"]["E1"] = " pièce "

    problem = refused(edited(tmp_path, double), "duplicate_column")
    assert (problem.sheet, problem.field, problem.column) == ("Ventilation", "Pièce", "E")


def test_columns_may_be_moved_and_titles_written_otherwise(tmp_path: Path) -> None:
    def move(book: openpyxl.Workbook) -> None:
        page = book["Travailleurs"]
        for row in page.iter_rows(min_row=1, max_row=page.max_row):
            row[0].value, row[1].value = row[1].value, row[0].value
        page["A1"], page["B1"] = "  NOM ", "numero"

    report = import_workbook(edited(tmp_path, move))
    assert report.problems == []
    assert report.counts["Travailleurs"].created == 2


def test_a_column_or_sheet_of_ones_own_is_not_read_and_said_so(tmp_path: Path) -> None:
    def add(book: openpyxl.Workbook) -> None:
        book["Ventilation"]["E1"] = "Remarque"
        book["Ventilation"]["E2"] = "à revoir"
        book.create_sheet("Brouillon")["A1"] = "x"

    report = import_workbook(edited(tmp_path, add))
    assert {problem.code for problem in report.problems} == {"unknown_column", "unknown_sheet"}
    assert not any(problem.blocking for problem in report.problems)
    assert report.applied


@pytest.mark.parametrize("shown", ["#REF!", "#N/A", "#DIV/0!"])
def test_a_formula_in_error_is_named_with_its_cell(tmp_path: Path, shown: str) -> None:
    problem = refused(with_cell(tmp_path, "ventilation", "share", shown, row=3), "formula_error")
    assert (problem.sheet, problem.row, problem.column) == ("Ventilation", 3, "C")
    assert problem.who == "A-0001"
    assert shown in problem.message


def test_a_formula_in_error_in_an_optional_cell_does_not_pass_for_a_blank(tmp_path: Path) -> None:
    refused(with_cell(tmp_path, "invoices", "paid_on", "#N/A"), "formula_error")


def test_a_formula_that_was_never_computed_does_not_pass_for_a_blank(tmp_path: Path) -> None:
    refused(with_cell(tmp_path, "invoices", "paid_on", "=1+1"), "formula_error")


def test_blank_rows_at_the_end_or_between_are_ignored(tmp_path: Path) -> None:
    def pad(book: openpyxl.Workbook) -> None:
        page = book["Paie"]
        page.insert_rows(3)
        page["A40"] = "   "
        page["Z60"] = " "

    report = import_workbook(edited(tmp_path, pad))
    assert report.problems == []
    assert report.counts["Paie"].created == 2
