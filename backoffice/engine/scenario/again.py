"""A book settled again where something has moved: only the employers that a patch touches.

An award-year depends on those of its own employer alone: the others stand as they were settled.
"""

from dataclasses import fields, replace
from typing import Any

import numpy as np

from backoffice.engine.periods import Ints
from backoffice.engine.scenario.award_years import differing_years
from backoffice.engine.scenario.funding import Book, Funding, Shares, fund

_BY_YEAR = ("presented", "admissible", "payable")
_BY_LINE = ("line_presented", "line_admissible", "line_payable")
_BY_MONTH = ("paid", "certain")


def fund_again(book: Book, former: Book, found: Funding) -> Funding:
    """What `fund` gives of a book, from the outcome of a former one whose awards alone differ.

    Args:
        book: same months, lines and invoices as `former`, award-years in the same order.
        former: the book that was settled.
        found: its outcome, which stays as it is.
    """
    years = book.years
    moved = np.unique(years.employer[differing_years(years, former.years)])
    lines = np.flatnonzero(np.isin(years.employer[book.slices.award], moved))
    parts = np.flatnonzero(np.isin(years.employer[book.parts.year], moved))
    now = fund(_part_of(book, lines, parts))
    rows = np.flatnonzero(np.isin(years.employer, moved))
    months = np.flatnonzero(np.isin(book.employer, moved))
    columns: dict[str, Any] = {
        "granted": years.granted,
        "part_payable": found.part_payable.copy(),
    }
    columns["part_payable"][parts] = now.part_payable
    for names, here, there in (
        (_BY_YEAR, rows, rows),
        (_BY_LINE, lines, np.arange(len(lines))),
        (_BY_MONTH, months, months),
    ):
        for name in names:
            columns[name] = getattr(found, name).copy()
            columns[name][here] = getattr(now, name)[there]
    return replace(found, **columns)


def _part_of(book: Book, lines: Ints, parts: Ints) -> Book:
    """Some lines and invoices of a book; its months and award-years keep their places."""
    names = [one.name for one in fields(book.parts)]
    shares = book.shares
    if shares is not None:
        fte = shares.fte[0][lines], shares.fte[1][lines]
        shares = Shares(shares.lines[:, lines], fte)
    return replace(
        book,
        slices=book.slices.take(lines),
        parts=replace(book.parts, **{name: getattr(book.parts, name)[parts] for name in names}),
        shares=shares,
    )


def same_but_awards(book: Book, former: Book) -> bool:
    """Whether two books differ by what their award-years say, and by nothing else."""
    alike = ("pay", "employer", "slices", "posts", "parts")
    mine, theirs = book.years, former.years
    return (
        all(getattr(book, name) is getattr(former, name) for name in alike)
        and len(mine) == len(theirs)
        and bool(((mine.award == theirs.award) & (mine.year == theirs.year)).all())
    )
