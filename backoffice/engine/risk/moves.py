"""Changes of assignments that would make an award pay more, each settled before it is told.

A move puts hours of a worker that no award carries, or that an award carries above what it pays, on
a post of the award. What it brings is the difference of what all awards pay, settled anew.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

import numpy as np

from backoffice.engine.periods import Ints, days_in_month, month_ordinals
from backoffice.engine.projection.facts import Assignments, with_rows
from backoffice.engine.projection.lines import slices_of
from backoffice.engine.scenario.funding import Book, fund
from backoffice.engine.scenario.run import Run

_DEN_FTE = 10_000
_LEAST_HOURS = 100
Lawful = Callable[[int, int], bool]
"""Whether a worker may hold a post: places of both in the facts."""


@dataclass(frozen=True)
class Move:
    """Put a worker on a post of an award for some months.

    Attributes:
        worker: place of the worker; `post` of the post.
        source: row of the award-year that the hours leave, -1: no award carries them.
        first: month index of the first month; `last` of the last one, included.
        hours: hundredths a week.
        gain: cents that all awards of the employer then pay more.
    """

    worker: int
    post: int
    source: int
    first: int
    last: int
    hours: int
    gain: int


def moves_for(done: Run, row: int, lawful: Lawful, most: int = 5) -> list[Move]:
    """The moves that bring the most to an award-year, the best first, one for each worker.

    Args:
        done: the run looked at.
        row: the award-year that does not justify all that it grants.
        lawful: who may hold which post.
        most: how many are told.
    """
    before = _payable(done.book)
    best: dict[int, Move] = {}
    for move in _candidates(done, row, lawful):
        gain = _payable_with(done, move) - before
        known = best.get(move.worker)
        if gain > 0 and (known is None or gain > known.gain):
            best[move.worker] = replace(move, gain=gain)
    return sorted(best.values(), key=lambda one: (-one.gain, one.worker))[:most]


def gain_of_invoices(done: Run, row: int, head: int, amount: int) -> int:
    """Cents that all awards pay more with invoices of a head put on an award-year as well.

    Args:
        done: the run looked at.
        row: the award-year.
        head: index in `HEADS`.
        amount: cents of invoices that the scheme takes.
    """
    years = done.facts.years
    one = {"year": row, "head": head, "amount": amount, "admitted": amount}
    columns = {name: np.array([value], dtype=np.int64) for name, value in one.items()}
    columns["month"] = np.array([int(years.year[row]) * 12], dtype=np.int64)
    book = replace(done.book, parts=with_rows(done.book.parts, columns))
    return _payable(book) - _payable(done.book)


def _candidates(done: Run, row: int, lawful: Lawful) -> Iterator[Move]:
    facts, years = done.facts, done.facts.years
    posts = np.flatnonzero(facts.posts.award == years.award[row]).tolist()
    months = range(int(years.year[row]) * 12, int(years.year[row]) * 12 + 12)
    free = _free(done)
    owners = np.flatnonzero(facts.worker_employer == years.employer[row]).tolist()
    for post in posts:
        room = _room(done, post, months)
        for worker in owners:
            if not lawful(worker, post):
                continue
            yield from _runs(free, room, (worker, post), months)
            yield from _shifts(done, row, (worker, post), room)


def _runs(
    free: dict[tuple[int, int], int], room: dict[int, int], pair: tuple[int, int], months: range
) -> Iterator[Move]:
    """Each run of months in which the worker has hours that no award carries, as many as fit."""
    worker, post = pair
    hours: list[int] = []
    for month in [*months, months.stop]:
        both = min(free.get((worker, month), 0), room.get(month, 0))
        if both >= _LEAST_HOURS:
            hours.append(both)
        elif hours:
            yield Move(worker, post, -1, month - len(hours), month - 1, min(hours), 0)
            hours = []


def _shifts(done: Run, row: int, pair: tuple[int, int], room: dict[int, int]) -> Iterator[Move]:
    """The worker's last months on an award that is asked more than it pays, moved here."""
    worker, post = pair
    lines, funding = done.book.slices, done.funding
    mine = done.book.pay.worker[lines.pay] == worker
    for source in np.unique(lines.award[mine]).tolist():
        over = funding.presented[source] > funding.payable[source] >= 0
        if source == row or not over or done.facts.years.year[source] != done.facts.years.year[row]:
            continue
        rows = np.flatnonzero(mine & (lines.award == source))
        held = {int(done.book.pay.month[lines.pay[k]]): int(lines.hours[k]) for k in rows}
        fits = [month for month in sorted(held) if room.get(month, 0) >= held[month]]
        for length in (1, 2, 3, 6, 12):
            some = fits[-length:]
            if len(some) == length and some[-1] - some[0] == length - 1:
                hours = min(held[month] for month in some)
                yield Move(worker, post, source, some[0], some[-1], hours, 0)


def _free(done: Run) -> dict[tuple[int, int], int]:
    """Hours a week (hundredths) that no award carries, in months under contract throughout."""
    pay, lines = done.book.pay, done.book.slices
    placed = np.zeros(len(pay), dtype=np.int64)
    np.add.at(placed, lines.pay, np.minimum(lines.weights, pay.contract[lines.pay]))
    left = np.maximum(pay.contract - placed, 0)
    length = month_ordinals(pay.month + 1) - month_ordinals(pay.month)
    hours = np.where(pay.contract % length == 0, left // length, 0)
    rows = np.flatnonzero(hours).tolist()
    return {(int(pay.worker[k]), int(pay.month[k])): int(hours[k]) for k in rows}


def _room(done: Run, post: int, months: range) -> dict[int, int]:
    """Hours a week (hundredths of a full time of 38) that a post has left, by month."""
    posts, lines, pay = done.facts.posts, done.book.slices, done.book.pay
    mine = np.flatnonzero(lines.post == post)
    full = int(lines.full_time[mine[0]]) if len(mine) else int(_usual_full_time(done))
    held: dict[int, int] = {}
    for k in mine.tolist():
        month = int(pay.month[lines.pay[k]])
        share = int(lines.weights[k]) // days_in_month(month)
        held[month] = held.get(month, 0) + share
    whole = int(posts.fte[post]) * full // _DEN_FTE
    start, stop = int(posts.start[post]), int(posts.stop[post])
    first = month_ordinals(np.arange(months.start, months.stop + 1, dtype=np.int64)).tolist()
    return {
        month: whole - held.get(month, 0)
        for place, month in enumerate(months)
        if start <= first[place] and first[place + 1] <= stop
    }


def _usual_full_time(done: Run) -> int:
    return int(done.facts.contracts.full_time.max(initial=0))


def _payable_with(done: Run, move: Move) -> int:
    """What all awards pay with the move made."""
    held = done.facts.assignments
    if move.source >= 0:
        held = _without(done, move)
    days: Ints = month_ordinals(np.array([move.first, move.last + 1], dtype=np.int64))
    added = Assignments(
        worker=np.append(held.worker, move.worker),
        post=np.append(held.post, move.post),
        start=np.append(held.start, days[0]),
        stop=np.append(held.stop, days[1]),
        hours=np.append(held.hours, move.hours),
    )
    facts = replace(done.facts, assignments=added)
    slices = slices_of(facts, done.months)
    book = Book(
        done.book.pay, done.book.employer, slices, facts.years, facts.posts, done.book.parts
    )
    return _payable(book)


def _payable(book: Book) -> int:
    """What all awards pay together; an unknown one counts for nothing, before and after."""
    return int(np.maximum(fund(book).payable, 0).sum())


def _without(done: Run, move: Move) -> Assignments:
    """The assignments of the worker on the source end before the move and go on after it."""
    held, posts = done.facts.assignments, done.facts.posts
    award = done.facts.years.award[move.source]
    days = month_ordinals(np.array([move.first, move.last + 1], dtype=np.int64)).tolist()
    there = (held.worker == move.worker) & (posts.award[held.post] == award)
    hit = there & (held.start < days[1]) & (held.stop > days[0])
    before = replace(
        held, stop=np.where(hit, np.maximum(np.minimum(held.stop, days[0]), held.start), held.stop)
    )
    after = np.flatnonzero(hit & (held.stop > days[1]))
    return Assignments(
        worker=np.append(before.worker, held.worker[after]),
        post=np.append(before.post, held.post[after]),
        start=np.append(before.start, np.full(len(after), days[1])),
        stop=np.append(before.stop, held.stop[after]),
        hours=np.append(before.hours, held.hours[after]),
    )
