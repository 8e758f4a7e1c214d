"""The three commands, as typed: files, sentences, exit codes."""

import json
import os
from datetime import date
from decimal import Decimal
from io import StringIO
from pathlib import Path

import openpyxl
import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from backoffice.federation.models import Organisation
from reports.exchange.problems import Problem, write_report
from reports.exchange.sheets import COVER_TITLE, LISTS_TITLE, SHEETS
from staffing.models import PayMonth
from tests.reports.exchange.workbooks import BCE, plain_rows, with_cell, write

pytestmark = pytest.mark.django_db
NO_SPACE = OSError(28, "No space left on device")


def run(*arguments: str) -> str:
    out = StringIO()
    call_command(*arguments, stdout=out)
    return out.getvalue()


def refusal(*arguments: str) -> str:
    """The sentence of a command that refuses; its exit code is 2."""
    with pytest.raises(CommandError) as caught:
        run(*arguments)
    assert caught.value.returncode == 2
    sentence = str(caught.value)
    assert "\n" not in sentence
    return sentence


def test_the_template_holds_every_sheet_in_order_and_no_row(tmp_path: Path) -> None:
    path = tmp_path / "modele.xlsx"
    run("template", "--out", str(path))
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == [COVER_TITLE, *(sheet.title for sheet in SHEETS), LISTS_TITLE]
    assert {book[sheet.title].max_row for sheet in SHEETS} == {1}


def test_an_import_prints_its_counts_then_its_verdict(tmp_path: Path) -> None:
    path = str(write(tmp_path))
    assert "rien n'a été enregistré" in run("import", path, "--dry-run")
    printed = run("import", path)
    assert "Employeur 0403019261, année 2024" in printed
    assert "Tout a été enregistré." in printed
    assert "Rien n'a changé" in run("import", path)


def test_an_import_with_problems_prints_them_and_exits_with_2(tmp_path: Path) -> None:
    path = with_cell(tmp_path, "pay", "paid_hours", -1)
    out = StringIO()
    with pytest.raises(CommandError, match="1 problème") as caught:
        call_command("import", str(path), stdout=out)
    assert caught.value.returncode == 2
    for words in ("W01", "2024-01", "Heures payées", "Paie", "négatif"):
        assert words in out.getvalue()
    assert not Organisation.objects.exists()


def test_an_import_in_json_is_json_with_problems_or_without(tmp_path: Path) -> None:
    assert json.loads(run("import", str(write(tmp_path)), "--json", "--dry-run"))["year"] == 2024
    out = StringIO()
    path = with_cell(tmp_path, "pay", "paid_hours", -1)
    with pytest.raises(CommandError):
        call_command("import", str(path), "--json", stdout=out)
    assert json.loads(out.getvalue())["problems"][0]["code"] == "negative"


def test_the_report_has_the_columns_that_users_look_for_in_their_order(tmp_path: Path) -> None:
    report = tmp_path / "problemes.xlsx"
    path = with_cell(tmp_path, "pay", "paid_hours", -1)
    refusal("import", str(path), "--report", str(report))
    rows = list(openpyxl.load_workbook(report).active.iter_rows(values_only=True))
    assert rows[0] == (
        "Qui",
        "Mois",
        "Message",
        "Champ",
        "Feuille",
        "Ligne",
        "Colonne",
        "Que faire",
    )
    assert rows[1][:2] == ("W01", "2024-01")
    assert rows[1][3:7] == ("Heures payées", "Paie", "2", "C")


def test_the_report_of_an_import_without_problem_says_so(tmp_path: Path) -> None:
    report = tmp_path / "problemes.xlsx"
    run("import", str(write(tmp_path)), "--report", str(report))
    assert openpyxl.load_workbook(report).active["C2"].value == "Aucun problème."


def test_what_a_problem_repeats_from_the_file_cannot_run_in_the_report(tmp_path: Path) -> None:
    path = tmp_path / "problemes.xlsx"
    write_report([Problem("x", "=1+1", "@a", who="+W")], path)
    assert openpyxl.load_workbook(path).active["A2"].value == "'+W"
    assert openpyxl.load_workbook(path).active["C2"].value == "'=1+1"


def test_an_export_imports_back_without_change(tmp_path: Path) -> None:
    run("import", str(write(tmp_path)))
    out = tmp_path / "export.xlsx"
    run("export", "--organisation", "0403.019.261", "--year", "2024", "--out", str(out))
    assert "Rien n'a changé" in run("import", str(out))


@pytest.mark.parametrize(
    ("number", "year", "words"),
    [("0999000129", "2024", "aucun employeur"), (BCE, "l'an dernier", "n'est pas une année")],
)
def test_an_export_of_nobody_or_of_no_year_is_refused_in_one_sentence(
    tmp_path: Path, number: str, year: str, words: str
) -> None:
    run("import", str(write(tmp_path)))
    out = tmp_path / "export.xlsx"
    arguments = ("--organisation", number, "--year", year, "--out", str(out))
    assert words in refusal("export", *arguments)
    assert not out.exists()


@pytest.mark.parametrize("step", ["fsync", "replace"])
def test_a_full_disk_leaves_the_previous_file_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    run("import", str(write(tmp_path)))
    out = tmp_path / "sortie.xlsx"
    out.write_bytes(b"precedent")
    before = sorted(tmp_path.iterdir())

    def full(*_arguments: object) -> None:
        raise NO_SPACE

    monkeypatch.setattr(os if step == "fsync" else Path, step, full)
    for arguments in (
        ("export", "--organisation", BCE, "--year", "2024", "--out", str(out)),
        ("template", "--out", str(out)),
        ("import", str(tmp_path / "classeur.xlsx"), "--report", str(out)),
    ):
        assert "plus de place sur le disque" in refusal(*arguments)
        assert out.read_bytes() == b"precedent"
        assert sorted(tmp_path.iterdir()) == before


def test_a_folder_that_does_not_exist_is_named_in_one_sentence(tmp_path: Path) -> None:
    folder = tmp_path / "absent"
    workbook = str(write(tmp_path))
    run("import", workbook)
    for arguments in (
        ("template", "--out", str(folder / "m.xlsx")),
        ("export", "--organisation", BCE, "--year", "2024", "--out", str(folder / "m.xlsx")),
        ("import", workbook, "--report", str(folder / "m.xlsx")),
    ):
        sentence = refusal(*arguments)
        assert f"Le dossier {folder} n'existe pas" in sentence
        assert "libérez" not in sentence


def test_an_import_whose_report_has_no_folder_stores_nothing(tmp_path: Path) -> None:
    refusal("import", str(write(tmp_path)), "--report", str(tmp_path / "absent" / "m.xlsx"))
    assert not Organisation.objects.exists()


def test_an_export_of_a_year_without_data_is_refused_and_writes_nothing(tmp_path: Path) -> None:
    run("import", str(write(tmp_path)))
    out = tmp_path / "export.xlsx"
    sentence = refusal("export", "--organisation", BCE, "--year", "2019", "--out", str(out))
    assert "2019" in sentence
    assert not out.exists()


def test_several_problems_are_written_in_the_plural(tmp_path: Path) -> None:
    rows = plain_rows()
    for row in rows["pay"]:
        row["paid_hours"] = Decimal(-1)
    assert refusal("import", str(write(tmp_path, rows))).startswith("2 problèmes à corriger")


def test_an_import_lists_what_the_workbook_no_longer_has_and_removes_it_on_request(
    tmp_path: Path,
) -> None:
    run("import", str(write(tmp_path)))
    rows = plain_rows()
    del rows["pay"][1]
    path = str(write(tmp_path, rows))
    printed = run("import", path)
    assert "1 ligne enregistrée de 2024 absente du classeur" in printed
    assert "--remove-absent" in printed
    assert PayMonth.objects.count() == 2
    absent = {"sheet": "Paie", "who": "W01", "month": "2024-02", "detail": ""}
    assert json.loads(run("import", path, "--dry-run", "--json"))["absent"] == [absent]
    assert "1 ligne supprimée, absente du classeur" in run("import", path, "--remove-absent")
    assert PayMonth.objects.get().month == date(2024, 1, 1)
