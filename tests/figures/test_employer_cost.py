"""The projected cost of a contract: premiums as published, and the whole year recomputed apart."""

from datetime import date
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backoffice.engine.employer.premiums import PremiumYears, year_end_premium
from backoffice.engine.employer.projection import Projection
from backoffice.engine.figures import FigureNotDefined, Figures
from backoffice.engine.money import cents, round_ratio
from backoffice.engine.periods import month_index
from backoffice.figures.index_tables import index_tables
from grants.employer_cost import NoDay, PlannedContract, employer_rates, projected_year
from grants.scheme import general_figures
from tests.golden import cases, name_of

REGISTRY = general_figures()
TABLES = index_tables(REGISTRY)


def contract(**changes: object) -> PlannedContract:
    """A full-time graduate of CP 332.00.20 with ten years of seniority in 2020."""
    plain = {
        "scale": "332.00.20-ADMIN",
        "column": "gradue",
        "seniority_since": date(2010, 1, 1),
        "hours": 3800,
        "full_time": 3800,
        "regime": "private_m2",
        "sector": "332_cocof",
        "starts_on": date(2010, 1, 1),
    }
    return PlannedContract(**{**plain, **changes})  # type: ignore[arg-type]


def projected(year: int = 2020, **changes: object) -> Projection:
    return projected_year(contract(**changes), year, REGISTRY, TABLES)


def cell(found: Projection, name: str, month: str) -> str:
    wanted = month_index(date.fromisoformat(f"{month}-01"))
    row = list(found.sheet["month"].values).index(wanted)
    return found.sheet[name].text(row)


@pytest.mark.parametrize("case", cases("employer_year_end.csv"), ids=name_of)
def test_the_year_end_premium_of_a_sector_is_the_published_one(case: dict[str, str]) -> None:
    asked = employer_rates(REGISTRY, case["sector"], int(case["year"])).year_end()
    years = PremiumYears(
        np.array([cents(case["reference"])]),
        np.array([int(case["hours"]) * 100]),
        np.array([int(case["full_time"]) * 100]),
        np.array([int(case["served"])]),
    )
    assert year_end_premium(years, asked)["premium"].text(0) == case["expected"]


def test_a_year_whose_fixed_part_nobody_found_has_no_premium_and_says_so() -> None:
    rates = employer_rates(REGISTRY, "332_cocof", 2023)
    with pytest.raises(FigureNotDefined):
        rates.year_end()
    found = projected(2023)
    assert "year_end" not in found.sheet
    assert "year_end.fixed_332_cocof" in {error.code for error in found.missing}


def test_the_pay_follows_the_scale_and_the_index_of_the_payroll() -> None:
    found = projected(2020)
    assert cell(found, "gross", "2020-01") == "3164.33"  # 22,246.15 x 1.7069 / 12
    assert cell(found, "gross", "2020-03") == "3164.33"
    assert cell(found, "gross", "2020-04") == "3227.55"  # 22,246.15 x 1.7410 / 12


def test_the_pay_of_february_2026_moves_a_month_before_the_public_index() -> None:
    private, public = projected(2026), projected(2026, regime="public")
    assert cell(private, "gross", "2026-01") == cell(public, "gross", "2026-01")
    assert cell(private, "gross", "2026-02") > cell(public, "gross", "2026-02")
    assert cell(private, "gross", "2026-03") == cell(public, "gross", "2026-03")


def test_the_premiums_fall_in_june_and_december() -> None:
    found = projected(2020)
    assert cell(found, "double_holiday", "2020-06") == "2969.35"  # 92 % of 3,227.55
    assert cell(found, "double_holiday", "2020-05") == "0.00"
    assert cell(found, "annual_premium", "2020-12") == "49.00"
    assert cell(found, "year_end", "2020-12") == "1911.95"  # 943.68 + 2.5 % x 12 x 3,227.55


def test_a_manual_worker_receives_the_double_pay_from_the_fund() -> None:
    assert projected(2020, manual=True).sheet.total("double_holiday") == 0


def test_the_residence_allowance_is_the_published_one_and_is_unknown_before() -> None:
    known = projected(
        2024, column="redacteur", seniority_since=date(2024, 1, 1), allowance="residence"
    )
    assert cell(known, "residence", "2024-01") == "61.19"
    before = projected(2020, allowance="foyer")
    assert before.missing[0].code == "allowance.foyer_full_base"
    assert before.sheet.total("residence") == 0


def test_an_acs_worker_costs_0_56_percent_of_contributions() -> None:
    found = projected(2020, targeted=True)
    january = Fraction(found.sheet["employer_onss"].text(0)) + Fraction(
        found.sheet["onss_reduction"].text(0)
    )
    assert abs(january - Fraction("3164.33") * Fraction("0.0056")) <= Fraction(1, 100)


def test_part_time_under_a_capped_index_gains_on_its_share_of_the_cap() -> None:
    """The first capped event bears on 4,000 EUR at full time, half of it at half-time."""
    high = {"column": "licencie", "seniority_since": date(1990, 1, 1), "regime": "public"}
    full, half = projected(2026, **high), projected(2026, **high, hours=1900)
    for month in ("2026-08", "2026-09"):
        whole = Fraction(cell(full, "gross", month))
        assert abs(Fraction(cell(half, "gross", month)) * 2 - whole) <= Fraction(1, 100)
    gain = Fraction(cell(full, "gross", "2026-09")) - Fraction(cell(full, "gross", "2026-08"))
    assert gain == 80


def test_a_contract_without_a_day_in_the_year_has_no_cost() -> None:
    with pytest.raises(NoDay, match="2019"):
        projected(2019, starts_on=date(2020, 1, 1))


@settings(max_examples=40, deadline=None)
@given(
    hours=st.integers(50, 3800),
    start=st.dates(date(2019, 6, 1), date(2020, 12, 31)),
    length=st.integers(0, 700),
    manual=st.booleans(),
)
def test_a_year_recomputed_in_plain_fractions_costs_the_same(
    hours: int, start: date, length: int, *, manual: bool
) -> None:
    end = date.fromordinal(max(start.toordinal() + length, date(2020, 1, 1).toordinal()))
    found = projected(2020, hours=hours, starts_on=start, ends_on=end, manual=manual)
    sheet = found.sheet
    total = sum(Fraction(sheet["total"].text(row)) for row in range(len(sheet)))
    parts = [column for column in sheet.columns if column.name not in {"month", "total"}]
    assert total == sum(Fraction(column.text(row)) for column in parts for row in range(len(sheet)))
    for quarter in range(4):
        rows = [r for r, m in enumerate(sheet["month"].values) if m % 12 // 3 == quarter]
        subject = sum(
            int(sheet[name].values[row]) for name in ("gross", "year_end") for row in rows
        )
        base = round_ratio(subject * 108, 100) if manual else subject
        due = round_ratio(base * 3240, 10_000)
        assert sum(int(sheet["employer_onss"].values[row]) for row in rows) == due


@pytest.mark.parametrize(("sector", "expected"), [("332_cocof", "437.21"), ("330_cocom", "440.59")])
def test_what_feeds_the_maribel_fund_follows_the_joint_committee(
    sector: str, expected: str
) -> None:
    assert employer_rates(REGISTRY, sector, 2018).withheld(0)[1].text == expected


def test_what_feeds_the_maribel_fund_is_named_when_nobody_found_it() -> None:
    assert "maribel.withholding_general" in {one.code for one in projected(2020).missing}
    found = employer_rates(REGISTRY, "332_cocof", 2019).withheld(3)
    assert found[1].text == "478.97"


def test_a_contract_that_ends_in_november_has_its_annual_premium_for_the_months_served() -> None:
    found = projected(2020, ends_on=date(2020, 11, 30))
    assert cell(found, "annual_premium", "2020-11") == "44.92"  # 49.00 x 11 / 12


def test_the_registry_can_say_what_one_employer_pays_its_insurer() -> None:
    figure = REGISTRY["employer.accident_insurance"]
    assert isinstance(REGISTRY, Figures)
    assert figure.entry(date(2024, 1, 1)).status == "missing"
