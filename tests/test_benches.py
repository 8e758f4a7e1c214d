"""The measures of bench/ still run: whole where that takes a second, loaded where it takes more."""

from importlib import import_module
from inspect import isgeneratorfunction
from pathlib import Path
from re import findall

import pytest

from bench.__main__ import MEASURES
from bench.row_by_row import import_row_by_row
from bench.year import write_year, year_rows
from reports.exchange.importer import import_workbook

BENCH = Path(__file__).resolve().parent.parent / "bench"
ASIDE = sorted(
    {
        work
        for path in BENCH.glob("*.py")
        for work in findall(r'"(bench\.\w+:\w+)"', path.read_text(encoding="utf-8"))
    }
)
"""The functions that a measure runs in a process of their own, named by a text."""


@pytest.mark.parametrize("name", MEASURES)
def test_a_measure_loads(name: str) -> None:
    assert isgeneratorfunction(import_module(f"bench.{name}").measure)


@pytest.mark.parametrize("work", ASIDE)
def test_what_a_measure_runs_aside_exists(work: str) -> None:
    module, _, function = work.partition(":")
    assert callable(getattr(import_module(module), function))


@pytest.mark.parametrize("name", ["funders", "optimum"])
def test_a_short_measure_gives_every_row_its_time_or_its_words(name: str) -> None:
    rows = list(import_module(f"bench.{name}").measure(quick=True))
    assert rows
    assert all(row.note or row.median for row in rows)


@pytest.mark.django_db
def test_both_ways_of_importing_a_year_store_the_same_rows(tmp_path: Path) -> None:
    rows = year_rows(2, 4)
    path = write_year(tmp_path / "year.xlsx", rows)
    assert import_row_by_row(path, rows)
    report = import_workbook(path)
    assert report.nothing_changed, report.counts
