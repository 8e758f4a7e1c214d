"""Ratios brought down to the room of their group: column by column as fraction by fraction."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from backoffice.engine.claims.rooms import reduced, within_room
from tests.engine.ratios import ratios

Group = tuple[Fraction, list[Fraction]]
SMALL = ratios(2, 31 * 3_800)
LARGE = st.builds(Fraction, st.integers(0, 2**40), st.integers(2**20, 2**40))
ROOMS = st.builds(Fraction, st.integers(0, 31 * 30_000), st.just(31 * 10_000))
GROUPS = st.lists(
    st.tuples(ROOMS, st.lists(st.one_of(SMALL, LARGE), min_size=1, max_size=5)),
    min_size=1,
    max_size=6,
)


def plainly(groups: list[Group]) -> list[Fraction]:
    """One group after the other, on fractions."""
    found = []
    for room, parts in groups:
        whole = sum(parts, Fraction(0))
        found += [part * room / whole if whole > room else part for part in parts]
    return found


def in_columns(groups: list[Group], order: list[int] | None = None) -> list[Fraction]:
    """The same rows as columns; `order` shuffles them, and the result comes back in their order."""
    rows = [(part, place) for place, (_, parts) in enumerate(groups) for part in parts]
    order = list(range(len(rows))) if order is None else order
    mixed = [rows[place] for place in order]
    parts = columns([part for part, _ in mixed])
    group = np.array([place for _, place in mixed], dtype=np.int64)
    top, bottom = within_room(parts, group, columns([room for room, _ in groups]))
    found = [Fraction(int(a), int(b)) for a, b in zip(top, bottom, strict=True)]
    return [found[order.index(row)] for row in range(len(rows))]


def columns(values: list[Fraction]) -> tuple[np.ndarray, np.ndarray]:
    return (
        np.array([value.numerator for value in values], dtype=np.int64),
        np.array([value.denominator for value in values], dtype=np.int64),
    )


@given(GROUPS)
@example([(Fraction(0), [Fraction(1, 2)]), (Fraction(1), [Fraction(0), Fraction(0)])])
@example([(Fraction(1, 3), [Fraction(2**40 - 1, 2**40), Fraction(1, 2**39 - 7)] * 2)])
def test_columns_and_fractions_give_the_same_ratios(groups: list[Group]) -> None:
    assert in_columns(groups) == plainly(groups)


@given(GROUPS, st.randoms(use_true_random=False))
def test_the_order_of_the_rows_changes_nothing(groups: list[Group], draw: object) -> None:
    order = list(range(sum(len(parts) for _, parts in groups)))
    draw.shuffle(order)
    assert in_columns(groups, order) == plainly(groups)


@given(GROUPS)
def test_a_group_never_exceeds_its_room_and_fills_it_when_it_was_above(groups: list[Group]) -> None:
    found = iter(in_columns(groups))
    for room, parts in groups:
        assert sum(next(found) for _ in parts) == min(room, sum(parts))


@pytest.mark.parametrize(
    ("room", "kind"), [(Fraction(1), np.int64), (Fraction(1, 2**61 - 1), object)]
)
def test_64_bits_are_used_where_they_are_enough(room: Fraction, kind: type) -> None:
    holders = columns([Fraction(1, 2), Fraction(2, 3), Fraction(3, 4)])
    top, bottom = within_room(holders, np.zeros(3, dtype=np.int64), columns([room]))
    assert top.dtype == bottom.dtype == kind
    assert sum(Fraction(int(a), int(b)) for a, b in zip(top, bottom, strict=True)) == room


def test_ratios_are_in_lowest_terms() -> None:
    top, bottom = reduced(np.array([0, 6, 7]), np.array([5, 4, 7]))
    assert (top.tolist(), bottom.tolist()) == ([0, 3, 1], [1, 2, 1])
