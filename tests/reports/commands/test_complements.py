"""`backoffice complements` as typed: two files, and a workbook that any spreadsheet recomputes."""

import json
import re
import shutil
import subprocess
import zipfile
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.reports.commands.conftest import Terminal
from tests.reports.complements.situations import Year, year_of
from tests.reports.complements.test_scenarios import late_ceiling

pytestmark = pytest.mark.django_db
OFFICE = shutil.which("soffice")


def asked(place: Year, folder: Path, *more: str) -> list[str]:
    number = place.organisation.enterprise_number
    day = place.decided_on.isoformat()
    return ["--organisation", number, "--as-of", day, "--out", str(folder), *more]


def written(place: Year, terminal: Terminal, extension: str) -> Path:
    return terminal.folder / f"complements-{place.organisation.enterprise_number}.{extension}"


def test_the_json_holds_the_months_that_sum_to_the_complement(terminal: Terminal) -> None:
    place = late_ceiling()
    assert terminal.run("complements", *asked(place, terminal.folder)) == 0
    assert "1097.00  à demander" in terminal.out
    found = json.loads(written(place, terminal, "json").read_text(encoding="utf-8"))
    (one,) = found["complements"]
    assert (one["sent"], one["payable"], one["amount"]) == ("41881.00", "42978.00", "1097.00")
    assert sum(Decimal(line["amount"]) for line in one["lines"]) == Decimal("1097.00")
    assert [cause["new"] for cause in one["causes"]] == ["42978.00"]
    months = found["by_funder_and_month"]
    assert sum(Decimal(month["total"]) for month in months) == Decimal("1097.00")


def test_one_exercise_is_its_own_file(terminal: Terminal) -> None:
    place = late_ceiling()
    assert terminal.run("complements", *asked(place, terminal.folder, "--year", "2023")) == 0
    assert "Aucune justification figée" in terminal.out
    number = place.organisation.enterprise_number
    assert (terminal.folder / f"complements-{number}-2023.xlsx").exists()


@pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed")
def test_a_spreadsheet_that_recalculates_finds_every_value(terminal: Terminal) -> None:
    place = late_ceiling()
    terminal.run("complements", *asked(place, terminal.folder))
    path, bare = written(place, terminal, "xlsx"), terminal.folder / "bare.xlsx"
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(bare, "w") as kept:
        for part in source.infolist():
            text = source.read(part)
            kept.writestr(part.filename, re.sub(rb"(</f>)<v>[^<]*</v>", rb"\1", text))
    done = terminal.folder / "done"
    command = [OFFICE or "", f"-env:UserInstallation=file://{terminal.folder}/profile"]
    command += ["--headless", "--convert-to", "xlsx", "--outdir", str(done), str(bare)]
    subprocess.run(command, check=True, capture_output=True, timeout=180)  # noqa: S603
    formulas, expected = cells(path, values=False), cells(path, values=True)
    found = cells(done / "bare.xlsx", values=True)
    live = {at for at, value in formulas.items() if str(value).startswith("=")}
    assert len(live) == 12 + 12 + 1 + 3 + 2
    for at in live:
        assert Decimal(str(found[at])).quantize(Decimal("0.01")) == Decimal(
            str(expected[at])
        ).quantize(Decimal("0.01")), at


def cells(path: Path, *, values: bool) -> dict[tuple[str, str], Any]:
    book = openpyxl.load_workbook(path, data_only=values)
    return {
        (sheet.title, cell.coordinate): cell.value
        for sheet in book.worksheets
        for row in sheet.iter_rows()
        for cell in row
    }


def test_an_unknown_amount_is_said_and_never_0(terminal: Terminal) -> None:
    place = year_of("cocom_facultative", 2023)
    place.term("granted", "60000.00")
    place.send()
    place.award.terms.filter(code="granted").delete()
    assert terminal.run("complements", *asked(place, terminal.folder)) == 0
    assert "inconnu  à déterminer" in terminal.out
    sheet = openpyxl.load_workbook(written(place, terminal, "xlsx"), data_only=True)["Compléments"]
    (row,) = [row for row in sheet.iter_rows(values_only=True) if row[1] == "A"]
    assert row[5:10] == (48000, "inconnu", "inconnu", "inconnu", "inconnu")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ([], "L'option --organisation manque."),
        (["--organisation", "0123"], "Aucune organisation n'a le numéro"),
    ],
)
def test_a_wrong_demand_is_one_sentence_and_code_2(
    terminal: Terminal, words: list[str], said: str
) -> None:
    assert terminal.run("complements", *words) == 2
    assert said in terminal.err


def test_a_folder_and_a_year_are_asked_for_in_a_sentence(terminal: Terminal) -> None:
    place = year_of()
    number = place.organisation.enterprise_number
    assert terminal.run("complements", "--organisation", number) == 2
    assert "L'option --out manque." in terminal.err
    assert terminal.run("complements", *asked(place, terminal.folder, "--year", "x")) == 2
    assert "n'est pas une année" in terminal.err
