"""Pay and assignments that look wrong: what is asked about, and what is refused."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from reports.exchange.importer import import_workbook
from staffing.models import Assignment
from tests.reports.exchange.workbooks import Rows, applied, plain_rows, refused, write

pytestmark = pytest.mark.django_db


def months(count: int) -> Rows:
    rows = plain_rows()
    rows["pay"] = [
        rows["pay"][0] | {"month": date(2024, month + 1, 1), "gross": Decimal("3000.00")}
        for month in range(count)
    ]
    return rows


@pytest.mark.parametrize(
    ("unpaid", "codes"), [("50.00", []), ("50.26", []), ("50.40", ["too_many_hours"])]
)
def test_hours_are_asked_about_beyond_a_full_time_and_a_fifth(
    tmp_path: Path, unpaid: str, codes: list[str]
) -> None:
    """January 2024 has 23 days from Monday to Friday: 174.80 hours, 209.76 with the fifth."""
    rows = plain_rows()
    rows["pay"][0] |= {"paid_hours": Decimal("150.00"), "assimilated_hours": Decimal("9.50")}
    rows["pay"][0]["unpaid_hours"] = Decimal(unpaid)
    report = import_workbook(write(tmp_path, rows))
    assert [p.code for p in report.problems] == codes
    assert report.applied


def test_a_warning_about_hours_says_who_and_when(tmp_path: Path) -> None:
    rows = plain_rows()
    rows["pay"][1]["paid_hours"] = Decimal("1596.00")
    (problem,) = import_workbook(write(tmp_path, rows)).problems
    assert (problem.who, problem.month, problem.blocking) == ("W01", "2024-02", False)
    assert "159,60" in problem.message
    assert problem.shown()[2].startswith("À vérifier")


@pytest.mark.parametrize(("gross", "codes"), [("9000.00", []), ("9000.01", ["unusual_gross"])])
def test_a_gross_is_asked_about_beyond_three_times_the_median(
    tmp_path: Path, gross: str, codes: list[str]
) -> None:
    rows = months(5)
    rows["pay"][3]["gross"] = Decimal(gross)
    report = import_workbook(write(tmp_path, rows))
    assert [(p.code, p.month) for p in report.problems] == [(code, "2024-04") for code in codes]
    assert report.applied


def test_a_month_is_asked_about_once(tmp_path: Path) -> None:
    rows = months(5)
    rows["pay"][3] |= {"gross": Decimal("30000.00"), "paid_hours": Decimal("1596.00")}
    assert len(import_workbook(write(tmp_path, rows)).problems) == 1


def test_two_assignments_to_one_post_that_share_a_day_are_refused(tmp_path: Path) -> None:
    rows = plain_rows()
    first = rows["assignments"][0]
    first["ends_on"] = date(2024, 6, 30)
    rows["assignments"].append(first | {"starts_on": date(2024, 6, 30), "ends_on": None})
    problem = refused(write(tmp_path, rows), "assignments_overlap")
    assert (problem.who, problem.row) == ("W01", 3)
    assert "01/01/2024" in problem.message


def test_assignments_to_one_post_that_follow_one_another_are_taken(tmp_path: Path) -> None:
    rows = plain_rows()
    first = rows["assignments"][0]
    first["ends_on"] = date(2024, 6, 29)
    rows["assignments"].append(first | {"starts_on": date(2024, 6, 30), "ends_on": None})
    applied(write(tmp_path, rows))
    assert Assignment.objects.count() == 2


def test_assignments_to_two_posts_may_share_days(tmp_path: Path) -> None:
    rows = plain_rows()
    rows["posts"].append(rows["posts"][0] | {"code": "P2"})
    rows["assignments"].append(rows["assignments"][0] | {"post": "P2"})
    applied(write(tmp_path, rows))
