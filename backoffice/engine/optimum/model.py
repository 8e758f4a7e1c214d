"""The programme of an employer-year: what each award pays at most, as linear rules on shares.

Every rule of the claim shapes that bounds several lines is a row; what only the ledger can tell
(the rounding of each line, a maximum of a cost item, other funding of an item) is left out: the
programme then promises more, never less.
"""

from dataclasses import dataclass
from functools import cached_property
from itertools import combinations

import numpy as np

from backoffice.engine import money
from backoffice.engine.claims.inputs import HEADS
from backoffice.engine.money import Cents
from backoffice.engine.optimum.cells import Cells
from backoffice.engine.optimum.programme import WHOLE, Draft, Name, Programme
from backoffice.engine.periods import Ints, month_ordinals
from backoffice.engine.scenario.admitted import LineCosts, Wave, line_by_line, per_fte
from backoffice.engine.scenario.award_years import (
    MAXIMUM,
    SHARE,
    AwardYears,
    Flags,
    PostRows,
)
from backoffice.engine.scenario.funding import Book, shares_of
from backoffice.engine.scenario.payable import heads_of

_STAFF, _MONTHS, _CENTS, _FTE = HEADS.index("staff"), 12, 100, 10_000
_TOLD_APART = 4


@dataclass(frozen=True)
class Worth:
    """By cell at a whole share: cents that count of it, cents that its award pays per FTE, FTE.

    `fte` is in parts of `WHOLE`, rounded down; `lacks` tells that a figure is not known.
    """

    counted: Cents
    by_fte: Cents
    fte: Ints
    lacks: Flags


@dataclass(frozen=True)
class Question:
    """What the programme is made of: a book, the cells, and the award-years that may change.

    `cell` is the cell of each line of the book, -1 for the lines of an award that stays as it is.
    """

    book: Book
    cells: Cells
    open: Flags
    cell: Ints

    @property
    def years(self) -> AwardYears:
        return self.book.years

    @property
    def posts(self) -> PostRows:
        return self.book.posts

    @cached_property
    def month(self) -> Ints:
        """The month of each cell."""
        return self.book.pay.month[self.cells.pay]

    @cached_property
    def worth(self) -> Worth:
        """What each cell is worth, by the very steps of the funding."""
        book, cells, years = self.book, self.cells, self.years
        lines = cells.lines
        shares = shares_of(book.pay, lines, years.items)
        month = book.pay.month[lines.pay]
        wave = Wave(np.arange(len(lines)), lines, lines.award, month, shares.fte)
        taken = np.where(years.excluded[lines.award].T, 0, shares.lines)
        gross, charges, benefits = (
            np.asarray(taken[years.natures == nature].sum(axis=0), dtype=np.int64)
            for nature in range(3)
        )
        whole, none = gross + charges + benefits, np.zeros(len(lines), dtype=np.int64)
        costs = LineCosts(gross, charges, benefits, whole, none, whole)
        kept, lacks = line_by_line(wave, costs, years)
        by_fte = np.zeros(len(lines), dtype=np.int64)
        rows = np.flatnonzero(years.per_fte[lines.award])
        top, bottom = per_fte(years, (lines.award[rows], month[rows] % _MONTHS))
        lacks[rows[bottom == 0]] = True
        fte = shares.fte[0][rows] * _CENTS, shares.fte[1][rows] * _MONTHS
        by_fte[rows] = money.times(fte[0], top, money.products(fte[1], np.maximum(bottom, 1)))
        size, owner = len(cells), cells.owner
        return Worth(
            money.sum_groups(kept, owner, size),
            money.sum_groups(by_fte, owner, size),
            money.sum_groups(shares.fte[0] * WHOLE // shares.fte[1], owner, size),
            money.sum_groups(lacks.astype(np.int64), owner, size) > 0,
        )


def programmes_of(question: Question) -> list[Programme]:
    """The programmes that no plan escapes: the best of all plans is the best of one of them.

    An income is deducted of what an award counts, but what is left is never below 0: an award with
    one is either worth claiming or left alone. Each choice is a programme.
    """
    short = {}
    for year in np.flatnonzero(question.open).tolist():
        short[year] = _short(question, year)
    told = sorted((year for year in short if short[year]), key=lambda year: -short[year])
    kept, choice = told[_TOLD_APART:], told[:_TOLD_APART]
    return [
        programme_of(question, frozenset(left), frozenset(kept))
        for size in range(len(choice) + 1)
        for left in combinations(choice, size)
    ]


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
        if year not in left:
            _award(draft, question, year, own[cells.year == year])
            draft.constant += _short(question, year) if year in free else 0
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
    names = [
        Name("post", int(year), int(post), int(month))
        for post, month, year in zip(*keys, question.posts.award[keys[0]], strict=True)
    ]
    rows = draft.rows(np.maximum(_room_of(question.posts, keys), held), names)
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
        room = _room_of(posts, (mine, np.full(len(mine), month, dtype=np.int64)))
        limit[place] = room.sum()
    rows = draft.rows(limit, [Name("frame", *key) for key in keys.T.tolist()])
    draft.entries(rows[group.reshape(-1)], framed, question.worth.fte[framed])


def _by_month(question: Question, what: Ints) -> tuple[tuple[Ints, Ints], Ints]:
    """The different pairs of something and a month, and the pair of each cell."""
    pairs = np.stack([what, question.month])
    keys, group = np.unique(pairs, axis=1, return_inverse=True)
    return (keys[0], keys[1]), np.asarray(group, dtype=np.int64).reshape(-1)


def _room_of(posts: PostRows, keys: tuple[Ints, Ints]) -> Ints:
    """The FTE of posts in months, in parts of `WHOLE`, rounded up."""
    post, month = keys
    first, after = month_ordinals(month), month_ordinals(month + 1)
    days = np.minimum(posts.stop[post], after) - np.maximum(posts.start[post], first)
    fte = posts.fte[post] * np.maximum(days, 0) * (WHOLE // _FTE)
    return np.asarray(-(-fte // (after - first)), dtype=np.int64)


def _award(draft: Draft, question: Question, year: int, mine: Ints) -> None:
    """What one award pays: its staff and other heads less its income, within its grant."""
    years, worth = question.years, question.worth
    counted = worth.counted[mine]
    everything = _sum_of(counted)
    if years.per_fte[year]:
        if years.post_year[year]:
            mine, counted = _by_post(draft, question, year, mine)
        else:
            counted = np.minimum(counted, worth.by_fte[mine])
    fixed, people, shared = _other_heads(question, year)
    bounded = years.heads.kind[year, _STAFF] == MAXIMUM
    if bounded or shared:
        most = everything + people
        most = min(most, int(years.heads.cents[year, _STAFF])) if bounded else most
        mine, counted = _total(draft, Name("staff", year), (mine, counted, people), most)
    for head, most in shared.items():
        staff = mine[:1]
        part = draft.columns(_one(0), _one(most * WHOLE), [Name("head", year, head)])
        row = draft.rows(_one(0), [Name("share", year, head)])
        draft.entries(row, part, _one(int(years.heads.denominator[year, head])))
        draft.entries(row, staff, _one(-int(years.heads.numerator[year, head])))
        mine, counted = np.append(mine, part), np.append(counted, 1)
    _paid(draft, question, year, (mine, counted, fixed - int(years.income[year])))


def _paid(draft: Draft, question: Question, year: int, parts: tuple[Ints, Ints, int]) -> None:
    """The column of what the award pays; that of an income is paid too, and taken off the whole."""
    granted = int(question.years.granted[year])
    mine, counted, rest = parts
    short = max(-rest, 0)
    draft.constant -= short
    paid = draft.columns(_one(1), _one((granted + short) * WHOLE), [Name("paid", year)])
    row = draft.rows(_one(max(rest, 0)), [Name("counted", year)])
    draft.entries(row, paid, _one(1))
    draft.entries(np.repeat(row, len(mine)), mine, -counted)


def _by_post(draft: Draft, question: Question, year: int, mine: Ints) -> tuple[Ints, Ints]:
    """By post over the year: what is presented, within the amount per FTE of the FTE it holds."""
    worth, years = question.worth, question.years
    found = []
    for post in np.unique(question.cells.post[mine]).tolist():
        of_post = mine[question.cells.post[mine] == post]
        most = _sum_of(worth.by_fte[of_post])
        parts = of_post, worth.counted[of_post], 0
        held, _whole = _total(draft, Name("within", year, post), parts, most)
        months, group = np.unique(question.month[of_post], return_inverse=True)
        posts = np.full(len(months), post, dtype=np.int64)
        names = [Name("funded", year, post, int(month)) for month in months]
        room = _room_of(question.posts, (posts, months))
        funded = draft.columns(np.zeros_like(months), room, names)
        rows = draft.rows(np.zeros_like(months), names)
        draft.entries(rows, funded, np.full(len(months), WHOLE, dtype=np.int64))
        draft.entries(rows[group], of_post, -worth.fte[of_post] - 1)
        top, bottom = per_fte(years, (np.full(len(months), year), months % _MONTHS))
        cents = money.products(top, _CENTS), money.products(np.maximum(bottom, 1), _MONTHS)
        row = draft.rows(_one(0), [Name("ceiling", year, post)])
        draft.entries(row, held, _one(1))
        draft.entries(np.repeat(row, len(months)), funded, -np.asarray(-(-cents[0] // cents[1])))
        found.append(int(held[0]))
    return np.array(found, dtype=np.int64), np.ones(len(found), dtype=np.int64)


def _total(draft: Draft, name: Name, parts: tuple[Ints, Ints, int], most: int) -> tuple[Ints, Ints]:
    """A column that is at most a sum of others, and at most some cents."""
    mine, counted, rest = parts
    column = draft.columns(_one(0), _one(max(most, 0) * WHOLE), [name])
    row = draft.rows(_one(max(rest, 0)), [name])
    draft.entries(row, column, _one(1))
    draft.entries(np.repeat(row, len(mine)), mine, -counted)
    return column, _one(1)


def _sum_of(counted: Ints) -> int:
    """More than these columns can ever come to, in cents."""
    return int(np.maximum(counted, 0).sum()) + 1


def _short(question: Question, year: int) -> int:
    """Cents of income that what does not depend on the staff does not cover."""
    fixed, _people, _shared = _other_heads(question, year)
    return max(int(question.years.income[year]) - fixed, 0)


def _other_heads(question: Question, year: int) -> tuple[int, int, dict[int, int]]:
    """Cents of the heads that the staff does not move, people off the payroll, and shares of staff.

    The people (invoices put on the head of the staff) are among the first number unless the staff
    has a maximum or other heads are a share of it: they then count with the staff.
    """
    years, parts = question.years, question.book.parts
    presented, admitted = np.zeros((2, len(years), len(HEADS)), dtype=np.int64)
    np.add.at(presented, (parts.year, parts.head), parts.amount)
    np.add.at(admitted, (parts.year, parts.head), parts.admitted)
    kinds = years.heads.kind[year]
    values = heads_of(years.heads, presented, admitted).admissible[year].tolist()
    shared = {
        head: int(admitted[year, head])
        for head in np.flatnonzero(kinds == SHARE).tolist()
        if head != _STAFF and admitted[year, head] > 0
    }
    people = int(admitted[year, _STAFF]) if kinds[_STAFF] == MAXIMUM or shared else 0
    fixed = sum(value for head, value in enumerate(values) if head not in shared)
    return fixed - (values[_STAFF] if people else 0), people, shared


def _one(value: int) -> Ints:
    return np.array([value], dtype=np.int64)
