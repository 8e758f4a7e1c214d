"""The invoices, their shares to the cent, and the three planted faults, the only ones."""

from collections import Counter
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from backoffice.figures.vocabulary import expense_categories
from reports.demo.employer import PLANTED, YEARS, demo_rows

every_year = pytest.mark.parametrize("year", YEARS)


def charged(year: int) -> set[object]:
    return {row["invoice"] for row in demo_rows(year)["ventilation"]}


def same_supplier_invoice(row: Mapping[str, object]) -> tuple[object, ...]:
    return row["supplier"], row["number"], row["issued_on"], row["amount"]


@every_year
def test_the_shares_of_an_invoice_never_exceed_the_whole(year: int) -> None:
    shares: dict[object, Fraction] = {}
    for row in demo_rows(year)["ventilation"]:
        share = row["share"]
        assert isinstance(share, str | Decimal)
        exact = Fraction(share) if isinstance(share, str) else Fraction(share) / 100
        shares[row["invoice"]] = shares.get(row["invoice"], Fraction()) + exact
    assert max(shares.values()) == 1
    assert all(share > 0 for share in shares.values())


@every_year
def test_two_invoices_are_the_examples_of_a_split_to_the_cent(year: int) -> None:
    rows = demo_rows(year)
    shares: dict[object, list[str]] = {}
    for row in rows["ventilation"]:
        shares.setdefault(row["invoice"], []).append(str(row["share"]))
    by_amount = {str(row["amount"]): shares.get(row["piece"]) for row in rows["invoices"]}
    assert by_amount["182.25"] == ["98", "2"]
    assert by_amount["785.08"] == ["1/3", "1/3", "1/3"]


def test_every_category_of_expense_but_people_is_used_over_the_three_years() -> None:
    """No service buys a building out of a subsidy: that category is there to be refused."""
    used = {row["category"] for year in YEARS for row in demo_rows(year)["invoices"]}
    of_things = {one.code for one in expense_categories().values() if one.head != "staff"}
    assert used == of_things - {"building"}


@every_year
def test_a_year_has_one_credit_note_and_some_invoices_on_own_funds(year: int) -> None:
    rows = demo_rows(year)["invoices"]
    assert len([row for row in rows if Decimal(str(row["amount"])) < 0]) == 1
    assert len(rows) - len(charged(year)) >= 5


@every_year
def test_what_is_charged_to_an_award_is_paid_within_the_year_with_proof(year: int) -> None:
    pieces = charged(year)
    for row in demo_rows(year)["invoices"]:
        paid_on, issued_on = row["paid_on"], row["issued_on"]
        if row["piece"] in pieces:
            assert isinstance(paid_on, date)
            assert isinstance(issued_on, date)
            assert issued_on <= paid_on <= date(year, 12, 31)
            assert row["payment_reference"]


@every_year
def test_no_small_equipment_is_charged_as_running_costs_to_the_cocof(year: int) -> None:
    rows = demo_rows(year)
    equipment = {row["piece"] for row in rows["invoices"] if row["category"] == "equipment"}
    awards = {row["award"] for row in rows["ventilation"] if row["invoice"] in equipment}
    assert awards == {f"COCOM-{year}"}


def test_the_planted_faults_are_one_of_each_kind_in_three_different_years() -> None:
    assert {fault.kind for fault in PLANTED} == {
        "double_claim",
        "claim_after_end",
        "missing_evidence",
    }
    assert sorted(fault.year for fault in PLANTED) == list(YEARS)


def test_the_double_claim_is_one_supplier_invoice_under_two_pieces_and_two_funders() -> None:
    fault = next(fault for fault in PLANTED if fault.kind == "double_claim")
    rows = demo_rows(fault.year)
    entered = {row["piece"]: same_supplier_invoice(row) for row in rows["invoices"]}
    put = {row["award"] for row in rows["ventilation"] if row["invoice"] in fault.where}
    assert put == set(fault.awards)
    assert len(fault.where) == len(put) == 2
    assert entered[fault.where[0]] == entered[fault.where[1]]


@every_year
def test_no_other_supplier_invoice_is_entered_twice(year: int) -> None:
    rows = demo_rows(year)["invoices"]
    counts = Counter(same_supplier_invoice(row) for row in rows)
    twice = [row["piece"] for row in rows if counts[same_supplier_invoice(row)] > 1]
    planted = [f.where for f in PLANTED if (f.kind, f.year) == ("double_claim", year)]
    assert tuple(twice) == (planted[0] if planted else ())


@every_year
def test_only_the_planted_invoice_is_charged_without_evidence(year: int) -> None:
    rows, pieces = demo_rows(year)["invoices"], charged(year)
    bare = [row["piece"] for row in rows if not row["evidence"] and row["piece"] in pieces]
    planted = [f.where for f in PLANTED if (f.kind, f.year) == ("missing_evidence", year)]
    assert tuple(bare) == (planted[0] if planted else ())


@every_year
def test_only_the_planted_assignment_runs_on_after_its_worker_has_left(year: int) -> None:
    rows = demo_rows(year)
    last_day = {
        row["worker"]: row["ends_on"] or date.max
        for row in sorted(rows["contract_lines"], key=lambda row: str(row["starts_on"]))
    }
    after = [
        (row["worker"], row["award"])
        for row in rows["assignments"]
        if str(row["ends_on"] or date.max) > str(last_day[row["worker"]])
    ]
    planted = [
        (f.where[0], f.awards[0]) for f in PLANTED if (f.kind, f.year) == ("claim_after_end", year)
    ]
    assert after == planted
