"""Random employers as one book of the batch, and the ledger of each of them."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from backoffice.engine.payroll import PayMonths, Slices
from backoffice.engine.projection.index_grid import IndexGrid
from backoffice.engine.scenario.funding import Book
from backoffice.engine.scenario.year_rows import Entry, Vocabulary, award_years, parts_of, posts_of
from tests.engine.claims.employers import FIRST, NATURES, Employer, month_index_of

_MONTHS = [month_index_of(FIRST + month, capped=month % 2 == 1) for month in range(12)]
_LISTS = tuple(dict.fromkeys([(), *(one.capped for one in _MONTHS)]))
_GRID = IndexGrid(
    ("r",),
    FIRST,
    np.array([[one.coefficient.numerator for one in _MONTHS]]),
    np.array([[one.coefficient.denominator for one in _MONTHS]]),
    np.array([[_LISTS.index(one.capped) for one in _MONTHS]]),
    _LISTS,
    np.zeros((1, 12), dtype=np.int64),
)
WORDS = Vocabulary(tuple(NATURES), NATURES, 2)


def book_of(employers: Sequence[Employer]) -> tuple[Book, Mapping[tuple[int, int], int]]:
    """One book for several employers, and the award-year of each (employer, award)."""
    entries: list[Entry] = []
    place: dict[tuple[int, int], int] = {}
    pays, owners, slices, rows, posts, workers = [], [], [], 0, 0, 0
    for number, one in enumerate(employers):
        moved = {award.index: posts + award.first_post for award in one.awards}
        first = len(entries)
        for award in sorted(one.awards, key=lambda award: award.index):
            place[number, award.index] = len(entries)
            entries.append(
                Entry(
                    number,
                    len(entries),
                    replace(award, first_post=moved[award.index]),
                    one.known[award.index],
                )
            )
        costs = {
            item: one.pay.costs.get(item, np.zeros(len(one.pay), np.int64)) for item in NATURES
        }
        pays.append(replace(one.pay, worker=one.pay.worker + workers, costs=costs))
        owners.append(np.full(len(one.pay), number))
        slices.append(
            replace(
                one.slices,
                pay=one.slices.pay + rows,
                award=one.slices.award + first,
                post=one.slices.post + posts,
            )
        )
        rows += len(one.pay)
        workers += int(one.pay.worker.max(initial=-1)) + 1
        posts += 2 * len(one.awards)
    years = award_years(entries, WORDS, _GRID)
    book = Book(
        _pays(pays),
        np.concatenate(owners),
        _slices(slices),
        years,
        posts_of(entries),
        parts_of(entries),
    )
    return book, place


def _pays(pays: Sequence[PayMonths]) -> PayMonths:
    names = ("worker", "month", "paid", "due", "contract")
    columns = [np.concatenate([getattr(pay, name) for pay in pays]) for name in names]
    costs = {item: np.concatenate([pay.costs[item] for pay in pays]) for item in NATURES}
    return PayMonths(*columns, costs)


def _slices(slices: Sequence[Slices]) -> Slices:
    names = Slices.__dataclass_fields__
    return Slices(*(np.concatenate([getattr(one, name) for one in slices]) for name in names))
