"""A file that no reader could trust is refused at load, by its name and the line of the fault."""

import re
import shutil
from pathlib import Path

import pytest

from backoffice.figures import accounts, pay_scales
from backoffice.figures.loader import load
from backoffice.figures.places import FigureFileError, line_of
from grants.scheme import FOLDER, InvalidScheme, read_scheme
from tests.figures.test_files import GOOD, read

SERIES = """since,until,value,decided,status,source,verified
2024-01-01,,1.5,unknown,confirmed,Statbel,2026-11-22
2024-02-01,,1.6,unknown,confirmed,Statbel,2026-11-22
"""


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("since = 2024-01-01", "since = 2024-02-30", 6),
        ("since = 2024-01-01", "since = 2024-01-01T10:00:00", 6),
        ("since = 2024-01-01", "since = 2026-01-01", 12),
        ("since = 2024-01-01", "since = 2025-01-01", 12),
        ('unit = "EUR/year"', 'unit = "percent"', 4),
        ('source = { title = "Projet", verified = 2026-11-22 }', "", 11),
        (
            '{ title = "Projet", verified = 2026-11-22 }',
            '{ title = "", verified = 2026-11-22 }',
            16,
        ),
        ('{ title = "Projet", verified = 2026-11-22 }', '{ title = "Projet" }', 16),
        ("value = 49.00", "value = 4.9e1", 7),
        ("value = 49.00", "value = inf", 7),
        ("value = 49.00", "value = nan", 7),
        ("value = 49.00", "value = true", 7),
        ("value = 49.00", 'value = "49,00"', 7),
        ('"2/37"', '"2/0"', 13),
        ("value = 49.00\n", "", 5),
        ('status = "confirmed"', 'status = "missing"', 7),
        ('status = "confirmed"', 'status = "sure"', 9),
        ('decided = "unknown"', 'decided = "hier"', 14),
        ('decided = "unknown"\n', "", 11),
        ('status = "forecast"', 'status = "forecast"\nvalu = 3', 16),
        ('status = "forecast"', 'status = "forecast"\norigin = "guess"', 16),
        ('status = "forecast"', 'status = "forecast"\nuntil = 2024-12-31', 16),
        ('nl = "Premie"', 'de = "Prämie"', 3),
        ("[premium]", "[premium]\ncolour = 1", 3),
        ("[premium]", "[premium", 2),
    ],
)
def test_a_figure_that_cannot_be_trusted_is_refused_with_its_file_and_line(
    tmp_path: Path, old: str, new: str, line: int
) -> None:
    assert old in GOOD
    with pytest.raises(FigureFileError) as caught:
        read(tmp_path, GOOD.replace(old, new, 1))
    assert str(caught.value).startswith(f"staffing.toml, ligne {line}")


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("2024-02-01", "2024-02-30", 3),
        ("2024-02-01", "2023-02-01", 3),
        ("2024-02-01", "2024-01-01", 3),
        ("1.5,", "1.5e0,", 2),
        ("1.5,", '"1,5",', 2),
        ("1.6,", ",", 3),
        ("unknown,confirmed,Statbel,2026-11-22\n2024", "unknown,sure,Statbel,2026-11-22\n2024", 2),
        ("Statbel,2026-11-22\n2024", ",2026-11-22\n2024", 2),
        ("Statbel,2026-11-22\n2024", "Statbel,\n2024", 2),
        ("Statbel,2026-11-22\n2024", '"Stat\nbel",2026-11-31\n2024', 3),
    ],
)
def test_a_row_of_a_series_is_refused_with_its_file_and_line(
    tmp_path: Path, old: str, new: str, line: int
) -> None:
    assert old in SERIES
    (tmp_path / "prices.csv").write_text(SERIES.replace(old, new, 1), encoding="utf-8")
    table = GOOD.partition("[[")[0] + 'series = "prices.csv"\n'
    with pytest.raises(FigureFileError) as caught:
        read(tmp_path, table)
    assert str(caught.value).startswith(f"prices.csv, ligne {line} : ")


def test_the_unit_of_a_series_is_refused_in_the_file_that_says_it(tmp_path: Path) -> None:
    (tmp_path / "prices.csv").write_text(SERIES, encoding="utf-8")
    table = GOOD.partition("[[")[0].replace("EUR/year", "percent") + 'series = "prices.csv"\n'
    with pytest.raises(FigureFileError, match=r"^staffing\.toml, ligne 4"):
        read(tmp_path, table)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("2025-03-01,2026-02-01", "2025-02-29,2026-02-01"),
        ("EUR/year", "EUR/week"),
        ("35362.05", "3.536205e4"),
        ("2026-11-22", ""),
    ],
)
def test_a_step_of_a_pay_scale_is_refused_with_its_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, old: str, new: str
) -> None:
    wrong = tmp_path / "pay_scales.csv"
    lines = pay_scales.SCALES.read_text(encoding="utf-8").splitlines(keepends=True)
    assert old in lines[1]
    wrong.write_text("".join([lines[0], lines[1].replace(old, new, 1), *lines[2:]]), "utf-8")
    monkeypatch.setattr(pay_scales, "SCALES", wrong)
    with pytest.raises(FigureFileError, match=r"^pay_scales\.csv, ligne 2 : "):
        list(pay_scales.scale_figures())


def test_an_account_that_nobody_verified_is_refused_with_its_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wrong = tmp_path / "accounts.csv"
    lines = accounts.ACCOUNTS.read_text(encoding="utf-8").splitlines(keepends=True)
    wrong.write_text("".join([*lines[:3], lines[3].replace("2026-11-22", "")]), "utf-8")
    monkeypatch.setattr(accounts, "ACCOUNTS", wrong)
    with pytest.raises(FigureFileError, match=r"^accounts\.csv, ligne 4 : "):
        accounts.accounts.__wrapped__()


def test_the_same_code_in_two_folders_is_refused(tmp_path: Path) -> None:
    (tmp_path / "index.toml").write_text(GOOD.replace("premium", "step"), encoding="utf-8")
    with pytest.raises(FigureFileError, match=r"index\.toml.*index\.step"):
        load([tmp_path])


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('shape = "capped_cost"', 'shape = "guess"'),
        ('running = "excluded"', 'running = "runing_max"'),
        ('day = "07-15"', 'day = "02-30"'),
        ('day = "07-15"', 'day = "15 juillet"'),
        ('tone = "forbidden"', 'tone = "perhaps"'),
        ("starts_on = 2002-08-22", "starts_on = 2002-08-32"),
        ("verified = 2026-11-22", 'verified = "hier"'),
        ('required_terms = ["fund"]', 'required_terms = ["mood"]'),
        ('bound = "post_year"', 'bund = "post_year"'),
        ('unit = "EUR/FTE/year"', 'unit = "EUR/moon"'),
        ("since = 2003-", "since = 2003-13-"),
    ],
)
def test_a_scheme_file_is_refused_with_the_line_of_its_fault(
    tmp_path: Path, old: str, new: str
) -> None:
    text = (FOLDER / "maribel.toml").read_text(encoding="utf-8")
    if old not in text:
        pytest.fail(f"maribel.toml no longer says {old}: choose another entry")
    line = text[: text.index(old)].count("\n") + 1
    path = tmp_path / "maribel.toml"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(InvalidScheme, match=rf"^maribel\.toml, ligne {line}\b"):
        read_scheme(path)


def test_an_entry_that_is_absent_stands_where_its_table_begins(tmp_path: Path) -> None:
    shutil.copytree(FOLDER, tmp_path / "schemes")
    path = tmp_path / "schemes" / "wallonia_saspp.toml"
    text = path.read_text(encoding="utf-8")
    path.write_text(
        f'{text}\n[[rules]]\nsection = "costs"\nfr = "x"\nnl = "x"\nstatus = "confirmed"\n',
        encoding="utf-8",
    )
    line = text.count("\n") + 2
    with pytest.raises(InvalidScheme, match=re.escape(f"ligne {line}, rules[")) as caught:
        read_scheme(path)
    assert "source manque" in str(caught.value)


def test_the_line_of_an_entry_is_where_it_ends_even_over_several_lines() -> None:
    text = 'a = 1\nb = [\n  1,\n  2,\n]\n[c]\nd = """\n[e]\n"""\nf = 2\n'
    found = [line_of(text, at) for at in (("a",), ("b",), ("b", 1), ("c",), ("c", "d"), ("c", "f"))]
    assert found == [1, 5, 5, 6, 9, 10]
    assert line_of(text, ("c", "absent")) == 6
    assert line_of(text, ()) == 1
