"""Posts and payments of a workbook that do not fit their award."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from grants.models import Receipt
from reports.exchange.importer import import_workbook
from tests.reports.exchange.workbooks import Rows, applied, changed, refused

pytestmark = pytest.mark.django_db


def with_values(folder: Path, sheet: str, **values: Any) -> Path:
    def change(rows: Rows) -> None:
        rows[sheet][0] |= values

    return changed(folder, change)


@pytest.mark.parametrize(
    ("days", "field", "value"),
    [
        ({"starts_on": date(2030, 1, 1)}, "Du", "01/01/2030"),
        ({"ends_on": date(2025, 1, 1)}, "Au", "01/01/2025"),
        ({"starts_on": date(2023, 12, 31)}, "Du", "31/12/2023"),
    ],
)
def test_a_post_outside_its_award_is_refused_at_its_cell(
    tmp_path: Path, days: dict[str, date], field: str, value: str
) -> None:
    problem = refused(with_values(tmp_path, "posts", **days), "post_outside_award")
    assert (problem.sheet, problem.row, problem.field) == ("Postes", 2, field)
    assert problem.value == value
    assert "Subventions" in problem.todo


def test_a_post_may_last_as_long_as_its_award(tmp_path: Path) -> None:
    applied(with_values(tmp_path, "posts", ends_on=date(2024, 12, 31)))


def test_a_payment_that_would_come_tomorrow_is_refused(tmp_path: Path) -> None:
    today = timezone.localdate()
    tomorrow = today + timedelta(days=1)
    problem = refused(
        with_values(tmp_path, "receipts", received_on=tomorrow), "received_in_the_future"
    )
    assert (problem.sheet, problem.row) == ("Versements", 2)
    assert problem.value == f"{tomorrow:%d/%m/%Y}"
    applied(with_values(tmp_path, "receipts", received_on=today))
    assert Receipt.objects.get().received_on == today


def test_a_payment_expected_for_an_exercise_that_its_award_has_not_is_refused(
    tmp_path: Path,
) -> None:
    def change(rows: Rows) -> None:
        rows["instalments"][0] |= {"year": 2030, "due_on": date(2030, 3, 31)}
        rows["receipts"].clear()

    problem = refused(changed(tmp_path, change), "exercise_outside_award")
    assert (problem.sheet, problem.value) == ("Tranches", "2030")
    assert "du 01/01/2024 au 31/12/2024" in problem.message


def test_a_payment_received_for_an_exercise_that_its_award_has_not_is_refused(
    tmp_path: Path,
) -> None:
    path = with_values(tmp_path, "receipts", year=2025, instalment=None)
    assert refused(path, "exercise_outside_award").sheet == "Versements"


@pytest.mark.parametrize(
    ("due", "codes"),
    [
        (date(2026, 12, 31), []),
        (date(2027, 1, 1), ["due_far_from_exercise"]),
        (date(2022, 12, 31), ["due_far_from_exercise"]),
    ],
)
def test_a_payment_expected_far_from_its_exercise_is_asked_about(
    tmp_path: Path, due: date, codes: list[str]
) -> None:
    report = import_workbook(with_values(tmp_path, "instalments", due_on=due))
    assert [problem.code for problem in report.problems] == codes
    assert report.applied
