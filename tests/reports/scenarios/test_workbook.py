"""The workbook of a comparison: formulas that any spreadsheet recomputes to the cent."""

import io
import re
import shutil
import subprocess
import zipfile
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.utils import translation

from backoffice.engine import money
from reports.scenarios.assumed import Assumed
from reports.scenarios.comparing import Comparison, compare
from reports.scenarios.toml.reading import read_scenario
from reports.scenarios.workbook.book import render_xlsx
from tests.reports.scenarios.beside import beside

OFFICE = shutil.which("soffice")
CENT = Decimal("0.01")


@pytest.fixture(scope="module")
def compared() -> Comparison:
    day = "2027-03-01"
    texts = [
        f'{{ kind = "award", target = "*", from = {day}, factor = "0.1" }}',
        f'{{ kind = "post", target = "*", from = {day}, fte = "0.3333", cost = 61234 }}, '
        f'{{ kind = "worker", target = "E0/W0", from = {day}, share = "1/3" }}',
        '{ kind = "award", target = "NO", from = 2027-03-01, stop = true }',
    ]
    scenarios = [
        read_scenario(f'name = "s{n}"\npatches = [{text}]') for n, text in enumerate(texts)
    ]
    return compare(beside(), scenarios)


def cells(book: Any) -> dict[tuple[str, str], Any]:
    return {
        (sheet.title, cell.coordinate): cell.value
        for sheet in book.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None
    }


def opened(content: bytes, *, values: bool) -> dict[tuple[str, str], Any]:
    return cells(openpyxl.load_workbook(io.BytesIO(content), data_only=values))


def test_the_first_sheet_gives_what_the_engine_counts(compared: Comparison) -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(render_xlsx(compared)), data_only=True).worksheets[0]
    rows = [row for row in sheet.iter_rows(values_only=True) if row[0] == "Coût du personnel"]
    for outcome, row in zip(compared.outcomes, rows, strict=True):
        years = outcome.figure("cost").years
        for year in range(2):
            told, held, delta = (money.cents(Decimal(str(one))) for one in row[2 + 3 * year :][:3])
            assert (told, held) == (years.baseline[year], years.scenario[year])
            assert delta == years.delta[year]


def test_every_delta_total_and_step_is_a_formula_and_every_bridge_closes(
    compared: Comparison,
) -> None:
    content = render_xlsx(compared)
    formulas, values = opened(content, values=False), opened(content, values=True)
    live = {at for at, value in formulas.items() if str(value).startswith("=")}
    months = sum(len(one.figures) for one in compared.outcomes) * 24
    years = sum(len(one.figures) for one in compared.outcomes) * 2 * 3
    assert sum(sheet == "Mois" for sheet, _cell in live) == months
    assert sum(sheet == "Comparaison" for sheet, _cell in live) == years
    checks = [
        at
        for at, value in values.items()
        if at[0] == "Pont" and value == "Contrôle : doit être zéro"
    ]
    assert len(checks) == 4
    for sheet, cell in checks:
        row = re.sub(r"\D", "", cell)
        assert [values[sheet, f"{column}{row}"] for column in "BC"] == [0, 0]


def test_it_says_what_is_refused_and_what_is_assumed(compared: Comparison) -> None:
    texts = " ".join(str(value) for value in opened(render_xlsx(compared), values=True).values())
    assert "aucune subvention « NO »" in texts
    for sentence in compared.notes:
        assert sentence in texts


def test_it_speaks_dutch_to_who_reads_dutch(compared: Comparison) -> None:
    with translation.override("nl"):
        book = openpyxl.load_workbook(io.BytesIO(render_xlsx(compared)))
    assert book.sheetnames == ["Vergelijking", "Brug", "Wijzigingen", "Maand"]
    texts = {str(value) for value in cells(book).values()}
    assert "Personeelskost" in texts
    assert "Coût du personnel" not in texts


@pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed")
@pytest.mark.parametrize("language", ["fr", "nl"])
def test_a_spreadsheet_that_recalculates_finds_every_value(
    compared: Comparison, tmp_path: Path, language: str
) -> None:
    with translation.override(language):
        content = render_xlsx(compared)
    bare = tmp_path / "bare.xlsx"
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(bare, "w") as kept:
        for part in source.infolist():
            text = source.read(part)
            kept.writestr(part.filename, re.sub(rb"(</f>)<v>[^<]*</v>", rb"\1", text))
    done = tmp_path / "done"
    command = [OFFICE or "", f"-env:UserInstallation=file://{tmp_path}/profile"]
    command += ["--headless", "--convert-to", "xlsx", "--outdir", str(done), str(bare)]
    subprocess.run(command, check=True, capture_output=True, timeout=180)  # noqa: S603
    found = opened((done / "bare.xlsx").read_bytes(), values=True)
    expected = opened(content, values=True)
    formulas = opened(content, values=False)
    live = [at for at, value in formulas.items() if str(value).startswith("=")]
    assert len(live) > 1000
    for at in live:
        same = [Decimal(str(side[at])).quantize(CENT) for side in (found, expected)]
        assert same[0] == same[1], (at, formulas[at])


@pytest.mark.parametrize(
    ("language", "amount", "rate"),
    [("fr", "68 500,50 €", "2,5 %"), ("nl", "68.500,50 EUR", "2,5 %")],
)
def test_what_is_assumed_is_written_in_the_language_of_the_reader(
    compared: Comparison, language: str, amount: str, rate: str
) -> None:
    day = date(2026, 1, 1)
    signed = [
        Assumed(code, value, day, "A", day, "s", "p")
        for code, value in (
            ("fte_cost.master.0", Fraction(137_001, 2)),
            ("index_path.public", Fraction(25, 1000)),
        )
    ]
    first, *others = compared.outcomes
    found = replace(first, filled=replace(first.filled, used=tuple(signed)))
    with translation.override(language):
        content = render_xlsx(replace(compared, outcomes=(found, *others)))
    texts = [str(one) for one in opened(content, values=True).values()]
    said = [re.sub(r"[\xa0\u202f]", " ", one) for one in texts if ": p (s)" in one]
    assert [amount in said[0], rate in said[1]] == [True, True]
