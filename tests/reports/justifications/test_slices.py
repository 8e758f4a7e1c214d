"""Nothing is claimed outside the contract, the post, the assignment or the exercise."""

from datetime import date
from decimal import Decimal

import pytest

from reports.snapshots import year_facts
from tests.factories import ContractLineFactory, PayMonthFactory
from tests.golden import cases
from tests.reports.checks.situations import AS_OF, service

pytestmark = pytest.mark.django_db
CASES = cases("claims_days.csv")


def days_of(written: str) -> dict[str, date | None]:
    first, _, last = written.partition("/")
    return {
        "starts_on": date.fromisoformat(first),
        "ends_on": date.fromisoformat(last) if last else None,
    }


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_march_is_claimed_for_the_days_that_all_four_periods_share(case: dict[str, str]) -> None:
    place = service()
    award = place.award("maribel")
    assignment = place.assign(award, **days_of(case["assignment"]))
    for row, column in (
        (award, "award"),
        (assignment.post, "post"),
        (place.contract, "contract"),
    ):
        for name, value in days_of(case[column]).items():
            setattr(row, name, value)
        row.save()
    facts = year_facts(place.organisation, 2024, AS_OF)
    assert sum(facts.slices.days.tolist()) == int(case["days"])


def test_a_part_time_change_in_mid_month_gives_a_slice_for_each_contract_line() -> None:
    place = service()
    place.contract.ends_on = date(2024, 3, 15)
    place.contract.save()
    ContractLineFactory(
        worker=place.worker,
        starts_on=date(2024, 3, 16),
        weekly_hours=Decimal("19.00"),
        scale_column="gradue",
    )
    award = place.award("maribel")
    place.assign(award)
    dossier = place.dossier(award)
    assert [(line.days, line.hours) for line in dossier.staff] == [(15, 3800), (16, 1900)]
    assert dossier.amounts.presented == 300_000


def test_seniority_is_counted_in_whole_years_on_the_first_day_of_the_month() -> None:
    place = service()
    place.contract.seniority_on = date(2015, 3, 2)
    place.contract.save()
    place.assign(place.award("cocof_casg"), ends_on=date(2024, 4, 30))
    PayMonthFactory(worker=place.worker, month=date(2024, 4, 1))
    facts = year_facts(place.organisation, 2024, AS_OF)
    assert facts.slices.seniority.tolist() == [8, 9]


def test_an_assignment_to_a_post_of_an_award_of_another_year_has_no_slice() -> None:
    place = service()
    award = place.award("maribel")
    place.assign(award)
    award.starts_on, award.ends_on = date(2023, 1, 1), date(2023, 12, 31)
    award.save()
    assert len(year_facts(place.organisation, 2024, AS_OF).slices) == 0
