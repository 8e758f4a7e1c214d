"""When awards are paid: all adds up to what they bring, and only days move with delays."""

from datetime import date, timedelta
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from backoffice.engine.cash.curve import curve_of
from backoffice.engine.cash.delays import Delay, delays_of
from backoffice.engine.cash.flows import GRANT, RECOVERY
from backoffice.engine.cash.grants import Announced, Exercise, Pace, expected
from backoffice.engine.projection.facts import ASSUMPTION, CONFIRMED, FORECAST
from backoffice.engine.scenario.patch import Patch, Value

SEEN = date(2025, 12, 31)
FAR = date(2030, 12, 31)
DAYS = st.integers(1, 700).map(lambda days: SEEN + timedelta(days=days))
ADVANCES = st.lists(st.tuples(DAYS, st.integers(1, 5_000_000)), min_size=1, max_size=6)
BALANCES = st.none() | st.tuples(st.just(date(2027, 6, 30)), st.integers(0, 2_000_000))
NOW = Pace({})


def exercise(
    rows: list[tuple[date, int]],
    *,
    balance: tuple[date, int] | None = (date(2027, 6, 30), 1_000_00),
    payable: int | None = None,
    received: int = 0,
    **more: object,
) -> Exercise:
    announced = [
        Announced(day, amount, balance=False, group="s/advance") for day, amount in sorted(rows)
    ]
    if balance:
        announced.append(Announced(*balance, balance=True, group="s/balance"))
    whole = received + sum(one.amount for one in announced)
    values: dict[str, object] = {
        "reference": "A1",
        "year": 2026,
        "granted": whole,
        "payable": whole if payable is None else payable,
        "received": received,
        "announced": tuple(announced),
        "closing": date(2027, 3, 31),
        "status": CONFIRMED,
        "known": whole,
        "seen": SEEN,
    }
    return Exercise(**{**values, **more})  # type: ignore[arg-type]


def patch(values: dict[str, Value], since: date = date(2026, 1, 1)) -> dict[str, list[Patch]]:
    return {"A1": [Patch(1, "pay_date", "A1", since, values)]}


@given(ADVANCES, st.integers(0, 20_000_000), st.integers(0, 3_000_000), BALANCES)
def test_what_comes_adds_up_to_what_the_exercise_brings(
    rows: list[tuple[date, int]],
    payable: int,
    received: int,
    balance: tuple[date, int] | None,
) -> None:
    found = expected([exercise(rows, balance=balance, payable=payable, received=received)], NOW, {})
    assert sum(one.amount for one in found.flows) == payable - received
    assert not found.unplaced


@given(ADVANCES, st.integers(0, 20_000_000), st.integers(0, 400), DAYS)
def test_a_delay_moves_days_and_no_cents(
    rows: list[tuple[date, int]], payable: int, days: int, since: date
) -> None:
    one = exercise(rows, payable=payable)
    base = expected([one], NOW, {})
    late = expected([one], NOW, patch({"delay_days": days}, since))
    assert sum(flow.amount for flow in late.flows) == sum(flow.amount for flow in base.flows)


@given(ADVANCES, st.integers(0, 400), DAYS)
def test_money_that_comes_later_raises_the_balance_of_no_day(
    rows: list[tuple[date, int]], days: int, since: date
) -> None:
    one = exercise(rows)
    curves = [
        curve_of(0, expected([one], NOW, patches).flows, SEEN, FAR)
        for patches in ({}, patch({"delay_days": days}, since))
    ]
    base, late = curves
    assert all(two <= first for first, two in zip(base.balances, late.balances, strict=True))
    assert late.balances[-1] == base.balances[-1]


@given(ADVANCES, st.lists(st.integers(-10, 300), min_size=1, max_size=5))
def test_the_longest_delays_never_give_a_better_day_than_the_usual_ones(
    rows: list[tuple[date, int]], days: list[int]
) -> None:
    due = date(2025, 1, 1)
    delays = delays_of(("s/advance", due, due + timedelta(days=one)) for one in days)
    usual, late = (
        curve_of(0, expected([exercise(rows)], pace, {}).flows, SEEN, FAR)
        for pace in (Pace(delays), Pace(delays, late=True))
    )
    assert all(two <= one for one, two in zip(usual.balances, late.balances, strict=True))


@given(ADVANCES, st.integers(0, 100), st.sampled_from(["start_share", "twelfths"]))
def test_another_rhythm_of_payment_conserves_the_year(
    rows: list[tuple[date, int]], percent: int, kind: str
) -> None:
    one = exercise(rows)
    values: dict[str, Value] = (
        {"twelfths": True} if kind == "twelfths" else {"start_share": Fraction(percent, 100)}
    )
    base, other = expected([one], NOW, {}), expected([one], NOW, patch(values))
    assert sum(flow.amount for flow in other.flows) == sum(flow.amount for flow in base.flows)


def test_a_share_at_the_start_comes_on_the_day_of_the_patch_and_the_rest_at_the_end() -> None:
    rows = [(date(2026, 4, 30), 500_00), (date(2026, 9, 30), 500_00)]
    one = exercise(rows, balance=None)
    share: dict[str, Value] = {"start_share": Fraction(85, 100)}
    found = expected([one], NOW, patch(share, date(2026, 3, 31)))
    assert [(flow.day, flow.amount) for flow in found.flows] == [
        (date(2026, 3, 31), 850_00),
        (date(2026, 9, 30), 150_00),
    ]


def test_a_new_day_of_payment_has_no_delay_of_the_former_ones() -> None:
    due = date(2025, 1, 1)
    seen = delays_of(("s/advance", due, due + timedelta(days=late)) for late in (130, 135, 140))
    one = exercise([(date(2026, 4, 30), 500_00), (date(2026, 9, 30), 500_00)], balance=None)
    share: dict[str, Value] = {"start_share": Fraction(85, 100)}
    flows = expected([one], Pace(seen), patch(share, date(2026, 3, 31))).flows
    assert [(flow.day, flow.amount) for flow in flows] == [
        (date(2026, 3, 31), 850_00),
        (date(2026, 9, 30) + timedelta(days=135), 150_00),
    ]


def test_twelfths_come_at_the_end_of_each_month_and_leave_the_balance() -> None:
    one = exercise([(date(2026, 2, 15), 1_200_00)])
    found = expected([one], NOW, patch({"twelfths": True}))
    assert [flow.amount for flow in found.flows] == [100_00] * 12 + [1_000_00]
    assert found.flows[0].day == date(2026, 1, 31)
    assert found.flows[-1].day == date(2027, 6, 30)


def test_too_much_received_is_given_back_when_the_accounts_are_due() -> None:
    one = exercise([(date(2026, 2, 15), 1_000_00)], balance=None, payable=900_00)
    found = expected([one], NOW, {})
    assert [(flow.day, flow.amount, flow.kind) for flow in found.flows] == [
        (date(2026, 2, 15), 1_000_00, GRANT),
        (date(2027, 3, 31), -100_00, RECOVERY),
    ]
    assert found.flows[1].status == ASSUMPTION


def test_money_without_a_day_is_named_and_in_no_balance() -> None:
    bare = exercise([(date(2026, 2, 15), 1_000_00)], balance=None, payable=900_00, closing=None)
    unknown = exercise([(date(2026, 2, 15), 1_000_00)], payable=-1)
    found = expected([bare, unknown], NOW, {})
    assert [(one.amount, one.why) for one in found.unplaced] == [
        (-100_00, "no_day"),
        (None, "no_amount"),
    ]
    assert [flow.amount for flow in found.flows] == [1_000_00]


def test_a_payment_comes_after_the_usual_delay_of_its_scheme() -> None:
    pace = Pace(delays_of([("s/advance", date(2025, 1, 1), date(2025, 1, 11))]))
    one = exercise([(date(2026, 2, 15), 1_000_00)])
    [advance, balance] = expected([one], pace, {}).flows
    assert (advance.day, advance.status) == (date(2026, 2, 25), FORECAST)
    assert balance.day == date(2027, 6, 30)


def test_a_payment_past_its_usual_delay_waits_for_the_longest_then_has_no_day() -> None:
    pace = Pace({"s/advance": Delay(0, 0, 60, 4)})
    rows = [(date(2025, 12, 15), 1_000_00), (date(2025, 10, 15), 2_000_00)]
    found = expected([exercise(rows, balance=None)], pace, {})
    assert [(flow.day, flow.amount) for flow in found.flows] == [(date(2026, 2, 13), 1_000_00)]
    assert [(one.amount, one.why, one.due) for one in found.unplaced] == [
        (2_000_00, "late", date(2025, 10, 15))
    ]


def test_a_larger_grant_moves_what_is_still_to_come() -> None:
    rows = [(date(2026, 2, 15), 1_000_00), (date(2026, 8, 15), 3_000_00)]
    one = exercise(rows, balance=None, granted=4_400_00, payable=4_400_00)
    assert [flow.amount for flow in expected([one], NOW, {}).flows] == [1_100_00, 3_300_00]


def test_no_advance_rests_on_a_grant_that_nothing_justifies() -> None:
    rows = [(date(2026, 2, 15), 1_000_00), (date(2026, 8, 15), 3_000_00)]
    one = exercise(rows, balance=None, granted=10**13, payable=4_400_00)
    assert [flow.amount for flow in expected([one], NOW, {}).flows] == [1_100_00, 3_300_00]
    start = expected([one], NOW, patch({"start_share": Fraction(85, 100)})).flows
    assert [flow.amount for flow in start] == [3_740_00, 660_00]


def test_the_median_of_an_even_count_is_the_later_one() -> None:
    day = date(2025, 1, 10)
    seen = [("g", day, day + timedelta(days=late)) for late in (-3, 0, 5, 90)]
    assert delays_of(seen) == {"g": Delay(5, -3, 90, 4)}
