"""The demonstration federation is the size of the real one, and says that it is invented."""

from collections import Counter
from decimal import Decimal
from functools import cache

import pytest
from stdnum import iban
from stdnum.be import vat

from backoffice.figures.vocabulary import expense_categories
from reports.demo.employers import NUMBERS, YEARS, employer_rows
from reports.demo.rows import NotADemoYear, Row

FEDERATION, COMMON = NUMBERS[-2:]
year_of = cache(employer_rows)


def rows_of(sheet: str, year: int) -> list[tuple[str, Row]]:
    return [(number, row) for number in NUMBERS for row in year_of(number, year)[sheet]]


def test_forty_employers_hold_28_brussels_and_14_walloon_approvals() -> None:
    assert len(NUMBERS) == len(set(NUMBERS)) == 40
    kinds = Counter(row["kind"] for _, row in rows_of("approvals", 2025))
    assert kinds == {"CASG": 9, "CAP": 19, "CSS": 4, "ILI": 7, "SASPP": 3, "BODY": 2}


def test_four_of_the_cap_help_people_before_the_courts_and_pay_psychologists() -> None:
    justice = {
        number
        for number, row in rows_of("approvals", 2025)
        if row["kind"] == "CAP" and "aide aux justiciables" in str(row["name"])
    }
    assert len(justice) == 4
    psychologists = {
        number for number, row in rows_of("posts", 2025) if row["function"] == "psychology"
    }
    assert psychologists == justice


def test_four_employers_hold_the_four_double_approvals() -> None:
    held: dict[str, list[str]] = {}
    for number, row in rows_of("approvals", 2025):
        held.setdefault(number, []).append(str(row["kind"]))
    doubles = sorted(tuple(kinds) for kinds in held.values() if len(kinds) > 1)
    assert doubles == [("CAP", "CSS"), ("CAP", "ILI"), ("CASG", "SASPP"), ("CSS", "ILI")]


def test_brussels_services_work_on_51_sites_and_walloon_ones_in_68_antennas() -> None:
    kind = {(number, row["code"]): row["kind"] for number, row in rows_of("approvals", 2025)}
    sites = [(kind[number, row["approval"]], row["kind"]) for number, row in rows_of("sites", 2025)]
    assert sum(service in {"CASG", "CAP"} for service, _ in sites) == 51
    walloon = {"CSS", "ILI", "SASPP"}
    assert sum(service in walloon and place == "antenna" for service, place in sites) == 68


def test_two_cap_and_one_css_are_mutualities() -> None:
    mutualities = {
        number for number, row in rows_of("organisation", 2025) if row["legal_form"] == "mutuality"
    }
    kinds = [row["kind"] for number, row in rows_of("approvals", 2025) if number in mutualities]
    assert sorted(map(str, kinds)) == ["CAP", "CAP", "CSS"]


@pytest.mark.parametrize("year", YEARS)
@pytest.mark.parametrize(
    ("number", "fte", "sold", "bought"),
    [(FEDERATION, "20.36", 50, 587), (COMMON, "6.93", 18, 89)],
    ids=["federation", "common federation"],
)
def test_the_federation_has_its_own_exact_numbers_each_year(
    number: str, year: int, fte: str, sold: int, bought: int
) -> None:
    rows = year_of(number, year)
    hours = [
        Decimal(str(row["weekly_hours"])) / Decimal(str(row["full_time_hours"]))
        for row in rows["contract_lines"]
    ]
    assert sum(hours) == Decimal(fte)
    assert (len(rows["sales"]), len(rows["invoices"])) == (sold, bought)


def test_there_are_about_450_workers_a_year_and_20000_invoices_in_all() -> None:
    for year in YEARS:
        assert 430 <= len(rows_of("workers", year)) <= 500
    assert 19_000 <= sum(len(rows_of("invoices", year)) for year in YEARS) <= 21_000


def test_2025_has_at_least_160_awards_of_every_scheme_and_3_to_7_for_each_employer() -> None:
    awards = [
        (number, row)
        for number, row in rows_of("awards", 2025)
        if row["ends_on"] is None or str(row["ends_on"]) >= "2025"
    ]
    assert len(awards) >= 160
    assert {row["scheme"] for _, row in awards} == {
        "cocof_casg", "cocom_cap", "wallonia_css", "wallonia_ili", "wallonia_saspp",
        "cocof_representative", "cocof_facultative", "cocom_facultative", "maribel", "acs", "ape",
    }  # fmt: skip
    assert set(Counter(number for number, _ in awards).values()) <= set(range(3, 8))


def test_every_category_of_expense_is_used_and_outsiders_are_named_with_their_function() -> None:
    invoices = [row for year in YEARS for _, row in rows_of("invoices", year)]
    used = {row["category"] for row in invoices}
    assert used == set(expense_categories()) - {"building"}  # never bought out of a subsidy
    people = [row for row in invoices if expense_categories()[str(row["category"])].head == "staff"]
    assert len(people) > 100
    assert all("DEMO" in str(row["person"]) and row["function"] for row in people)


def test_every_employer_asks_and_budgets_2026_and_a_few_took_balances_on() -> None:
    for number in NUMBERS:
        rows = year_of(number, 2025)
        assert {row["year"] for row in (*rows["applications"], *rows["budget"])} == {2026}, number
        assert {row["nature"] for row in rows["budget"]} == {"income", "expense"}, number
    openings: dict[str, Decimal] = {}
    for number in NUMBERS:
        for row in year_of(number, 2023).get("openings", []):
            openings[number] = openings.get(number, Decimal()) + Decimal(str(row["amount"]))
    assert len(openings) >= 3
    assert set(openings.values()) == {Decimal()}


def test_every_name_says_demo_and_every_identifier_belongs_to_nobody() -> None:
    assert all(vat.is_valid(number) and number.startswith("0999") for number in NUMBERS)
    said = {
        "organisation": "name", "approvals": "name", "sites": "name", "workers": "name",
        "awards": "label", "suppliers": "name", "invoices": "description", "sales": "customer",
        "applications": "label", "budget": "label",
    }  # fmt: skip
    for sheet, column in said.items():
        for year in YEARS:
            assert all("DEMO" in str(row[column]) for _, row in rows_of(sheet, year)), sheet
    accounts = [str(row["iban"]) for _, row in rows_of("organisation", 2025)]
    assert len(set(accounts)) == 40
    assert all(iban.validate(account, check_country=False) for account in accounts)


def test_two_people_never_have_the_same_name() -> None:
    people = {
        (number, row["number"]): row["name"]
        for year in YEARS
        for number, row in rows_of("workers", year)
    }
    assert len(set(people.values())) == len(people) > 450


def test_the_same_rows_come_at_each_call_and_another_year_is_refused() -> None:
    assert employer_rows(COMMON, 2024) == employer_rows(COMMON, 2024)
    with pytest.raises(NotADemoYear, match="2026"):
        year_of(COMMON, 2026)
