"""The optional NISS of a worker: taken whole, kept encrypted, given back by its mask alone."""

import json
import logging
from dataclasses import asdict

import openpyxl
import pytest

from backoffice.federation.identities import numbers
from backoffice.federation.models import Identity, Organisation
from reports.exchange.exporter import export_workbook
from reports.exchange.importer import import_workbook
from tests.reports.exchange.workbooks import applied, changed, refused, with_cell, write

pytestmark = pytest.mark.django_db
NUMBER, SAME_DAY = "85073003328", "85073000160"
MASK = "85.07.30-***-**"


def stored() -> Identity:
    return Identity.objects.exclude(national_number="").get()


def exported(tmp_path) -> str:
    path = tmp_path / "out.xlsx"
    export_workbook(Organisation.objects.get(), 2024, path)
    sheet = openpyxl.load_workbook(path)["Travailleurs"]
    place = [cell.value for cell in sheet[1]].index("NISS") + 1
    return [sheet.cell(row=row, column=place).value for row in range(2, sheet.max_row + 1)]


@pytest.mark.parametrize("written", ["85.07.30-033.28", NUMBER, 85073003328])
def test_a_number_is_encrypted_and_found_by_its_hash(tmp_path, written):
    applied(with_cell(tmp_path, "workers", "national_number", written))
    assert NUMBER not in stored().national_number
    assert numbers.decrypt(stored().national_number) == NUMBER
    assert stored().national_number_hash == numbers.keyed_hash(NUMBER)


def test_an_export_shows_the_mask_and_importing_it_back_changes_nothing(tmp_path):
    applied(with_cell(tmp_path, "workers", "national_number", NUMBER))
    kept = stored().national_number
    assert MASK in exported(tmp_path)
    report = import_workbook(tmp_path / "out.xlsx")
    assert report.applied
    assert report.nothing_changed
    assert stored().national_number == kept


def test_a_blank_leaves_the_number(tmp_path):
    applied(with_cell(tmp_path, "workers", "national_number", NUMBER))
    kept = stored().national_number
    assert import_workbook(write(tmp_path)).nothing_changed
    assert stored().national_number == kept


def test_another_number_behind_the_same_mask_is_a_change_that_shows_neither(tmp_path):
    numbers.clean(SAME_DAY)
    applied(with_cell(tmp_path, "workers", "national_number", NUMBER))
    report = import_workbook(with_cell(tmp_path, "workers", "national_number", SAME_DAY))
    assert numbers.decrypt(stored().national_number) == SAME_DAY
    (change,) = report.changes
    assert (change.field, change.before, change.after) == ("NISS", MASK, MASK)
    assert SAME_DAY not in json.dumps(asdict(change))


def test_a_wrong_number_is_refused_without_being_repeated(tmp_path, caplog):
    with caplog.at_level(logging.DEBUG):
        path = with_cell(tmp_path, "workers", "national_number", "85.07.30-033.29")
        problem = refused(path, "bad_national_number")
    assert problem.value == ""
    assert "033" not in json.dumps(asdict(problem))
    assert "85.07.30" not in caplog.text
    assert not Identity.objects.exists()


def test_a_look_shows_the_first_new_rows_with_the_mask_and_an_import_keeps_none(tmp_path):
    path = with_cell(tmp_path, "workers", "national_number", NUMBER)
    look = import_workbook(path, dry_run=True)
    first = next(one for one in look.examples if one.sheet == "Travailleurs")
    assert first.who == "W01"
    assert f"NISS : {MASK}" in first.said
    assert NUMBER not in json.dumps(look.as_json())
    sheets = [one.sheet for one in look.examples]
    assert max(map(sheets.count, sheets)) <= 3
    assert {title for title, count in look.counts.items() if count.created} == set(sheets)
    assert import_workbook(path).as_json()["examples"] == []


def test_the_report_of_an_import_says_that_a_name_changed_and_not_which(tmp_path):
    applied(write(tmp_path))
    before = Identity.objects.order_by("number").first().name

    def rename(rows):
        rows["workers"][0]["name"] = "Tout Autre Nom"

    report = import_workbook(changed(tmp_path, rename))
    assert Identity.objects.filter(name="Tout Autre Nom").exists()
    written = json.dumps(report.as_json(), ensure_ascii=False)
    assert "Tout Autre Nom" not in written
    assert before not in written
    assert [(one.field, one.before, one.after) for one in report.changes] == [
        ("Nom", "P-0001", "autre nom")
    ]
