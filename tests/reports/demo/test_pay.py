"""The pay of the demonstration employer follows the scale, the index and the hours."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

import pytest

from reports.demo.employer import YEARS, demo_rows


def pay(worker: str, month: date) -> Mapping[str, object]:
    return next(
        row
        for row in demo_rows(month.year)["pay"]
        if (row["worker"], row["month"]) == (worker, month)
    )


# base at 100 % x coefficient / 12 x Q/S, worked by hand
@pytest.mark.parametrize(
    ("worker", "month", "gross"),
    [
        ("W02", date(2023, 1, 1), "3798.01"),  # 22789.19 x 1.9999 / 12
        ("W02", date(2023, 12, 1), "3873.97"),  # 22789.19 x 2.0399 / 12
        ("W02", date(2024, 6, 1), "4045.61"),  # 23332.22 x 2.0807 / 12
        ("W02", date(2025, 3, 1), "4126.50"),  # 23332.22 x 2.1223 / 12
        ("W07", date(2023, 1, 1), "3230.51"),  # 24230.03 x 1.9999 / 12 x 30.40 / 38
        ("W11", date(2023, 1, 1), "1306.55"),  # 15679.40 x 1.9999 / 12 x 18 / 36
    ],
)
def test_the_gross_of_a_full_month_is_the_indexed_scale_times_q_over_s(
    worker: str, month: date, gross: str
) -> None:
    assert pay(worker, month)["gross"] == Decimal(gross)


def test_a_change_of_hours_in_mid_month_pays_each_half_at_its_own_hours() -> None:
    row = pay("W03", date(2024, 4, 1))
    full, part = pay("W03", date(2024, 3, 1)), pay("W03", date(2024, 5, 1))
    half = Decimal(str(full["gross"])) / 2 + Decimal(str(part["gross"])) / 2
    assert abs(Decimal(str(row["gross"])) - half) <= Decimal("0.01")
    spent = [Decimal(str(row[f"{kind}_hours"])) for kind in ("paid", "assimilated", "unpaid")]
    assert sum(spent) == 11 * Decimal("7.60") + 11 * Decimal("6.08")


def test_a_long_sickness_pays_a_guaranteed_month_then_nothing_while_the_contract_goes_on() -> None:
    february, march = pay("W12", date(2024, 2, 1)), pay("W12", date(2024, 3, 1))
    assert february["paid_hours"] == 0
    assert february["assimilated_hours"] == Decimal("136.80")
    assert february["unpaid_hours"] == Decimal("14.40")
    assert "gross" not in march
    assert march["unpaid_hours"] == Decimal("151.20")


def test_a_leaver_is_paid_holidays_and_severance_on_departure_and_nothing_after() -> None:
    last = pay("W09", date(2024, 5, 1))
    assert Decimal(str(last["exit_holiday"])) > 0
    assert Decimal(str(last["severance"])) > 0
    months = [row["month"] for row in demo_rows(2024)["pay"] if row["worker"] == "W09"]
    assert max(map(str, months)) == "2024-05-01"


def test_only_one_worker_is_paid_severance() -> None:
    found = [row["worker"] for y in YEARS for row in demo_rows(y)["pay"] if "severance" in row]
    assert found == ["W09"]


def test_double_holiday_is_paid_in_june_by_months_served_the_year_before() -> None:
    full, new = pay("W08", date(2025, 6, 1)), pay("W10", date(2025, 6, 1))
    months = {row["month"] for row in demo_rows(2025)["pay"] if "double_holiday" in row}
    assert months == {date(2025, 6, 1)}
    served = Decimal(str(full["double_holiday"])) / Decimal(str(full["gross"]))
    assert round(served, 4) == round(Decimal("0.92") * 11 / 12, 4)
    served = Decimal(str(new["double_holiday"])) / Decimal(str(new["gross"]))
    assert round(served, 4) == round(Decimal("0.92") * 4 / 12, 4)


def test_year_end_and_annual_premium_are_paid_in_december_or_on_departure() -> None:
    rows = demo_rows(2024)["pay"]
    assert {(row["worker"], row["month"]) for row in rows if "year_end" in row} >= {
        ("W02", date(2024, 12, 1)),
        ("W09", date(2024, 5, 1)),
    }
    assert pay("W02", date(2024, 12, 1))["annual_premium"] == Decimal("49.00")
    assert pay("W08", date(2024, 12, 1))["annual_premium"] == Decimal("22.46")  # 49 / 2 x 11 / 12
    assert "annual_premium" not in pay("W14", date(2024, 12, 1))


def test_contributions_are_32_40_percent_of_what_is_subject_to_them() -> None:
    row = pay("W02", date(2024, 12, 1))
    subject = Decimal(str(row["gross"])) + Decimal(str(row["year_end"]))
    expected = (subject * Decimal("0.3240")).quantize(Decimal("0.01"))
    assert row["employer_onss"] == expected


def test_reductions_are_negative_and_nothing_else_is() -> None:
    identity = {"worker", "month", "evidence"}
    negative = {
        item
        for year in YEARS
        for row in demo_rows(year)["pay"]
        for item, value in row.items()
        if item not in identity and Decimal(str(value)) < 0
    }
    assert negative == {"onss_reduction"}


def test_a_full_time_year_costs_between_45000_and_100000_euros() -> None:
    hours = {"paid_hours", "assimilated_hours", "unpaid_hours", "worker", "month", "evidence"}
    for worker in ("W01", "W02", "W04", "W06"):
        cost = sum(
            (
                Decimal(str(value))
                for row in demo_rows(2024)["pay"]
                if row["worker"] == worker
                for item, value in row.items()
                if item not in hours
            ),
            Decimal(),
        )
        assert 45_000 < cost < 100_000, worker
