"""What the federation reads of the risk of recovery: sums by funder that single nobody out."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.risk.summed import LOST, PAYABLE, FunderRisk, rows_of, summed_risk
from tests.factories import OrganisationFactory
from tests.people import federation, member

FUNDERS = ("actiris", "cocof", "cocom")


def values(lost: dict[tuple[int, str], int], payable: int = 100_00) -> dict:
    found = {(*key, PAYABLE): payable for key in lost}
    return found | {(*key, LOST): amount for key, amount in lost.items()}


def by_funder(found: dict) -> dict[str, FunderRisk]:
    return {one.funder: one for one in rows_of(found)}


def test_what_rests_on_enough_services_is_summed() -> None:
    rows = by_funder(values({(one, "cocof"): 10_00 + one for one in range(6)}))
    assert rows["cocof"] == FunderRisk("cocof", 660_15, 600_00, 60_15)
    assert rows[""] == FunderRisk("", 660_15, 600_00, 60_15)


def test_a_funder_of_whom_three_lose_is_hidden_and_no_difference_gives_it_back() -> None:
    lost = {(one, funder): 10_00 for one in range(8) for funder in ("cocof", "cocom")}
    lost |= {(one, "actiris"): 10_00 if one < 3 else 0 for one in range(8)}
    rows = by_funder(values(lost))
    assert rows["actiris"] == FunderRisk("actiris", None, None, None)
    others = [rows[one] for one in ("cocof", "cocom", "")]
    assert any(one.lost is None for one in others)


def test_a_service_that_loses_nearly_all_is_hidden() -> None:
    lost = {(one, "cocof"): 1_00 for one in range(9)} | {(9, "cocof"): 900_00}
    assert by_funder(values(lost))["cocof"].lost is None


@given(
    st.dictionaries(
        st.tuples(st.integers(0, 9), st.sampled_from(FUNDERS)), st.integers(0, 5_000_00), min_size=1
    )
)
def test_one_amount_never_lacks_alone_from_what_sums_to_the_total(lost: dict) -> None:
    rows = by_funder(values(lost))
    for name in ("granted", "payable", "lost"):
        hidden = [one for one in rows.values() if getattr(one, name) is None]
        assert len(hidden) != 1
    for one in rows.values():
        if one.granted is not None:
            assert one.granted == (one.payable or 0) + (one.lost or 0)


@pytest.mark.django_db
def test_without_pay_there_is_nothing_to_sum_and_a_service_does_not_read_it() -> None:
    organisation = OrganisationFactory()
    assert summed_risk([organisation], date(2026, 1, 1)) is None
    assert "Aucun service" in federation("finance").get("/risque/federation/").content.decode()
    assert member("finance", organisation).get("/risque/federation/").status_code == 403
