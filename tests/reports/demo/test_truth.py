"""What the truth file says is planted, how often, and that the rows carry it."""

from collections import Counter
from datetime import date
from decimal import Decimal
from functools import cache

import pytest

from reports.demo.employers import NUMBERS, employer_rows
from reports.demo.truth import (
    AMENDED_AWARD,
    CLAIM_AFTER_END,
    DOUBLE_CLAIM,
    LEAP_START,
    LOW_VOLUME,
    MISSING_AMENDMENT,
    MISSING_DIPLOMA,
    MISSING_EVIDENCE,
    MISSING_QBIS,
    NOT_ENCODED,
    RETROACTIVE_INDEX,
    ROUNDING,
    SHARED_WORKER,
    STALE_FIGURE,
    UNPROVEN_SENIORITY,
    UNSENT_DOCUMENT,
    WRONG_QBIS,
    Planted,
    planted,
)

year_of = cache(employer_rows)
HOW_MANY = {
    DOUBLE_CLAIM: 25,
    CLAIM_AFTER_END: 10,
    MISSING_EVIDENCE: 1,
    STALE_FIGURE: 12,
    ROUNDING: 6,
    LEAP_START: 6,
    RETROACTIVE_INDEX: 4,
    AMENDED_AWARD: 3,
    SHARED_WORKER: 6,
    NOT_ENCODED: 1,
    MISSING_DIPLOMA: 4,
    MISSING_AMENDMENT: 2,
    UNPROVEN_SENIORITY: 3,
    UNSENT_DOCUMENT: 2,
    MISSING_QBIS: 2,
    WRONG_QBIS: 1,
    LOW_VOLUME: 1,
}


def of_kind(kind: str) -> list[Planted]:
    return [fact for fact in planted() if fact.kind == kind]


def named(fact: Planted) -> str:
    return f"{fact.kind} {fact.organisation} {fact.year}"


def test_each_kind_is_planted_as_often_as_promised() -> None:
    assert Counter(fact.kind for fact in planted()) == HOW_MANY
    sharing = {(fact.organisation, fact.worker) for fact in of_kind(SHARED_WORKER)}
    assert len(sharing) == 2


def test_every_fact_is_of_an_employer_and_says_in_words_what_it_is() -> None:
    for fact in planted():
        assert fact.organisation in NUMBERS, named(fact)
        assert fact.words.endswith("."), named(fact)
        awards = {row["reference"] for row in year_of(fact.organisation, fact.year)["awards"]}
        assert set(fact.awards) <= awards, named(fact)


def test_the_federation_itself_has_no_planted_invoice() -> None:
    assert not [fact for fact in planted() if fact.pieces and fact.organisation in NUMBERS[-2:]]


@pytest.mark.parametrize("fact", of_kind(DOUBLE_CLAIM), ids=named)
def test_a_double_claim_is_one_supplier_invoice_under_two_pieces_and_two_awards(
    fact: Planted,
) -> None:
    rows = year_of(fact.organisation, fact.year)
    entered = {
        row["piece"]: (row["supplier"], row["number"], row["issued_on"], row["amount"])
        for row in rows["invoices"]
    }
    put = {row["invoice"]: row["award"] for row in rows["ventilation"]}
    first, second = fact.pieces
    assert entered[first] == entered[second]
    assert (put[first], put[second]) == fact.awards
    assert len(set(fact.awards)) == 2


@pytest.mark.parametrize("fact", of_kind(LEAP_START), ids=named)
def test_a_leap_start_is_a_contract_from_29_february_2024_paid_for_one_day_of_it(
    fact: Planted,
) -> None:
    rows = year_of(fact.organisation, 2024)
    (line,) = [row for row in rows["contract_lines"] if row["worker"] == fact.worker]
    assert line["starts_on"] == date(2024, 2, 29)
    pay = {row["month"]: row for row in rows["pay"] if row["worker"] == fact.worker}
    assert min(map(str, pay)) == "2024-02-01"
    assert 0 < pay[date(2024, 2, 1)]["gross"] < pay[date(2024, 3, 1)]["gross"] / 20
    assert fact.awards[0] in {
        row["award"] for row in rows["assignments"] if row["worker"] == fact.worker
    }


@pytest.mark.parametrize(
    "fact",
    [*of_kind(MISSING_DIPLOMA), *of_kind(MISSING_AMENDMENT), *of_kind(UNSENT_DOCUMENT)],
    ids=named,
)
def test_a_faulty_file_lacks_one_paper_or_one_day_and_nothing_else(fact: Planted) -> None:
    rows = year_of(fact.organisation, fact.year)
    lines = [row for row in rows["contract_lines"] if row["worker"] == fact.worker]
    papers = [row for row in rows["worker_documents"] if row["worker"] == fact.worker]
    kinds = Counter(row["kind"] for row in papers)
    assert kinds["diploma"] == (fact.kind != MISSING_DIPLOMA)
    assert kinds["contract"] == 1
    amendments = 0 if fact.kind == MISSING_AMENDMENT else len(lines) - 1
    assert kinds["amendment"] == amendments
    unsent = {row["kind"] for row in papers if row["transmitted_on"] is None}
    assert unsent == ({"diploma"} if fact.kind == UNSENT_DOCUMENT else set())


@pytest.mark.parametrize("fact", of_kind(UNPROVEN_SENIORITY), ids=named)
def test_an_unproven_seniority_is_of_more_months_than_those_attested(fact: Planted) -> None:
    rows = year_of(fact.organisation, fact.year)
    (line,) = [row for row in rows["contract_lines"] if row["worker"] == fact.worker]
    attested = [
        row["months"]
        for row in rows["worker_documents"]
        if (row["worker"], row["kind"]) == (fact.worker, "seniority")
    ]
    start, since = line["starts_on"], line["seniority_on"]
    assert attested == [(start.year - since.year) * 12 + start.month - since.month - 7]


@pytest.mark.parametrize("fact", [*of_kind(MISSING_QBIS), *of_kind(WRONG_QBIS)], ids=named)
def test_a_faulty_declaration_is_of_one_quarter_of_one_worker(fact: Planted) -> None:
    rows = year_of(fact.organisation, fact.year)
    (held,) = {
        row["weekly_hours"]
        for row in rows["assignments"]
        if row["worker"] == fact.worker and row["award"] in fact.awards
    }
    declared = {
        str(row["quarter"]): row["funded_hours"]
        for row in rows["dmfa"]
        if row["worker"] == fact.worker
    }
    assert len(declared) == 4
    faulty = declared.pop(fact.day)
    assert faulty == (Decimal(fact.value) if fact.kind == WRONG_QBIS else None)
    assert set(declared.values()) == {held}
    assert faulty != held


@pytest.mark.parametrize("fact", of_kind(LOW_VOLUME), ids=named)
def test_a_low_volume_is_the_only_one_below_400_hours_of_french(fact: Planted) -> None:
    low = {
        number: row["volume"]
        for number in NUMBERS
        for row in year_of(number, fact.year)["volumes"]
        if row["mission"] == "french" and row["volume"] < 400
    }
    assert low == {fact.organisation: Decimal(fact.value)}


@pytest.mark.parametrize("fact", of_kind(STALE_FIGURE), ids=named)
def test_a_stale_figure_has_no_term_of_its_year_and_one_that_runs_on(fact: Planted) -> None:
    terms = [
        row
        for row in year_of(fact.organisation, fact.year)["terms"]
        if row["award"] in fact.awards and row["code"] in {"ceiling", "premium"}
    ]
    assert [str(row["starts_on"]) for row in terms] == [f"{fact.year - 1}-01-01"]


@pytest.mark.parametrize("fact", [*of_kind(RETROACTIVE_INDEX), *of_kind(AMENDED_AWARD)], ids=named)
def test_a_late_decision_is_a_second_value_of_the_same_first_day(fact: Planted) -> None:
    decided: dict[object, list[tuple[str, str]]] = {}
    for row in year_of(fact.organisation, fact.year)["terms"]:
        if row["award"] in fact.awards and str(row["starts_on"]) == f"{fact.year}-01-01":
            value = str(row["decided_on"]), str(row["value"])
            decided.setdefault(row["code"], []).append(value)
    (twice,) = [sorted(values) for values in decided.values() if len(values) > 1]
    first, second = twice
    assert second == (fact.day, fact.value)
    assert first[0] < f"{fact.year}-01-01"
    assert first[1] != fact.value
