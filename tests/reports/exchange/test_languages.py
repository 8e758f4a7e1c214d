"""A report of an import is read in the language of whoever reads it, not of who asked for it."""

from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from django.utils import timezone, translation

from backoffice.web.sentences import in_each, read
from reports.exchange.importer import import_workbook
from reports.exchange.problems import Problem
from tests.reports.exchange.workbooks import Rows, cell, changed, edited

pytestmark = pytest.mark.django_db


def told(path: Path, language: str) -> list[Problem]:
    stored = in_each(import_workbook(path, dry_run=True).as_json())
    with translation.override(language):
        return [Problem(**one) for one in read(stored)["problems"]]


def many_wrong(rows: Rows) -> None:
    rows["posts"][0]["starts_on"] = date(2030, 1, 1)
    rows["receipts"][0]["received_on"] = timezone.localdate() + timedelta(days=1)
    rows["instalments"][0]["due_on"] = date(2030, 1, 1)
    rows["terms"][0]["value"] = "beaucoup"
    rows["pay"][0]["paid_hours"] = Decimal("1596.00")
    rows["contract_lines"][0]["ends_on"] = date(2021, 1, 1)
    rows["pay"].append(dict(rows["pay"][0]))


def test_each_problem_of_a_workbook_is_told_in_the_language_of_the_reader(tmp_path: Path) -> None:
    path = changed(tmp_path, many_wrong)
    french, dutch = told(path, "fr"), told(path, "nl")
    assert len(french) >= 6
    for one, other in zip(french, dutch, strict=True):
        assert (one.code, one.row, one.sheet) == (other.code, other.row, other.sheet)
        assert one.message != other.message, one
        assert one.todo != other.todo, one


def test_a_cell_that_cannot_be_read_is_told_in_dutch_too(tmp_path: Path) -> None:
    path = edited(tmp_path, lambda book: cell(book, "receipts", "amount", 2, "mille"))
    (one,), (other,) = told(path, "fr"), told(path, "nl")
    assert one.message != other.message
    assert one.todo != other.todo


def test_a_report_kept_before_stays_as_it_was_written() -> None:
    assert read({"problems": [{"message": "Déjà écrit."}]}) == {
        "problems": [{"message": "Déjà écrit."}]
    }
