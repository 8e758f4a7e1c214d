"""The payments to expect: the days of the scheme, parts that sum to the cent."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backoffice.engine.periods import year_period
from grants.scheme import schemes
from grants.services.instalments import expected_of
from grants.snapshots import award_facts
from tests.factories import AwardFactory, TermFactory

CENTS = st.integers(min_value=0, max_value=10**11)


@given(CENTS, st.sampled_from([2023, 2024, 2025, 2026]))
def test_the_parts_of_a_whole_schedule_sum_to_what_is_granted(granted: int, year: int) -> None:
    assert sum(one.amount for one in expected_of(schemes()["cocof_casg"], year, granted)) == granted


@given(CENTS, st.sampled_from(sorted(schemes())))
def test_no_schedule_expects_more_than_what_is_granted(granted: int, code: str) -> None:
    found = expected_of(schemes()[code], 2025, granted)
    assert 0 <= sum(one.amount for one in found) <= granted
    assert [one.number for one in found] == list(range(1, len(found) + 1))


def test_twelve_monthly_parts_of_a_year_sum_to_the_cent() -> None:
    found = expected_of(schemes()["cocom_cap"], 2025, 10000001)
    assert len(found) == 12
    assert sum(one.amount for one in found) == 10000001
    assert {one.amount for one in found} <= {833333, 833334}


def test_a_scheme_without_known_shares_announces_nothing() -> None:
    assert expected_of(schemes()["maribel"], 2025, 5000000) == ()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("term", "granted"),
    [
        ({"starts_on": date(2025, 1, 1), "ends_on": None}, 5000000),
        ({"starts_on": date(2024, 1, 1), "ends_on": date(2025, 12, 31)}, 5000000),
        ({"starts_on": date(2024, 1, 1), "ends_on": None}, None),
        ({"starts_on": date(2024, 1, 1), "ends_on": date(2024, 12, 31)}, None),
        ({"starts_on": date(2025, 1, 1), "decided_on": date(2025, 3, 1)}, None),
    ],
)
def test_the_amount_of_a_year_is_known_once_a_letter_fixes_it_for_that_year(term, granted) -> None:
    award = AwardFactory(ends_on=date(2026, 12, 31))
    TermFactory(award=award, code="granted", value="50000.00", **{"ends_on": None, **term})
    known_on = date(2025, 2, 1)
    facts = award_facts(award, year_period(2025), award.terms.all(), known_on)
    assert facts.granted(known_on) == granted
