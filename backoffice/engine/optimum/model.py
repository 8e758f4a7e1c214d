"""The programme of an employer-year: what each award pays at most, as linear rules on shares.

Every rule of the claim shapes that bounds several lines is a row; what only the ledger can tell
(the rounding of each line, a maximum of a cost item, other funding of an item) is left out: the
programme then promises more, never less.
"""

from dataclasses import replace
from itertools import combinations

import numpy as np

from backoffice.engine import money
from backoffice.engine.optimum.awards import of_award, of_left, short_of
from backoffice.engine.optimum.programme import WHOLE, Draft, Name, Programme
from backoffice.engine.optimum.question import Question, room_of
from backoffice.engine.periods import Ints

_TOLD_APART = 4


def programmes_of(question: Question) -> list[Programme]:
    """The programmes that no plan escapes: the best of all plans is the best of one of them.

    An income is deducted of what an award counts, but what is left is never below 0: an award with
    one is either worth claiming or left alone. Each choice is a programme. One more leaves reserves
    aside: what they pay depends on the proportions of all lines, and its plan may be the better.
    """
    short = {}
    for year in np.flatnonzero(question.open).tolist():
        short[year] = short_of(question, year)
    told = sorted((year for year in short if short[year]), key=lambda year: -short[year])
    kept, choice = told[_TOLD_APART:], told[:_TOLD_APART]
    found = [
        programme_of(question, frozenset(left), frozenset(kept))
        for size in range(len(choice) + 1)
        for left in combinations(choice, size)
    ]
    reserves = np.array([name.kind == "reserve" for name in found[0].columns], dtype=np.bool_)
    if reserves.any():
        found.append(replace(found[0], most=np.where(reserves, 0, found[0].most)))
    return found


def programme_of(
    question: Question, left: frozenset[int] = frozenset(), free: frozenset[int] = frozenset()
) -> Programme:
    """The programme whose first columns are the cells, in their order.

    Args:
        question: what it is made of.
        left: award-years that pay nothing, their income being above what they count.
        free: award-years whose income is not deducted: more is promised than they pay.
    """
    draft, cells, worth = Draft(), question.cells, question.worth
    most = np.where(worth.lacks | ~question.open[cells.year], 0, cells.most)
    names = [Name("cell", cell) for cell in range(len(cells))]
    own = draft.columns(np.zeros(len(cells), dtype=np.int64), most, names)
    _contracts(draft, question)
    _shared_months(draft, question)
    _posts(draft, question)
    _frames(draft, question)
    for year in np.flatnonzero(question.open).tolist():
        if year in left:
            of_left(draft, question, year)
        else:
            of_award(draft, question, year, own[cells.year == year])
            draft.constant += short_of(question, year) if year in free else 0
    return draft.programme()


def _contracts(draft: Draft, question: Question) -> None:
    """On no day more than the contract."""
    cells = question.cells
    names = [Name("contract", int(pay), place) for place, pay in enumerate(cells.stretch_pay)]
    rows = draft.rows(cells.rooms, names)
    factor = np.full(len(cells.stretch), WHOLE, dtype=np.int64)
    draft.entries(rows[cells.stretch], cells.stretch_cell, factor)


def _shared_months(draft: Draft, question: Question) -> None:
    """Lines that stay as they are are never paid more together than their month cost.

    What a post bounds over the year is paid by month in a way that only the ledger tells: left out.
    """
    cells, pay, years = question.cells, question.book.pay, question.years
    fixed = np.flatnonzero(~cells.free & question.open[cells.year])
    names, group = np.unique(cells.pay[fixed], return_inverse=True)
    room = np.zeros(len(names), dtype=np.int64)
    for place, item in enumerate(years.items):
        cost = pay.costs[item][names]
        room += np.maximum(cost, 0) if years.excluded[:, place].any() else cost
    rows = draft.rows(np.maximum(room, 0), [Name("month", int(pay)) for pay in names])
    paid, year = question.worth.counted[fixed], cells.year[fixed]
    rated = years.per_fte[year]
    paid = np.where(rated, np.minimum(paid, question.worth.by_fte[fixed]), paid)
    paid[rated & years.post_year[year]] = 0
    draft.entries(rows[group], fixed, np.maximum(paid, 0))


def _posts(draft: Draft, question: Question) -> None:
    """No post holds more paid FTE in a month than it has, or than it holds today."""
    cells, fte = question.cells, question.worth.fte
    keys, group = _by_month(question, cells.post)
    held = money.sum_groups(-(-fte * cells.held // WHOLE), group, len(keys[0]))
    year = np.full(len(question.posts), -1, dtype=np.int64)
    year[cells.post] = cells.year
    names = [
        Name("post", int(one), int(post), int(month))
        for post, month, one in zip(*keys, year[keys[0]], strict=True)
    ]
    rows = draft.rows(np.maximum(room_of(question.posts, keys), held), names)
    draft.entries(rows[group], np.arange(len(cells)), fte)


def _frames(draft: Draft, question: Question) -> None:
    """What counts of a function in a month is that of the FTE of its posts, where a frame rules.

    Above the frame each line counts in proportion, as fewer hours within the frame would.
    """
    cells, years, posts = question.cells, question.years, question.posts
    framed = np.flatnonzero(years.framed[cells.year])
    function = posts.function[cells.post[framed]]
    triple = np.stack([cells.year[framed], function, question.month[framed]])
    keys, group = np.unique(triple, axis=1, return_inverse=True)
    limit = np.zeros(keys.shape[1], dtype=np.int64)
    for place, (year, wanted, month) in enumerate(keys.T.tolist()):
        mine = np.flatnonzero((posts.award == years.award[year]) & (posts.function == wanted))
        room = room_of(posts, (mine, np.full(len(mine), month, dtype=np.int64)))
        limit[place] = room.sum()
    rows = draft.rows(limit, [Name("frame", *key) for key in keys.T.tolist()])
    draft.entries(rows[group.reshape(-1)], framed, question.worth.fte[framed])


def _by_month(question: Question, what: Ints) -> tuple[tuple[Ints, Ints], Ints]:
    """The different pairs of something and a month, and the pair of each cell."""
    pairs = np.stack([what, question.month])
    keys, group = np.unique(pairs, axis=1, return_inverse=True)
    return (keys[0], keys[1]), np.asarray(group, dtype=np.int64).reshape(-1)
