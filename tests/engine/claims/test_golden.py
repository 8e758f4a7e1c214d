"""The signed cases of the claim shapes, line by line and head by head."""

from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from backoffice.engine import money
from backoffice.engine.claims.ledger import settle
from backoffice.engine.figures import Figure, FigureValue, Source
from backoffice.engine.payroll import PayMonths, Slices, qbis
from backoffice.engine.periods import days_in_month, month_start, parse_month
from tests.engine.claims.employers import FIRST, ints, invoices, posts
from tests.engine.claims.simple import (
    JANUARY,
    NEXT_YEAR,
    award_of,
    claim_of,
    known_of,
    months_of,
    slices_of,
)
from tests.golden import cases

Case = dict[str, str]
FIGURES = {"ceiling": "46607.60", "premium": 30_000, "premium_rate": "0.95", "granted": 10_000}


def rows_of(name: str) -> Any:
    rows = cases(name)
    return pytest.mark.parametrize("case", rows, ids=[row["name"] for row in rows])


def hundredths(text: str) -> int:
    return int(Fraction(text) * 100)


def times_of(case: Case) -> list[dict[str, int]]:
    """Each "hours/full time/days" of a case as a slice."""
    found = []
    for part in case["slices"].split("+"):
        hours, full_time, days = part.split("/")
        found.append(
            {"hours": hundredths(hours), "full_time": hundredths(full_time), "days": int(days)}
        )
    return found


def month_of(case: Case, times: list[dict[str, int]]) -> PayMonths:
    """One worker-month whose contract is exactly what its slices cover."""
    paid = Fraction(case["paid"])
    costs = {"gross": "gross", "onss": "charges", "year_end": "benefits"}
    return PayMonths(
        worker=ints([0]),
        month=ints([parse_month(case["month"])]),
        paid=ints([paid.numerator]),
        due=ints([paid.denominator]),
        contract=ints([sum(one["hours"] * one["days"] for one in times)]),
        costs={item: ints([money.cents(case[column])]) for item, column in costs.items()},
    )


@rows_of("claims_qbis.csv")
def test_funded_hours_follow_the_full_time_and_never_the_worker(case: Case) -> None:
    found = qbis(hundredths(case["full_time"]), Fraction(case["fte"]))
    assert money.text(found) == case["expected"]


def test_a_post_without_funded_hours_settles_at_zero() -> None:
    """Oracle O5 (sociare): funded hours empty, no intervention."""
    claim = claim_of(award_of("capped_cost"), months_of([{"gross": 300_000}]), none(), **FIGURES)
    assert (claim.presented, claim.admissible, claim.payable) == (0, 0, 0)


def none() -> Slices:
    return slices_of({}).take(ints([]))


@rows_of("claims_staff.csv")
def test_a_line_is_admitted_as_signed(case: Case) -> None:
    times = times_of(case)
    claim = claim_of(
        award_of(case["shape"], scale_bound=True), month_of(case, times), slices_of(*times),
        **FIGURES,
    )  # fmt: skip
    assert money.text(claim.staff.total("presented")) == case["presented"]
    assert money.text(claim.staff.total("admissible")) == case["admissible"]


def test_the_differential_is_what_the_scale_pays_above_the_premium() -> None:
    """Scale 18,000.00 x 2.0807 / 12 = 3,121.05; premium 30,000.00 x 0.95 / 12 = 2,375.00."""
    claim = claim_of(
        award_of("post_premium"), months_of([{"gross": 312_105}]), slices_of({}), **FIGURES
    )
    assert claim.staff["differential"].text(0) == "746.05"
    assert claim.payable == 237_500


@rows_of("claims_frame.csv")
def test_a_function_is_admitted_up_to_its_frame(case: Case) -> None:
    times = times_of(case)
    costs = [money.cents(part) for part in case["costs"].split("+")]
    pay = PayMonths(
        worker=ints(list(range(len(times)))),
        month=ints([FIRST] * len(times)),
        paid=ints([1] * len(times)),
        due=ints([1] * len(times)),
        contract=ints([one["hours"] * one["days"] for one in times]),
        costs={"gross": ints(costs)},
    )
    lines = slices_of(*[{**one, "pay": row} for row, one in enumerate(times)])
    frame = posts((0, int(Fraction(case["frame"]) * 10_000), JANUARY, NEXT_YEAR))
    claim = claim_of(award_of("real_cost", framed=True, posts=frame), pay, lines, granted=10_000)
    assert money.text(claim.staff.total("admissible")) == case["admissible"]


def test_a_frame_that_starts_in_mid_month_counts_for_its_days() -> None:
    frame = posts((0, 10_000, date(2024, 1, 17), NEXT_YEAR))
    claim = claim_of(
        award_of("real_cost", framed=True, posts=frame),
        months_of([{"gross": 310_000}]),
        slices_of({}),
        granted=10_000,
    )
    assert claim.admissible == 150_000


@rows_of("claims_heads.csv")
def test_heads_are_kept_within_their_maxima(case: Case) -> None:
    day = month_start(FIRST)
    parts = invoices(
        (1, money.cents(case["training"]), day, day), (2, money.cents(case["running"]), day, day)
    )
    award = award_of(
        "real_cost",
        invoices=parts,
        heads={"staff": "full", "training": "training_rate", "running": "running_max"},
    )
    terms = {name: case[name] for name in ("granted", "training_rate", "running_max")}
    if case["income"]:
        terms["income_deducted"] = case["income"]
    claim = claim_of(
        award, months_of([{"gross": money.cents(case["staff"])}]), slices_of({}), **terms
    )
    assert claim.admissible is not None
    assert claim.payable is not None
    assert money.text(claim.admissible) == case["admissible"]
    assert money.text(claim.payable) == case["payable"]


def test_a_top_up_takes_only_what_the_premium_of_the_post_leaves() -> None:
    """An ACS premium of 2,375.00 on a cost of 3,100.00: 725.00 remain for the award above it."""
    acs, above = award_of("post_premium", 0), award_of("real_cost", 1)
    ledger = settle(
        months_of([{"gross": 310_000}]),
        slices_of({}, {"award": 1, "post": 1}),
        [above, acs],
        {0: known_of("s0", **FIGURES), 1: known_of("s1", granted=10_000)},
    )
    premium, top_up = ledger.claims
    assert (premium.payable, top_up.payable) == (237_500, 72_500)
    assert top_up.presented == 72_500
    assert ledger.own_funds.tolist() == [0]
    assert ledger.topped_up[0] == 72_500


def test_an_award_above_one_that_is_not_known_stays_unknown_and_says_why() -> None:
    below, above = award_of("capped_cost", 0), award_of("real_cost", 1)
    ledger = settle(
        months_of([{"gross": 310_000}]),
        slices_of({}, {"award": 1, "post": 1}),
        [below, above],
        {0: known_of("s0", ceiling=None), 1: known_of("s1", granted=10_000)},
    )
    assert [claim.payable for claim in ledger.claims] == [None, None]
    assert "AWARD-1" in ledger.claims[1].missing[0].message
    assert ledger.own_funds.tolist() == [310_000]


@pytest.mark.parametrize("exponent", [5, 12])
def test_a_fraction_of_hours_that_overflows_64_bits_still_settles_exactly(exponent: int) -> None:
    rate = Fraction(10**exponent - 1, 10**exponent)
    pay = PayMonths(
        ints([0]), ints([FIRST]), ints([14_733]), ints([15_961]), ints([2_533 * 31]),
        {"gross": ints([10**8])},
    )  # fmt: skip
    claim = claim_of(
        award_of("post_premium"),
        pay,
        slices_of({"hours": 2_533, "days": 30}),
        premium="50000.01",
        premium_rate=str(rate),
    )
    fte = Fraction(2_533, 3_800) * Fraction(30, days_in_month(FIRST)) * Fraction(14_733, 15_961)
    exact = Fraction(5_000_001) * rate * fte / 12
    assert claim.admissible == money.round_ratio(exact.numerator, exact.denominator)


def test_a_refund_on_an_item_that_the_award_leaves_out_does_not_touch_what_it_pays() -> None:
    """The insurer gives 500.00 back; the fund never took the insurance."""
    award = award_of("capped_cost", excluded=frozenset(["insurance"]))
    ledger = settle(
        months_of([{"gross": 300_000, "insurance": -50_000}]),
        slices_of({}),
        [award],
        {0: known_of("s0", **FIGURES)},
    )
    assert ledger.claims[0].payable == 300_000
    assert ledger.own_funds.tolist() == [-50_000]


def test_the_parts_of_a_month_in_two_lines_are_deducted_without_a_cent_too_many() -> None:
    """Two contract lines in one month, already paid in full: nothing is left to claim, nor lost."""
    pay = PayMonths(
        ints([0]), ints([FIRST]), ints([1]), ints([1]), ints([3800 * 15 + 1900 * 16]),
        {"gross": ints([333_333]), "onss": ints([77_777]), "year_end": ints([11_111])},
    )  # fmt: skip
    lines = [{"days": 15}, {"hours": 1900, "days": 16}]
    both = [{**line, "award": award, "post": award} for award in (0, 1) for line in lines]
    first, second = award_of("indexed_amount", 0), award_of("real_cost", 1)
    ledger = settle(
        pay,
        slices_of(*both),
        [first, second],
        {0: known_of("s0", granted=99_999), 1: known_of("s1", granted=99_999)},
    )
    assert sum(int(cents) for cents in ledger.paid_by_awards) == 422_221
    assert ledger.claims[1].presented == 0


def test_the_receipts_of_a_letter_that_starts_in_mid_year_are_deducted() -> None:
    value = FigureValue(
        date(2024, 7, 1), None, Fraction(100), "100", None, "confirmed", Source("lettre")
    )
    income = Figure("s0.income_deducted", {"fr": "recettes"}, "EUR", (value,))
    claim = claim_of(
        award_of("indexed_amount"),
        months_of([{"gross": 300_000}]),
        slices_of({}),
        granted=10_000,
        income_deducted=income,
    )
    assert (claim.income, claim.admissible) == (10_000, 290_000)


def test_the_year_end_premium_stands_beside_the_cost_that_holds_it() -> None:
    pay = months_of([{"gross": 300_000, "year_end": 12_345}, {"gross": 300_000}])
    claim = claim_of(award_of("indexed_amount"), pay, slices_of({}, {"pay": 1}), granted=10_000)
    assert claim.staff["year_end"].values.tolist() == [12_345, 0]
    assert claim.staff.total("presented") == 612_345
    refused = award_of("indexed_amount", excluded=frozenset(["year_end"]))
    without = claim_of(refused, pay, slices_of({}, {"pay": 1}), granted=10_000)
    assert "year_end" not in without.staff
    assert without.staff.total("presented") == 600_000
