"""The figures files: what each must hold, and what the loader refuses."""

import csv
from datetime import date
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import pytest

from backoffice.engine.figures import UNITS, Figure
from backoffice.figures import loader
from backoffice.figures.accounts import accounts
from backoffice.figures.loader import figures_of_file, load
from backoffice.figures.places import FigureFileError

FOLDER = Path(loader.__file__).parent
FILES = sorted([*FOLDER.glob("*.toml"), *FOLDER.parent.parent.glob("grants/schemes/*.toml")])
GOOD = """
[premium]
label = { fr = "Prime", nl = "Premie" }
unit = "EUR/year"
[[premium.values]]
since = 2024-01-01
value = 49.00
decided = 2023-12-21
status = "confirmed"
source = { title = "CCT", url = "https://law.example/12", verified = 2026-11-22 }
[[premium.values]]
since = 2025-01-01
value = "2/37"
decided = "unknown"
status = "forecast"
source = { title = "Projet", verified = 2026-11-22 }
"""


def read(folder: Path, text: str) -> list[Figure]:
    path = folder / "staffing.toml"
    path.write_text(text, encoding="utf-8")
    return list(figures_of_file(path))


def every_figure() -> list[Figure]:
    return list(load().values())


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_each_file_is_read_without_a_fault(path: Path) -> None:
    for figure in figures_of_file(path):
        assert figure.code.startswith(f"{path.stem}.")
        assert figure.unit in UNITS
        assert set(figure.label) == {"fr", "nl"}


def test_every_value_has_a_source_a_status_and_rising_days() -> None:
    for figure in every_figure():
        assert figure.values
        for value in figure.values:
            assert value.source.title
            assert value.source.verified
            assert "domain/" not in value.source.title
            assert (value.value is None) == (value.status in ("missing", "repealed"))
        for left, right in pairwise(figure.values):
            assert left.since < right.since
            assert left.until is None or left.until <= right.since


def test_every_row_of_a_series_belongs_to_a_figure() -> None:
    codes = load()
    for name in ("allowance", "year_end"):
        with (FOLDER / f"{name}.csv").open(newline="", encoding="utf-8") as file:
            assert {f"{name}.{row['figure']}" for row in csv.DictReader(file)} <= set(codes)


def test_every_row_of_every_table_names_its_source_and_status() -> None:
    tables = sorted(FOLDER.glob("*.csv"))
    assert tables
    for path in tables:
        if path.name != "pay_scale_columns.csv":
            with path.open(newline="", encoding="utf-8") as file:
                rows = list(csv.DictReader(file))
            told = ("source", "status", "decided", "verified")
            assert all(row[name] for row in rows for name in told)


def test_a_file_gives_its_values_exactly_as_published(tmp_path: Path) -> None:
    (figure,) = read(tmp_path, GOOD)
    first, second = figure.values
    assert (figure.code, first.value, first.text) == ("staffing.premium", 49, "49.00")
    assert (first.decided, first.source.verified) == (date(2023, 12, 21), date(2026, 11, 22))
    assert (second.value, second.decided, second.status) == (Fraction(2, 37), None, "forecast")


def test_a_scheme_keeps_its_figures_under_one_table(tmp_path: Path) -> None:
    text = 'label = "APE"\n[claim]\nshape = "flat"\n' + GOOD.replace("premium", "figures.premium")
    assert [figure.code for figure in read(tmp_path, text)] == ["staffing.premium"]


def test_the_same_code_in_two_folders_is_refused(tmp_path: Path) -> None:
    (tmp_path / "index.toml").write_text(GOOD.replace("premium", "step"), encoding="utf-8")
    with pytest.raises(FigureFileError, match=r"index\.step"):
        load([tmp_path])


def test_the_accounts_keep_their_french_label_and_an_unknown_dutch_one_is_none() -> None:
    chart = accounts()
    assert chart["413"].label_nl == "Te ontvangen subsidies"
    assert chart["621"].label_nl is None
    assert all(account.label_fr for account in chart.values())
