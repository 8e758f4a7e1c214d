"""What the work costs, who pays it, what the index and late payments cost: each to the cent."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backoffice.engine import money
from backoffice.engine.claims.ledger import settle
from bench.employers import employer_year
from reports.memorandum.sharing import carried_again, top_ups
from tests.factories import (
    ContractLineFactory,
    InstalmentFactory,
    PayItemFactory,
    PayMonthFactory,
    ReceiptFactory,
    WorkerFactory,
)
from tests.reports.memorandum.alike import YEAR, Small, alike, found, fund

ACS = "actiris_acs"
COCOF = "commission_communautaire_francaise_cocof"
COCOM = "commission_communautaire_commune_cocom"


@pytest.mark.django_db
def test_the_cost_of_the_work_is_what_each_funder_pays_and_own_funds() -> None:
    alike(lambda small: fund(small, "acs"))
    # 12 x 3,750.00 a worker; the premium pays 24,000.00 of it.
    assert found("cost_sector.CASG.cost").text == "180000.00"
    assert found(f"cost_sector.CASG.{ACS}").text == "96000.00"
    assert found("cost_sector.CASG.own_funds").text == "84000.00"
    assert found("cost_function.social.own_funds").text == "84000.00"


@pytest.mark.django_db
def test_what_a_funder_leaves_is_borne_by_another_one_then_by_own_funds() -> None:
    def two(small: Small) -> None:
        fund(small, "acs")
        fund(small, "cocof_facultative", granted="15000.00")

    alike(two)
    assert found(f"bearers.{ACS}.carried").text == "180000.00"
    assert found(f"bearers.{ACS}.payable").text == "96000.00"
    assert found(f"bearers.{ACS}.topped").text == "60000.00"
    assert found(f"bearers.{ACS}.left").text == "24000.00"
    assert found(f"top_ups.{ACS}_{COCOF}.topped").text == "60000.00"
    assert found("cost_sector.CASG.own_funds").text == "24000.00"


@pytest.mark.django_db
def test_own_funds_are_what_awards_leave_counted_once_and_the_work_without_award() -> None:
    def two_and_a_colleague(small: Small) -> None:
        fund(small, "acs")
        fund(small, "cocof_facultative", granted="15000.00")
        worker = WorkerFactory.create(organisation=small.organisation)
        ContractLineFactory.create(worker=worker, approval=small.approval, function="reception")
        for month in range(1, 13):
            row = PayMonthFactory.create(worker=worker, month=date(YEAR, month, 1))
            row.items.all().delete()
            PayItemFactory.create(pay_month=row, cost_item="gross", amount=Decimal("1000.01"))

    alike(two_and_a_colleague)
    assert found("own_funds.CASG.left").text == "48000.00"  # 6,000.00 with each of two funders
    assert found("own_funds.CASG.left_twice").text == "-24000.00"
    assert found("own_funds.CASG.uncarried").text == "48000.48"
    assert found("own_funds.CASG.own_funds").text == "72000.48"
    assert found("cost_sector.CASG.own_funds").text == "72000.48"


@given(seed=st.integers(0, 10_000), awards=st.integers(1, 8))
def test_what_is_carried_again_is_at_least_what_tops_up(seed: int, awards: int) -> None:
    year = employer_year(4, awards, 2024, seed)
    ledger = settle(year.pay, year.slices, year.awards, year.known)
    again = sum(money.total(one) for one in carried_again(ledger, year.slices))
    assert again >= sum(money.total(one.amounts) for one in top_ups(ledger, year.slices)) >= 0


@pytest.mark.django_db
def test_a_service_whose_award_is_not_known_is_left_out_and_said() -> None:
    alike(
        lambda small: fund(
            small, "cocof_facultative", granted="40000.00" if small.number else None
        ),
        count=5,
    )
    cost = found("cost_sector.CASG.cost")
    assert (cost.text, cost.scope, cost.known) == ("180000.00", 5, 4)


@given(seed=st.integers(0, 10_000), awards=st.integers(1, 8))
def test_the_top_ups_by_pair_are_those_of_the_ledger(seed: int, awards: int) -> None:
    year = employer_year(4, awards, 2024, seed)
    ledger = settle(year.pay, year.slices, year.awards, year.known)
    sums = dict.fromkeys(range(awards), 0)
    for one in top_ups(ledger, year.slices):
        assert (one.amounts >= 0).all()
        sums[one.earlier] += money.total(one.amounts)
    assert sums == {index: ledger.topped_up.get(index, 0) for index in range(awards)}


@pytest.mark.django_db
def test_the_lag_of_the_index_is_the_rise_between_the_two_days() -> None:
    # Pivot 37 was crossed in April 2024: pay of private_m1 rises on 1 May, "public" on 1 June.
    # May: (3,000.00 + 750.00) x 0.02 / 1.02 = 73.5294..., 73.53 for each service.
    alike(lambda small: fund(small, "cocom_facultative", index_regime="public"))
    lag = found(f"index_lag.037_2024_04.{COCOM}")
    assert (lag.text, lag.scope, lag.known) == ("294.12", 4, 4)
    assert found("index_lag.all.all").text == "294.12"


@pytest.mark.django_db
def test_an_award_indexed_once_a_year_by_its_rule_lags_until_the_end_of_the_year() -> None:
    # May to December: 8 x 73.5294... = 588.2352..., 588.24 for each service.
    alike(lambda small: fund(small, "ape"))
    lag = found("index_lag.037_2024_04.forem_ape")
    assert (lag.text, lag.status) == ("2352.96", "to_confirm")


@pytest.mark.django_db
def test_an_award_whose_letter_says_no_regime_leaves_the_lag_unknown_never_assumed() -> None:
    alike(lambda small: fund(small, "acs"))
    lag = found(f"index_lag.037_2024_04.{ACS}")
    assert (lag.state, lag.scope, lag.known) == ("unknown", 4, 0)
    assert found("index_lag.all.all").state == "unknown"


@pytest.mark.django_db
def test_an_award_on_the_same_day_as_the_pay_has_a_known_lag_of_zero() -> None:
    alike(
        lambda small: fund(small, "cocom_facultative", index_regime="public"), regime="private_m2"
    )
    lag = found(f"index_lag.037_2024_04.{COCOM}")
    assert (lag.text, lag.scope, lag.known) == ("0.00", 4, 4)


@pytest.mark.django_db
def test_a_regime_that_should_be_known_and_is_not_leaves_the_lag_unknown() -> None:
    alike(lambda small: fund(small, "cocof_casg", granted="40000.00", index_regime=None))
    lag = found(f"index_lag.037_2024_04.{COCOF}")
    assert (lag.state, lag.scope, lag.known) == ("unknown", 4, 0)


@pytest.mark.django_db
def test_what_a_funder_owes_is_unknown_where_no_instalment_is_entered() -> None:
    alike(lambda small: fund(small, "acs"))
    for column in ("instalments", "expected", "outstanding", "weighted_days", "median_days"):
        entry = found(f"late.{ACS}.{column}")
        assert (entry.state, entry.scope, entry.known) == ("unknown", 4, 0), column


@pytest.mark.django_db
def test_late_payments_are_counted_weighed_by_euros_and_what_is_still_due_is_said() -> None:
    def paid(small: Small) -> None:
        award = fund(small, "acs")
        for number, due, late in ((1, date(YEAR, 2, 15), 10), (2, date(YEAR, 6, 15), None)):
            instalment = InstalmentFactory.create(
                award=award, year=YEAR, number=number, due_on=due, amount=Decimal(1000 * number)
            )
            if late is not None:
                ReceiptFactory.create(
                    award=award,
                    year=YEAR,
                    instalment=instalment,
                    received_on=date(YEAR, 2, 15 + late),
                    amount=Decimal(1000),
                )
        InstalmentFactory.create(
            award=award, year=YEAR, number=3, due_on=date(2025, 7, 1), amount=Decimal(1)
        )

    alike(paid)
    assert found(f"late.{ACS}.instalments").text == "8"
    assert found(f"late.{ACS}.late_instalments").text == "8"
    assert found(f"late.{ACS}.expected").text == "12000.00"
    assert found(f"late.{ACS}.outstanding").text == "8000.00"
    # From 15 June 2024 to 30 June 2025: 380 days. (1,000 x 10 + 2,000 x 380) / 3,000.
    assert found(f"late.{ACS}.weighted_days").value == Fraction("256.6667")
    assert found(f"late.{ACS}.median_days").text == "195.00"
