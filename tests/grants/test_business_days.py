"""Business days around weekends and holidays, as signed rows; a scheme pays on the same days."""

from datetime import date

import pytest

from backoffice.engine.periods import first_business_day_after, next_business_day
from grants.scheme import schemes
from tests.golden import cases

ROWS = cases("business_days.csv")
ASKED = {"next": next_business_day, "first_after": first_business_day_after}


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["name"])
def test_the_business_day_is_the_one_of_the_calendar(row: dict[str, str]) -> None:
    assert row["source"]
    assert ASKED[row["ask"]](date.fromisoformat(row["day"])).isoformat() == row["expected"]


@pytest.mark.parametrize(
    "row", [row for row in ROWS if row["name"].startswith("cap_")], ids=lambda row: row["name"]
)
def test_a_cap_is_paid_on_the_first_business_day_after_the_25th(row: dict[str, str]) -> None:
    day = date.fromisoformat(row["day"])
    paid = [on for on, _rule in schemes()["cocom_cap"].instalments_of(day.year)]
    assert paid[day.month - 1].isoformat() == row["expected"]
