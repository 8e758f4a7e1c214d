"""The demonstration employer keeps its promises: counts, people, identifiers, stable rows."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

import pytest
from stdnum import iban
from stdnum.be import vat

from backoffice.engine.periods import Period, end_of_month
from reports.demo.employer import DEMO_ENTERPRISE_NUMBER, YEARS, demo_rows
from reports.demo.rows import NotADemoYear

Rows = Sequence[Mapping[str, object]]
every_year = pytest.mark.parametrize("year", YEARS)


def over_the_years(sheet: str) -> list[Mapping[str, object]]:
    found: list[Mapping[str, object]] = []
    for year in YEARS:
        found += [row for row in demo_rows(year)[sheet] if row not in found]
    return found


def days(row: Mapping[str, object]) -> Period:
    starts_on, ends_on = row["starts_on"], row["ends_on"]
    assert isinstance(starts_on, date)
    assert ends_on is None or isinstance(ends_on, date)
    return Period.inclusive(starts_on, ends_on)


def test_fourteen_workers_hold_two_approvals_on_three_sites() -> None:
    assert len(over_the_years("workers")) == 14
    assert {row["kind"] for row in over_the_years("approvals")} == {"CASG", "SASPP"}
    assert len(over_the_years("sites")) == 3


@every_year
def test_a_year_has_about_300_invoices_of_about_25_suppliers(year: int) -> None:
    rows = demo_rows(year)
    assert 290 <= len(rows["invoices"]) <= 310
    assert 24 <= len(rows["suppliers"]) <= 27


@every_year
def test_the_six_schemes_are_there_each_year(year: int) -> None:
    assert {row["scheme"] for row in demo_rows(year)["awards"]} == {
        "cocof_casg",
        "cocom_facultative",
        "maribel",
        "ape",
        "acs",
        "wallonia_saspp",
    }


@every_year
def test_the_same_year_gives_the_same_rows_twice(year: int) -> None:
    assert demo_rows(year) == demo_rows(year)


def test_another_year_is_refused() -> None:
    with pytest.raises(NotADemoYear, match="2026"):
        demo_rows(2026)


def test_every_identifier_is_fictional_and_has_right_check_digits() -> None:
    organisation = demo_rows(2023)["organisation"][0]
    numbers = [DEMO_ENTERPRISE_NUMBER]
    numbers += [str(row["enterprise_number"]) for row in over_the_years("suppliers")]
    assert all(vat.is_valid(number) and number.startswith("0999") for number in numbers)
    assert len(set(numbers)) == len(numbers)
    assert iban.validate(str(organisation["iban"]), check_country=False)


def test_names_letters_and_labels_say_demo() -> None:
    rows = {
        "organisation": "name",
        "approvals": "name",
        "sites": "name",
        "workers": "name",
        "awards": "label",
        "suppliers": "name",
        "invoices": "description",
    }
    for sheet, column in rows.items():
        assert all("DEMO" in str(row[column]) for row in over_the_years(sheet)), sheet
    for sheet in ("awards", "terms", "amendments"):
        letters = [str(row["letter_reference"]) for row in over_the_years(sheet)]
        assert letters, sheet
        assert all(letter.startswith("LETTRE-DEMO-") for letter in letters), sheet


@every_year
def test_every_pay_month_lies_in_a_contract_and_every_contract_month_is_paid(year: int) -> None:
    rows = demo_rows(year)
    paid = {(row["worker"], row["month"]) for row in rows["pay"]}
    expected = set()
    for line in rows["contract_lines"]:
        for month in range(1, 13):
            first = date(year, month, 1)
            if days(line).overlap(Period.inclusive(first, end_of_month(first))).days:
                expected.add((line["worker"], first))
    assert paid == expected
    assert len(paid) == len(rows["pay"])


@every_year
def test_assigned_hours_stay_within_the_contract_except_the_top_up_over_acs(year: int) -> None:
    rows = demo_rows(year)
    over = set()
    for line in rows["contract_lines"]:
        for month in range(1, 13):
            on = date(year, month, 20)
            held = [
                row
                for row in rows["assignments"]
                if row["worker"] == line["worker"] and days(row).contains(on)
            ]
            total = sum((Decimal(str(row["weekly_hours"])) for row in held), Decimal())
            if days(line).contains(on) and total > Decimal(str(line["weekly_hours"])):
                over.add((line["worker"], tuple(sorted(str(row["award"]) for row in held))))
    assert over == ({("W04", ("ACS-CASG", f"COCOF-{year}"))} if year > 2023 else set())


@every_year
def test_no_post_is_held_beyond_its_fte_by_people_under_contract(year: int) -> None:
    rows = demo_rows(year)
    for post in rows["posts"]:
        for month in range(1, 13):
            on = date(year, month, 1)
            held = Decimal()
            for row in rows["assignments"]:
                same = (row["award"], row["post"]) == (post["award"], post["code"])
                full_time = [
                    Decimal(str(line["full_time_hours"]))
                    for line in rows["contract_lines"]
                    if line["worker"] == row["worker"] and days(line).contains(on)
                ]
                if same and full_time and days(row).contains(on):
                    held += Decimal(str(row["weekly_hours"])) / full_time[0]
            assert held <= Decimal(str(post["fte"])), (post["award"], post["code"], on)


def test_someone_holds_two_awards_and_someone_three() -> None:
    awards: dict[object, set[object]] = {}
    for row in demo_rows(2025)["assignments"]:
        awards.setdefault(row["worker"], set()).add(row["award"])
    assert sorted(len(held) for held in awards.values())[-2:] == [2, 3]


def test_the_replacement_overlaps_the_return_of_the_replaced_worker_by_one_day() -> None:
    rows = demo_rows(2024)
    line = next(row for row in rows["contract_lines"] if row["replaces"])
    hours = {row["month"]: row for row in rows["pay"] if row["worker"] == line["replaces"]}
    assert line["ends_on"] == date(2024, 9, 30)
    assert hours[date(2024, 9, 1)]["paid_hours"] == Decimal("7.20")
    assert hours[date(2024, 8, 1)]["paid_hours"] == 0
    assert hours[date(2024, 10, 1)]["unpaid_hours"] == 0


def test_a_retroactive_letter_raises_what_was_granted_from_the_same_day() -> None:
    granted = [
        row
        for row in demo_rows(2024)["terms"]
        if (row["award"], row["code"]) == ("COCOF-2024", "granted")
    ]
    assert [row["value"] for row in granted] == ["276000.00", "295000.00"]
    assert granted[0]["starts_on"] == granted[1]["starts_on"]
    assert str(granted[0]["decided_on"]) < str(granted[1]["decided_on"])
    assert [row["award"] for row in demo_rows(2024)["amendments"]] == ["COCOF-2024"]


def test_money_comes_late_stays_out_once_and_is_taken_back_once() -> None:
    due = {(r["award"], r["year"], r["number"]): r for r in over_the_years("instalments")}
    receipts = over_the_years("receipts")
    paid = {(r["award"], r["year"], r["instalment"]): r for r in receipts if r["instalment"]}
    late = [key for key, row in paid.items() if str(row["received_on"]) > str(due[key]["due_on"])]
    assert len(late) >= 10
    assert set(due) - set(paid) == {("COCOF-2024", 2024, 4)}
    back = [r for r in receipts if Decimal(str(r["amount"])) < 0]
    assert [(r["award"], r["instalment"]) for r in back] == [("COCOM-2024", None)]


@every_year
def test_every_reference_of_a_row_is_in_the_same_workbook(year: int) -> None:
    rows = demo_rows(year)
    awards = {row["reference"] for row in rows["awards"]}
    workers = {row["number"] for row in rows["workers"]}
    for sheet in ("terms", "posts", "instalments", "receipts", "assignments", "ventilation"):
        assert {row["award"] for row in rows[sheet]} <= awards, sheet
    for sheet in ("contract_lines", "pay", "assignments"):
        assert {row["worker"] for row in rows[sheet]} <= workers, sheet
    posts = {(row["award"], row["code"]) for row in rows["posts"]}
    assert {(row["award"], row["post"]) for row in rows["assignments"]} <= posts
    assert {row["supplier"] for row in rows["invoices"]} == {r["code"] for r in rows["suppliers"]}
    assert {row["invoice"] for row in rows["ventilation"]} <= {r["piece"] for r in rows["invoices"]}


def test_a_row_of_two_years_is_the_same_in_both_workbooks() -> None:
    keys = {
        "awards": ("reference",),
        "contract_lines": ("worker", "starts_on"),
        "assignments": ("worker", "award", "post", "starts_on"),
        "posts": ("award", "code"),
        "instalments": ("award", "year", "number"),
        "receipts": ("award", "reference"),
        "terms": ("award", "code", "starts_on", "decided_on"),
    }
    for sheet, columns in keys.items():
        found = [tuple(row[c] for c in columns) for row in over_the_years(sheet)]
        assert len(found) == len(set(found)), sheet
