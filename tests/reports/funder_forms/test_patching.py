"""Only the mapped cells change: the rest of a sheet, and of the file, keeps its bytes."""

import io
import re
from datetime import date
from decimal import Decimal

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.funder_forms.package import (
    FormRefused,
    asking_to_calculate,
    calculates,
    open_package,
    write_package,
)
from reports.funder_forms.patching import fill_sheet
from tests.reports.funder_forms.forms import parts_of, with_parts, workbook

MAIN = b'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


def sheet(data: str) -> bytes:
    return b"<worksheet " + MAIN + b"><sheetData>" + data.encode() + b"</sheetData></worksheet>"


def filled(data: str, **values) -> str:
    return fill_sheet(sheet(data), values, epoch_1904=False).decode()


ADDRESSES = st.builds("{}{}".format, st.sampled_from("ABCDEZ"), st.integers(1, 12))
VALUES = st.one_of(
    st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"]), max_size=12),
    st.decimals("-999999.99", "999999.99", places=2),
)


CELLS = st.dictionaries(ADDRESSES, VALUES, max_size=8)


@given(CELLS, CELLS)
def test_what_is_written_is_read_back_and_the_other_cells_are_as_before(held, written):
    book = openpyxl.Workbook()
    for address, value in held.items():
        book.active[address] = value if isinstance(value, Decimal) else f"x{value}"
    kept = io.BytesIO()
    book.save(kept)
    package = open_package(kept.getvalue())
    (part,) = package.sheets.values()
    content = fill_sheet(package.parts[part], written, epoch_1904=package.epoch_1904)
    again = openpyxl.load_workbook(io.BytesIO(write_package(package, {part: content}))).active
    for address, value in written.items():
        found = again[address].value
        assert (Decimal(str(found)) if isinstance(value, Decimal) else found) == value
    before = openpyxl.load_workbook(kept).active
    for address in held.keys() - written.keys():
        assert again[address].value == before[address].value


SEVEN = '<c r="B2"><v>7</v></c>'
PLACES = {
    "no row": ("", f'<row r="2">{SEVEN}</row>'),
    "an empty row": ('<row r="2"/>', f'<row r="2">{SEVEN}</row>'),
    "before a cell": (
        '<row r="2" ht="2"><c r="C2"/></row>',
        f'<row r="2" ht="2">{SEVEN}<c r="C2"/></row>',
    ),
    "after a cell": ('<row r="2"><c r="A2"/></row>', f'<row r="2"><c r="A2"/>{SEVEN}</row>'),
    "before a row": (
        '<row r="3"><c r="B3"/></row>',
        f'<row r="2">{SEVEN}</row><row r="3"><c r="B3"/></row>',
    ),
    "its style": (
        '<row r="2"><c r="B2" s="4" t="s"><v>0</v></c></row>',
        '<row r="2"><c r="B2" s="4"><v>7</v></c></row>',
    ),
    "no addresses": (
        "<row/><row><c><v>1</v></c><c><v>2</v></c></row>",
        f"<row/><row><c><v>1</v></c>{SEVEN}</row>",
    ),
}


@pytest.mark.parametrize(("before", "after"), PLACES.values(), ids=PLACES)
def test_a_cell_finds_its_place_whatever_the_row_holds(before, after):
    assert filled(before, B2=Decimal(7)) == sheet(after).decode()


def test_an_empty_sheet_opens_to_take_a_cell():
    content = b"<worksheet " + MAIN + b"><sheetData/></worksheet>"
    found = fill_sheet(content, {"A1": "x"}, epoch_1904=False)
    assert b'<sheetData><row r="1"><c r="A1" t="inlineStr">' in found


def test_a_prefix_of_the_file_is_kept():
    row = b'<x:row r="1"><x:c r="A1"/></x:row>'
    content = b'<x:worksheet xmlns:x="m"><x:sheetData>' + row + b"</x:sheetData></x:worksheet>"
    found = fill_sheet(content, {"A1": Decimal(1)}, epoch_1904=False)
    assert b'<x:row r="1"><x:c r="A1"><x:v>1</x:v></x:c></x:row>' in found


def test_text_that_looks_like_a_formula_or_a_tag_stays_text():
    found = filled("", A1="=1+1", B1="<c>&")
    assert '<is><t xml:space="preserve">=1+1</t></is>' in found
    assert "&lt;c&gt;&amp;" in found


def test_a_day_counts_from_the_epoch_of_the_file():
    assert "<v>46023</v>" in filled("", A1=date(2026, 1, 1))
    other = fill_sheet(sheet(""), {"A1": date(2026, 1, 1)}, epoch_1904=True)
    assert b"<v>44561</v>" in other


def test_every_other_part_keeps_its_bytes_and_its_place():
    content = workbook()
    package = open_package(content)
    part = package.sheets["Déclaration"]
    new = fill_sheet(package.parts[part], {"B4": Decimal("12.50")}, epoch_1904=False)
    before, after = parts_of(content), parts_of(write_package(package, {part: new}))
    assert list(before) == list(after)
    assert [name for name in before if before[name] != after[name]] == [part]
    assert after["xl/activeX/activeX1.xml"] == before["xl/activeX/activeX1.xml"]
    cells = re.compile(rb'<c r="B4".*?(/>|</c>)')
    assert cells.sub(b"", after[part]) == cells.sub(b"", before[part])


def test_asking_to_calculate_changes_one_attribute_of_the_workbook():
    package = open_package(workbook())
    assert calculates(package)
    changed = asking_to_calculate(package)
    assert list(changed) == ["xl/workbook.xml"]
    assert b'fullCalcOnLoad="1"' in changed["xl/workbook.xml"]
    openpyxl.load_workbook(io.BytesIO(write_package(package, changed)))


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "pas un classeur XLSX lisible"),
        (b"PK\x03\x04 cut", "pas un classeur XLSX lisible"),
        (with_parts(workbook(), {"xl/vbaProject.bin": b"x"}), "contient des macros"),
        (with_parts(workbook(), {"xl/macrosheets/sheet1.xml": b"<x/>"}), "contient des macros"),
    ],
    ids=["vide", "coupé", "VBA", "macro Excel 4"],
)
def test_a_file_that_is_no_form_is_refused_in_a_sentence(content, sentence):
    with pytest.raises(FormRefused, match=sentence):
        open_package(content)


def test_a_sheet_that_declares_entities_is_refused():
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaa">]><worksheet><sheetData/></worksheet>'
    with pytest.raises(FormRefused, match="ne peut pas être lue"):
        fill_sheet(bomb, {"A1": "x"}, epoch_1904=False)
