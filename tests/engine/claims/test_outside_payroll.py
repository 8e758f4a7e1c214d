"""People who are not on the payroll: their invoices count as staff costs, under one maximum."""

from datetime import date

from tests.engine.claims.employers import invoices
from tests.engine.claims.simple import award_of, claim_of, months_of, slices_of

DAY = date(2024, 2, 15)
STAFF, TRAINING = 0, 1
PAY, WORK = months_of([{"gross": 300_000}]), slices_of({})


def test_payroll_and_invoices_share_the_maximum_of_the_staff_head() -> None:
    parts = invoices((STAFF, 100_000, DAY, DAY))
    award = award_of("real_cost", invoices=parts, heads={"staff": "staff_max"})
    claim = claim_of(award, PAY, WORK, granted=10_000, staff_max=2_000)
    (head,) = claim.heads
    assert (head.name, head.presented, head.admitted) == ("staff", 400_000, 400_000)
    assert (head.maximum, head.admissible, claim.payable) == (200_000, 200_000, 200_000)
    assert claim.staff["payable"].values.tolist() == [150_000]
    assert claim.invoices["payable"].values.tolist() == [50_000]


def test_a_category_that_the_scheme_refuses_is_presented_and_never_admitted() -> None:
    parts = invoices((STAFF, 100_000, DAY, DAY), (STAFF, 7_000, DAY, DAY), refused=(0,))
    award = award_of("real_cost", invoices=parts, heads={"staff": "full"})
    claim = claim_of(award, PAY, WORK, granted=10_000)
    assert (claim.presented, claim.admissible) == (407_000, 307_000)
    assert claim.invoices["payable"].values.tolist() == [0, 7_000]


def test_an_award_may_pay_people_outside_the_payroll_alone() -> None:
    parts = invoices((STAFF, 100_000, DAY, DAY))
    award = award_of("real_cost", invoices=parts, heads={"staff": "full"})
    claim = claim_of(award, months_of([]), slices_of(), granted=600)
    assert [head.name for head in claim.heads] == ["staff"]
    assert claim.invoices["payable"].values.tolist() == [60_000]


def test_a_share_of_the_staff_costs_rests_on_both() -> None:
    parts = invoices((STAFF, 100_000, DAY, DAY), (TRAINING, 50_000, DAY, DAY))
    heads = {"staff": "full", "training": "training_rate"}
    claim = claim_of(
        award_of("real_cost", invoices=parts, heads=heads),
        PAY,
        WORK,
        granted=10_000,
        training_rate="1/100",
    )
    assert [head.maximum for head in claim.heads] == [None, 4_000]


def test_a_credit_note_lowers_the_staff_costs() -> None:
    parts = invoices((STAFF, -100_000, DAY, DAY))
    award = award_of("real_cost", invoices=parts, heads={"staff": "full"})
    claim = claim_of(award, PAY, WORK, granted=10_000)
    assert claim.payable == 200_000
    assert claim.staff.total("payable") + claim.invoices.total("payable") == 200_000
