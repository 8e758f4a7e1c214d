"""What a missed deadline costs: signed cases, and what holds for every amount."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backoffice.engine.money import cents
from backoffice.engine.stakes import (
    EFFECTS,
    LOSE,
    REPAY,
    STOP,
    SUSPEND,
    Account,
    Miss,
    Payment,
    stake_of,
)
from tests.golden import cases

AUTHORITIES = ("cocof", "cocom")
DAYS = st.dates(date(2023, 1, 1), date(2026, 12, 31))
CENTS = st.integers(0, 10**9)
PAYMENTS = st.lists(st.builds(Payment, DAYS, st.integers(1, 10**9)), max_size=6).map(tuple)
ACCOUNTS = st.builds(
    Account,
    award=st.sampled_from(["A", "B", "C"]),
    year=st.integers(2023, 2026),
    authority=st.sampled_from(AUTHORITIES),
    granted=st.none() | CENTS,
    received=CENTS,
    coming=st.none() | PAYMENTS,
)
MISSES = st.builds(
    Miss,
    due_on=DAYS,
    effects=st.sampled_from([REPAY, STOP, LOSE]).map(lambda one: frozenset((one, SUSPEND))),
    stops_from=DAYS,
)
OTHERS = st.lists(ACCOUNTS, max_size=5, unique_by=lambda one: (one.award, one.year))


def amount(text: str) -> int | None:
    return cents(Decimal(text)) if text else None


def payments(text: str) -> tuple[Payment, ...] | None:
    if text == "unknown":
        return None
    parts = [] if text in {"", "none"} else text.split("+")
    pairs = [part.split(":") for part in parts]
    return tuple(Payment(date.fromisoformat(day), cents(Decimal(left))) for day, left in pairs)


def other(text: str) -> Account:
    authority, award, year, coming = text.split(":", 3)
    return Account(award, int(year), authority, None, 0, payments(coming))


@pytest.mark.parametrize("row", cases("stakes.csv"), ids=lambda row: row["name"])
def test_a_miss_costs_what_the_rule_says(row: dict[str, str]) -> None:
    stops = date.fromisoformat(row["stops_from"]) if row["stops_from"] else None
    miss = Miss(date.fromisoformat(row["due_on"]), frozenset(row["effects"].split("+")), stops)
    received = amount(row["received"]) or 0
    account = Account(
        "A", miss.due_on.year, "cocof", amount(row["granted"]), received, payments(row["coming"])
    )
    stake = stake_of(miss, account, [other(row["others"])] if row["others"] else [])
    assert (stake.known, stake.unknown) == (amount(row["expected"]), int(row["unknown"]))
    assert stake.amount == (None if stake.unknown else stake.known)
    assert row["source"]


@given(MISSES, ACCOUNTS, OTHERS)
def test_no_payment_is_counted_twice_and_nothing_is_made_up(
    miss: Miss, account: Account, others: list[Account]
) -> None:
    stake = stake_of(miss, account, others)
    own = [loss for loss in stake.losses if loss.effect != SUSPEND]
    suspended = [loss for loss in stake.losses if loss.effect == SUSPEND]
    assert [(loss.award, loss.year) for loss in own] == [(account.award, account.year)]
    touched = [(loss.award, loss.year) for loss in suspended]
    assert len(set(touched)) == len(touched)
    assert (account.award, account.year) not in touched
    by_key = {(one.award, one.year): one for one in others}
    for loss in suspended:
        whole = by_key[loss.award, loss.year]
        assert whole.authority == account.authority
        assert (loss.amount is None) == (whole.coming is None)
        assert set(loss.payments) <= set(whole.coming or ())


@given(MISSES, ACCOUNTS)
def test_one_award_never_costs_more_than_what_it_holds(miss: Miss, account: Account) -> None:
    known = stake_of(miss, account).known
    left = sum(one.left for one in account.coming or ())
    assert 0 <= known <= max(account.received + left, account.granted or 0)


@given(MISSES, ACCOUNTS, OTHERS, st.integers(0, 500))
def test_a_later_miss_suspends_no_more_than_an_earlier_one(
    miss: Miss, account: Account, others: list[Account], days: int
) -> None:
    only = replace(miss, effects=frozenset((SUSPEND,)))
    later = replace(only, due_on=only.due_on + timedelta(days=days))
    assert stake_of(later, account, others).known <= stake_of(only, account, others).known


@given(MISSES, ACCOUNTS, CENTS)
def test_what_has_come_can_no_longer_be_stopped_or_lost(
    miss: Miss, account: Account, more: int
) -> None:
    paid = replace(
        account, received=account.received + more, coming=None if account.coming is None else ()
    )
    for effect in (STOP, LOSE):
        only = replace(miss, effects=frozenset((effect,)))
        assert stake_of(only, paid).known <= stake_of(only, account).known


@given(ACCOUNTS, DAYS, st.sampled_from(sorted(EFFECTS)))
def test_what_is_unknown_is_counted_apart_and_never_as_nothing(
    account: Account, day: date, effect: str
) -> None:
    blank = replace(account, granted=None, received=0, coming=None)
    stake = stake_of(Miss(day, frozenset((effect,)), day), blank, [blank])
    assert (stake.amount, stake.unknown) == ((0, 0) if effect == SUSPEND else (None, 1))
