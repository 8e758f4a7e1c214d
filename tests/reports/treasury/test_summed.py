"""What the federation reads of cash: sums that single nobody out, those of the services."""

import io
import json
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import combinations
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from backoffice.federation.models import Organisation
from backoffice.web.templatetags.money import MINUS
from reports.scenarios.comparing import everyone
from reports.scenarios.ready import library
from reports.treasury.choosing import supposed
from reports.treasury.reading import ONE_POINT, ground_of, grounds_of, treasury_of
from reports.treasury.summed.files import content_of, render_files
from reports.treasury.summed.hiding import ALL, told_costs, told_counts, told_sums
from reports.treasury.summed.page import days_text, page_of
from reports.treasury.summed.services import (
    COMING,
    LATE,
    NEVER,
    NO_PREMIUM,
    PAID,
    SHORT,
    TODAY,
    UNDATED,
    Look,
    Service,
)
from reports.treasury.summed.summing import BELOW, QUARTER, looked_at, summed_cash, sums_of
from tests.factories import (
    AssignmentFactory,
    AwardFactory,
    CollectionFactory,
    ContractLineFactory,
    InstalmentFactory,
    OrganisationFactory,
    ParticipationFactory,
    PayItemFactory,
    PayMonthFactory,
    PostFactory,
    ReceiptFactory,
    TermFactory,
    TreasuryRulesFactory,
    WorkerFactory,
)
from tests.people import federation, member

DAYS = date(2026, 3, 31), date(2027, 12, 31)
PARTS = (LATE, COMING, UNDATED)
FUNDERS = ("actiris", "cocof", "cocom")


def service(number: int, below: str = NEVER, late: int = 10_00, point: int = 5_00) -> Service:
    """A service to which the COCOF owes something, paid twice, with a balance known."""
    premiums = {2026: SHORT if below != NEVER else PAID, 2027: NO_PREMIUM}
    return Service(
        number,
        {("cocof", LATE): late, ("cocof", COMING): 100_00},
        {"cocof": [0, number]},
        {TODAY: Look(below, premiums, point, None)},
        is_partial=False,
    )


def test_what_rests_on_enough_services_is_summed_with_its_delays() -> None:
    found = sums_of([service(one) for one in range(1, 6)], DAYS)
    total = found.rows[-1]
    assert (total.late, total.coming, total.undated, total.awaited) == (50_00, 500_00, 0, 550_00)
    assert (total.mean, total.median, total.payments) == (Fraction(15, 10), 1, 10)
    assert found.points == {TODAY: 25_00}
    assert found.count(TODAY, BELOW, NEVER) == 5


def test_a_federation_of_few_services_hides_everything() -> None:
    found = sums_of([service(one, "2026-Q4") for one in range(1, 4)], DAYS)
    assert all(one.awaited is one.late is one.mean is one.median is None for one in found.rows)
    assert found.points == {TODAY: None}
    assert set(found.counts.values()) == {None}


def test_a_number_under_the_threshold_is_hidden_with_all_the_others_of_its_question() -> None:
    many = [service(one) for one in range(1, 9)]
    few = [service(one, "2026-Q4") for one in range(9, 12)]
    found = sums_of([*many, *few], DAYS)
    assert found.counts[TODAY, BELOW] is None
    assert found.counts[TODAY, QUARTER] is None
    assert found.count(TODAY, "2026", SHORT) is None


def test_quarters_that_tell_of_few_are_hidden_and_the_number_over_the_horizon_stays() -> None:
    many = [service(one) for one in range(1, 9)]
    early = [service(one, "2026-Q4") for one in range(9, 13)]
    late = [service(one, "2027-Q1") for one in range(13, 15)]
    found = sums_of([*many, *early, *late], DAYS)
    assert found.count(TODAY, QUARTER, "2026-Q4") is None
    assert found.count(TODAY, BELOW, BELOW) == 6


def test_that_all_go_below_zero_is_not_told_and_that_none_does_is() -> None:
    found = sums_of([service(one, "2026-Q4") for one in range(1, 9)], DAYS)
    assert found.counts[TODAY, BELOW] is found.counts[TODAY, QUARTER] is None
    assert sums_of([service(one) for one in range(1, 9)], DAYS).count(TODAY, BELOW, BELOW) == 0


def test_two_looks_of_which_one_service_makes_the_difference_are_not_both_told() -> None:
    today = {one: SHORT if one < 6 else PAID for one in range(12)}
    later = {**today, 6: SHORT}
    told = told_counts({"today": today, "later": later})
    assert None in told.values()
    costs = dict.fromkeys(range(12), 10_00)
    told_amounts = told_costs({"today": costs, "later": {**costs, 6: 90_00}})
    assert told_amounts == {"today": 120_00, "later": None}


def test_two_looks_between_which_enough_services_move_are_both_told() -> None:
    today = {one: SHORT if one < 5 else PAID for one in range(15)}
    later = {one: SHORT if one < 10 else PAID for one in range(15)}
    told = told_counts({"today": today, "later": later})
    assert told == {"today": {SHORT: 5, PAID: 10}, "later": {SHORT: 10, PAID: 5}}


@given(
    st.lists(
        st.tuples(*(st.sampled_from(["2026-Q4", "2027-Q1", NEVER]) for _look in range(2))),
        max_size=16,
    )
)
def test_no_difference_of_numbers_told_is_of_one_to_three_services(answers: list) -> None:
    """Of nested groups: what is in one and not in the other."""
    looks = {str(look): {n: one[look] for n, one in enumerate(answers)} for look in range(2)}
    told = told_counts(looks)
    shown = [set(range(len(answers)))] if any(told.values()) else []
    for name, found in told.items():
        for answer, count in (found or {}).items():
            who = {n for n, one in looks[name].items() if one == answer}
            assert len(who) == count
            shown.append(who)
    for one in shown:
        assert not 0 < len(one) < 4
    for one, other in combinations(shown, 2):
        if one < other:
            assert len(other - one) >= 4


@given(
    st.dictionaries(
        st.tuples(st.integers(0, 9), st.sampled_from(FUNDERS), st.sampled_from(PARTS)),
        st.integers(0, 5_000_00),
        min_size=1,
    )
)
def test_one_sum_never_lacks_alone_from_what_sums_to_the_total(values: dict) -> None:
    told = told_sums(values, PARTS)
    funders = {funder for funder, _what in told}
    for what in (*PARTS, "awaited"):
        assert sum(told[funder, what] is None for funder in funders) != 1
    for funder in funders:
        parts = [told[funder, what] for what in PARTS]
        assert [*parts, told[funder, "awaited"]].count(None) != 1
        if None not in (*parts, told[funder, "awaited"]):
            assert sum(parts) == told[funder, "awaited"]
    assert (ALL, "awaited") in told


def test_the_cost_at_own_rates_is_told_only_where_enough_wrote_theirs() -> None:
    def rated(one: Service) -> Service:
        looks = {code: replace(look, own=20_00) for code, look in one.looks.items()}
        return replace(one, looks=looks)

    many = [service(one) for one in range(1, 11)]
    three = sums_of([*map(rated, many[:3]), *many[3:]], DAYS)
    assert (three.rated, three.own[TODAY]) == (None, None)
    five = sums_of([*map(rated, many[:5]), *many[5:]], DAYS)
    assert (five.rated, five.own[TODAY]) == (5, 100_00)


def test_services_without_a_balance_are_counted_apart_never_as_zero() -> None:
    without = [replace(service(one), looks={}) for one in range(11, 17)]
    found = sums_of([*(service(one) for one in range(1, 6)), *without], DAYS)
    assert (found.services, found.unknown) == (11, 6)
    assert found.count(TODAY, BELOW, NEVER) == 5
    assert found.rows[-1].awaited == 11 * 110_00


def test_days_are_told_with_one_decimal() -> None:
    assert days_text(Fraction(-7, 4)) == f"{MINUS}1,8"
    assert days_text(Fraction(15, 10)) == "1,5"
    assert days_text(3) == "3,0"


@pytest.fixture
def services() -> list[Organisation]:
    """Five employers with pay, an award late by a month, and a balance at the bank."""
    found = [OrganisationFactory() for _one in range(5)]
    for place, one in enumerate(found):
        _fill(one, place)
    return found


def _fill(one: Organisation, place: int) -> None:
    days = {"starts_on": date(2025, 1, 1), "ends_on": date(2026, 12, 31)}
    worker = WorkerFactory(organisation=one)
    ContractLineFactory(worker=worker)
    for month in range(1, 13):
        row = PayMonthFactory(worker=worker, month=date(2025, month, 1))
        PayItemFactory(pay_month=row, cost_item="gross", amount=Decimal("3300.00"))
    award = AwardFactory(organisation=one, scheme="cocof_facultative", **days)
    for year in (2025, 2026):
        whole = {"starts_on": date(year, 1, 1), "ends_on": date(year, 12, 31)}
        TermFactory(award=award, value="20000.00", **whole)
    AssignmentFactory(worker=worker, post=PostFactory(award=award, **days), **days)
    first = InstalmentFactory(
        award=award, year=2025, number=1, kind="advance", due_on=date(2025, 6, 1), amount=9000
    )
    InstalmentFactory(
        award=award, year=2025, number=2, kind="advance", due_on=date(2025, 11, 1), amount=8000
    )
    ReceiptFactory(award=award, instalment=first, year=2025, received_on=date(2025, 7, 1 + place))
    TreasuryRulesFactory(
        organisation=one, balance_on=date(2025, 12, 31), balance=Decimal("5000.00"), pay_day=None
    )


@pytest.mark.django_db
def test_the_sums_are_those_of_the_curves_that_each_service_reads(
    services: list[Organisation],
) -> None:
    found = summed_cash(services, date(2026, 3, 31))
    assert found is not None
    assert (found.seen_on, found.last) == (date(2025, 12, 31), date(2027, 12, 31))
    alone = [ground_of(one, found.seen_on, found.last.year) for one in services]
    together = grounds_of(everyone(services), found.seen_on, found.last.year)
    for one, other in zip(alone, together, strict=True):
        assert treasury_of(one).curve == treasury_of(other).curve
    curves = [treasury_of(one) for one in alone]
    assert found.points[TODAY] == sum(one.lateness(ONE_POINT) for one in curves)
    for code in looked_at():
        total = 0
        for ground, today in zip(alone, curves, strict=True):
            under = supposed(ground, library()[code])
            assert under is not None
            later = treasury_of(ground, under.run).curve.interest(ONE_POINT)
            total += later - today.announced.interest(ONE_POINT)
        assert found.points[code] in (None, total)
    assert found.rows[-1].median == 32
    assert found.rows[-1].mean == 32
    assert found.rows[-1].late is not None
    assert found.rows[-1].late >= 5 * 8000_00


@pytest.mark.django_db
def test_the_page_and_the_files_say_the_same_sums(services: list[Organisation]) -> None:
    found = summed_cash(services, date(2026, 3, 31))
    assert found is not None
    page, files = page_of(found), render_files(found)
    written = json.loads(files["json"])
    assert written == json.loads(json.dumps(content_of(found)))
    assert written["services_without_balance"] == 0
    book = load_workbook(io.BytesIO(files["xlsx"]), data_only=True)
    sums = [row for row in book["Attendu"].iter_rows(values_only=True) if row[0] == "Total"]
    late = found.rows[-1].late
    assert late is not None
    assert Decimal(str(sums[0][1])) * 100 == late
    assert [one.name for one in page.below] == [
        row[0]
        for row in book["Services"].iter_rows(min_row=5, values_only=True)
        if row[0] in {one.name for one in page.below}
    ]


@pytest.mark.django_db
def test_the_command_takes_no_day_no_service_and_no_scenario(tmp_path: Path) -> None:
    for option in ("organisation", "scenario", "years", "as_of"):
        with pytest.raises(CommandError):
            call_command("cash", federation=True, out=str(tmp_path), **{option: "2026-01-01"})


@pytest.mark.django_db
def test_the_federation_reads_and_writes_the_sums_of_those_that_take_part(
    services: list[Organisation], tmp_path: Path
) -> None:
    collection = CollectionFactory()
    for one in services:
        ParticipationFactory(collection=collection, organisation=one)
    said = federation("finance").get("/tresorerie/federation/").content.decode()
    assert "5 services participent, dont 0 sans solde connu" in said
    assert "Attendu par pouvoir subsidiant" in said
    assert not any(one.name in said for one in services)
    call_command("cash", federation=True, out=str(tmp_path))
    written = json.loads(next(tmp_path.glob("*.json")).read_text())
    assert written["services"] == 5
    assert len(list(tmp_path.glob("tresorerie-federation-2025-12.*"))) == 2


@pytest.mark.django_db
def test_without_pay_there_is_nothing_and_a_service_does_not_read_it() -> None:
    organisation = OrganisationFactory()
    assert summed_cash([organisation], date(2026, 1, 1)) is None
    said = federation("finance").get("/tresorerie/federation/").content.decode()
    assert "Aucun service" in said
    assert member("finance", organisation).get("/tresorerie/federation/").status_code == 403
