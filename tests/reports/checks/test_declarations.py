"""The DmfA of Maribel posts: funded hours that lack, differ or are not known."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from grants.models import Award, Post
from reports.dossier import Check
from staffing.models import ContractLine
from tests.factories import (
    ActivityVolumeFactory,
    AssignmentFactory,
    ContractLineFactory,
    DmfaLineFactory,
    PayItemFactory,
    PayMonthFactory,
    PostFactory,
    WorkerDocumentFactory,
    WorkerFactory,
)
from tests.reports.checks.situations import MARCH, Service, service

pytestmark = pytest.mark.django_db


def funded_hours(place: Service, award: Award, as_of: date = date(2025, 3, 1)) -> list[Check]:
    return [one for one in place.dossier(award, as_of).checks if one.code.startswith("qbis")]


def situation(full_time: str, works: str, fte: str, hours: str) -> tuple[Service, Award]:
    """A worker of `works` hours on a post of `fte`, `hours` of them put on the award."""
    place = service()
    ContractLine.objects.update(weekly_hours=Decimal(works), full_time_hours=Decimal(full_time))
    award = place.award("maribel")
    place.assign(award, hours)
    Post.objects.update(fte=Decimal(fte))
    return place, award


@pytest.mark.parametrize(
    ("full_time", "works", "fte", "hours", "expected"),
    [
        ("38", "38", "1.00", "38", "38.00"),
        ("38", "38", "0.80", "30.40", "30.40"),
        ("38", "19", "0.50", "19", "19.00"),
        ("36", "25", "0.25", "9", "9.00"),
        ("36", "25", "0.25", "25", "9.00"),
    ],
    ids=["O1", "O2", "O3", "O4", "O4 with the worker's own hours on the post"],
)
def test_the_funded_hours_are_those_of_a_full_time_times_the_fte_funded(
    full_time: str, works: str, fte: str, hours: str, expected: str
) -> None:
    place, award = situation(full_time, works, fte, hours)
    line = DmfaLineFactory(worker=place.worker, funded_hours=Decimal(expected))
    assert funded_hours(place, award) == []
    line.funded_hours += Decimal("0.01")
    line.save()
    assert [check.code for check in funded_hours(place, award)] == ["qbis_wrong"]


def test_missing_funded_hours_lose_the_subsidy_of_the_quarter() -> None:
    place, award = situation("38", "38", "1", "38")
    DmfaLineFactory(worker=place.worker, funded_hours=None)
    (check,) = funded_hours(place, award)
    payable = place.dossier(award).amounts.payable
    assert (check.code, check.level, check.who) == ("qbis_missing", "error", "W01")
    assert (check.month, check.amount) == ("2024-T1", payable)
    assert payable == 300_000
    assert "Corrigez la DmfA" in check.todo


def test_a_worker_who_is_not_in_the_known_dmfa_of_the_quarter_has_no_funded_hours() -> None:
    place, award = situation("38", "38", "1", "38")
    DmfaLineFactory(worker=WorkerFactory(organisation=place.organisation))
    assert [check.code for check in funded_hours(place, award)] == ["qbis_missing"]


def test_wrong_funded_hours_say_both_figures_and_the_euros_of_the_gap() -> None:
    place, award = situation("38", "38", "1", "38")
    line = DmfaLineFactory(worker=place.worker, funded_hours=Decimal("19.00"))
    (check,) = funded_hours(place, award)
    assert (check.code, check.level, check.amount) == ("qbis_wrong", "warning", 150_000)
    assert "19,00 h déclarées, 38,00 h attendues" in check.message
    line.funded_hours = Decimal(0)
    line.save()
    assert [check.amount for check in funded_hours(place, award)] == [300_000]


@pytest.mark.parametrize(
    ("quarter", "found"), [(date(2024, 1, 1), ["qbis_missing"]), (date(2024, 4, 1), [])]
)
def test_only_the_quarters_whose_dmfa_is_known_are_judged(quarter: date, found: list[str]) -> None:
    place, award = situation("38", "38", "1", "38")
    DmfaLineFactory(worker=place.worker, quarter=quarter, funded_hours=None)
    assert [check.code for check in funded_hours(place, award)] == found


def test_hours_that_change_within_the_quarter_are_two_lines() -> None:
    place, award = situation("38", "38", "1", "38")
    place.worker.assignments.update(ends_on=date(2024, 3, 15))
    AssignmentFactory(
        worker=place.worker,
        post=award.posts.get(),
        starts_on=date(2024, 3, 16),
        ends_on=date(2024, 3, 31),
        weekly_hours=Decimal(19),
    )
    first = DmfaLineFactory(worker=place.worker, funded_hours=Decimal(38))
    assert [check.code for check in funded_hours(place, award)] == ["qbis_wrong"]
    DmfaLineFactory(worker=place.worker, number=2, funded_hours=Decimal(19))
    assert funded_hours(place, award) == []
    first.delete()
    assert [check.code for check in funded_hours(place, award)] == ["qbis_wrong"]


def test_two_posts_at_once_are_one_line_or_two() -> None:
    place, award = situation("38", "38", "0.5", "19")
    AssignmentFactory(
        worker=place.worker,
        post=PostFactory(award=award, code="P2", fte=Decimal("0.25")),
        starts_on=MARCH,
        weekly_hours=Decimal("9.50"),
    )
    one = DmfaLineFactory(worker=place.worker, funded_hours=Decimal("28.50"))
    assert funded_hours(place, award) == []
    one.funded_hours = Decimal(19)
    one.save()
    DmfaLineFactory(worker=place.worker, number=2, funded_hours=Decimal("9.50"))
    assert funded_hours(place, award) == []


def test_two_equal_simultaneous_lines_count_twice() -> None:
    place, award = situation("38", "38", "0.5", "19")
    DmfaLineFactory(worker=place.worker, funded_hours=Decimal(19))
    assert funded_hours(place, award) == []
    DmfaLineFactory(worker=place.worker, number=2, funded_hours=Decimal(19))
    (check,) = funded_hours(place, award)
    assert "19,00 h + 19,00 h déclarées, 19,00 h attendues" in check.message
    assert check.subject == "qbis:W01:2024-T1:3800"


def test_two_equal_lines_in_a_gap_are_added_up() -> None:
    place, award = situation("38", "38", "1", "38")
    for number in (1, 2):
        DmfaLineFactory(worker=place.worker, number=number, funded_hours=Decimal("9.50"))
    assert [check.amount for check in funded_hours(place, award)] == [150_000]


def test_equal_hours_on_two_successive_contracts_are_one_line_or_two() -> None:
    place, award = situation("38", "19", "0.5", "19")
    ContractLine.objects.update(ends_on=date(2024, 3, 15))
    hours = {"weekly_hours": Decimal(19), "full_time_hours": Decimal(38)}
    ContractLineFactory(worker=place.worker, starts_on=date(2024, 3, 16), **hours)
    DmfaLineFactory(worker=place.worker, funded_hours=Decimal(19))
    assert funded_hours(place, award) == []
    DmfaLineFactory(worker=place.worker, number=2, funded_hours=Decimal(19))
    assert funded_hours(place, award) == []


def test_no_more_than_the_subsidy_of_the_quarter_is_at_stake() -> None:
    place, award = situation("38", "38", "0.25", "9.50")
    DmfaLineFactory(worker=place.worker, funded_hours=Decimal(38))
    (check,) = funded_hours(place, award)
    assert check.amount == place.dossier(award).amounts.payable


def test_another_occupation_without_funded_hours_changes_nothing() -> None:
    place, award = situation("38", "38", "1", "38")
    DmfaLineFactory(worker=place.worker, number=1, funded_hours=None)
    DmfaLineFactory(worker=place.worker, number=2, funded_hours=Decimal(38))
    assert funded_hours(place, award) == []


def test_other_schemes_have_no_funded_hours() -> None:
    place = service()
    award = place.funded("cocom_cap")
    DmfaLineFactory(worker=place.worker, funded_hours=None)
    codes = {check.code for check in place.dossier(award).checks}
    assert codes.isdisjoint({"qbis_missing", "qbis_wrong", "dmfa_unknown"})


@pytest.mark.parametrize(
    ("as_of", "quarters"),
    [
        (date(2024, 6, 30), []),
        (date(2024, 7, 1), ["2024-T2"]),
        (date(2025, 3, 1), ["2024-T2", "2024-T3", "2024-T4"]),
    ],
)
def test_the_quarters_that_are_over_and_not_known_are_told(
    as_of: date, quarters: list[str]
) -> None:
    place, award = situation("38", "38", "1", "38")
    DmfaLineFactory(worker=place.worker)
    found = place.found(award, "dmfa_unknown", as_of)
    assert [check.level for check in found] == ["info"] * bool(quarters)
    assert [", ".join(quarters) in check.message for check in found] == [True] * bool(quarters)


def test_the_number_of_findings_follows_the_workers_and_not_the_months() -> None:
    place, award = situation("38", "38", "2", "38")
    other = WorkerFactory(organisation=place.organisation, number="W02")
    ContractLineFactory(worker=other)
    place.worker.assignments.update(ends_on=None)
    AssignmentFactory(worker=other, post=award.posts.get(), weekly_hours=Decimal(38))
    for worker in (place.worker, other):
        for month in (date(2024, 1, 1), date(2024, 2, 1)):
            PayItemFactory(pay_month=PayMonthFactory(worker=worker, month=month))
    DmfaLineFactory(worker=place.worker, funded_hours=None)
    assert [check.who for check in funded_hours(place, award)] == ["W01", "W02"]


@pytest.mark.parametrize(
    ("declared", "term", "missing"),
    [
        ("500.00", None, 50_000),
        ("500.00", "500.00", None),
        ("500.01", "500.00", 1),
        ("0.00", None, None),
        (None, None, None),
    ],
    ids=["no term", "the same", "a cent more", "none declared", "not told"],
)
def test_other_subsidies_of_the_dmfa_are_those_that_the_award_deducts(
    declared: str | None, term: str | None, missing: int | None
) -> None:
    place = service()
    award = place.award("maribel", other_funding=term)
    place.assign(award)
    amount = None if declared is None else Decimal(declared)
    DmfaLineFactory(worker=place.worker, other_subsidies=amount)
    found = place.found(award, "subsidies_not_deducted")
    assert [check.amount for check in found] == ([] if missing is None else [missing])
    assert [check.level for check in found] == ["warning"] * len(found)


def test_other_subsidies_of_a_worker_of_another_award_are_not_its_own() -> None:
    place = service()
    award = place.funded("maribel")
    other = WorkerFactory(organisation=place.organisation)
    ContractLineFactory(worker=other)
    PayMonthFactory(worker=other)
    DmfaLineFactory(worker=other, other_subsidies=Decimal("500.00"))
    assert place.found(award, "subsidies_not_deducted") == []


@pytest.mark.parametrize("scheme", ["maribel", "cocof_casg", "wallonia_ili"])
def test_the_queries_of_a_dossier_do_not_depend_on_files_declarations_and_volumes(
    scheme: str,
) -> None:
    place = service("ILI" if scheme == "wallonia_ili" else "CASG")
    award = place.funded(scheme)
    WorkerDocumentFactory(worker=place.worker)
    DmfaLineFactory(worker=place.worker)
    ActivityVolumeFactory(approval=place.approval)
    with CaptureQueriesContext(connection) as few:
        place.dossier(award)
    for number in range(2, 22):
        WorkerDocumentFactory(worker=place.worker, kind="amendment")
        DmfaLineFactory(worker=place.worker, number=number)
        ActivityVolumeFactory(approval=place.approval, year=2000 + number)
    with CaptureQueriesContext(connection) as many:
        place.dossier(award)
    assert len(many) == len(few)
