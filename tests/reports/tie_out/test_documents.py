"""The files of a tie-out: what they hold, that they recompute, that they are the same twice."""

import io
import json
import re
import shutil
import subprocess
import zipfile
from datetime import date
from decimal import Decimal
from pathlib import Path

import openpyxl
import pikepdf
import pytest
from django.core.management import CommandError, call_command

from backoffice.federation.models import FigureEntry
from reports.tie_out.writing import render_files
from tests.factories import AwardFactory
from tests.reports.tie_out.situations import (
    add_award,
    add_pay,
    assign,
    balance,
    look,
    receive,
    service,
    unpaid_rest,
)

OFFICE = shutil.which("soffice")
pytestmark = pytest.mark.django_db


@pytest.fixture
def organisation(papers_made_once):
    found = service()
    employee = add_pay(found, gross="3000.00", employer_onss="960.00")
    assign(employee, found.awards.get())
    unpaid_rest(employee)
    unpaid_rest(add_pay(found, "W2", status="manual", gross="1000.00", social_secretariat="12.00"))
    receive(found.awards.get(), "250.00")
    add_award(found, None, "SUB-B", granted="")
    balance(
        found,
        ("612000", "100", "130.00"),
        ("620000", "100", "4000.00"),
        ("621000", "100", "960.00"),
        ("625000", "", "70.00"),
        ("733000", "100", "-5000.00"),
        ("413000", "100", "20.00"),
    )
    return found


@pytest.fixture
def files(organisation):
    return render_files(look(organisation))


def test_the_same_data_gives_the_same_bytes(organisation, files, monkeypatch):
    monkeypatch.undo()  # printed again, by the press itself
    assert render_files(look(organisation)) == files


def test_the_json_holds_every_line_and_says_what_is_unknown(files):
    document = json.loads(files["json"])
    lines = {(one["group"]["code"], one["analytical"]): one for one in document["lines"]}
    running, unsplit = lines["running", "100"], lines["subsidies", ""]
    assert (running["difference"], running["status"]) == ("30.00", "difference")
    assert (unsplit["product"], unsplit["status"]) == (None, "unknown")
    assert {one["key"] for one in document["entries"]} >= {"F1", "W1", "W2", "SUB-A"}
    assert document["holiday"]["lines"][1]["provision"] == "110.92"
    assert document["holiday"]["total"] == "656.92"


def test_the_pdf_says_what_it_is_and_carries_the_two_others(files):
    with pikepdf.open(io.BytesIO(files["pdf"])) as opened:
        assert sorted(opened.attachments) == sorted(
            name for name in opened.attachments if name.startswith("rapprochement-0999")
        )
        assert len(opened.attachments) == 2
        metadata = opened.Root.Metadata.read_bytes().decode()
    assert "<pdfuaid:part>1</pdfuaid:part>" in metadata
    assert re.search(r'pdfaid:part(="|>)3', metadata)


def cells(content: bytes, *, values: bool) -> dict[str, dict[str, object]]:
    book = openpyxl.load_workbook(io.BytesIO(content), data_only=values)
    return {
        sheet.title: {cell.coordinate: cell.value for row in sheet.iter_rows() for cell in row}
        for sheet in book
    }


def test_every_total_and_difference_is_a_live_formula(files):
    summary = cells(files["xlsx"], values=False)["Rapprochement"]
    values = cells(files["xlsx"], values=True)["Rapprochement"]
    row = next(
        cell[1:]
        for cell, value in values.items()
        if value == "Fonctionnement (60, 61, 64)" and values[f"B{cell[1:]}"] == "100"
    )
    assert summary[f"D{row}"].startswith("=ROUND(SUMIFS(Comptes!")
    assert summary[f"E{row}"].startswith("=ROUND(SUMIFS(Écritures!")
    assert summary[f"F{row}"] == f"=ROUND(D{row}-E{row},2)"
    assert (values[f"D{row}"], values[f"E{row}"], values[f"H{row}"]) == (130, 100, 30)
    assert values[f"I{row}"] == "écart"


@pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed")
def test_a_spreadsheet_that_recalculates_finds_every_value(files, tmp_path: Path):
    bare = tmp_path / "bare.xlsx"
    with zipfile.ZipFile(io.BytesIO(files["xlsx"])) as source, zipfile.ZipFile(bare, "w") as kept:
        for part in source.infolist():
            text = source.read(part)
            kept.writestr(part.filename, re.sub(rb"(</f>)<v>[^<]*</v>", rb"\1", text))
    done = tmp_path / "done"
    command = [OFFICE or "", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless"]
    command += ["--convert-to", "xlsx", "--outdir", str(done), str(bare)]
    subprocess.run(command, check=True, capture_output=True, timeout=180)  # noqa: S603
    found = cells((done / "bare.xlsx").read_bytes(), values=True)
    formulas, expected = cells(files["xlsx"], values=False), cells(files["xlsx"], values=True)
    live = [
        (title, at)
        for title, sheet in formulas.items()
        for at, value in sheet.items()
        if isinstance(value, str) and value.startswith("=")
    ]
    assert len(live) > 40
    for title, at in live:
        assert plain(found[title][at]) == plain(expected[title][at]), (title, at)


def plain(value: object) -> object:
    return value if isinstance(value, str) else Decimal(str(value)).quantize(Decimal("0.01"))


def test_the_command_writes_three_files_and_says_what_is_open(organisation, tmp_path, capsys):
    number = organisation.enterprise_number
    options = ("--organisation", number, "--year", "2024", "--as-of", "2025-03-01")
    call_command("tieout", *options, "--out", str(tmp_path))
    said = capsys.readouterr().out
    assert "130.00         100.00          30.00  écart" in said
    assert "écarts à expliquer" in said
    names = sorted(path.name for path in tmp_path.iterdir())
    assert names == [f"rapprochement-{number}-2024.{end}" for end in ("json", "pdf", "xlsx")]


def test_a_year_without_data_is_refused_with_the_years_that_have_some(organisation, tmp_path):
    options = ("--organisation", organisation.enterprise_number, "--year", "2026")
    with pytest.raises(CommandError, match=r"de 2026 .* données : 2024\.") as caught:
        call_command("tieout", *options, "--out", str(tmp_path / "out"))
    assert caught.value.returncode == 2
    assert not (tmp_path / "out").exists()


def test_a_folder_that_is_a_file_is_refused_in_one_sentence(organisation, tmp_path):
    (tmp_path / "out").write_text("")
    options = ("--organisation", organisation.enterprise_number, "--year", "2024")
    with pytest.raises(CommandError, match="n'ont pas pu être écrits") as caught:
        call_command("tieout", *options, "--out", str(tmp_path / "out"))
    assert caught.value.returncode == 2


def test_an_organisation_without_anything_still_has_its_files():
    organisation = AwardFactory(scheme="cocom_facultative").organisation
    assert len(render_files(look(organisation))) == 3


def test_the_workbook_says_that_a_rate_to_confirm_is_doubtful(organisation, files) -> None:
    assert not [text for text in summary_of(files) if "à surveiller" in text]
    FigureEntry.objects.create(
        code="employer.holiday_provision_employees",
        since=date(2020, 1, 1),
        value="0.18",
        status="to_confirm",
        source="Lettre du secrétariat social",
        verified_on=date(2026, 11, 1),
    )
    (said,) = [
        text for text in summary_of(render_files(look(organisation))) if "à surveiller" in text
    ]
    assert said == "Valeurs de référence à surveiller : 1 à confirmer."


def summary_of(files) -> list[str]:
    """The texts of the first column of the summary sheet."""
    book = openpyxl.load_workbook(io.BytesIO(files["xlsx"]))
    return [str(row[0].value) for row in book.worksheets[0].iter_rows() if row[0].value]
