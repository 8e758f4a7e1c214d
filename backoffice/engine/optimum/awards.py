"""What one award pays of the cells, as rows and columns of the programme: heads, income, grant."""

import numpy as np

from backoffice.engine import money
from backoffice.engine.claims.inputs import HEADS
from backoffice.engine.optimum.programme import WHOLE, Draft, Name
from backoffice.engine.optimum.question import Question, room_of
from backoffice.engine.periods import Ints
from backoffice.engine.scenario.admitted import per_fte
from backoffice.engine.scenario.award_years import MAXIMUM, SHARE
from backoffice.engine.scenario.payable import heads_of

_STAFF, _MONTHS, _CENTS = HEADS.index("staff"), 12, 100


def of_award(draft: Draft, question: Question, year: int, mine: Ints) -> None:
    """What one award pays: its staff and other heads less its income, within its grant."""
    years = question.years
    everything = _sum_of(question.worth.counted[mine])
    mine, counted = _lines(draft, question, year, mine)
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
    rest = sum(fixed.values()) - int(years.income[year])
    paid = _paid(draft, question, year, (mine, counted, rest))
    _reserve(draft, question, year, (np.append(mine, paid), np.append(counted, -1)))


def _lines(draft: Draft, question: Question, year: int, mine: Ints) -> tuple[Ints, Ints]:
    """Columns with the cents that count of each, within the amount per FTE where there is one."""
    years, worth = question.years, question.worth
    if years.per_fte[year] and years.post_year[year]:
        return _by_post(draft, question, year, mine)
    counted = worth.counted[mine]
    return mine, np.minimum(counted, worth.by_fte[mine]) if years.per_fte[year] else counted


def _paid(draft: Draft, question: Question, year: int, parts: tuple[Ints, Ints, int]) -> Ints:
    """The column of what the award pays; that of an income is paid too, and taken off the whole."""
    granted = int(question.years.granted[year]) - _kept(question, year)
    mine, counted, rest = parts
    short = max(-rest, 0)
    draft.constant -= short
    paid = draft.columns(_one(1), _one((granted + short) * WHOLE), [Name("paid", year)])
    row = draft.rows(_one(max(rest, 0)), [Name("counted", year)])
    draft.entries(row, paid, _one(1))
    draft.entries(np.repeat(row, len(mine)), mine, -counted)
    return paid


def of_left(draft: Draft, question: Question, year: int) -> None:
    """What an award pays whose income is above all that counts: its reserves alone."""
    none = np.zeros(0, dtype=np.int64)
    _reserve(draft, question, year, (none, none))


def _reserve(draft: Draft, question: Question, year: int, left: tuple[Ints, Ints]) -> None:
    """What the reserves of an award pay of the invoices of their heads, above the maxima too.

    Each head gets from the rest of the grant and its reserve no more than its invoices: `left`
    holds the columns of the staff and of that rest, with what each leaves to the reserves.
    """
    kept = _kept(question, year)
    if not kept:
        return
    parts, reserved = question.book.parts, question.years.heads.reserved[year].tolist()
    rows = np.flatnonzero(parts.year == year)
    positive = np.maximum(parts.admitted[rows], 0)
    held = money.sum_groups(positive, parts.head[rows], len(HEADS)).tolist()
    fixed, _people, shared = _other_heads(question, year)
    more = {head: min(reserved[head], held[head]) for head in range(len(HEADS))}
    rest = sum(min(value + more[head], held[head]) for head, value in fixed.items())
    rest += sum(more[head] for head in shared)
    most = min(kept, sum(more.values()))
    column = draft.columns(_one(1), _one(most * WHOLE), [Name("reserve", year)])
    row = draft.rows(_one(max(rest, 0) + short_of(question, year)), [Name("lines", year)])
    draft.entries(row, column, _one(1))
    draft.entries(np.repeat(row, len(left[0])), left[0], -left[1])


def _kept(question: Question, year: int) -> int:
    """Cents of the grant that pay nothing but the heads for which they are reserved."""
    granted = int(question.years.granted[year])
    return min(int(question.years.heads.reserved[year].sum()), max(granted, 0))


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
        room = room_of(question.posts, (posts, months))
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


def short_of(question: Question, year: int) -> int:
    """Cents of income that what does not depend on the staff does not cover."""
    fixed, _people, _shared = _other_heads(question, year)
    return max(int(question.years.income[year]) - sum(fixed.values()), 0)


def _other_heads(question: Question, year: int) -> tuple[dict[int, int], int, dict[int, int]]:
    """Cents of each head that the staff does not move, people off the payroll, shares of staff.

    The people (invoices put on the head of the staff) are among the first unless the staff has a
    maximum or other heads are a share of it: they then count with the staff.
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
    apart = {*shared, _STAFF} if people else set(shared)
    fixed = {head: value for head, value in enumerate(values) if head not in apart}
    return fixed, people, shared


def _one(value: int) -> Ints:
    return np.array([value], dtype=np.int64)
