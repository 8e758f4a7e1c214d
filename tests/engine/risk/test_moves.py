"""What would save an award: each move brings what it says when it is made."""

from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from backoffice.engine.claims.inputs import HEADS
from backoffice.engine.periods import month_ordinals
from backoffice.engine.projection.facts import Assignments, Facts, taken
from backoffice.engine.risk.moves import Move, gain_of_invoices, moves_for
from backoffice.engine.scenario.run import Run, run
from tests.engine.projection.made import made


def anybody(_worker: int, _post: int) -> bool:
    return True


def paid(done: Run) -> int:
    return int(np.maximum(done.funding.payable, 0).sum())


@cache
def facts_without_half() -> Facts:
    """Three workers on three awards, half of whose assignments were never made."""
    facts = made(workers=3, awards=3, years=1, each=1).facts
    kept = np.arange(0, len(facts.assignments), 2)
    return replace(facts, assignments=taken(facts.assignments, kept))


def with_move(facts: Facts, move: Move) -> Facts:
    """The facts with a move of hours that nobody pays."""
    held = facts.assignments
    start, stop = month_ordinals(np.array([move.first, move.last + 1], dtype=np.int64))
    added = (move.worker, move.post, start, stop, move.hours)
    names = ("worker", "post", "start", "stop", "hours")
    columns = [np.append(getattr(held, name), one) for name, one in zip(names, added, strict=True)]
    return replace(facts, assignments=Assignments(*columns))


def short_rows(done: Run) -> list[int]:
    granted, payable = done.funding.granted, done.funding.payable
    return np.flatnonzero((granted > payable) & (payable >= 0)).tolist()


@pytest.fixture(scope="module")
def found() -> dict[int, list[Move]]:
    done = run(facts_without_half())
    return {row: moves_for(done, row, anybody) for row in short_rows(done)}


def test_there_are_moves_to_tell(found: dict[int, list[Move]]) -> None:
    assert sum(len(moves) for moves in found.values()) >= 3


def test_each_move_of_free_hours_brings_what_it_says(found: dict[int, list[Move]]) -> None:
    facts = facts_without_half()
    before = paid(run(facts))
    free = [move for moves in found.values() for move in moves if move.source < 0]
    assert free
    for move in free:
        assert paid(run(with_move(facts, move))) - before == move.gain > 0


def test_moves_come_best_first_and_once_for_each_worker(found: dict[int, list[Move]]) -> None:
    for moves in found.values():
        gains = [move.gain for move in moves]
        assert gains == sorted(gains, reverse=True)
        assert len({move.worker for move in moves}) == len(moves)


def test_nobody_is_proposed_who_may_not_hold_the_post() -> None:
    done = run(facts_without_half())
    asked: list[tuple[int, int]] = []

    def nobody(worker: int, post: int) -> bool:
        asked.append((worker, post))
        return False

    assert [moves_for(done, row, nobody) for row in short_rows(done)] == [[]] * len(
        short_rows(done)
    )
    assert asked


def test_a_move_fits_in_what_the_contract_and_the_post_have_left(
    found: dict[int, list[Move]],
) -> None:
    facts = facts_without_half()
    done = run(facts)
    lines, pay = done.book.slices, done.book.pay
    for move in (move for moves in found.values() for move in moves):
        post_hours = int(facts.posts.fte[move.post]) * 3_800 // 10_000
        assert 0 < move.hours <= post_hours
        placed = lines.hours[pay.worker[lines.pay] == move.worker]
        assert len(placed) == 0 or move.hours <= 3_800


def test_invoices_bring_no_more_than_they_cost_nor_than_what_lacks() -> None:
    done = run(facts_without_half())
    head = HEADS.index("running")
    for row in short_rows(done):
        lacks = int(done.funding.granted[row] - done.funding.payable[row])
        gain = gain_of_invoices(done, row, head, 10_000)
        assert 0 <= gain <= min(10_000, lacks)
        assert gain_of_invoices(done, row, head, 10**9) <= lacks


def with_shift(facts: Facts, source: int, move: Move) -> Facts:
    """The facts with hours taken from another award, its assignments cut month by month."""
    held, rows = facts.assignments, []
    months = np.arange(facts.first, facts.stop + 1)
    days = month_ordinals(months).tolist()
    for row in range(len(held)):
        cells = tuple(int(getattr(held, name)[row]) for name in ("worker", "post", "hours"))
        leaves = cells[0] == move.worker and facts.posts.award[cells[1]] == source
        for place, month in enumerate(months[:-1].tolist()):
            start = max(int(held.start[row]), days[place])
            stop = min(int(held.stop[row]), days[place + 1])
            if start < stop and not (leaves and move.first <= month <= move.last):
                rows.append((cells[0], cells[1], start, stop, cells[2]))
    columns = np.array(rows, dtype=np.int64).reshape(len(rows), 5).T
    return with_move(replace(facts, assignments=Assignments(*columns)), move)


def booked(facts: Facts) -> Facts:
    """The facts with all the hours of each worker on the award where some are."""
    hours = facts.contracts.hours[
        [
            facts.contracts.worker.tolist().index(worker)
            for worker in facts.assignments.worker.tolist()
        ]
    ]
    return replace(facts, assignments=replace(facts.assignments, hours=hours))


def test_each_move_of_hours_that_another_award_does_not_pay_brings_what_it_says() -> None:
    told = 0
    for seed in range(1, 5):
        facts = booked(made(workers=4, awards=5, years=1, each=1, seed=seed).facts)
        done = run(facts)
        before = paid(done)
        for row in short_rows(done):
            for move in moves_for(done, row, anybody):
                if move.source >= 0:
                    source = int(done.facts.years.award[move.source])
                    moved = run(with_shift(facts, source, move))
                    assert paid(moved) - before == move.gain > 0
                    told += 1
    assert told >= 3
