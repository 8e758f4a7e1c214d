"""The balance of each day: it adds up, its lowest point is the lowest, interest is exact."""

from datetime import date, timedelta
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from backoffice.engine.cash.curve import Curve, Point, can_pay, curve_of
from backoffice.engine.cash.flows import INVOICE, KINDS, YEAR_END, Flow

FIRST, LAST = date(2026, 1, 1), date(2026, 3, 31)
DAYS = st.integers(0, 110).map(lambda days: FIRST + timedelta(days=days))
FLOWS = st.lists(
    st.builds(Flow, DAYS, st.integers(-10_000_000, 10_000_000), st.sampled_from(KINDS)),
    max_size=30,
)


@given(FLOWS, st.integers(-10_000_000, 10_000_000))
def test_each_balance_is_the_opening_and_all_that_moved_since(
    flows: list[Flow], opening: int
) -> None:
    curve = curve_of(opening, flows, FIRST, LAST)
    for point in curve.points():
        since = sum(one.amount for one in flows if FIRST < one.day <= point.day)
        assert point.balance == opening + since
    assert curve.last == LAST


@given(FLOWS, DAYS)
def test_no_day_is_below_the_lowest_point_which_is_its_first_day(
    flows: list[Flow], since: date
) -> None:
    curve = curve_of(0, flows, FIRST, LAST)
    if since > LAST:
        return
    lowest = curve.lowest(since)
    assert lowest.day >= since
    after = [point for point in curve.points() if point.day >= since]
    assert min(point.balance for point in after) == lowest.balance
    assert all(point.balance > lowest.balance for point in after if point.day < lowest.day)


def test_the_day_of_the_opening_already_holds_what_moved_that_day() -> None:
    curve = curve_of(100, [Flow(FIRST, -40, INVOICE), Flow(LAST, -10, INVOICE)], FIRST, LAST)
    assert curve.on(FIRST) == 100
    assert curve.on(LAST) == 90


def test_the_first_day_below_zero_is_told_and_none_where_there_is_none() -> None:
    flows = [Flow(date(2026, 1, 10), -150, INVOICE), Flow(date(2026, 1, 20), 500, INVOICE)]
    curve = curve_of(100, flows, FIRST, LAST)
    assert curve.first_below() == Point(date(2026, 1, 10), -50)
    assert curve.days_below == 10
    assert curve.first_below(-50) is None
    assert curve.first_below(0, date(2026, 1, 20)) is None


def test_interest_counts_each_evening_below_zero_and_rounds_once() -> None:
    curve = Curve(FIRST, -100_00, (-100_00, -100_00, 50_00, -1_00))
    # 201.00 EUR x days at 10 % a year: 201 x 0.10 / 365 = 0.05506...
    assert curve.interest(Fraction(1, 10)) == 6
    assert curve.interest(Fraction(0)) == 0


def test_what_lacks_to_pay_a_premium_is_what_the_bank_does_not_lend() -> None:
    flows = [Flow(date(2026, 1, 31), -800_00, YEAR_END)]
    curve = curve_of(500_00, flows, FIRST, LAST)
    [bare] = can_pay(curve, flows, YEAR_END)
    assert (bare.day, bare.amount, bare.balance, bare.short) == (
        date(2026, 1, 31),
        800_00,
        -300_00,
        300_00,
    )
    [lent] = can_pay(curve, flows, YEAR_END, room=250_00)
    assert lent.short == 50_00
    [enough] = can_pay(curve, flows, YEAR_END, room=300_00)
    assert enough.short == 0
