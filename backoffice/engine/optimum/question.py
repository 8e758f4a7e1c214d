"""What the best allocation is asked of: a book, its cells, and what each is worth at most."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from backoffice.engine import money
from backoffice.engine.money import Cents
from backoffice.engine.optimum.cells import Cells
from backoffice.engine.optimum.programme import WHOLE
from backoffice.engine.periods import Ints, month_ordinals
from backoffice.engine.scenario.admitted import LineCosts, Wave, line_by_line, per_fte
from backoffice.engine.scenario.award_years import AwardYears, Flags, PostRows
from backoffice.engine.scenario.funding import Book, shares_of

_MONTHS, _CENTS, _FTE, _PERCENT = 12, 100, 10_000, 10_000


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


def room_of(posts: PostRows, keys: tuple[Ints, Ints]) -> Ints:
    """The FTE of posts in months, in parts of `WHOLE`, rounded up."""
    post, month = keys
    first, after = month_ordinals(month), month_ordinals(month + 1)
    days = np.minimum(posts.stop[post], after) - np.maximum(posts.start[post], first)
    fte = posts.fte[post] * np.maximum(days, 0) * (WHOLE // _FTE)
    return np.asarray(-(-fte // (after - first)), dtype=np.int64)


def units_of(question: Question) -> Ints:
    """Steps that make a whole share: hundredths of an hour a week, or of a percent.

    The latter in a month with two contract lines, where no number of hours stands for both.
    """
    cells = question.cells
    count = np.bincount(cells.owner, minlength=len(cells))
    hours = np.zeros(len(cells), dtype=np.int64)
    hours[cells.owner] = cells.lines.hours
    return np.where(count == 1, hours, _PERCENT)
